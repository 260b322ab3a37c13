"""When vital signs are due: a fixed grid from the start of the phase, answered by readings."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.protocols import VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.domain.vitals_due import next_due
from tests.domain.made_sessions import at, reading, session

PLAN = (
    VitalsInterval(Phase.INFUSING, 15),
    VitalsInterval(Phase.INFUSING, 5, until=15),
    VitalsInterval(Phase.RECOVERING, 15, until=60),
)
START = at(10, 20)
LATE = at(23)


def due(*taken: datetime, phase: Phase = Phase.INFUSING, now: datetime = LATE) -> datetime | None:
    running = session(phase, infusion_started_at=START, recovery_started_at=at(11, 0))
    readings = tuple(reading(moment, number) for number, moment in enumerate(taken, start=1))
    return next_due(running, readings, PLAN, now)


def test_before_the_start_and_once_ready_nothing_is_due() -> None:
    for phase in (Phase.PREPARING, Phase.READY, Phase.RELEASED):
        assert due(phase=phase) is None
    assert next_due(session(Phase.STOPPED), (), PLAN, at(11)) is None


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (at(10, 15), at(10, 25)),
        (START, at(10, 25)),
        (at(10, 22), at(10, 25)),
        (at(10, 22, 30), at(10, 27, 30)),
        (at(10, 25), at(10, 30)),
        (at(10, 27), at(10, 30)),
        (at(10, 27, 30), at(10, 32, 30)),
        (at(10, 34), at(10, 49)),
        (at(10, 42), at(10, 50)),
        (at(10, 42, 30), at(10, 57, 30)),
        (at(10, 50), at(11, 5)),
    ],
)
def test_a_reading_answers_its_mark_and_buys_no_longer_gap(
    last: datetime, expected: datetime
) -> None:
    assert due(last) == expected


def test_a_missed_mark_stays_due_however_late_it_is() -> None:
    assert due(now=at(12)) == at(10, 25)
    assert due(at(10, 25), at(10, 30), now=at(12)) == at(10, 35)


def test_a_pause_does_not_stretch_the_grid_and_a_stop_does_not_end_it() -> None:
    assert due(at(10, 25), phase=Phase.PAUSED) == at(10, 30)
    assert due(at(10, 25), phase=Phase.STOPPED) == at(10, 30)


def test_recovery_counts_from_its_own_start_and_ends_with_its_plan() -> None:
    assert due(at(10, 58), phase=Phase.RECOVERING) == at(11, 15)
    assert due(at(11, 45), phase=Phase.RECOVERING) == at(12, 0)
    assert due(at(11, 55), phase=Phase.RECOVERING) is None


def test_scores_and_notes_are_no_vital_signs() -> None:
    running = session(Phase.INFUSING, infusion_started_at=START)
    scores = (reading(at(10, 25), pain=2, note="calm"),)
    assert next_due(running, scores, PLAN, at(10, 26)) == at(10, 25)


def test_a_reading_that_lies_ahead_does_not_count_yet() -> None:
    assert due(at(10, 50), now=at(10, 24)) == at(10, 25)


def test_a_plan_that_asks_for_nothing() -> None:
    running = session(Phase.RECOVERING, recovery_started_at=at(11))
    assert next_due(running, (), PLAN[:2], at(11, 30)) is None


@given(
    taken=st.lists(st.integers(0, 300), max_size=12),
    every=st.integers(1, 30),
    until=st.none() | st.integers(1, 90),
)
def test_no_gap_is_ever_longer_than_the_plan_asks(
    taken: list[int], every: int, until: int | None
) -> None:
    running = session(Phase.INFUSING, infusion_started_at=START)
    readings = tuple(reading(START + timedelta(minutes=minute)) for minute in taken)
    found = next_due(running, readings, (VitalsInterval(Phase.INFUSING, every, until),), at(23))
    last = START + timedelta(minutes=max(taken, default=0))
    if found is None:
        assert until is not None
        assert last + timedelta(minutes=every) > START + timedelta(minutes=until - every)
        return
    on_the_grid = (found - START) % timedelta(minutes=every) == timedelta()
    assert on_the_grid or found == last + timedelta(minutes=every)
    assert last < found <= last + timedelta(minutes=every)
