"""A clinic file among other files: what belongs to it, who has it open, how a new one gets there.

Every file that the program makes or replaces whole goes through here, so that no clinic file is
written over by anything else, and nothing half made is left behind.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.store.connection import told_as_store_errors
from ketadesk.store.database import Database, SqliteDatabase
from ketadesk.store.errors import StoreError

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database file while it works on it."""

LEFT_BEHIND_SECONDS = 3600
"""A draft that nobody wrote to for so long is nobody's: the largest takes minutes."""


def refuse_clinic_file(file: Path, clinic_file: Path) -> None:
    """Refused when `file` is the clinic file or a part of it, under whatever name it is reached.

    Nothing is opened here: closing a second handle would drop the locks of a database in use.
    """
    target, whole = Path(os.path.realpath(file)), os.path.realpath(clinic_file)
    for ending in ("", *BESIDE):
        part = Path(f"{whole}{ending}")
        if target == part or (target.exists() and part.exists() and target.samefile(part)):
            raise Refused("over_clinic_file", file=str(file))


def refuse_open_elsewhere(clinic_file: Path) -> None:
    """Leaving WAL mode needs the file alone; it fails while any other window has it open."""
    if not clinic_file.is_file():
        raise Refused("not_a_plain_file", file=str(clinic_file))
    try:
        db = SqliteDatabase(clinic_file)
    except StoreError as error:
        if error.code in ("not_a_database", "file_damaged", "not_a_clinic_file"):
            return
        raise
    try:
        db.run("PRAGMA busy_timeout = 200")
        in_one_file(db)
    except StoreError as error:
        if error.code == "file_busy":
            raise StoreError("file_in_use", file=str(clinic_file)) from error
        raise
    finally:
        db.close()


def in_one_file(db: Database) -> None:
    """Brings what is still in the log into the file itself; StoreError when it finds no room.

    Closing alone would say nothing of a full disk.
    """
    db.run("PRAGMA journal_mode = DELETE")


@contextmanager
def draft_of(file: Path) -> Iterator[Path]:
    """An empty file beside `file`, for this person alone, in which it is made; gone afterwards.

    Its name is short whatever the length of `file`'s, and errors name `file`; one that finds no
    room has cost nothing, unlike an entry that could not be saved.
    """
    draft = file.with_name(f".ketadesk-{os.getpid()}-{os.urandom(4).hex()}.part")
    _clear_left_behind(file.parent)
    try:
        with told_as_store_errors(file):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            yield draft
    except StoreError as error:
        if error.code == "disk_full":
            raise StoreError("copy_disk_full", file=str(file)) from error
        if error.values.get("file") != str(draft):
            raise
        raise StoreError(error.code, **{**error.values, "file": str(file)}) from error
    finally:
        for ending in ("", *BESIDE):
            with contextlib.suppress(OSError):
                Path(f"{draft}{ending}").unlink(missing_ok=True)


def _clear_left_behind(folder: Path) -> None:
    """Takes away drafts of a program that was ended while it made them: they hold patient data.

    One that somebody still works on, here or on another computer, is younger than that.
    """
    try:
        found = list(folder.glob(".ketadesk-*.part*"))
    except OSError:  # What is wrong with the folder is said when the draft is made in it.
        return
    for draft in found:
        with contextlib.suppress(OSError):
            if time.time() - draft.lstat().st_mtime > LEFT_BEHIND_SECONDS:
                draft.unlink()


def place_new(draft: Path, file: Path) -> None:
    """Puts a finished draft in a free place; FileExistsError when someone was there first.

    The name appears with all that is in it, whenever this is broken off.
    """
    sync(draft)
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # A disk without second names: the place is taken, then filled.
        _claim(draft, file)
    else:
        draft.unlink()
    sync(file.parent)


def _claim(draft: Path, file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        os.replace(draft, file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def replace(draft: Path, file: Path) -> None:
    """Puts a finished draft in the place of a file that nobody has open."""
    if file.exists():
        refuse_open_elsewhere(file)
    for ending in BESIDE:
        Path(f"{file}{ending}").unlink(missing_ok=True)
    sync(draft)
    os.replace(draft, file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Waits until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
