"""Copies of the clinic file that can be trusted: written aside, checked, then put in place."""

import os
import shutil
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.store.checks import find_damage
from ketadesk.store.connection import (
    DriverError,
    connect,
    store_error,
    told_as_store_errors,
)
from ketadesk.store.database import Database, SqliteDatabase
from ketadesk.store.errors import StoreError
from ketadesk.store.placing import (
    BESIDE,
    draft_of,
    in_one_file,
    place_new,
    refuse_clinic_file,
    refuse_open_elsewhere,
    sync,
)
from ketadesk.store.set_aside import free_name

NOTHING_COUNTED: Mapping[str, int] = {}
COUNTED = ("patients", "appointments", "sessions", "readings", "audit")
_COUNTS = {table: f"SELECT count(*) AS rows FROM {table}" for table in COUNTED}  # noqa: S608


def back_up(db: Database, destination: Path, *, at: datetime) -> Path:
    """A consistent copy while others work: written aside, reopened, checked, then put in place.

    `destination` is a file that does not exist yet, or a folder, in which the copy is named after
    the moment. Returns where the copy lies.
    """
    with told_as_store_errors(destination):
        if destination.is_dir():
            local = at.astimezone(UTC).strftime("%Y-%m-%d-%H%M%S")
            destination = destination / f"{db.path.stem}-{local}{db.path.suffix or '.ketadesk'}"
        if destination.exists():
            raise Refused("backup_exists", file=str(destination))
        if not destination.parent.is_dir():
            raise StoreError("folder_missing", folder=str(destination.parent))
        refuse_clinic_file(destination, db.path)
    with draft_of(destination) as draft:
        counts = row_counts(db)
        _copy_rows(db, draft, destination)
        check_copy(draft, at_least=counts)
        try:
            place_new(draft, destination)
        except FileExistsError:
            raise Refused("backup_exists", file=str(destination)) from None
    return destination


def restore(source: Path, clinic_file: Path, *, at: datetime, replace: bool) -> Path | None:
    """Puts a checked copy of `source` in the clinic file's place; returns where the old one went.

    Refused while another window has the clinic file open, and, without `replace`, when there is
    one at all. The old file is moved aside, never removed.
    """
    with told_as_store_errors(source):
        try:
            if not stat.S_ISREG(source.stat().st_mode):
                raise StoreError("not_a_database", file=str(source))
        except FileNotFoundError:
            raise StoreError("file_missing", file=str(source)) from None
    with told_as_store_errors(clinic_file):
        if clinic_file.exists() and not replace:
            raise Refused("restore_would_replace", file=str(clinic_file))
        if not clinic_file.parent.is_dir():
            raise StoreError("folder_missing", folder=str(clinic_file.parent))
    with draft_of(clinic_file) as arriving:
        with told_as_store_errors(source):
            _copy_database(source, arriving)
        try:
            check_copy(arriving)
        except StoreError as error:
            # What is wrong with the copy is wrong with the backup; a full disk is not.
            file = clinic_file if error.code == "disk_full" else source
            raise StoreError(error.code, **{**error.values, "file": str(file)}) from error
        if clinic_file.exists():
            refuse_open_elsewhere(clinic_file)
        return _exchange(arriving, clinic_file, at=at)


def row_counts(db: Database) -> dict[str, int]:
    return {table: db.rows(sql)[0]["rows"] for table, sql in _COUNTS.items()}


def _copy_rows(db: Database, draft: Path, destination: Path) -> None:
    try:
        db.run("VACUUM INTO :copy", copy=str(draft))
    except StoreError as error:
        if error.code in ("file_damaged", "file_busy"):
            raise
        raise StoreError(error.code, **{**error.values, "file": str(destination)}) from error


def _copy_database(source: Path, target: Path) -> None:
    """The source with its write-ahead log, so that a copy of a file in use is whole."""
    logged = Path(f"{source}-wal").exists()
    if logged and _copied_by_sqlite(source, target):
        return
    for ending in ("", "-wal"):
        part = Path(f"{source}{ending}")
        if part.exists():
            shutil.copyfile(part, f"{target}{ending}")
            os.chmod(f"{target}{ending}", 0o600)


def _copied_by_sqlite(source: Path, target: Path) -> bool:
    """Reads file and log at one moment, whoever writes; False where they can only be copied."""
    try:
        connection = connect(source, read_only=True)
    except StoreError:
        return False
    try:
        connection.execute("VACUUM INTO :copy", {"copy": str(target)})
    except DriverError as error:
        known = store_error(error, source)
        if known is not None and known.code == "disk_full":
            raise known from error
        target.write_bytes(b"")
        return False
    finally:
        connection.close()
    return True


def check_copy(copy: Path, *, at_least: Mapping[str, int] = NOTHING_COUNTED) -> None:
    """StoreError unless a finished file is whole and has these rows; all of it is in one file."""
    db = SqliteDatabase(copy)
    try:
        damage = find_damage(db)
        counts = row_counts(db)
        in_one_file(db)
    finally:
        db.close()
    if damage:
        raise StoreError("copy_damaged", file=str(copy))
    short = [table for table, rows in at_least.items() if counts[table] < rows]
    if short:
        raise StoreError("copy_incomplete", file=str(copy), tables=", ".join(short))


def _exchange(arriving: Path, clinic_file: Path, *, at: datetime) -> Path | None:
    """Puts the new file in the old one's place at one stroke; the old one keeps another name.

    Whenever this is broken off, the clinic file is the old one or the new one. Its parts go aside
    first (an old log would be read into the new file).
    """
    kept = free_name(clinic_file, at)
    moved: list[tuple[Path, Path]] = []
    sync(arriving)
    try:
        named = clinic_file.exists() and _named_twice(clinic_file, kept)
        for ending in (*BESIDE, "") if not named else BESIDE:
            old, aside = Path(f"{clinic_file}{ending}"), Path(f"{kept}{ending}")
            if old.exists():
                os.replace(old, aside)
                moved.append((old, aside))
        if named:
            os.replace(arriving, clinic_file)
            sync(clinic_file.parent)
        else:
            place_new(arriving, clinic_file)
    except BaseException as error:
        for old, aside in moved:
            os.replace(aside, old)
        if clinic_file.exists() and kept.exists() and kept.samefile(clinic_file):
            kept.unlink()
        if isinstance(error, FileExistsError):
            raise Refused("restore_would_replace", file=str(clinic_file)) from None
        raise
    return kept if kept.exists() else None


def _named_twice(file: Path, other: Path) -> bool:
    """Gives a file a second name; False on a disk that has no such names."""
    try:
        os.link(file, other)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True
