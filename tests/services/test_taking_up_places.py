"""A place freed is booked from the waitlist; a closed chair is cleared; each in one action."""

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Conflict
from ketadesk.domain.ids import AppointmentId, ClosureId, PatientId
from ketadesk.domain.objections import Objected
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.waitlist import OfferAnswer
from ketadesk.services import booking, calendar, clinic, closures, keeping, undo, waitlist
from ketadesk.services.planning import Move
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_1, CHAIR_2, MOOD_LOW, add_patient, at, book, stamp


def approved(db: SqliteDatabase, name: str) -> PatientId:
    return add_patient(db, name, "Okafor", eligibility=Eligibility.APPROVED)


def booked_places(db: SqliteDatabase, patient_id: PatientId) -> list[tuple[int, object, Status]]:
    return [
        (one.appointment.chair_id, one.appointment.starts, one.appointment.status)
        for one in calendar.visits_of(db, patient_id)
    ]


def test_booking_from_the_waitlist_is_one_action_and_one_undo(db: SqliteDatabase) -> None:
    ben = approved(db, "Ben")
    waitlist.add(db, stamp(), ben, MOOD_LOW)
    (waits,) = waitlist.waiting(db)
    made = waitlist.book(
        db, stamp(), waits.entry.id, waits.entry.version, chair_id=CHAIR_1, starts=at(13)
    )
    assert waitlist.waiting(db) == ()
    assert booked_places(db, ben) == [(CHAIR_1, at(13), Status.BOOKED)]
    with pytest.raises(Conflict):
        waitlist.book(db, stamp(), waits.entry.id, 2, chair_id=CHAIR_1, starts=at(16))
    undo.undo(db, stamp(), made.action_id)
    (again,) = waitlist.waiting(db)
    assert [one.answer for one in again.offers] == [OfferAnswer.ACCEPTED], "what was said stays"
    assert booked_places(db, ben) == [(CHAIR_1, at(13), Status.CANCELLED_BY_CLINIC)]
    assert not any(keeping.check(db).values())


def test_who_waits_is_not_booked_against_a_rule_without_a_reason(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(13))
    waitlist.add(db, stamp(), approved(db, "Ben"), MOOD_LOW)
    (waits,) = waitlist.waiting(db)
    with pytest.raises(Objected, match="chair_taken"):
        waitlist.book(db, stamp(), waits.entry.id, 1, chair_id=CHAIR_1, starts=at(13))
    assert waitlist.waiting(db) == (waits,)


def closed(db: SqliteDatabase) -> tuple[ClosureId, list[AppointmentId]]:
    """Chair 1 is closed on Wednesday, with three people in it and one in the other chair."""
    there = [
        book(db, approved(db, name), at(hour, day=12))
        for name, hour in (("Ana", 8), ("Ben", 10), ("Cleo", 13))
    ]
    book(db, approved(db, "Dana"), at(10, day=12), chair_id=CHAIR_2)
    span = Span(at(8, day=12), at(18, day=12))
    made = clinic.close(db, stamp(), chair_id=CHAIR_1, span=span, reason="pump in repair")
    return ClosureId(made.row_ids["closures"]), there


def moves(cleared: closures.Clearing) -> tuple[Move, ...]:
    return tuple(
        Move(one.visit.appointment.id, one.visit.appointment.version, one.proposed.place)
        for one in cleared.affected
        if one.proposed is not None
    )


def test_everyone_in_a_closed_chair_gets_a_place_of_their_own(db: SqliteDatabase) -> None:
    closure_id, there = closed(db)
    assert [one.id for one in closures.uncleared(db, now=at(9))] == [closure_id]
    cleared = closures.to_clear(db, closure_id, now=at(9))
    assert [one.visit.appointment.id for one in cleared.affected] == there
    wanted = moves(cleared)
    assert len(wanted) == 3, "each place was proposed to one of them only"
    before = {one: calendar.visit(db, one).appointment for one in there}
    made = closures.move_away(db, stamp(at(9)), closure_id, wanted)
    assert closures.to_clear(db, closure_id, now=at(9)).affected == ()
    assert closures.uncleared(db, now=at(9)) == ()
    assert not any(keeping.check(db).values())
    undo.undo(db, stamp(), made.action_id)
    for appointment_id, was in before.items():
        now = calendar.visit(db, appointment_id).appointment
        assert (now.chair_id, now.span) == (was.chair_id, was.span)


def test_a_place_taken_meanwhile_moves_nobody(db: SqliteDatabase) -> None:
    closure_id, there = closed(db)
    wanted = moves(closures.to_clear(db, closure_id, now=at(9)))
    last = wanted[-1].place
    book(db, approved(db, "Eve"), last.span.starts, chair_id=last.chair_id)
    with pytest.raises(Objected, match="chair_taken"):
        closures.move_away(db, stamp(at(9)), closure_id, wanted)
    assert [one.id for one in closures.uncleared(db, now=at(9))] == [closure_id]
    assert all(calendar.visit(db, one).appointment.version == 1 for one in there)


def test_who_was_seen_to_be_called_is_not_moved_over_anothers_change(db: SqliteDatabase) -> None:
    closure_id, there = closed(db)
    wanted = moves(closures.to_clear(db, closure_id, now=at(9)))
    booking.set_status(
        db, stamp(), there[0], 1, status=Status.CANCELLED_BY_PATIENT, reason=Reason.ILL
    )
    with pytest.raises(Conflict, match="appointment_changed_meanwhile"):
        closures.move_away(db, stamp(at(9)), closure_id, wanted)
