"""Which clinic file a command is for, opened for as long as the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketadesk.domain.errors import Refused

FILE_NAME = click.Path(path_type=Path, readable=False)
"""Whether it may be read, and what it is, the program says itself, in its own sentences."""

if TYPE_CHECKING:
    from ketadesk.store.database import Database


def default_file() -> Path:
    """Where the clinic file lies on a machine where nobody chose another place."""
    from ketadesk.settings import data_folder

    return data_folder() / "clinic.ketadesk"


def make_default_folder() -> Path:
    """The folder of the default place, made for this person alone if it is not there."""
    folder = default_file().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def last_file() -> Path | None:
    """The clinic file that was open last on this machine."""
    from ketadesk.settings import SettingsFile

    last = SettingsFile().current.clinic_file
    return Path(last) if last else None


def named_file(context: click.Context) -> Path:
    """The file of --clinic, else the last one used here, else the default place."""
    if context.obj is not None:
        return Path(context.obj)
    return last_file() or default_file()


def existing_file(context: click.Context) -> Path:
    """The same, for commands that need one: says what to do when nobody ever named a file."""
    file = named_file(context)
    if context.obj is None and file == default_file() and not file.exists():
        raise Refused("clinic_file_unknown")
    return file


@contextmanager
def opened(
    context: click.Context, *, for_reading: bool = False, damaged: bool = False
) -> Iterator["Database"]:
    """The clinic file, open; its zone is the one in which sentences write times.

    With `for_reading`, a file that can't be written here will do; with `damaged`, one whose own
    facts can't be read any more.
    """
    from ketadesk import i18n
    from ketadesk.services import keeping
    from ketadesk.services.calendar import frame
    from ketadesk.services.watching import open_clinic

    db = open_clinic(existing_file(context), for_reading=for_reading)
    try:
        with keeping.damage_told(db):
            try:
                i18n.speak("en", frame(db).clinic.zone)
            except keeping.UNREADABLE:
                if not damaged:
                    raise
            yield db
    finally:
        db.close()
