"""Times of day as they are typed, and what they mean on days when the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ketadesk.domain.errors import Refused
from ketadesk.domain.times import moment_on, read_time

ZONE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("930", 9, 30),
        ("9:30", 9, 30),
        ("9.30", 9, 30),
        ("9h30", 9, 30),
        ("0930", 9, 30),
        ("14", 14, 0),
        ("14h", 14, 0),
        (" 7 ", 7, 0),
        ("1415", 14, 15),
        ("2p", 14, 0),
        ("2:30 pm", 14, 30),
        ("12 am", 0, 0),
        ("12 p.m.", 12, 0),
    ],
)
def test_times_are_read_as_typed(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["", "25", "9:60", "9:3", "13 pm", "0 am", "soon", "12345"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_time(text)
    assert refused.value.code == "time_unreadable"


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    spring = date(2027, 3, 14)
    assert moment_on(spring, time(9), ZONE).astimezone(UTC) == datetime(2027, 3, 14, 16, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        moment_on(spring, time(2, 30), ZONE)
    assert refused.value.code == "time_skipped"


def test_of_an_hour_that_comes_twice_it_is_the_first() -> None:
    autumn = date(2027, 11, 7)
    assert moment_on(autumn, time(1, 30), ZONE).astimezone(UTC) == datetime(
        2027, 11, 7, 8, 30, tzinfo=UTC
    )
