"""Who acts when a command writes: every action carries a person into the audit."""

from typing import TYPE_CHECKING

import click

from ketadesk.domain.clinic import Role, Staff
from ketadesk.domain.errors import NotFound, Refused
from ketadesk.domain.names import folded

if TYPE_CHECKING:
    from ketadesk.store.database import Database

STAFF_OPTION = click.option(
    "--by",
    "staff_name",
    metavar="NAME",
    help="Who does it. Without it: who worked last in this clinic here, else the manager.",
)


def acting(db: "Database", name: str | None) -> Staff:
    """The staff member named, or who worked last on this machine, or the manager."""
    from ketadesk.services.calendar import frame
    from ketadesk.settings import SettingsFile

    staff = frame(db).staff
    if name is not None:
        named = [person for person in staff if folded(person.name) == folded(name)]
        if not named:
            raise NotFound("staff_not_found", name=name)
        return named[0]
    last = SettingsFile().current.staff_ids.get(str(db.path))
    managers = [person for person in staff if person.role is Role.MANAGER]
    for person in (*(one for one in staff if one.id == last), *managers, *staff):
        return person
    raise Refused("staff_missing")
