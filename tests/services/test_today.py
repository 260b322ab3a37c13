"""The board through one Monday: two chairs, four patients, one lunch that nobody gets."""

from datetime import datetime, timedelta

import pytest

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.board import CardState, most_overdue_first
from ketadesk.domain.day_lists import ArrivalNeed, LateKind, PickupStep
from ketadesk.domain.ids import AppointmentId, EscortId, PatientId, SessionId, new_uuid
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.domain.sessions import ChecklistItem, Release, ReleasePath
from ketadesk.domain.sheets import SheetKind
from ketadesk.services import booking, calendar, clinic, patients, recording, sessions, sheets
from ketadesk.services.today import Board, board
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    DR_SHAH,
    MONDAY_TEN,
    ROSA,
    add_patient,
    at,
    book,
    met,
    stamp,
)
from tests.services.test_recording import order

BASE = Vitals(132, 84, 78, 98, 16)


LOOKED = {"override_reason": "Dr. Shah looked"}
"""Nothing was measured in recovery on these days: a person decides, and says so."""


def with_escort(db: SqliteDatabase, patient_id: PatientId) -> EscortId:
    added = patients.add_escort(
        db, stamp(), patient_id, EscortDraft(name="Marta", relation="sister")
    )
    return EscortId(added.row_ids["escorts"])


def open_for(
    db: SqliteDatabase, appointment_id: AppointmentId, moment: datetime = MONDAY_TEN
) -> SessionId:
    version = calendar.visit(db, appointment_id).appointment.version
    booking.set_status(db, stamp(moment), appointment_id, version, status=Status.ARRIVED)
    opened = sessions.open_session(db, stamp(moment), appointment_id, nurse_id=ROSA)
    return SessionId(opened.row_ids["sessions"])


def begin(db: SqliteDatabase, session_id: SessionId, moment: datetime) -> None:
    for item in ChecklistItem:
        sessions.answer(db, stamp(moment), session_id, met(item))
    recording.write_order(db, stamp(moment), session_id, order())
    recording.record_reading(db, stamp(moment), session_id, ReadingDraft(moment, BASE))
    sessions.begin(db, stamp(moment), session_id, at=moment)


def finish(db: SqliteDatabase, session_id: SessionId, moment: datetime) -> None:
    """Recovery, ready and released to a friend, all in the minutes before `moment`."""
    sessions.to_recovery(db, stamp(moment), session_id, at=moment - timedelta(minutes=50))
    sessions.mark_ready(
        db,
        stamp(moment),
        session_id,
        at=moment - timedelta(minutes=2),
        override_reason="Dr. Shah looked",
    )
    release = Release(ReleasePath.TO_ESCORT, to_name="Declan")
    sessions.release(db, stamp(moment), session_id, release, at=moment)


def states(shown: Board) -> list[tuple[str, CardState]]:
    return [(card.chair_name, card.state) for card in shown.cards]


def test_an_empty_day_has_free_chairs_and_nothing_else(db: SqliteDatabase) -> None:
    shown = board(db, at(10))
    assert states(shown) == [("Chair 1 · window", CardState.FREE), ("Chair 2", CardState.FREE)]
    assert (shown.in_chairs, shown.to_come) == (0, 0)
    assert (shown.arrivals, shown.pickups, shown.sheets_due, shown.late) == ((), (), (), ())


def test_the_board_follows_an_infusion(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    appointment_id = book(db, ana, escort_id=with_escort(db, ana))
    book(db, add_patient(db, "Björn", "Åkesson"), at(13), chair_id=CHAIR_1)
    (due, later) = board(db, at(9, 30)).arrivals
    assert (due.need, later.need) == (ArrivalNeed.CALL_ESCORT, ArrivalNeed.NAME_ESCORT)
    assert board(db, at(9, 30)).cards[0].next_visit == due.visit

    session_id = open_for(db, appointment_id)
    card = board(db, at(10, 5)).cards[0]
    assert (card.state, card.minutes(at(10, 5)), card.next_due) == (CardState.PREPARING, 5, None)
    begin(db, session_id, at(10, 15))
    card = board(db, at(10, 18)).cards[0]
    assert (card.state, card.next_due, card.ready_about) == (
        CardState.INFUSING,
        at(10, 20),
        at(11, 40),
    )
    assert card.last_reading is not None
    assert card.last_reading.vitals == BASE
    assert card.next_visit == later.visit

    shown = board(db, at(10, 22))
    (late,) = shown.late
    assert (late.kind, late.since) == (LateKind.VITALS, at(10, 20))
    assert shown.cards[0].late_by(at(10, 22)) == timedelta(minutes=2)
    draft = ReadingDraft(at(10, 22), BASE)
    recording.record_reading(db, stamp(at(10, 22)), session_id, draft)
    assert board(db, at(10, 22)).late == ()
    assert (shown.in_chairs, shown.to_come) == (1, 1)


def test_a_withdrawn_reading_leaves_vitals_due(db: SqliteDatabase) -> None:
    session_id = open_for(db, book(db, add_patient(db)))
    begin(db, session_id, at(10, 15))
    mistaken = ReadingDraft(at(10, 20), BASE)
    kept = recording.record_reading(db, stamp(at(10, 20)), session_id, mistaken)
    assert board(db, at(10, 21)).cards[0].next_due == at(10, 25)
    withdrawal = ReadingDraft(
        at(10, 20), BASE, kept.row_ids["readings"], "other patient", withdrawn=True
    )
    recording.amend_reading(db, stamp(at(10, 21)), session_id, withdrawal)
    card = board(db, at(10, 21)).cards[0]
    assert card.next_due == at(10, 20)
    assert card.last_reading is not None
    assert card.last_reading.taken_at == at(10, 15)


def test_most_overdue_comes_first_across_chairs(db: SqliteDatabase) -> None:
    first = open_for(db, book(db, add_patient(db)))
    luis = add_patient(db, "Luis", "Ibáñez")
    second = open_for(db, book(db, luis, chair_id=CHAIR_2))
    begin(db, second, at(10, 10))
    begin(db, first, at(10, 15))
    now = at(10, 30)
    names = [card.chair_name for card in most_overdue_first(board(db, now).cards, now)]
    assert names == ["Chair 2", "Chair 1 · window"]


def test_who_left_is_shown_below_and_the_chair_is_free(db: SqliteDatabase) -> None:
    ivy = add_patient(db, "Ivy", "O'Brien", written_language="es")
    appointment_id = book(db, ivy, at(8))
    session_id = open_for(db, appointment_id, at(8))
    begin(db, session_id, at(8, 15))
    finish(db, session_id, at(10, 5))
    shown = board(db, at(10, 42))
    assert (shown.cards[0].state, shown.cards[0].free_since) == (CardState.FREE, at(10, 5))
    (pickup,) = shown.pickups
    assert (pickup.step, pickup.about) == (PickupStep.DONE, at(10, 5))
    (sheet,) = shown.sheets_due
    assert (sheet.kind, sheet.language) == ("aftercare", "es")
    assert shown.late == ()

    tuesday = board(db, at(8, day=11))
    (late,) = tuesday.late
    assert (late.kind, late.visit.patient_name) == (LateKind.SIGNATURE, "Ivy O'Brien")
    sessions.sign(db, stamp(at(8, day=11)), session_id)
    assert board(db, at(8, day=11)).late == ()


def test_a_printed_sheet_is_no_longer_due(db: SqliteDatabase) -> None:
    open_for(db, book(db, add_patient(db)))
    assert [sheet.kind for sheet in board(db, at(10)).sheets_due] == ["aftercare", "pickup"]
    db.run(
        "INSERT INTO sheets (uuid, appointment_id, patient_id, kind, language, paper,"
        " template_version, wording_version, input, digest, how, at, by)"
        " VALUES (:uuid, 1, 1, 'pickup', 'en', 'letter', '1', '1', '{}', '', 'printed', :at, 1)",
        uuid=new_uuid(),
        at=int(at(10).timestamp()),
    )
    assert [sheet.kind for sheet in board(db, at(10)).sheets_due] == ["aftercare"]


def test_a_printed_sheet_that_no_longer_holds_is_to_print_again(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    visit = book(db, ana)
    open_for(db, visit)
    for kind in SheetKind:
        request = sheets.SheetRequest(kind, visit)
        sheet = sheets.compose(db, request, at=at(10), staff_id=ROSA)
        sheets.record_printed(db, stamp(), visit, sheet, how="printed")
    assert board(db, at(10)).sheets_due == ()
    book(db, ana, at(9, 30, day=12))
    (due,) = board(db, at(10)).sheets_due
    assert (due.kind, due.changed, due.visit.appointment.id) == (SheetKind.AFTERCARE, True, visit)


@pytest.mark.parametrize(
    ("state", "step"),
    [(EscortState.CONFIRMED, PickupStep.CALL), (EscortState.HERE, PickupStep.HERE)],
)
def test_the_escort_is_called_in_time(
    db: SqliteDatabase, state: EscortState, step: PickupStep
) -> None:
    ana = add_patient(db)
    escort_id = with_escort(db, ana)
    appointment_id = book(db, ana, escort_id=escort_id)
    session_id = open_for(db, appointment_id)
    begin(db, session_id, at(10, 15))
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))
    version = calendar.visit(db, appointment_id).appointment.version
    booking.set_escort(db, stamp(), appointment_id, version, escort_id=escort_id, state=state)
    (pickup,) = board(db, at(11, 25)).pickups
    assert (pickup.step, pickup.about, pickup.call_at) == (step, at(11, 40), at(11, 25))


def test_escorts_are_asked_by_the_clinics_own_hours_before_a_visit(db: SqliteDatabase) -> None:
    """Two days ahead, and for Monday and Tuesday of the next week on Friday: closed between."""
    tomorrow = book(db, add_patient(db), at(10, day=11))
    book(db, add_patient(db, "Omar", "Haddad"), at(11, day=13))
    assert [entry.visit.appointment.id for entry in board(db, at(10)).escorts] == [tomorrow]
    book(db, add_patient(db, "Eva", "Novak"), at(10, day=17))
    names = [entry.visit.patient_name for entry in board(db, at(10, day=14)).escorts]
    assert names == ["Eva Novak"]
    clinic.set_rule(db, stamp(staff_id=DR_SHAH), "escort_ask_hours", 96)
    names = [entry.visit.patient_name for entry in board(db, at(11)).escorts]
    assert names == ["Ana García", "Omar Haddad"]


def test_a_patient_who_does_not_come_is_late(db: SqliteDatabase) -> None:
    book(db, add_patient(db))
    assert board(db, at(10, 10)).late == ()
    (late,) = board(db, at(10, 11)).late
    assert (late.kind, late.since) == (LateKind.ARRIVAL, at(10))


def test_nobody_is_forgotten_overnight(db: SqliteDatabase) -> None:
    session_id = open_for(db, book(db, add_patient(db)))
    begin(db, session_id, at(10, 15))
    shown = board(db, at(8, day=11))
    assert shown.cards[0].state is CardState.INFUSING
    assert shown.cards[0].visit is not None
    assert [late.kind for late in shown.late] == [LateKind.VITALS]
