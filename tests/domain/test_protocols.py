"""The parts of an appointment in minutes, and how it becomes longer or shorter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused
from ketadesk.domain.protocols import Segment, SegmentMinutes
from tests.domain.made_sessions import at

PARTS = SegmentMinutes(check_in=30, infusion=40, recovery=45, turnover=5)


def test_each_part_has_its_time_and_none_of_no_length_is_drawn() -> None:
    assert PARTS.total == 120
    assert PARTS.spans(at(10)) == (
        (Segment.CHECK_IN, Span(at(10), at(10, 30))),
        (Segment.INFUSION, Span(at(10, 30), at(11, 10))),
        (Segment.RECOVERY, Span(at(11, 10), at(11, 55))),
        (Segment.TURNOVER, Span(at(11, 55), at(12))),
    )
    injection = SegmentMinutes(0, 5, 0, 0)
    assert injection.spans(at(10)) == ((Segment.INFUSION, Span(at(10), at(10, 5))),)


def test_only_recovery_gives_way_and_never_below_nothing() -> None:
    assert PARTS.resized(150) == SegmentMinutes(30, 40, 75, 5)
    assert PARTS.resized(75) == SegmentMinutes(30, 40, 0, 5)
    with pytest.raises(Refused) as refused:
        PARTS.resized(74)
    assert (refused.value.code, refused.value.values) == ("appointment_too_short", {"least": 75})


@given(*[st.integers(0, 300)] * 5)
def test_a_resized_appointment_is_as_long_as_wanted(
    check_in: int, infusion: int, recovery: int, turnover: int, total: int
) -> None:
    before = SegmentMinutes(check_in, infusion, recovery, turnover)
    if total < before.total - recovery:
        with pytest.raises(Refused):
            before.resized(total)
        return
    after = before.resized(total)
    assert after.total == total
    assert (after.check_in, after.infusion, after.turnover) == (check_in, infusion, turnover)
