"""`ketadesk list`: what the clinic file holds, for people (a table) or programs (JSON, CSV)."""

import json

import click

from ketadesk.cli.clinic_file import opened
from ketadesk.cli.dates import DAY, GivenDay, on_calendar, refuse_backwards
from ketadesk.cli.table import draw
from ketadesk.clock import system_clock
from ketadesk.i18n import tr

SHOWN = {
    "patients": ("id", "given_name", "family_name", "birth_date", "phone", "eligibility"),
    "appointments": ("id", "starts", "ends", "chair", "patient", "protocol", "status", "escort"),
    "sessions": ("id", "opened", "chair", "patient", "nurse", "protocol", "phase", "signed"),
}
"""The columns of the table; JSON and CSV carry all of them."""


@click.command("list")
@click.argument("what", type=click.Choice(tuple(SHOWN)))
@click.option("--from", "first", type=DAY, metavar="D", help="First day, as 2026-11-22 or today.")
@click.option("--to", "last", type=DAY, metavar="D", help="Last day, this one included.")
@click.option("--json", "form", flag_value="json", help="An array of objects.")
@click.option("--csv", "form", flag_value="csv", help="A header and one line for each.")
@click.pass_context
def list_rows(
    context: click.Context,
    what: str,
    first: GivenDay | None,
    last: GivenDay | None,
    form: str | None,
) -> None:
    """List patients, appointments or sessions of some days, or all."""
    from ketadesk.services import listing
    from ketadesk.services.calendar import frame
    from ketadesk.services.exchange.tables import table_text

    refuse_backwards(first, last)
    with opened(context, for_reading=True) as db:
        today = frame(db).clinic.local(system_clock()).date()
        begins, ends = (on_calendar(given, today=today) for given in (first, last))
        refuse_backwards(begins, ends)
        rows = listing.READERS[what](db, first=begins, last=ends)
    if form == "json":
        written = json.dumps(rows, ensure_ascii=False, indent=1)
        click.echo(written.encode(errors="backslashreplace"))
    elif form == "csv":
        columns = listing.COLUMNS[what]
        written = table_text(columns, ([dict(row)[name] for name in columns] for row in rows))
        click.echo(written.encode(errors="backslashreplace"), nl=False)
    elif rows:
        click.echo(draw(rows, SHOWN[what]))
    else:
        click.echo(tr("There are no {what} there.", what=what))
