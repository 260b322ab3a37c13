"""A booked time: how long it may be, which steps it takes, and with whom it clashes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ketadesk.domain.appointments import (
    LONGEST,
    NEXT,
    Appointment,
    EscortState,
    Reason,
    Status,
    check_escort_step,
    check_span,
    check_status_step,
    escort_after_move,
    next_escort_state,
)
from ketadesk.domain.changes import Changes, Span
from ketadesk.domain.day import Visit, coming
from ketadesk.domain.errors import Refused
from ketadesk.domain.escorts import EscortToConfirm, Urgency
from ketadesk.domain.ids import ActionId, EscortId, StaffId
from ketadesk.domain.protocols import Segment
from tests.domain.made_sessions import MINUTES, at, visit

SECOND = timedelta(seconds=1)


def booked(hour: int = 10, minute: int = 0, **more: object) -> Appointment:
    return visit(at(hour, minute), **more).appointment  # type: ignore[arg-type]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_a_day_is_long_enough_and_nothing_is_too_short() -> None:
    assert timedelta(hours=24) == LONGEST
    check_span(Span(at(10), at(10) + LONGEST))
    check_span(Span(at(10), at(10) + SECOND))
    with pytest.raises(Refused) as refused:
        check_span(Span(at(10), at(10) + LONGEST + SECOND))
    assert code_of(refused) == "appointment_too_long"
    for ends in (at(10), at(9)):
        with pytest.raises(Refused) as refused:
            check_span(Span(at(10), ends))
        assert code_of(refused) == "appointment_without_length"


STEPS = {
    Status.BOOKED: "confirmed arrived cancelled_by_patient cancelled_by_clinic no_show",
    Status.CONFIRMED: "arrived booked cancelled_by_patient cancelled_by_clinic no_show",
    Status.ARRIVED: "in_session confirmed booked cancelled_by_patient cancelled_by_clinic",
    Status.IN_SESSION: "completed",
    Status.COMPLETED: "",
    Status.CANCELLED_BY_PATIENT: "booked",
    Status.CANCELLED_BY_CLINIC: "booked",
    Status.NO_SHOW: "booked arrived",
}


@pytest.mark.parametrize("current", list(Status))
@pytest.mark.parametrize("wanted", list(Status))
def test_each_step_is_allowed_or_refused(current: Status, wanted: Status) -> None:
    """Who was given up at ten may still come at half past: no-show, then arrived."""
    allowed = wanted.value in STEPS[current].split()
    assert (wanted in NEXT[current]) is allowed
    if allowed:
        check_status_step(current, wanted, Reason.ILL)
        return
    with pytest.raises(Refused) as refused:
        check_status_step(current, wanted, Reason.ILL)
    assert code_of(refused) == "status_step_unknown"
    assert refused.value.values == {"current": current.value, "wanted": wanted.value}


@pytest.mark.parametrize("wanted", [*NEXT[Status.BOOKED]])
def test_what_does_not_happen_needs_a_reason(wanted: Status) -> None:
    if wanted in (Status.CONFIRMED, Status.ARRIVED):
        check_status_step(Status.BOOKED, wanted, None)
        return
    with pytest.raises(Refused) as refused:
        check_status_step(Status.BOOKED, wanted, None)
    assert code_of(refused) == "status_needs_reason"


@pytest.mark.parametrize(
    ("status", "true"),
    [
        (Status.BOOKED, "takes_the_chair awaited can_move unfinished"),
        (Status.CONFIRMED, "takes_the_chair awaited can_move unfinished"),
        (Status.ARRIVED, "takes_the_chair can_move unfinished"),
        (Status.IN_SESSION, "takes_the_chair follows_session unfinished"),
        (Status.COMPLETED, "takes_the_chair follows_session"),
        (Status.CANCELLED_BY_PATIENT, "cancelled"),
        (Status.CANCELLED_BY_CLINIC, "cancelled"),
        (Status.NO_SHOW, ""),
    ],
)
def test_what_each_status_means(status: Status, true: str) -> None:
    names = (
        "cancelled", "takes_the_chair", "awaited", "can_move", "follows_session", "unfinished",
    )  # fmt: skip
    assert {name for name in names if getattr(status, name)} == set(true.split())


def test_those_who_take_a_chair_come() -> None:
    visits = [visit(at(10), number=number, status=each) for number, each in enumerate(Status, 1)]
    assert [seen.appointment.status for seen in coming(visits)] == list(Status)[:5]


def test_changes_touch_the_hours_they_overlap() -> None:
    changes = Changes(ActionId(1), "appointment_booked", at(9), StaffId(1),
                      spans=(Span(at(8), at(9)), Span(at(10), at(12))))  # fmt: skip
    assert changes.touch_span(Span(at(11), at(13)))
    assert not changes.touch_span(Span(at(9), at(10)))
    assert not changes.touch_span(Span(at(12), at(13)))


def test_parts_follow_each_other_and_the_patient_is_ready_before_turnover() -> None:
    appointment = booked(10)
    spans = appointment.segment_spans()
    assert [segment for segment, _ in spans] == list(Segment)
    assert [span.ends for _, span in spans[:-1]] == [span.starts for _, span in spans[1:]]
    assert (spans[0][1].starts, spans[-1][1].ends) == (appointment.starts, appointment.ends)
    assert appointment.ready_about == at(11, 40) == spans[-1][1].starts
    assert appointment.segments is MINUTES


def test_the_count_within_a_course() -> None:
    def counted(number: int | None, planned: int | None) -> Visit:
        seen = visit(at(10))
        return replace(
            seen, appointment=replace(seen.appointment, course_number=number), planned=planned
        )

    assert counted(3, 6).count == "3/6"
    assert counted(None, 6).count == counted(3, None).count == ""


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (EscortState.NOT_ASKED, EscortState.NAMED),
        (EscortState.NAMED, EscortState.CONFIRMED),
        (EscortState.CONFIRMED, EscortState.CALLED),
        (EscortState.CALLED, EscortState.ON_THE_WAY),
        (EscortState.ON_THE_WAY, EscortState.HERE),
        (EscortState.HERE, None),
        (EscortState.HANDED_OVER, None),
    ],
)
def test_the_next_step_of_an_escort(state: EscortState, following: EscortState | None) -> None:
    appointment = replace(booked(escort=state), escort_id=EscortId(1))
    assert next_escort_state(appointment) is following
    assert next_escort_state(replace(appointment, escort_id=None)) is None
    assert next_escort_state(replace(appointment, status=Status.COMPLETED)) is None
    assert next_escort_state(replace(appointment, status=Status.NO_SHOW)) is None


@pytest.mark.parametrize(
    ("current", "wanted", "named", "another", "code"),
    [
        (EscortState.NOT_ASKED, EscortState.NAMED, False, False, "escort_state_without_escort"),
        (EscortState.HERE, EscortState.HANDED_OVER, True, False, "escort_handed_over_by_release"),
        (EscortState.HANDED_OVER, EscortState.HERE, True, False, "escort_handed_over_by_release"),
        (EscortState.NAMED, EscortState.CALLED, True, True, "escort_not_named_yet"),
        (EscortState.CALLED, EscortState.CONFIRMED, True, True, ""),
        (EscortState.CALLED, EscortState.NAMED, True, False, ""),
        (EscortState.NOT_ASKED, EscortState.HERE, True, False, ""),
        (EscortState.NAMED, EscortState.NOT_ASKED, False, False, ""),
    ],
)
def test_which_steps_an_escort_may_take(
    current: EscortState, wanted: EscortState, named: bool, another: bool, code: str
) -> None:
    if not code:
        check_escort_step(current, wanted, named=named, another=another)
        return
    with pytest.raises(Refused) as refused:
        check_escort_step(current, wanted, named=named, another=another)
    assert (code_of(refused), refused.value.values) == (code, {"state": wanted.value})


@pytest.mark.parametrize("state", list(EscortState))
def test_at_another_time_an_escort_is_asked_again(state: EscortState) -> None:
    appointment = booked(escort=state)
    assert escort_after_move(appointment, appointment.starts) is state
    never_asked = state in (EscortState.NOT_ASKED, EscortState.NAMED, EscortState.HANDED_OVER)
    again = state if never_asked else EscortState.NAMED
    assert escort_after_move(appointment, at(15)) is again


def test_an_escort_to_confirm_is_somebody_or_nobody_and_due_or_not() -> None:
    named, nobody = visit(at(10)), visit(at(10), escort=EscortState.NOT_ASKED)
    assert not EscortToConfirm(named, Urgency.LATER).nobody
    assert EscortToConfirm(nobody, Urgency.LATER).nobody
    due = [each for each in Urgency if EscortToConfirm(named, each).due]
    assert due == [Urgency.DUE, Urgency.OVERDUE, Urgency.TODAY]


@pytest.mark.parametrize("year", [1899, 2200])
def test_no_visit_lies_in_years_that_the_calendar_has_no_days_for(year: int) -> None:
    starts = datetime(year, 6, 1, 12, tzinfo=UTC)
    with pytest.raises(Refused, match="day_beyond_calendar"):
        check_span(Span(starts, starts + timedelta(hours=2)))
    inside = starts.replace(year=min(max(year, 1900), 2199))
    check_span(Span(inside, inside + timedelta(hours=2)))
