"""Keeping the clinic file whole: check it, back it up, restore it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.store import backup, checks, placing
from ketadesk.store.checks import Finding
from ketadesk.store.connection import DriverError
from ketadesk.store.database import Database, SqliteDatabase
from ketadesk.store.errors import StoreError

__all__ = ["Finding", "back_up", "check", "damage_told", "is_there", "made_anew", "restore"]

CHECKS = (
    ("integrity", checks.find_damage),
    ("schema", checks.find_schema_differences),
    ("overlaps", checks.find_unforced_overlaps),
    ("audit", checks.find_unexplained_rows),
)


UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, DriverError)
"""What reading raises where damage left values, or tables, that nobody ever wrote."""


def check(db: Database) -> dict[str, list[Finding]]:
    """What each check found, by its name; nothing but empty lists in a whole file."""
    return {name: _looked(look, db) for name, look in CHECKS}


def _looked(look: Callable[[Database], list[Finding]], db: Database) -> list[Finding]:
    """What a check found, or that the file is so damaged that it could not go on."""
    try:
        return look(db)
    except UNREADABLE as error:
        return [Finding("unreadable", {"detail": type(error).__name__})]
    except StoreError as error:
        if error.code != "file_damaged":
            raise
        return [Finding("unreadable", {"detail": error.code})]


@contextmanager
def damage_told(db: Database) -> Iterator[None]:
    """Tells of a damaged file where what looks like our own defect comes from its damage."""
    try:
        yield
    except UNREADABLE as error:
        if any(check(db).values()):
            raise StoreError("file_damaged", file=str(db.path)) from error
        raise


def back_up(db: Database, destination: Path, *, at: datetime) -> Path:
    """Writes and verifies a copy while the program runs; returns where it lies."""
    return backup.back_up(db, destination, at=at)


def restore(source: Path, clinic_file: Path, *, at: datetime, replace: bool = False) -> Path | None:
    """Puts a backup in the clinic file's place; the file it replaces is kept beside it."""
    return backup.restore(source, clinic_file, at=at, replace=replace)


def is_there(file: Path) -> bool:
    """Whether something has this name, even if it can't be opened or leads nowhere."""
    return os.path.lexists(file)


@contextmanager
def made_anew(file: Path, *, replace: bool) -> Iterator[Database]:
    """A new clinic file to be filled, which gets its place only when it is whole.

    With `replace` it takes the place of a file that is there, unless somebody has that one open;
    without, it is refused when a file came there meanwhile.
    """
    with placing.draft_of(file) as draft:
        if replace and file.exists():
            placing.refuse_open_elsewhere(file)  # told now rather than when all is made
        db = SqliteDatabase(draft, create=True)
        try:
            yield db
            placing.in_one_file(db)
        finally:
            db.close()
        backup.check_copy(draft)
        try:
            (placing.replace if replace else placing.place_new)(draft, file)
        except FileExistsError:
            raise Refused("sample_file_exists", file=str(file)) from None
