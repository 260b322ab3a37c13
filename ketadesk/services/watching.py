"""Opening the clinic file, and learning what other windows did in it meanwhile."""

from datetime import datetime
from pathlib import Path

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import ActionId
from ketadesk.store import actions
from ketadesk.store.database import Database, SqliteDatabase


def open_clinic(path: Path, *, create: bool = False, for_reading: bool = False) -> Database:
    """Opens (or makes) a clinic file; raises StoreError with a code that names what is wrong.

    With `for_reading`, a file that can't be written here is opened as well, and is `read_only`.
    """
    return SqliteDatabase(path, create=create, for_reading=for_reading)


def latest_action(db: Database) -> ActionId:
    return actions.latest_id(db)


def changes_since(db: Database, after: ActionId) -> list[Changes]:
    """What was done after an action by anyone, oldest first; StoreError when the file is gone."""
    db.check_place()
    return actions.since(db, after)


def latest_moment(db: Database) -> datetime | None:
    """When the last thing was done in this file; from there a demo's clock goes on."""
    return actions.latest_moment(db)
