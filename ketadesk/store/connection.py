"""Opens one connection to a clinic file: driver, pragmas, file modes. Nothing else opens one."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

from ketadesk.store.errors import StoreError
from ketadesk.store.set_aside import newest

# sqlite-utils takes its exception classes from pysqlite3 when that is there: with this alias it
# runs on the same SQLite, and catches the same errors, as everything else here.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

OLDEST_SQLITE = (3, 51, 3)
"""Earlier versions can corrupt a file in WAL mode when a checkpoint races a reset."""

BUSY_MILLISECONDS = 5000

DriverError = sqlcipher3.dbapi2.Error

_REASONS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENAMETOOLONG: "name_unusable",
    errno.EROFS: "read_only",
    errno.EIO: "disk_failing",
}


def connect(
    path: Path, *, key: str | None = None, must_exist: bool = True, read_only: bool = False
) -> Any:
    """A connection with every safety setting but the log; StoreError leaves the file untouched."""
    if sqlcipher3.dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError("sqlite_too_old", found=sqlcipher3.dbapi2.sqlite_version)
    with told_as_store_errors(path):
        _check_path(path, must_exist=must_exist, read_only=read_only)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlcipher3.dbapi2.connect(
            _address(path) if read_only else str(path),
            uri=read_only,
            isolation_level=None,
            timeout=BUSY_MILLISECONDS / 1000,
        )
        try:
            _configure(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection


def only_readable(path: Path) -> bool:
    """Whether a clinic file is there that may be read but not written, as on a disk for keeping."""
    with told_as_store_errors(path):
        there = path.is_file() and os.access(path, os.R_OK)
    return there and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK))


def _address(path: Path) -> str:
    """SQLite's name for a file that is only read.

    Without a log beside it nobody has it open, and it is read as it lies, leaving nothing behind;
    with one, SQLite reads both or refuses.
    """
    logged = Path(f"{path}-wal").exists()
    return path.absolute().as_uri() + ("?mode=ro" if logged else "?mode=ro&immutable=1")


def _configure(connection: Any, key: str | None) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{bytes.fromhex(key).hex()}'\"")
    for pragma in (
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
        "PRAGMA foreign_keys = ON",
        # So that INSERT OR REPLACE meets the triggers that forbid a row's removal.
        "PRAGMA recursive_triggers = ON",
        "PRAGMA secure_delete = ON",
        "PRAGMA temp_store = MEMORY",
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        "PRAGMA synchronous = FULL",
    ):
        connection.execute(pragma).fetchall()


def write_ahead(connection: Any) -> None:
    """Turns the write-ahead log on; this writes to the file, so only once it is known as ours."""
    connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _check_path(path: Path, *, must_exist: bool, read_only: bool) -> None:
    folder = path.parent
    try:
        folder_there = stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        folder_there = False
    if not folder_there:
        raise StoreError("folder_missing", folder=str(folder))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if must_exist:
            raise _not_there(path, "file_missing") from None
    else:
        if must_exist and stat.S_ISREG(mode) and not path.stat().st_size:
            raise _not_there(path, "file_empty")
        if not stat.S_ISREG(mode):
            raise StoreError("not_a_database", file=str(path))
        if not os.access(path, os.R_OK):
            raise StoreError("no_permission", file=str(path))
        if not (read_only or os.access(path, os.W_OK)):
            raise StoreError("read_only", file=str(path))
    if not (read_only or os.access(folder, os.W_OK | os.X_OK)):
        raise StoreError("read_only", file=str(path))


def _not_there(path: Path, code: str) -> StoreError:
    """Nothing is in the file's place: when a restore was broken off, what it replaced lies near."""
    aside = newest(path)
    if aside is None:
        return StoreError(code, file=str(path))
    return StoreError("file_set_aside", file=str(path), aside=str(aside))


@contextmanager
def told_as_store_errors(path: Path) -> Iterator[None]:
    """Turns the driver's and the system's complaints about the file into StoreErrors."""
    try:
        yield
    except DriverError as error:
        known = store_error(error, path)
        if known is None:
            raise
        raise known from error
    except PermissionError as error:
        raise StoreError("no_permission", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise StoreError("file_damaged", file=str(path)) from error
    except UnicodeEncodeError as error:
        raise StoreError("name_unusable", file=str(path)) from error
    except OSError as error:
        code = _REASONS.get(error.errno or 0, "file_unusable")
        raise StoreError(code, file=str(path), detail=error.strerror or "") from error


def store_error(error: Exception, path: Path) -> StoreError | None:
    """The StoreError that the driver's message stands for, None when it is our own defect."""
    message = str(error)
    for fragment, code in (
        ("file is not a database", "not_a_database"),
        ("malformed", "file_damaged"),
        ("Could not decode to UTF-8", "file_damaged"),
        ("database or disk is full", "disk_full"),
        ("readonly database", "read_only"),
        ("unable to open database file", "no_permission"),
        ("disk I/O error", "disk_failing"),
        ("database is locked", "file_busy"),
    ):
        if fragment in message:
            return StoreError(code, file=str(path))
    return None
