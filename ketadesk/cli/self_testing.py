"""`ketadesk self-test`: does this installation work? A clinic's morning in a temporary folder.

Needs no display and writes nowhere else. Each step is a function that returns what it proved.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ketadesk import resources
from ketadesk.cli.ending import FAILED
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.domain.day import Visit
    from ketadesk.sample.making import SampleOrder
    from ketadesk.store.database import Database


@dataclass(frozen=True)
class Bench:
    """What the steps work on: the temporary folder, its clinic file, and the day it plays on."""

    folder: Path
    db: "Database"
    order: "SampleOrder"


@click.command("self-test")
@click.option("--verbose", is_flag=True, help="Say what each check proved.")
@click.pass_context
def self_test(context: click.Context, verbose: bool) -> None:
    """Check this installation: book, record, print and check in a temporary clinic."""
    from ketadesk.clock import system_clock
    from ketadesk.sample import making as sample
    from ketadesk.sample.cast import CAST
    from ketadesk.services.watching import open_clinic

    with tempfile.TemporaryDirectory(prefix="ketadesk-self-test-") as name:
        folder = Path(name)
        db = open_clinic(folder / "clinic.ketadesk", create=True)
        try:
            today = system_clock().date()
            order = sample.SampleOrder(today, "America/Los_Angeles", patients=len(CAST))
            sample.make(db, order)
            bench = Bench(folder, db, order)
            for step in STEPS:
                try:
                    proved = step(bench)
                except AssertionError:
                    what = step.__name__.replace("_", " ")
                    click.echo(tr("self-test: “{what}” is not so.", what=what), err=True)
                    context.exit(FAILED)
                if verbose:
                    click.echo(f"{step.__name__.replace('_', ' ')}: {proved}")
        finally:
            db.close()
    click.echo(tr("self-test: {count} checks passed", count=len(STEPS)))


def bundled_files_are_there(bench: Bench) -> str:
    folders = ("fonts", "i18n", "icons", "sheets", "wording")
    for folder in folders:
        _hold(any(resources.path(folder).iterdir()))
    return ", ".join(folders)


def people_are_found_by_plain_letters(bench: Bench) -> str:
    from ketadesk.services import patients

    found = patients.find(bench.db, "garcia ana")
    _hold([patient.name for patient in found] == ["Ana García"])
    return found[0].name


def a_booking_is_kept_and_not_doubled(bench: Bench) -> str:
    from ketadesk.domain.appointments import AppointmentDraft
    from ketadesk.domain.changes import Stamp
    from ketadesk.domain.errors import Refused
    from ketadesk.domain.objections import Guard, Override
    from ketadesk.services import booking
    from ketadesk.services.calendar import frame

    place = frame(bench.db)
    visit = _visit_of(bench, "Tomás Peña")
    stamp = Stamp(place.staff[0].id, bench.order.stands_at)
    draft = AppointmentDraft(
        patient_id=visit.appointment.patient_id,
        chair_id=place.chairs[3].id,
        protocol_id=visit.appointment.protocol_id,
        starts=visit.appointment.starts + timedelta(days=40),
        segments=visit.appointment.segments,
    )
    agreed = Override(frozenset(Guard) - {Guard.CHAIR_TAKEN}, "self-test")
    booked = booking.book(bench.db, stamp, draft, override=agreed)
    _hold(booking.book(bench.db, stamp, draft, override=agreed).action_id == booked.action_id)
    try:
        booking.book(bench.db, Stamp(stamp.staff_id, stamp.at), draft, override=agreed)
    except Refused as refusal:
        _hold(refusal.code == "chair_taken")
        return refusal.code
    raise AssertionError


def an_infusion_is_recorded(bench: Bench) -> str:
    from ketadesk.domain.changes import Stamp
    from ketadesk.domain.ids import SessionId
    from ketadesk.domain.readings import ReadingDraft, Vitals
    from ketadesk.domain.sessions import Answer, AnswerDraft, ChecklistItem, OrderDraft
    from ketadesk.services import recording, sessions
    from ketadesk.services.calendar import frame

    db, at = bench.db, bench.order.stands_at
    staff_id = frame(db).staff[0].id
    visit = _visit_of(bench, "Omar Haddad")

    def stamp() -> Stamp:
        return Stamp(staff_id, at)

    opened = sessions.open_session(db, stamp(), visit.appointment.id, nurse_id=staff_id)
    session_id = SessionId(opened.row_ids["sessions"])
    for item in ChecklistItem:
        detail = "76.2 kg" if item is ChecklistItem.WEIGHT else ""
        sessions.answer(db, stamp(), session_id, AnswerDraft(item, Answer.MET, detail))
    order = OrderDraft("Dr. Shah", Decimal("76.2"), Decimal("0.8"), Decimal(61), 40, "iv")
    recording.write_order(db, stamp(), session_id, order)
    sessions.begin(db, stamp(), session_id, at=at)
    vitals = Vitals(132, 84, 78, 98, 16)
    recording.record_reading(db, stamp(), session_id, ReadingDraft(at, vitals))
    kept = sessions.load(db, session_id).readings
    _hold([reading.vitals for reading in kept] == [vitals])
    return vitals.pressure


def sheets_are_printed_in_both_languages(bench: Bench) -> str:
    from ketadesk.services import sheets
    from ketadesk.services.calendar import frame

    visit = _visit_of(bench, "Ivy O'Brien")
    staff_id = frame(bench.db).staff[0].id
    pages = 0
    for kind in sheets.KINDS:
        for language in sheets.LANGUAGES:
            request = sheets.SheetRequest(kind, visit.appointment.id, language)
            sheet = sheets.compose(bench.db, request, at=bench.order.stands_at, staff_id=staff_id)
            _hold(sheet.pdf.startswith(b"%PDF-"))
            pages += sheet.pages
    return f"{pages} pages"


def a_backup_is_whole(bench: Bench) -> str:
    from ketadesk.services import keeping
    from ketadesk.services.watching import open_clinic

    at = bench.order.stands_at
    copy = keeping.back_up(bench.db, bench.folder / "copy.ketadesk", at=at)
    restored = bench.folder / "restored.ketadesk"
    keeping.restore(copy, restored, at=at)
    db = open_clinic(restored)
    try:
        _hold(not any(keeping.check(db).values()))
    finally:
        db.close()
    return copy.name


def the_audit_explains_every_row(bench: Bench) -> str:
    from ketadesk.services import keeping

    found = keeping.check(bench.db)
    _hold(not any(found.values()))
    return ", ".join(found)


def the_window_can_be_loaded(bench: Bench) -> str:
    from ketadesk import display

    missing = display.missing_libraries("offscreen")
    if missing:
        return ", ".join(sorted({library.debian_package for library in missing}))
    from ketadesk.ui import main_window

    return main_window.__name__


STEPS: tuple[Callable[[Bench], str], ...] = (
    bundled_files_are_there,
    people_are_found_by_plain_letters,
    a_booking_is_kept_and_not_doubled,
    an_infusion_is_recorded,
    sheets_are_printed_in_both_languages,
    a_backup_is_whole,
    the_audit_explains_every_row,
    the_window_can_be_loaded,
)


def _visit_of(bench: Bench, name: str) -> "Visit":
    """The visit that the named person of the sample has today."""
    from ketadesk.services.calendar import schedule

    visits = schedule(bench.db, bench.order.today).visits
    return next(visit for visit in visits if visit.patient_name == name)


def _hold(true: bool) -> None:
    """Like assert, but also under `python -O`."""
    if not true:
        raise AssertionError
