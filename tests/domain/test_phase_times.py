"""A session's moments, read from its steps: pauses, an end in a pause, and every way back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketadesk.domain.errors import NotFound, Refused
from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.ids import EventId, SessionId, StaffId
from ketadesk.domain.phase_times import (
    PhaseTimes,
    check_opened,
    corrected,
    is_resumption,
    phase_times,
    steps_taken,
)
from ketadesk.domain.sessions import Phase
from tests.domain.made_sessions import at


def step(number: int, phase: Phase, hour: int, minute: int, *, amends: int | None = None) -> Event:
    return Event(
        kind=EventKind.PHASE,
        at=at(hour, minute),
        code=phase.value,
        amends_id=None if amends is None else EventId(amends),
        id=EventId(number),
        session_id=SessionId(1),
        entered_at=at(hour, minute),
        entered_by=StaffId(1),
    )


STARTED = step(1, Phase.INFUSING, 10, 0)
PAUSED = step(2, Phase.PAUSED, 10, 10)


def test_an_infusion_that_ends_in_a_pause_ran_until_the_pause() -> None:
    times = phase_times([STARTED, PAUSED, step(3, Phase.STOPPED, 10, 15)])
    assert (times.infusion_ended_at, times.paused_at) == (at(10, 15), None)
    assert timedelta(seconds=times.paused_seconds) == timedelta(minutes=5)


def test_nothing_given_leaves_only_the_recovery_and_the_release() -> None:
    stopped = step(1, Phase.STOPPED, 10, 0)
    times = phase_times([stopped, step(2, Phase.RECOVERING, 10, 5)])
    assert times == PhaseTimes(Phase.RECOVERING, recovery_started_at=at(10, 5))


def test_back_from_ready_and_from_released_the_earlier_moments_stay() -> None:
    steps = [
        STARTED,
        step(2, Phase.RECOVERING, 10, 40),
        step(3, Phase.READY, 11, 20),
        step(4, Phase.RECOVERING, 11, 25),
        step(5, Phase.READY, 11, 40),
        step(6, Phase.RELEASED, 11, 50),
        step(7, Phase.READY, 11, 52),
    ]
    times = phase_times(steps)
    assert (times.phase, times.recovery_started_at) == (Phase.READY, at(10, 40))
    assert (times.ready_at, times.released_at) == (at(11, 40), None)


def test_an_amended_step_keeps_its_place_even_at_its_neighbours_minute() -> None:
    events = [PAUSED, STARTED, step(3, Phase.INFUSING, 10, 10, amends=1)]
    assert [one.id for one in steps_taken(events)] == [3, 2]
    again = [*events, step(4, Phase.INFUSING, 10, 5, amends=3)]
    assert [one.id for one in steps_taken(again)] == [4, 2]


@pytest.mark.parametrize(
    ("number", "minute", "code"),
    [(1, 0, "phase_time_same"), (1, 11, "moment_after_next_step"), (2, -1, "before_last_step")],
)
def test_a_step_keeps_between_its_neighbours(number: int, minute: int, code: str) -> None:
    moment = at(10) + timedelta(minutes=minute)
    with pytest.raises(Refused, match=code):
        corrected([STARTED, PAUSED], EventId(number), moment)


def test_the_minute_that_stands_already_is_no_correction() -> None:
    pressed = replace(STARTED, at=at(10) + timedelta(seconds=38))
    with pytest.raises(Refused, match="phase_time_same"):
        corrected([pressed], EventId(1), at(10))


def test_nothing_ran_before_the_session_was_opened() -> None:
    opened = at(10) + timedelta(seconds=38)
    check_opened(opened, at(10))
    with pytest.raises(Refused, match="moment_before_opening"):
        check_opened(opened, at(9, 59))


def test_running_again_after_a_pause_is_told_apart_from_the_start_also_when_corrected() -> None:
    again = step(3, Phase.INFUSING, 10, 20)
    start_corrected = step(4, Phase.INFUSING, 10, 1, amends=1)
    again_corrected = step(5, Phase.INFUSING, 10, 18, amends=3)
    events = [STARTED, PAUSED, again, start_corrected, again_corrected]
    resumed = [event.id for event in events if is_resumption(event, events)]
    assert resumed == [3, 5]


def test_a_step_of_another_session_is_not_found_and_the_last_may_be_any_later() -> None:
    with pytest.raises(NotFound):
        corrected([STARTED], EventId(9), at(10, 1))
    _, last = corrected([STARTED, PAUSED], EventId(2), at(12))
    assert last.at == at(12)
