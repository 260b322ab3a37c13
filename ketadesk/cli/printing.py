"""`ketadesk print`: a sheet or a list as a PDF, logged like one from the window."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ketadesk.cli.clinic_file import FILE_NAME, opened
from ketadesk.cli.dates import DAY
from ketadesk.cli.printing_lists import VIEWS, print_list
from ketadesk.cli.staff import STAFF_OPTION, acting
from ketadesk.clock import system_clock
from ketadesk.domain.sheets import SheetKind
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.domain.ids import AppointmentId


@click.command("print")
@click.argument("kind", type=click.Choice([*(kind.value for kind in SheetKind), *VIEWS]))
@click.option("--appointment", "number", type=click.IntRange(1, 2**63 - 1), metavar="ID",
              help="For a sheet: the id, as `ketadesk list appointments` shows it.")  # fmt: skip
@click.option("--language", type=click.Choice(("en", "es")),
              help="Of a sheet. Without it: the patient's written language.")  # fmt: skip
@click.option("--date", "day", type=DAY, metavar="D",
              help="For a list: which day, or a day of the week. Without it: today.")  # fmt: skip
@click.option("--to", "until", type=DAY, metavar="D", help="The last day of an agenda.")
@click.option("--initials", is_flag=True, help="A list without names, for the door.")
@click.option("--paper", type=click.Choice(("letter", "a4")), default="letter", show_default=True)
@click.option("--pdf", "file", type=FILE_NAME, required=True,
              metavar="FILE", help="Where the PDF goes.")  # fmt: skip
@STAFF_OPTION
@click.pass_context
def print_sheet(
    context: click.Context, /, kind: str, file: Path, staff_name: str | None, **options: Any
) -> None:
    """Write a sheet of an appointment or a list (day, week, agenda) as a PDF."""
    sheet_only = any(options[name] is not None for name in ("number", "language"))
    list_only = options["initials"] or any(options[name] is not None for name in ("day", "until"))
    if kind in VIEWS:
        if sheet_only:
            raise click.UsageError("--appointment and --language are for a sheet.")
        days = (options["day"] if options["day"] is not None else timedelta(0), options["until"])
        print_list(context, VIEWS[kind], days, file, paper=options["paper"],
                   initials=options["initials"], staff_name=staff_name)  # fmt: skip
        return
    if list_only:
        raise click.UsageError("--date, --to and --initials are for a list.")
    if options["number"] is None:
        raise click.UsageError("Missing option '--appointment'.")
    _print_sheet(context, SheetKind(kind), file, options, staff_name)


def _print_sheet(
    context: click.Context,
    kind: SheetKind,
    file: Path,
    options: dict[str, Any],
    staff_name: str | None,
) -> None:
    from ketadesk.domain.changes import Stamp
    from ketadesk.services import sheets

    number: AppointmentId = options["number"]
    with opened(context, for_reading=True) as db:
        person = acting(db, staff_name)
        stamp = Stamp(person.id, system_clock())
        request = sheets.SheetRequest(kind, number, options["language"], options["paper"])
        gathered = sheets.gather(db, request, at=stamp.at, staff_id=person.id)
        sheet = sheets.write(gathered, file, clinic_file=db.path)
        if not db.read_only:
            sheets.record_printed(db, stamp, number, sheet, how="saved")
    click.echo(tr("Saved {file} for {name}.", file=file, name=person.name))
    if db.read_only:
        click.echo(tr("It is not noted in the clinic file, which can't be written here."))
