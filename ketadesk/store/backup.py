"""Copies of the clinic file that can be trusted: written aside, checked, then put in place."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.store.checks import find_damage
from ketadesk.store.connection import told_as_store_errors
from ketadesk.store.database import SqliteDatabase
from ketadesk.store.errors import StoreError

COUNTED = ("patients", "appointments", "sessions", "readings", "audit")
_COUNTS = {table: f"SELECT count(*) AS rows FROM {table}" for table in COUNTED}  # noqa: S608


def back_up(db: SqliteDatabase, destination: Path, *, at: datetime) -> Path:
    """A consistent copy while others work: written aside, reopened, checked, then renamed.

    `destination` is a file that does not exist yet, or a folder, in which the copy is named after
    the moment. Returns where the copy lies.
    """
    if destination.is_dir():
        local = at.astimezone(UTC).strftime("%Y-%m-%d-%H%M%S")
        destination = destination / f"{db.path.stem}-{local}{db.path.suffix or '.ketadesk'}"
    if destination.exists():
        raise Refused("backup_exists", file=str(destination))
    if not destination.parent.is_dir():
        raise StoreError("folder_missing", folder=str(destination.parent))
    aside = destination.with_name(f".{destination.name}.{os.getpid()}.part")
    with told_as_store_errors(destination):
        try:
            os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            counts = row_counts(db)
            db.run("VACUUM INTO :copy", copy=str(aside))
            _check_copy(aside, at_least=counts)
            _sync(aside)
            os.replace(aside, destination)
            _sync(destination.parent)
        finally:
            for leftover in (aside, Path(f"{aside}-wal"), Path(f"{aside}-shm")):
                leftover.unlink(missing_ok=True)
    return destination


def restore(source: Path, clinic_file: Path, *, at: datetime, replace: bool) -> Path | None:
    """Puts a checked copy of `source` in the clinic file's place; returns where the old one went.

    Refused while another window has the clinic file open, and, without `replace`, when there is
    one at all. The old file is moved aside, never removed.
    """
    if not source.is_file():
        raise StoreError("file_missing", file=str(source))
    if clinic_file.exists() and not replace:
        raise Refused("restore_would_replace", file=str(clinic_file))
    arriving = clinic_file.with_name(f".{clinic_file.name}.{os.getpid()}.part")
    kept: Path | None = None
    with told_as_store_errors(clinic_file):
        try:
            _copy_database(source, arriving)
            _check_copy(arriving, at_least={})
            if clinic_file.exists():
                _refuse_open_elsewhere(clinic_file)
                stamp = at.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
                kept = clinic_file.with_name(
                    f"{clinic_file.stem}.replaced-{stamp}{clinic_file.suffix}"
                )
                os.replace(clinic_file, kept)
            os.replace(arriving, clinic_file)
            _sync(clinic_file)
            _sync(clinic_file.parent)
        finally:
            for leftover in (arriving, Path(f"{arriving}-wal"), Path(f"{arriving}-shm")):
                leftover.unlink(missing_ok=True)
    return kept


def row_counts(db: SqliteDatabase) -> dict[str, int]:
    return {table: db.rows(sql)[0]["rows"] for table, sql in _COUNTS.items()}


def _copy_database(source: Path, target: Path) -> None:
    """The source with its write-ahead log, so that a copy of a file in use is whole."""
    for ending in ("", "-wal"):
        part = Path(f"{source}{ending}")
        if part.exists():
            shutil.copyfile(part, f"{target}{ending}")
            os.chmod(f"{target}{ending}", 0o600)


def _check_copy(copy: Path, *, at_least: dict[str, int]) -> None:
    db = SqliteDatabase(copy)
    try:
        damage = find_damage(db)
        counts = row_counts(db)
        db.run("PRAGMA journal_mode = DELETE")
    finally:
        db.close()
    if damage:
        raise StoreError("file_damaged", file=str(copy))
    short = [table for table, rows in at_least.items() if counts[table] < rows]
    if short:
        raise StoreError("copy_incomplete", file=str(copy), tables=", ".join(short))


def _refuse_open_elsewhere(clinic_file: Path) -> None:
    """Leaving WAL mode needs the file alone; it fails while any other window has it open."""
    try:
        db = SqliteDatabase(clinic_file)
    except StoreError as error:
        if error.code in ("not_a_database", "file_damaged", "not_a_clinic_file"):
            return
        raise
    try:
        db.run("PRAGMA busy_timeout = 200")
        db.run("PRAGMA journal_mode = DELETE")
    except StoreError as error:
        if error.code == "file_busy":
            raise StoreError("file_in_use", file=str(clinic_file)) from error
        raise
    finally:
        db.close()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
