"""`ketadesk import patients`: takes in another system's export; every row is accounted for."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ketadesk.cli.clinic_file import FILE_NAME, opened
from ketadesk.cli.importing_calendar import ics
from ketadesk.cli.staff import STAFF_OPTION, acting
from ketadesk.clock import system_clock
from ketadesk.domain.changes import Stamp
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import MOST_BYTES, Field, ImportReport, RefusedRow, Source
from ketadesk.i18n import sentence, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SHOWN = 5
"""Lines of each reason, and patients to look at, that are listed; the rest is counted."""

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@click.group("import")
def import_rows() -> None:
    """Take in what another system exported."""


@import_rows.command("patients")
@click.argument("file", type=FILE_NAME)
@click.option("--dry-run", is_flag=True, help="Say what would happen; the clinic file stays as is.")
@click.option("--rejects", type=FILE_NAME, metavar="FILE",
              help="Where refused rows go. Without it: beside FILE.")  # fmt: skip
@click.option("--dates", type=click.Choice(["ymd", "mdy", "dmy"]),
              help="The order in birth dates, when FILE leaves it open.")  # fmt: skip
@click.option("--encoding", help="How the letters are written: utf-8, utf-16 or cp1252.")
@click.option("--column", "columns", multiple=True, metavar="NAME=FIELD",
              help="What a column means; 'none': keep it in the note.")  # fmt: skip
@STAFF_OPTION
@click.pass_context
def patients(context: click.Context, /, file: Path, **options: Any) -> None:
    """Add the patients of FILE (CSV, semicolons or tabs) who are not in the clinic yet."""
    from ketadesk.services.importing.patients import import_patients, read_source
    from ketadesk.services.importing.rejects import drafted_rejects, keep_rejects

    source = read_source(_read(file), encoding=options["encoding"])
    mapping = _mapping(source, options["columns"])
    dry_run = options["dry_run"]
    named: Path | None = options["rejects"]
    rejects = named or (None if dry_run else _free_name(file))
    with opened(context) as db, ExitStack() as drafts:
        draft = None
        if rejects is not None:
            kept = drafted_rejects(rejects, clinic_file=db.path, sources=[file])
            draft = drafts.enter_context(kept)
        stamp = Stamp(acting(db, options["staff_name"]).id, system_clock())
        report = import_patients(
            db, stamp, source, mapping=mapping, date_order=options["dates"], dry_run=dry_run
        )
        if draft is not None and (report.refused or named):
            keep_rejects(draft, report)
    _tell(report, rejects)


import_rows.add_command(ics)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("import_file_unreadable", file=str(file), detail=detail) from error


def _mapping(source: Source, columns: tuple[str, ...]) -> "Mapping[str, Field | None] | None":
    """The proposed meaning of the columns, with what the person said differently."""
    if not columns:
        return None
    mapping = dict(source.mapping)
    for said in columns:
        header, _, name = said.rpartition("=")
        if header not in mapping:
            headers = ", ".join(source.headers)[:200]
            raise Refused("import_column_unknown", column=header or said, headers=headers)
        try:
            mapping[header] = None if name == "none" else Field(name)
        except ValueError as error:
            known = ", ".join(field for field in Field)
            raise click.UsageError(f"--column: FIELD is one of none, {known}.") from error
    return mapping


def _free_name(file: Path) -> Path:
    """A name beside the export that is not taken: export-refused.csv, export-refused-2.csv."""
    name, again = file.with_name(f"{file.stem}-refused.csv"), 2
    while os.path.lexists(name):
        name, again = file.with_name(f"{file.stem}-refused-{again}.csv"), again + 1
    return name


def _tell(report: ImportReport, rejects: Path | None) -> None:
    source = report.source
    told = tr(
        "Read {rows} rows ({encoding}, separated by {delimiter}; birth dates {order}).",
        rows=report.rows,
        encoding=source.encoding,
        delimiter=_DELIMITERS.get(source.delimiter, source.delimiter),
        order=report.date_order,
    )
    click.echo(told)
    counts = {
        "added": report.added,
        "brought_back": report.brought_back,
        "already_there": report.already_there,
        "refused": len(report.refused),
    }
    if report.dry_run:
        click.echo(tr("Nothing was written; this is what would happen:"))
    click.echo(
        tr("added {added}, already there {already_there}, refused {refused}", **counts)
        + (tr(", brought back {brought_back}", **counts) if report.brought_back else "")
    )
    for headers, text in (
        (report.note_headers, tr("Kept in the note:")),
        (report.dropped_headers, tr("Not kept, as they identify people elsewhere:")),
    ):
        if headers:
            click.echo(f"{text} {', '.join(headers)}")
    _tell_resemblances(report)
    _tell_refused(report, rejects)


def _tell_resemblances(report: ImportReport) -> None:
    differing = [known for known in report.known if known.differs]
    if differing:
        lines = ", ".join(str(known.line) for known in differing[:MOST_SHOWN])
        said = tr("{number} patients who are already there say something else in the file "
                  "(lines {lines}…).", number=len(differing), lines=lines)  # fmt: skip
        click.echo(said)
    if report.look_at:
        click.echo(tr("Look at these, who resemble someone: {number}", number=len(report.look_at)))
    for alike in report.look_at[:MOST_SHOWN]:
        click.echo(f"  {alike.line}: {alike.patient} ~ {alike.other}")


def _tell_refused(report: ImportReport, rejects: Path | None) -> None:
    if not report.refused:
        return
    by_code: dict[str, list[RefusedRow]] = {}
    for refused in report.refused:
        by_code.setdefault(refused.code, []).append(refused)
    click.echo(tr("Refused rows, by reason:"))
    for code, rows in sorted(by_code.items(), key=lambda item: -len(item[1])):
        lines = ", ".join(str(row.line) for row in rows[:MOST_SHOWN])
        more = "…" if len(rows) > MOST_SHOWN else ""
        told = tr("{number} (lines {lines}{more}): {reason}", number=len(rows), lines=lines,
                  more=more, reason=sentence(code, rows[0].values))  # fmt: skip
        click.echo(f"  {told}")
    if rejects is not None:
        told = tr("They are in {file} with their reasons: put them right there, then import it.",
                  file=rejects)  # fmt: skip
        click.echo(told)
