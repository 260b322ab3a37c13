"""`ketadesk print day|week|agenda`: a list as a PDF, noted like one from the window."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketadesk.cli.clinic_file import opened
from ketadesk.cli.dates import GivenDay, on_calendar, refuse_backwards
from ketadesk.cli.staff import acting
from ketadesk.clock import system_clock
from ketadesk.domain.list_sheets import ListKind
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from datetime import date

VIEWS = {kind.view: kind for kind in ListKind}


def print_list(
    context: click.Context,
    kind: ListKind,
    days: tuple[GivenDay, GivenDay | None],
    file: Path,
    *,
    paper: str,
    initials: bool,
    staff_name: str | None,
) -> None:
    """Writes the list of a day, of its week, or the agenda of several days as a PDF."""
    from ketadesk.domain.changes import Stamp
    from ketadesk.services import list_sheets
    from ketadesk.services.calendar import frame

    if days[1] is not None and kind is not ListKind.AGENDA:
        raise click.UsageError("--to is for an agenda.")
    refuse_backwards(*days)
    with opened(context, for_reading=True) as db:
        person = acting(db, staff_name)
        stamp = Stamp(person.id, system_clock())
        today = frame(db).clinic.local(stamp.at).date()
        day: date | None = on_calendar(days[0], today=today)
        until = on_calendar(days[1], today=today)
        assert day is not None
        refuse_backwards(day, until)
        request = list_sheets.ListRequest(kind, day, until, paper, initials)
        gathered = list_sheets.gather(db, request, at=stamp.at, staff_id=person.id)
        sheet = list_sheets.write(gathered, file, clinic_file=db.path)
        if not db.read_only:
            list_sheets.record_printed(db, stamp, request, sheet, how="saved")
    click.echo(tr("Saved {file} for {name}.", file=file, name=person.name))
    if db.read_only:
        click.echo(tr("It is not noted in the clinic file, which can't be written here."))
