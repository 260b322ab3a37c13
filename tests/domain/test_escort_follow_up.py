"""Which calls about escorts are due, in which order, and what came of the last ones."""

from dataclasses import replace
from datetime import datetime, timedelta

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.clinic import OpeningHours
from ketadesk.domain.day import Visit
from ketadesk.domain.escort_follow_up import EscortContact, EscortTask, Outcome, follow_up
from ketadesk.domain.escorts import Urgency, escorts_to_confirm
from ketadesk.domain.ids import EscortId
from ketadesk.domain.rules import Rules
from tests.domain.made_diary import ZONE, at, visit

KIM = EscortId(7)
EVERY_DAY = tuple(
    OpeningHours(day, at(8).astimezone(ZONE).time(), at(18).astimezone(ZONE).time())
    for day in range(7)
)


def named(starts: datetime, **more: object) -> Visit:
    return visit(starts, escort_id=KIM, escort_state=EscortState.NAMED, **more)  # type: ignore[arg-type]


def tasks(
    now: datetime, *visits: Visit, contacts: tuple[EscortContact, ...] = ()
) -> list[EscortTask]:
    unsure = escorts_to_confirm(visits, now=now, rules=Rules(), hours=EVERY_DAY, zone=ZONE)
    return list(follow_up(unsure, contacts))


def called(one: Visit, outcome: Outcome, at_: datetime, **more: object) -> EscortContact:
    booked = one.appointment
    made = EscortContact(booked.id, booked.escort_id, booked.starts, outcome, at_, "Rosa M.")
    return replace(made, **more)  # type: ignore[arg-type]


def test_confirm_two_days_before_overdue_one_day_before_red_that_morning() -> None:
    visit_ = named(at(10, day=14))
    before = [at(9, 59, day=12), at(10, day=12), at(10, day=13), at(0, day=14)]
    found = [[one.urgency for one in tasks(now, visit_)] for now in before]
    assert found == [[], [Urgency.DUE], [Urgency.OVERDUE], [Urgency.TODAY]]
    assert tasks(at(12, day=14), visit_) == [], "over"
    sure = replace(visit_, appointment=replace(visit_.appointment,
                                               escort_state=EscortState.CONFIRMED))  # fmt: skip
    assert tasks(at(0, day=14), sure) == []


def test_the_most_pressing_is_first() -> None:
    visits = [named(at(15, day=14)), named(at(10, day=15)), named(at(9, day=14)),
              named(at(8, day=16))]  # fmt: skip
    found = tasks(at(8, 30, day=14), *visits)
    assert [one.visit for one in found] == [visits[2], visits[0], visits[1], visits[3]]


def test_calls_without_answer_are_counted_since_somebody_was_reached() -> None:
    one = named(at(10, day=14))
    now = at(11, day=13)
    calls = [
        called(one, outcome, at(8, minute, day=13))
        for minute, outcome in enumerate(
            (Outcome.NO_ANSWER, Outcome.NOBODY, Outcome.NO_ANSWER, Outcome.NO_ANSWER)
        )
    ]
    (first,) = tasks(now, one, contacts=tuple(calls[:1]))
    assert (first.unanswered, first.on_hold) == (1, False)
    (task,) = tasks(now, one, contacts=tuple(reversed(calls)))
    assert (task.unanswered, task.on_hold, task.contacts) == (2, True, tuple(calls))
    assert tasks(now, one)[0].unanswered == 0


def test_what_the_patient_said_is_enough_until_the_day_itself() -> None:
    one = named(at(10, day=14))
    said = called(one, Outcome.WITH_PATIENT, at(11, day=12))
    assert tasks(at(11, day=13), one, contacts=(said,)) == []
    (task,) = tasks(at(7, day=14), one, contacts=(said,))
    assert (task.told_by_patient, task.urgency) == (True, Urgency.TODAY)


def test_another_time_or_another_escort_is_asked_anew() -> None:
    one = named(at(10, day=14))
    now = at(11, day=13)
    moved = called(one, Outcome.NOBODY, at(9, day=12), starts=at(9, day=14))
    other = called(one, Outcome.NOBODY, at(9, day=12), escort_id=EscortId(8))
    other_unanswered = replace(other, outcome=Outcome.NO_ANSWER)
    for contact, expected in ((moved, (False, 0)), (other, (False, 0)),
                              (other_unanswered, (False, 1))):  # fmt: skip
        (task,) = tasks(now, one, contacts=(contact,))
        assert (task.on_hold, task.unanswered) == expected
    assert one.appointment.ends - one.appointment.starts == timedelta(hours=2)
