"""`ketadesk export ics`: the appointments as a file that other calendars show."""

from pathlib import Path

import click

from ketadesk.cli.clinic_file import FILE_NAME, opened
from ketadesk.cli.dates import DAY, GivenDay, on_calendar, refuse_backwards
from ketadesk.clock import system_clock
from ketadesk.i18n import tr


@click.group("export")
def export() -> None:
    """Write what other programs read."""


@export.command("ics")
@click.argument("file", type=FILE_NAME)
@click.option("--from", "first", type=DAY, metavar="D", help="First day, as 2026-11-22 or today.")
@click.option("--to", "last", type=DAY, metavar="D", help="Last day, this one included.")
@click.option("--names", is_flag=True, help="Whole names as titles. Without it: initials.")
@click.pass_context
def ics(
    context: click.Context,
    file: Path,
    first: GivenDay | None,
    last: GivenDay | None,
    names: bool,
) -> None:
    """Write the appointments into FILE for another calendar, which only shows them."""
    from ketadesk.services.calendar import frame
    from ketadesk.services.exchange import calendar_out

    refuse_backwards(first, last)
    with opened(context, for_reading=True) as db:
        today = frame(db).clinic.local(system_clock()).date()
        begins, ends = (on_calendar(given, today=today) for given in (first, last))
        refuse_backwards(begins, ends)
        made = calendar_out.compose(db, first=begins, last=ends, names=names)
        calendar_out.write(made, file, clinic_file=db.path)
    click.echo(tr("Saved {number} appointments to {file}.", number=made.appointments, file=file))
    if names:
        click.echo(tr("The file holds patients' names: keep it where only staff can read it."))
