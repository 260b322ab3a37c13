"""Whose escort is still to be asked, and what may be written of one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ketadesk.domain.appointments import (
    EscortState,
    Status,
    check_escort_step,
    next_escort_state,
)
from ketadesk.domain.clinic import OpeningHours
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Refused
from ketadesk.domain.escorts import Urgency, ask_from, escorts_to_confirm, lacks_escort
from ketadesk.domain.rules import Rules
from tests.domain.made_sessions import visit

ZONE = ZoneInfo("America/Los_Angeles")
RULES = Rules(escort_ask_hours=48, escort_overdue_hours=24)
WEEKDAYS = tuple(OpeningHours(weekday, time(8), time(18)) for weekday in range(5))


def may(day: int, hour: int, minute: int = 0) -> datetime:
    """Of May 2027 on the clinic's clock; the tenth is a Monday."""
    return datetime(2027, 5, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def found(seen: Visit, now: datetime) -> list[Urgency]:
    entries = escorts_to_confirm([seen], now=now, rules=RULES, hours=WEEKDAYS, zone=ZONE)
    return [entry.urgency for entry in entries]


@pytest.mark.parametrize(
    ("now", "urgency"),
    [
        (may(11, 9, 59), Urgency.LATER),
        (may(11, 10), Urgency.DUE),
        (may(12, 9, 59), Urgency.DUE),
        (may(12, 10), Urgency.OVERDUE),
        (may(12, 23, 59), Urgency.OVERDUE),
        (may(13, 0), Urgency.TODAY),
        (may(13, 11), Urgency.TODAY),
    ],
)
def test_the_nearer_the_visit_the_more_urgent_by_the_clinics_own_hours(
    now: datetime, urgency: Urgency
) -> None:
    assert found(visit(may(13, 10), escort=EscortState.NAMED), now) == [urgency]


def test_the_escorts_of_monday_are_asked_on_the_last_day_the_clinic_is_open() -> None:
    assert ask_from(may(10, 10), RULES, WEEKDAYS, ZONE) == may(7, 10)
    assert ask_from(may(11, 10), RULES, WEEKDAYS, ZONE) == may(7, 10)
    assert ask_from(may(12, 10), RULES, WEEKDAYS, ZONE) == may(10, 10)
    assert ask_from(may(10, 10), RULES, (), ZONE) == may(8, 10)


@pytest.mark.parametrize("status", Status)
def test_only_who_still_comes_or_waits_needs_the_escort_confirmed(status: Status) -> None:
    seen = visit(may(13, 10), status=status, escort=EscortState.NOT_ASKED)
    expected = status in (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED)
    assert bool(found(seen, may(13, 9))) is expected
    assert lacks_escort(seen) is (expected or status is Status.IN_SESSION)


def test_a_sure_escort_and_a_visit_that_is_past_need_nothing() -> None:
    seen = visit(may(13, 10), escort=EscortState.NAMED)
    assert found(visit(may(13, 10), escort=EscortState.CONFIRMED), may(13, 9)) == []
    assert found(seen, seen.appointment.ends - timedelta(seconds=1)) == [Urgency.TODAY]
    assert found(seen, seen.appointment.ends) == []


def test_the_usual_next_step_of_an_escort() -> None:
    made = visit(may(13, 10), escort=EscortState.NAMED).appointment
    walked = []
    while (step := next_escort_state(made)) is not None:
        walked.append(step)
        made = replace(made, escort_state=step)
    assert walked == ["confirmed", "called", "on_the_way", "here"]
    assert next_escort_state(replace(made, escort_state=EscortState.HANDED_OVER)) is None
    over = replace(made, escort_state=EscortState.NAMED, status=Status.COMPLETED)
    assert next_escort_state(over) is None
    assert next_escort_state(replace(over, status=Status.BOOKED, escort_id=None)) is None


def code(current: EscortState, wanted: EscortState, *, named: bool, another: bool) -> str:
    try:
        check_escort_step(current, wanted, named=named, another=another)
    except Refused as refused:
        return refused.code
    return ""


def test_the_same_escort_takes_any_step_but_the_handover() -> None:
    for current in EscortState:
        for wanted in EscortState:
            said = code(current, wanted, named=True, another=False)
            handover = EscortState.HANDED_OVER in (current, wanted)
            assert said == ("escort_handed_over_by_release" if handover else "")


def test_another_escort_is_named_or_confirmed_first() -> None:
    here = EscortState.HERE
    assert code(here, here, named=True, another=True) == "escort_not_named_yet"
    assert code(here, EscortState.CONFIRMED, named=True, another=True) == ""
    assert code(here, EscortState.NAMED, named=True, another=True) == ""


def test_nobody_named_has_no_state() -> None:
    without = code(EscortState.NAMED, EscortState.CALLED, named=False, another=True)
    assert without == "escort_state_without_escort"
    assert code(EscortState.NAMED, EscortState.NOT_ASKED, named=False, another=True) == ""
