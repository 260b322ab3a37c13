"""`ketadesk print`: a sheet as a PDF, logged like one from the window."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketadesk.cli.clinic_file import FILE_NAME, opened
from ketadesk.cli.staff import STAFF_OPTION, acting
from ketadesk.clock import system_clock
from ketadesk.domain.sheets import SheetKind
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.domain.ids import AppointmentId


@click.command("print")
@click.argument("kind", type=click.Choice([kind.value for kind in SheetKind]))
@click.option("--appointment", "number", type=click.IntRange(1, 2**63 - 1), required=True,
              metavar="ID",
              help="The appointment's id, as `ketadesk list appointments` shows it.")  # fmt: skip
@click.option("--language", type=click.Choice(("en", "es")),
              help="Without it: the patient's written language.")  # fmt: skip
@click.option("--paper", type=click.Choice(("letter", "a4")), default="letter", show_default=True)
@click.option("--pdf", "file", type=FILE_NAME, required=True,
              metavar="FILE", help="Where the PDF goes.")  # fmt: skip
@STAFF_OPTION
@click.pass_context
def print_sheet(
    context: click.Context,
    kind: str,
    number: "AppointmentId",
    language: str | None,
    paper: str,
    file: Path,
    staff_name: str | None,
) -> None:
    """Write the aftercare sheet or the pickup card of an appointment as a PDF."""
    from ketadesk.domain.changes import Stamp
    from ketadesk.services import sheets

    with opened(context, for_reading=True) as db:
        person = acting(db, staff_name)
        stamp = Stamp(person.id, system_clock())
        request = sheets.SheetRequest(SheetKind(kind), number, language, paper)
        gathered = sheets.gather(db, request, at=stamp.at, staff_id=person.id)
        sheet = sheets.write(gathered, file, clinic_file=db.path)
        if not db.read_only:
            sheets.record_printed(db, stamp, number, sheet, how="saved")
    click.echo(tr("Saved {file} for {name}.", file=file, name=person.name))
    if db.read_only:
        click.echo(tr("It is not noted in the clinic file, which can't be written here."))
