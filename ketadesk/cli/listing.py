"""`ketadesk list`: what the clinic file holds, for people (a table) or programs (JSON, CSV)."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

import click

from ketadesk.cli.clinic_file import opened
from ketadesk.cli.dates import DAY, GivenDay, on_calendar, refuse_backwards
from ketadesk.cli.table import draw
from ketadesk.clock import system_clock
from ketadesk.i18n import tr

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that starts with one of these is run as a formula by spreadsheets."""

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
        written = as_csv(rows, listing.COLUMNS[what])
        click.echo(written.encode(errors="backslashreplace"), nl=False)
    elif rows:
        click.echo(draw(rows, SHOWN[what]))
    else:
        click.echo(tr("There are no {what} there.", what=what))


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """RFC 4180, but for formulas: a spreadsheet shows them as text after an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
