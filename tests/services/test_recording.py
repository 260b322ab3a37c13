"""Orders, readings and events: kept as written, once, and amended in the open."""

import json
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from ketadesk.domain.errors import NotFound, Refused
from ketadesk.domain.events import EventDraft, EventKind, SideEffect
from ketadesk.domain.ids import EventId, PatientId, ReadingId, SessionId
from ketadesk.domain.preparation import BagMode, Preparation
from ketadesk.domain.readings import BOUNDS, ReadingDraft, Vitals
from ketadesk.domain.sessions import OrderDraft
from ketadesk.services import booking, recording, sessions
from ketadesk.services.watching import open_clinic
from ketadesk.store.connection import DriverError
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import LENA, ROSA, add_patient, at, book, stamp

FULL = Vitals(152, 94, 91, 97, 15, Decimal("1.5"), 4, 2, 6, "eyes closed")


@pytest.fixture
def session_id(db: SqliteDatabase) -> SessionId:
    """Ana's session, opened at ten."""
    appointment_id = book(db, add_patient(db))
    booking.set_status(db, stamp(), appointment_id, 1, status=booking.Status.ARRIVED)
    opened = sessions.open_session(db, stamp(), appointment_id, nurse_id=ROSA)
    return SessionId(opened.row_ids["sessions"])


def order(per_kg: str = "0.5", mg: str = "35", **more: object) -> OrderDraft:
    draft = OrderDraft("Dr. Shah", Decimal(70), Decimal(per_kg), Decimal(mg), 40, "iv")
    return replace(draft, **more)  # type: ignore[arg-type]


def taken(db: SqliteDatabase, session_id: SessionId, vitals: Vitals = FULL) -> ReadingId:
    draft = ReadingDraft(at(10, 40), vitals)
    changes = recording.record_reading(db, stamp(at(10, 41)), session_id, draft)
    return ReadingId(changes.row_ids["readings"])


def refused(action, *values: object, **named: object) -> Refused:
    with pytest.raises(Refused) as error:
        action(*values, **named)
    return error.value


def test_a_reading_comes_back_as_it_was_written(db: SqliteDatabase, session_id: SessionId) -> None:
    draft = ReadingDraft(at(10, 40), FULL)
    changes = recording.record_reading(db, stamp(at(10, 46), staff_id=LENA), session_id, draft)
    (kept,) = sessions.load(db, session_id).readings
    assert kept.vitals == FULL
    assert (kept.taken_at, kept.entered_at, kept.entered_by) == (at(10, 40), at(10, 46), LENA)
    assert kept.uuid == draft.uuid
    assert changes.values["reading"] == "152/94 91 97 15"
    assert changes.patients == {PatientId(1)}
    assert "readings" in changes.tables
    assert not changes.undoable


def test_a_reading_is_kept_once_however_often_it_is_sent(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    draft, enter = ReadingDraft(at(10, 40), FULL), stamp(at(10, 41))
    first = recording.record_reading(db, enter, session_id, draft)
    assert recording.record_reading(db, enter, session_id, draft) == first
    error = refused(recording.record_reading, db, stamp(at(10, 42)), session_id, draft)
    assert error.code == "recorded_already"
    assert len(sessions.load(db, session_id).readings) == 1


def test_a_reading_survives_the_window(db: SqliteDatabase, session_id: SessionId) -> None:
    taken(db, session_id)
    other_window = open_clinic(db.path)
    assert [kept.vitals for kept in sessions.load(other_window, session_id).readings] == [FULL]
    other_window.close()


def test_an_amendment_strikes_through_and_both_stay(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    wrong = taken(db, session_id, Vitals(125, 94, 91))
    right = ReadingDraft(at(10, 40), Vitals(152, 94, 91), wrong, "digits swapped")
    recording.amend_reading(db, stamp(at(10, 45)), session_id, right)
    record = sessions.load(db, session_id)
    assert [kept.vitals.systolic for kept in record.readings] == [125, 152]
    (standing,) = record.standing_readings
    assert (standing.amends_id, standing.amend_reason) == (wrong, "digits swapped")

    again = ReadingDraft(at(10, 40), FULL, wrong, "other window")
    error = refused(recording.amend_reading, db, stamp(at(10, 46)), session_id, again)
    assert error.code == "amended_already"
    gone = ReadingDraft(at(10, 40), standing.vitals, standing.id, "wrong patient", withdrawn=True)
    recording.amend_reading(db, stamp(at(10, 47)), session_id, gone)
    assert sessions.load(db, session_id).standing_readings == ()
    assert len(sessions.load(db, session_id).readings) == 3


def test_an_amendment_says_what_and_why(db: SqliteDatabase, session_id: SessionId) -> None:
    first = taken(db, session_id)
    now = stamp(at(10, 45))
    silent = ReadingDraft(at(10, 40), FULL, first, "  ")
    assert (
        refused(recording.amend_reading, db, now, session_id, silent).code == "amend_needs_reason"
    )
    hidden = ReadingDraft(at(10, 40), FULL, first, "typo")
    assert refused(recording.record_reading, db, now, session_id, hidden).code == "amend_instead"
    for amends_id in (None, ReadingId(404)):
        with pytest.raises(NotFound):
            lost = ReadingDraft(at(10, 40), FULL, amends_id, "typo")
            recording.amend_reading(db, now, session_id, lost)


@pytest.mark.parametrize(
    ("vitals", "code"),
    [
        (Vitals(), "reading_empty"),
        (Vitals(84, 132), "pressure_swapped"),
        (Vitals(132), "pressure_incomplete"),
        (Vitals(1320, 84), "vital_impossible"),
    ],
)
def test_what_cannot_be_true_is_not_kept(
    db: SqliteDatabase, session_id: SessionId, vitals: Vitals, code: str
) -> None:
    draft = ReadingDraft(at(10, 40), vitals)
    error = refused(recording.record_reading, db, stamp(at(10, 41)), session_id, draft)
    assert error.code == code
    assert sessions.load(db, session_id).readings == ()


def test_the_program_and_the_file_agree_on_what_is_possible(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    """At each bound a reading is kept; one beyond, the file refuses what the program would."""
    row = db.rows("SELECT * FROM readings WHERE id = :id", id=taken(db, session_id))[0]
    for vital, bounds in BOUNDS.items():
        if vital in ("systolic", "diastolic", "oxygen_flow"):
            continue
        for value in bounds:
            taken(db, session_id, Vitals(**{vital: value}))  # type: ignore[arg-type]
        for value in (bounds[0] - 1, bounds[1] + 1):
            columns = {name: kept for name, kept in row.items() if name != "id"}
            columns |= {"uuid": f"{vital} {value}", vital: value}
            names, slots = ", ".join(columns), ", ".join(f":{name}" for name in columns)
            with pytest.raises(DriverError):
                db.run(f"INSERT INTO readings ({names}) VALUES ({slots})", **columns)
    taken(db, session_id, Vitals(350, 250))
    taken(db, session_id, Vitals(20, 10))
    assert {vital.name for vital in fields(Vitals)} == {*BOUNDS, "note"}


def test_late_entries_keep_both_times_and_the_future_is_refused(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    yesterday = ReadingDraft(at(9, 59, day=9), FULL)
    error = refused(recording.record_reading, db, stamp(at(10)), session_id, yesterday)
    assert error.code == "moment_too_early"
    ahead = ReadingDraft(at(10, 42), FULL)
    error = refused(recording.record_reading, db, stamp(at(10, 40)), session_id, ahead)
    assert error.code == "moment_in_future"


def test_an_order_keeps_its_exact_figures(db: SqliteDatabase, session_id: SessionId) -> None:
    bag = Preparation(Decimal(50), Decimal(100), BagMode.WITHDRAW)
    draft = order(preparation=bag, preparation_note=" over 40 min ")
    changes = recording.write_order(db, stamp(at(10, 8)), session_id, draft)
    kept = sessions.load(db, session_id).order
    assert kept is not None
    assert (kept.weight, kept.dose_per_kg, kept.dose) == (70, Decimal("0.5"), 35)
    assert (kept.preparation, kept.preparation_note) == (bag, "over 40 min")
    assert changes.values["dose"] == "35"
    recording.write_order(db, stamp(at(10, 12)), session_id, order("0.4", "28"))
    record = sessions.load(db, session_id)
    assert [order_.dose for order_ in record.orders] == [35, 28]
    assert record.order == record.orders[-1]


def test_a_dose_outside_the_range_needs_a_reason_that_stays(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    high, click = order("0.7", "49"), stamp(at(10, 8))
    error = refused(recording.write_order, db, click, session_id, high)
    assert (error.code, error.may_override) == ("order_outside_range", True)
    assert sessions.load(db, session_id).orders == ()
    recording.write_order(db, click, session_id, high, override_reason="sessions 1 to 4 at 0.7")
    record = sessions.load(db, session_id)
    assert record.order is not None
    assert record.order.dose == 49
    (note,) = record.events
    assert (note.code, note.detail) == ("order_outside_range", "sessions 1 to 4 at 0.7")
    (audited,) = db.rows("SELECT details FROM actions WHERE uuid = :uuid", uuid=click.uuid)
    assert json.loads(audited["details"])["values"]["overridden"] is True


def test_a_slipped_point_is_refused_with_a_reason_too(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    for draft, code in (
        (order("0.5", "350"), "dose_tenfold"),
        (order("5", "350"), "dose_tenfold_of_range"),
        (order("0.5", "36"), "dose_not_matching"),
    ):
        error = refused(
            recording.write_order, db, stamp(), session_id, draft, override_reason="sure"
        )
        assert (error.code, error.may_override) == (code, False)
    assert sessions.load(db, session_id).orders == ()


def test_a_reason_that_was_not_needed_leaves_no_note(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    recording.write_order(db, stamp(), session_id, order(), override_reason="just in case")
    assert sessions.load(db, session_id).events == ()


def test_an_event_is_amended_like_a_reading(db: SqliteDatabase, session_id: SessionId) -> None:
    nausea = EventDraft(EventKind.SIDE_EFFECT, at(10, 37), code=SideEffect.NAUSEA, grade=1)
    first = EventId(
        recording.record_event(db, stamp(at(10, 38)), session_id, nausea).row_ids["events"]
    )
    worse = EventDraft(
        EventKind.SIDE_EFFECT,
        at(10, 37),
        code=SideEffect.NAUSEA,
        grade=2,
        amends_id=first,
        amend_reason="grade",
    )
    error = refused(recording.record_event, db, stamp(at(10, 39)), session_id, worse)
    assert error.code == "amend_instead"
    recording.amend_event(db, stamp(at(10, 39)), session_id, worse)
    (standing,) = sessions.load(db, session_id).standing_events
    assert (standing.grade, standing.amends_id) == (2, first)
    error = refused(recording.record_event, db, stamp(at(10, 40)), session_id, nausea)
    assert error.code == "recorded_already"


def test_phases_are_not_amended_by_hand(db: SqliteDatabase, session_id: SessionId) -> None:
    sessions.stop(db, stamp(at(10, 20)), session_id, at=at(10, 20), reason="headache")
    (step,) = sessions.load(db, session_id).events
    moved = EventDraft(
        EventKind.NOTE, at(10, 10), detail="earlier", amends_id=step.id, amend_reason="time"
    )
    error = refused(recording.amend_event, db, stamp(at(10, 30)), session_id, moved)
    assert error.code == "phase_events_stay"
    by_hand = EventDraft(EventKind.PHASE, at(10, 10), code="infusing")
    error = refused(recording.record_event, db, stamp(at(10, 30)), session_id, by_hand)
    assert error.code == "phase_events_stay"
