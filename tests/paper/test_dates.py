"""Days and times as both languages write them, above all around noon and midnight."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.paper import dates

SATURDAY = date(2027, 5, 15)


def test_days() -> None:
    assert dates.long_date(SATURDAY, "en") == "Saturday 15 May"
    assert dates.long_date(SATURDAY, "es") == "sábado 15 de mayo"
    assert dates.long_date(SATURDAY, "en", year=True) == "Saturday 15 May 2027"
    assert dates.long_date(SATURDAY, "es", year=True) == "sábado 15 de mayo de 2027"
    assert dates.short_date(SATURDAY, "en") == "15 May 2027"
    assert dates.short_date(SATURDAY, "es") == "15 de mayo de 2027"


@pytest.mark.parametrize(
    ("hour", "minute", "english", "spanish"),
    [
        (0, 0, "12:00 midnight", "12:00 de la medianoche"),
        (0, 5, "12:05 am", "12:05 a. m."),
        (1, 0, "1:00 am", "1:00 a. m."),
        (11, 50, "11:50 am", "11:50 a. m."),
        (12, 0, "12:00 noon", "12:00 del mediodía"),
        (12, 1, "12:01 pm", "12:01 p. m."),
        (23, 59, "11:59 pm", "11:59 p. m."),
    ],
)
def test_times(hour: int, minute: int, english: str, spanish: str) -> None:
    time = datetime(2027, 5, 15, hour, minute)
    assert dates.clock_time(time, "en") == english
    assert dates.clock_time(time, "es") == spanish


def test_a_moment_at_midnight_names_its_night() -> None:
    midnight = datetime(2027, 5, 15)
    assert dates.moment(midnight, "en") == "Saturday 15 May, 12:00 midnight (Friday night)"
    assert dates.moment(midnight, "es") == (
        "sábado 15 de mayo, 12:00 de la medianoche (noche del viernes)"
    )
    assert dates.moment(datetime(2027, 5, 15, 11, 50), "en") == "Saturday 15 May, 11:50 am"
    assert dates.moment(datetime(2027, 5, 15, 11, 50), "es") == "sábado 15 de mayo, 11:50 a. m."


def test_near_times_leave_the_date_out_only_when_the_weekday_is_enough() -> None:
    visit = datetime(2027, 5, 18, 10)
    near = dates.near_moment(datetime(2027, 5, 17, 13, 0), "en", near=visit)
    assert near == "Monday 1:00 pm"
    assert dates.near_moment(datetime(2027, 5, 17, 13, 0), "es", near=visit) == (
        "lunes a la 1:00 p. m."
    )
    assert dates.near_moment(datetime(2027, 5, 18, 4, 0), "es", near=visit) == (
        "martes a las 4:00 a. m."
    )
    week = dates.near_moment(visit - timedelta(days=7), "en", near=visit)
    assert week == "Tuesday 11 May, 10:00 am"


@given(st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1)))
def test_no_two_minutes_of_a_day_are_written_alike(time: datetime) -> None:
    minute = time.replace(second=0, microsecond=0)
    later = minute + timedelta(hours=12)
    for language in dates.LANGUAGES:
        assert dates.moment(minute, language) != dates.moment(later, language)
        assert dates.clock_time(minute, language) != dates.clock_time(later, language)
