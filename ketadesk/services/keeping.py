"""Keeping the clinic file whole: check it, back it up, restore it."""

from datetime import datetime
from pathlib import Path

from ketadesk.store import backup, checks
from ketadesk.store.checks import Finding
from ketadesk.store.database import SqliteDatabase

__all__ = ["Finding", "back_up", "check", "restore"]

CHECKS = (
    ("integrity", checks.find_damage),
    ("schema", checks.find_schema_differences),
    ("overlaps", checks.find_unforced_overlaps),
    ("audit", checks.find_unexplained_rows),
)


def check(db: SqliteDatabase) -> dict[str, list[Finding]]:
    """What each check found, by its name; nothing but empty lists in a whole file."""
    return {name: look(db) for name, look in CHECKS}


def back_up(db: SqliteDatabase, destination: Path, *, at: datetime) -> Path:
    """Writes and verifies a copy while the program runs; returns where it lies."""
    return backup.back_up(db, destination, at=at)


def restore(source: Path, clinic_file: Path, *, at: datetime, replace: bool = False) -> Path | None:
    """Puts a backup in the clinic file's place; the file it replaces is kept beside it."""
    return backup.restore(source, clinic_file, at=at, replace=replace)
