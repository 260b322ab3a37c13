"""When to tell the escort to come: planned at first, then from how the session really runs."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.ready_about import pickup_window, ready_about
from ketadesk.domain.sessions import Phase, Session
from tests.domain.made_sessions import at, order, session, visit

BOOKED = visit(at(10)).appointment
INFUSING = session(Phase.INFUSING, infusion_started_at=at(10, 20))


@pytest.mark.parametrize(
    ("running", "now", "expected"),
    [
        (session(), at(10, 5), at(11, 40)),
        (session(), at(10, 30), at(11, 55)),
        (INFUSING, at(10, 30), at(11, 45)),
        (INFUSING, at(11, 10), at(11, 55)),
        (
            session(Phase.INFUSING, infusion_started_at=at(10, 20), paused_seconds=300),
            at(10, 40),
            at(11, 50),
        ),
        (
            session(Phase.PAUSED, infusion_started_at=at(10, 20), paused_at=at(10, 30)),
            at(10, 40),
            at(11, 55),
        ),
        (
            session(Phase.STOPPED, infusion_started_at=at(10, 20), infusion_ended_at=at(10, 30)),
            at(10, 31),
            at(11, 15),
        ),
        (session(Phase.STOPPED), at(10, 31), at(10, 31)),
        (session(Phase.RECOVERING, recovery_started_at=at(11)), at(11, 10), at(11, 45)),
        (session(Phase.RECOVERING, recovery_started_at=at(11)), at(11, 50), at(11, 50)),
        (session(Phase.READY, ready_at=at(11, 42)), at(11, 50), at(11, 42)),
        (session(Phase.RELEASED, ready_at=at(11), released_at=at(12)), at(13), at(12)),
    ],
)
def test_what_has_happened_replaces_the_plan(running: Session, now, expected) -> None:
    assert ready_about(running, order(), BOOKED, now) == expected


def test_without_an_order_the_booked_length_counts() -> None:
    assert ready_about(INFUSING, None, BOOKED, at(10, 30)) == at(11, 45)
    assert ready_about(INFUSING, order(60), BOOKED, at(10, 30)) == at(12, 5)


def test_an_appointment_may_have_no_infusion() -> None:
    bare = visit(at(10)).appointment
    bare = type(bare)(**{**vars(bare), "segments": SegmentMinutes(30, 0, 80, 0)})
    assert ready_about(session(), None, bare, at(9)) == at(11, 20)


@given(minute=st.integers(0, 600), length=st.integers(1, 90))
def test_the_window_is_as_long_as_the_clinic_says_and_told_in_fives(
    minute: int, length: int
) -> None:
    ready = at(8) + timedelta(minutes=minute)
    window = pickup_window(ready, length)
    assert window.ends - window.starts == timedelta(minutes=length)
    assert window.starts.timestamp() % 300 == 0
    assert timedelta() <= window.starts - (ready - timedelta(minutes=length) / 4)
    assert window.starts - (ready - timedelta(minutes=length) / 4) < timedelta(minutes=5)
