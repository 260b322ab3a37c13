"""`ketadesk import ics`: takes in another calendar; every event is accounted for."""

import os
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ketadesk.cli.clinic_file import FILE_NAME, opened
from ketadesk.cli.dates import DAY, on_calendar, refuse_backwards
from ketadesk.cli.staff import STAFF_OPTION, acting
from ketadesk.clock import system_clock
from ketadesk.domain.changes import Span, Stamp
from ketadesk.domain.clinic import Clinic, day_span
from ketadesk.i18n import sentence, tr

if TYPE_CHECKING:
    from ketadesk.services.exchange.calendar_report import CalendarReport, LeftEvent
    from ketadesk.store.database import Database

MOST_SHOWN = 5
A_YEAR = timedelta(days=365)
"""How far ahead events are taken in when nobody says until when."""


@click.command("ics")
@click.argument("file", type=FILE_NAME)
@click.option("--from", "first", type=DAY, metavar="D", default="today", show_default=True,
              help="First day whose events are taken in.")  # fmt: skip
@click.option("--to", "last", type=DAY, metavar="D", help="Last day. Without it: a year later.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; the clinic file stays as is.")
@click.option("--protocol", metavar="NAME",
              help="For patients without a course or an earlier visit. "
              "Without it: what first visits usually have here.")  # fmt: skip
@click.option("--matches", type=FILE_NAME, metavar="FILE",
              help="The list of an earlier import, its column 'patient' filled in.")  # fmt: skip
@click.option("--rejects", type=FILE_NAME, metavar="FILE",
              help="Where the list of the other events goes. Without it: beside FILE.")  # fmt: skip
@STAFF_OPTION
@click.pass_context
def ics(context: click.Context, /, file: Path, **options: Any) -> None:
    """Book the events of FILE (iCalendar) whose title names a patient of the clinic.

    The others go to a list. Write a record number or a name into its column 'patient', and
    import the same FILE again with --matches.
    """
    from ketadesk.services.calendar import frame
    from ketadesk.services.exchange import calendar_in, calendar_report
    from ketadesk.services.exchange.calendar_files import keep_list, read_source
    from ketadesk.services.importing.rejects import drafted_rejects

    refuse_backwards(options["first"], options["last"])
    matches: calendar_report.Matches = {}
    if options["matches"] is not None:
        name = options["matches"]
        matches = calendar_report.read_matches(read_source(name), name=str(name))
    content = read_source(file)
    named: Path | None = options["rejects"]
    rejects = named or (None if options["dry_run"] else _free_name(file))
    with opened(context) as db, ExitStack() as drafts:
        described = frame(db).clinic
        source = calendar_in.read(content, own=described.zone)
        draft = None
        if rejects is not None:
            sources = [one for one in (file, options["matches"]) if one is not None]
            kept = drafted_rejects(rejects, clinic_file=db.path, sources=sources)
            draft = drafts.enter_context(kept)
        report = calendar_in.import_calendar(
            db,
            Stamp(acting(db, options["staff_name"]).id, system_clock()),
            source,
            _span(described, options),
            protocol_id=_protocol(db, options["protocol"]),
            matches=matches,
            dry_run=options["dry_run"],
        )
        if draft is not None and (report.left or named):
            keep_list(draft, report)
    _tell(report, rejects)


def _span(described: Clinic, options: dict[str, Any]) -> Span:
    today = described.local(system_clock()).date()
    first = on_calendar(options["first"], today=today)
    assert first is not None
    last: date = on_calendar(options["last"], today=today) or first + A_YEAR
    refuse_backwards(first, last)
    return Span(day_span(first, described.zone).starts, day_span(last, described.zone).ends)


def _protocol(db: "Database", name: str | None) -> Any:
    from ketadesk.services.exchange import calendar_in

    return None if name is None else calendar_in.protocol_named(db, name)


def _free_name(file: Path) -> Path:
    """A name beside the calendar that is not taken: clinic-to-match.csv, clinic-to-match-2.csv."""
    name, again = file.with_name(f"{file.stem}-to-match.csv"), 2
    while os.path.lexists(name):
        name, again = file.with_name(f"{file.stem}-to-match-{again}.csv"), again + 1
    return name


def _tell(report: "CalendarReport", rejects: Path | None) -> None:
    if report.dry_run:
        click.echo(tr("Nothing was written; this is what would happen:"))
    told = tr(
        "booked {booked}, already there {already_there}, cancelled {cancelled}, left {left} events",
        booked=report.booked,
        already_there=report.already_there,
        cancelled=report.cancelled,
        left=len(report.left),
    )
    if report.brought_back:
        told += tr(", brought back {brought_back}", brought_back=report.brought_back)
    click.echo(told)
    if report.elsewhere:
        lines = ", ".join(str(line) for line, _ in report.elsewhere[:MOST_SHOWN])
        told = tr("{number} that are already there have another time in the file and were left "
                  "as they are (lines {lines}…).",
                  number=len(report.elsewhere), lines=lines)  # fmt: skip
        click.echo(told)
    _tell_left(report.left, rejects)


def _tell_left(left: "tuple[LeftEvent, ...]", rejects: Path | None) -> None:
    if not left:
        return
    by_code: dict[str, list[LeftEvent]] = {}
    for event in left:
        by_code.setdefault(event.code, []).append(event)
    click.echo(tr("Events that were not booked, by reason:"))
    for code, events in sorted(by_code.items(), key=lambda item: -len(item[1])):
        lines = ", ".join(str(event.line) for event in events[:MOST_SHOWN])
        more = "…" if len(events) > MOST_SHOWN else ""
        told = tr("{number} (lines {lines}{more}): {reason}", number=len(events), lines=lines,
                  more=more, reason=sentence(code, events[0].values))  # fmt: skip
        click.echo(f"  {told}")
    if rejects is not None:
        told = tr("They are in {file}: write who is meant into its column 'patient', then import "
                  "the calendar again with --matches {file}.", file=rejects)  # fmt: skip
        click.echo(told)
