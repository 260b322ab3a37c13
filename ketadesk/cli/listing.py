"""`ketadesk list`: what the clinic file holds, for people (a table) or programs (JSON, CSV)."""

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import click

from ketadesk.cli.clinic_file import opened
from ketadesk.cli.dates import DAY
from ketadesk.cli.table import draw
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.services.listing import Row

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
    context: click.Context, what: str, first: date | None, last: date | None, form: str | None
) -> None:
    """List patients, appointments or sessions of some days, or all."""
    from ketadesk.services import listing

    if first is not None and last is not None and last < first:
        raise click.UsageError("--to must not be before --from.")
    read = {
        "patients": listing.list_patients,
        "appointments": listing.list_appointments,
        "sessions": listing.list_sessions,
    }[what]
    with opened(context) as db:
        rows = read(db, first=first, last=last)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1).encode())
    elif form == "csv":
        click.echo(as_csv(rows).encode(), nl=False)
    elif rows:
        click.echo(draw(rows, SHOWN[what]))
    else:
        click.echo(tr("There are no {what} there.", what=what))


def as_csv(rows: "list[Row]") -> str:
    """RFC 4180, but for formulas: a spreadsheet shows them as text after an apostrophe."""
    if not rows:
        return ""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return written.getvalue()


def _cell(value: str | int | bool | None) -> str | int | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
