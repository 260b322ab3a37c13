"""A typed clock time means the latest moment that has been, also when the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.line_time import TimeProblem, true_time

ZONE = ZoneInfo("America/Los_Angeles")


def local(month: int, day: int, hour: int, minute: int, *, fold: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=ZONE, fold=fold)


def test_nothing_typed_is_now() -> None:
    assert true_time(None, local(5, 14, 10, 42)) == datetime(2027, 5, 14, 17, 42, tzinfo=UTC)


def test_the_minute_on_the_clock_has_begun() -> None:
    now = local(5, 14, 10, 42).replace(second=30)
    assert true_time((10, 42), now) == local(5, 14, 10, 42)


def test_before_midnight_typed_after_midnight_is_yesterday() -> None:
    assert true_time((23, 50), local(5, 15, 0, 10)) == local(5, 14, 23, 50)


def test_this_afternoon_typed_in_the_morning_is_the_future_not_yesterday() -> None:
    with pytest.raises(TimeProblem) as problem:
        true_time((15, 0), local(5, 14, 10, 42))
    assert problem.value.code == "line_time_in_future"


def test_a_time_the_clock_skips_is_no_time() -> None:
    with pytest.raises(TimeProblem) as problem:
        true_time((2, 30), local(3, 14, 9, 0))
    assert problem.value.code == "line_time_impossible"


def test_a_time_that_comes_twice_is_the_later_one_that_has_been() -> None:
    second = local(11, 7, 1, 40, fold=1)
    assert true_time((1, 30), second) == local(11, 7, 1, 30, fold=1).astimezone(UTC)
    assert true_time((1, 50), second) == local(11, 7, 1, 50, fold=0).astimezone(UTC)


def test_the_first_day_there_is_has_no_yesterday() -> None:
    with pytest.raises(TimeProblem):
        true_time((23, 50), datetime(1, 1, 1, 0, 10, tzinfo=UTC))


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(ZONE)),
    minutes=st.integers(0, 359),
)
def test_a_clock_read_within_six_hours_is_found_again(now: datetime, minutes: int) -> None:
    now = now.astimezone(UTC).replace(second=0, microsecond=0).astimezone(ZONE)
    seen = (now.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(ZONE)
    found = true_time((seen.hour, seen.minute), now)
    assert found <= now.astimezone(UTC)
    assert found.astimezone(ZONE).time() == seen.time()
    assert found >= seen.astimezone(UTC)


def test_exactly_six_hours_before_is_still_the_evening_before() -> None:
    assert true_time((19, 0), local(5, 15, 1, 0)) == local(5, 14, 19, 0)
    with pytest.raises(TimeProblem):
        true_time((18, 59), local(5, 15, 1, 0))
