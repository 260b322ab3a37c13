"""Taking things back in plain words, over restarts, and never behind someone's back."""

from pathlib import Path

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import ActionId, StaffId
from ketadesk.domain.patients import AllergyDraft, PatientDraft
from ketadesk.services import booking, calendar, keeping, patients, undo
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import AGREED, CHAIR_1, CHAIR_2, LENA, ROSA, add_patient, at, book, stamp


def undo_newest(db: SqliteDatabase) -> None:
    entry = undo.next_to_undo(db, ROSA)
    assert entry is not None
    undo.undo(db, stamp(), entry.action_id)


def test_undo_walks_back_through_the_day(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(11))
    booking.set_status(db, stamp(), appointment_id, 2, status=Status.CONFIRMED)

    undo_newest(db)
    undo_newest(db)
    back = calendar.visit(db, appointment_id).appointment
    assert (back.status, back.chair_id, back.starts) == (Status.BOOKED, CHAIR_1, at(10))

    undo_newest(db)
    gone = calendar.visit(db, appointment_id).appointment
    assert (gone.status, gone.status_reason) == (
        Status.CANCELLED_BY_CLINIC,
        Reason.BOOKED_BY_MISTAKE,
    )
    assert calendar.schedule(db, at(10).date()).visits == ()
    assert [one.appointment.id for one in calendar.visits_of(db, gone.patient_id)] == [gone.id]
    assert all(found == [] for found in keeping.check(db).values())


def test_a_cancellation_stays_in_the_calendar_and_a_mistake_does_not(db: SqliteDatabase) -> None:
    ill, mistake = (book(db, add_patient(db, name), at(10 + 3 * n)) for n, name in enumerate("AB"))
    cancelled = Status.CANCELLED_BY_PATIENT
    booking.set_status(db, stamp(), ill, 1, status=cancelled, reason=Reason.ILL)
    made = booking.set_status(
        db, stamp(), mistake, 1, status=cancelled, reason=Reason.BOOKED_BY_MISTAKE
    )

    def shown() -> list[int]:
        return [one.appointment.id for one in calendar.schedule(db, at(10).date()).visits]

    assert shown() == [ill]
    undo.undo(db, stamp(), made.action_id)
    assert shown() == [ill, mistake]


def test_undo_survives_a_restart(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(11))
    path: Path = db.path
    db.close()
    tomorrow = open_clinic(path)

    undo_newest(tomorrow)

    assert calendar.visit(tomorrow, appointment_id).appointment.chair_id == CHAIR_1
    tomorrow.close()


def test_an_undo_can_itself_be_undone(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    moved = booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(11))
    undone = undo.undo(db, stamp(), moved.action_id)

    undo.undo(db, stamp(), undone.action_id)

    assert calendar.visit(db, appointment_id).appointment.chair_id == CHAIR_2
    with pytest.raises(Refused, match="action_already_undone"):
        undo.undo(db, stamp(), moved.action_id)


def test_undo_refuses_what_someone_changed_since(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    moved = booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(11))
    booking.move(db, stamp(staff_id=LENA), appointment_id, 2, chair_id=CHAIR_2, starts=at(14))

    with pytest.raises(Conflict, match="changed_since"):
        undo.undo(db, stamp(), moved.action_id)


def test_undo_does_not_bring_back_into_a_chair_that_was_given_away(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    moved = booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(10))
    book(db, add_patient(db, "Omar", "Haddad"), at(10), chair_id=CHAIR_1)

    with pytest.raises(Refused, match="chair_taken"):
        undo.undo(db, stamp(), moved.action_id)


def test_each_person_undoes_their_own(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    booking.set_status(db, stamp(staff_id=LENA), appointment_id, 1, status=Status.CONFIRMED)

    mine = undo.next_to_undo(db, ROSA)
    hers = undo.next_to_undo(db, LENA)

    assert mine is not None and mine.verb == "appointment_booked"
    assert hers is not None and hers.verb == "appointment_status_set"


def test_an_added_allergy_is_switched_off_and_an_edited_patient_is_as_before(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    patients.edit(db, stamp(), ana, 1, PatientDraft("Anna", "García"))
    patients.add_allergy(db, stamp(), ana, AllergyDraft(substance="latex"))

    undo_newest(db)
    undo_newest(db)

    record = patients.record(db, ana)
    assert record.allergies == ()
    assert record.patient.given_name == "Ana"


def test_unknown_actions_cannot_be_undone(db: SqliteDatabase) -> None:
    from ketadesk.domain.errors import NotFound

    with pytest.raises(NotFound):
        undo.undo(db, stamp(), ActionId(404))


def test_nobody_undoes_nothing(db: SqliteDatabase) -> None:
    booked = book(db, add_patient(db))
    newest = undo.next_to_undo(db, ROSA)
    assert newest is not None
    with pytest.raises(Refused, match="nobody_working"):
        undo.undo(db, stamp(staff_id=StaffId(0)), newest.action_id)
    assert calendar.visit(db, booked).appointment.status is Status.BOOKED


def test_the_history_is_read_in_pages_over_restarts_and_anything_in_it_taken_back(
    db: SqliteDatabase,
) -> None:
    ana, omar = add_patient(db), add_patient(db, "Omar", "Haddad")
    booked = [book(db, ana, at(hour)) for hour in (8, 10)]
    moved = booking.move(
        db, stamp(), booked[0], 1, chair_id=CHAIR_2, starts=at(11), override=AGREED
    )
    booking.set_status(db, stamp(staff_id=LENA), booked[1], 1, status=Status.CONFIRMED)
    book(db, omar, at(15))
    path = db.path
    db.close()
    later = open_clinic(path)

    newest = undo.past(later, most=2)
    older = undo.past(later, most=2, before=newest[-1].action_id)
    assert [one.verb for one in (*newest, *older)] == [
        "appointment_booked",
        "appointment_status_set",
        "appointment_moved",
        "appointment_booked",
    ]
    assert [one.staff_name for one in newest] == ["Rosa M.", "Lena K."]
    assert [one.verb for one in undo.past(later, staff_id=LENA)] == ["appointment_status_set"]
    assert {one.values["patient"] for one in undo.past(later, patient="oma")} == {"Omar H."}
    assert undo.past(later, patient="%") == undo.past(later)

    undo.undo(later, stamp(), moved.action_id)
    assert calendar.visit(later, booked[0]).appointment.chair_id == CHAIR_1
    (gone,) = [one for one in undo.past(later) if one.action_id == moved.action_id]
    assert gone.undone
    later.close()


def test_what_changed_nothing_is_not_offered_for_undo(db: SqliteDatabase) -> None:
    visit = book(db, add_patient(db), at(10))
    newest = undo.next_to_undo(db, ROSA)
    moved = booking.move(db, stamp(), visit, 1, chair_id=CHAIR_1, starts=at(10))
    assert not moved.undoable
    assert undo.next_to_undo(db, ROSA) == newest
    with pytest.raises(Refused, match="action_not_undoable"):
        undo.undo(db, stamp(), moved.action_id)
