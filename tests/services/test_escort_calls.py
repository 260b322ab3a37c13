"""Calls about escorts, written down as they were; and those booked where it was closed."""

import pytest

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.escort_follow_up import Outcome
from ketadesk.domain.escorts import Urgency
from ketadesk.domain.ids import ClosureId
from ketadesk.domain.patients import Eligibility
from ketadesk.services import calendar, clinic, closures, escort_follow_up, keeping
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_1, add_patient, at, book, stamp
from tests.treated import add_escort


def test_a_call_that_reached_the_escort_confirms_them(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    visit = book(db, ana, at(10, day=12), escort_id=add_escort(db, ana))
    now = at(11)
    (task,) = escort_follow_up.tasks(db, now=now)
    assert (task.visit.appointment.id, task.urgency, task.unanswered) == (visit, Urgency.DUE, 0)
    for minute in (0, 5):
        escort_follow_up.record(
            db, stamp(at(11, minute)), visit, 1, outcome=Outcome.NO_ANSWER, note="rang out"
        )
    (task,) = escort_follow_up.tasks(db, now=now)
    assert (task.unanswered, task.contacts[0].by_name) == (2, "Rosa M.")
    escort_follow_up.record(db, stamp(at(11, 9)), visit, 1, outcome=Outcome.WITH_ESCORT)
    assert escort_follow_up.tasks(db, now=now) == ()
    assert calendar.visit(db, visit).appointment.escort_state is EscortState.CONFIRMED
    with pytest.raises(Conflict):
        escort_follow_up.record(db, stamp(), visit, 1, outcome=Outcome.NOBODY)
    assert not any(keeping.check(db).values())


def test_a_visit_without_anybody_is_on_hold(db: SqliteDatabase) -> None:
    visit = book(db, add_patient(db), at(15))
    escort_follow_up.record(db, stamp(), visit, 1, outcome=Outcome.NOBODY)
    (task,) = escort_follow_up.tasks(db, now=at(11))
    assert (task.urgency, task.on_hold) == (Urgency.TODAY, True)
    with pytest.raises(Refused, match="escort_state_without_escort"):
        escort_follow_up.record(db, stamp(), visit, 1, outcome=Outcome.WITH_ESCORT)


def test_those_booked_where_it_is_closed_get_another_place(db: SqliteDatabase) -> None:
    ana = add_patient(db, eligibility=Eligibility.APPROVED)
    visit = book(db, ana, at(10, day=12))
    book(db, add_patient(db, "Ben", "Okafor"), at(13, day=12))
    span = Span(at(9, day=12), at(12, day=12))
    made = clinic.close(db, stamp(), chair_id=CHAIR_1, span=span, reason="pump in repair")
    closure_id = ClosureId(made.row_ids["closures"])
    (affected,) = closures.affected(db, closure_id, now=at(9))
    assert affected.appointment.id == visit
    best = closures.instead_of(db, affected, now=at(9)).instead.offers[0].place
    assert (best.chair_id, best.span.starts) == (2, at(10, day=12)), "the same time next door"
    assert closures.affected(db, closure_id, now=at(9, day=13)) == ()
