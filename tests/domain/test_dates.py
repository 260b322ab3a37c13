"""Dates as people and other programs write them: read right, or refused with both readings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.dates import read_date, read_day
from ketadesk.domain.errors import Refused

PI_DAY = date(1985, 3, 14)
FRIDAY = date(2027, 5, 14)


@pytest.mark.parametrize(
    "text",
    [
        "1985-03-14",
        " 1985/3/14 ",
        "19850314",
        "1985-03-14T00:00:00",
        "1985-03-14 00:00:00.000",
        "3/14/1985",
        "03/14/1985 12:00:00 AM",
        "14.3.1985",
        "14. 3. 1985",
        "14-03-1985",
        "14 3 1985",
        "03141985",
        "14031985",
        "14 March 1985",
        "14-Mar-1985",
        "14. marzo 1985",
        "14 de marzo de 1985",
        "March 14, 1985",
        "mar. 14th, 1985",
        "1985 March 14",
    ],
)
def test_every_usual_way_of_writing_a_date_is_read(text: str) -> None:
    assert read_date(text) == PI_DAY


@pytest.mark.parametrize("text", ["3/4/1985", "3.4.1985", "03-04-1985", "03041985"])
def test_a_date_that_can_be_two_days_is_refused_with_both(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text)
    assert refused.value.code == "date_ambiguous"
    assert refused.value.values["month_first"] == "1985-03-04"
    assert refused.value.values["day_first"] == "1985-04-03"
    assert read_date(text, order="mdy") == date(1985, 3, 4)
    assert read_date(text, order="dmy") == date(1985, 4, 3)


def test_the_same_day_both_ways_is_not_ambiguous() -> None:
    assert read_date("5/5/1985") == date(1985, 5, 5)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("14/3/1985", "mdy"),
        ("3/14/1985", "dmy"),
        ("1985-03-14", "mdy"),
        ("3/14/1985", "ymd"),
    ],
)
def test_a_given_order_holds_strictly(text: str, order) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text, order=order)
    assert refused.value.code in ("date_impossible", "date_unreadable")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_unreadable"),
        ("soon", "date_unreadable"),
        ("14 mars 1985 again", "date_unreadable"),
        ("March 1985", "date_unreadable"),
        ("1/2/345", "date_unreadable"),
        ("3/14/85", "date_year_short"),
        ("14 March 85", "date_year_short"),
        ("30 February 1985", "date_impossible"),
        ("1985-02-30", "date_impossible"),
        ("31/31/1985", "date_impossible"),
        ("0/0/1985", "date_impossible"),
        ("19851340", "date_impossible"),
    ],
)
def test_what_is_no_date_is_refused_by_code(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text)
    assert refused.value.code == code


@given(st.dates(min_value=date(1000, 1, 1)))
def test_iso_dates_come_back_whatever_the_day(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.month}/{day.day}/{day.year}", order="mdy") == day
    assert read_date(f"{day.day}.{day.month}.{day.year}", order="dmy") == day


@given(st.text(max_size=20))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for read in (lambda: read_date(text), lambda: read_day(text, today=FRIDAY)):
        try:
            assert isinstance(read(), date)
        except Refused as error:
            assert error.code.startswith("date_")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", 0),
        ("hoy", 0),
        ("tom", 1),
        ("tomorrow", 1),
        ("mañana", 1),
        ("+3", 3),
        ("-1", -1),
        ("fri", 0),
        ("Sat", 1),
        ("lunes", 3),
        ("mo", 3),
        ("wednesday", 5),
        ("weds", 5),
        ("Thurs", 6),
        ("next wed", 5),
        ("next fri", 7),
        ("Next Sunday", 9),
        ("próximo lunes", 3),
        ("this sun", 2),
        ("next week", 7),
        ("in 2 weeks", 14),
        ("3 weeks", 21),
        ("in 10 days", 10),
        ("Wed 19 May 2027", 5),
        ("wednesday 19", 5),
        ("Wed, May 19", 5),
        ("14", 0),
        ("15", 1),
        ("15 may", 1),
        ("May 15th", 1),
        ("5/15", 1),
        ("15.5.", 1),
        ("2027-05-15", 1),
    ],
)
def test_days_to_plan_for_count_from_today(text: str, days: int) -> None:
    assert read_day(text, today=FRIDAY) == FRIDAY + timedelta(days=days)


def test_a_day_that_is_over_means_the_next_one() -> None:
    assert read_day("13", today=FRIDAY) == date(2027, 6, 13)
    assert read_day("31", today=date(2027, 6, 2)) == date(2027, 7, 31)
    assert read_day("5", today=date(2027, 12, 20)) == date(2028, 1, 5)
    assert read_day("13 may", today=FRIDAY) == date(2028, 5, 13)
    assert read_day("29 feb", today=FRIDAY) == date(2028, 2, 29)
    assert read_day("6/7", today=FRIDAY, order="mdy") == date(2027, 6, 7)
    assert read_day("6/7", today=FRIDAY, order="dmy") == date(2027, 7, 6)


@pytest.mark.parametrize(
    ("text", "code"),
    [("40", "date_impossible"), ("30 feb", "date_impossible"), ("6/7", "date_ambiguous")],
)
def test_days_that_cannot_be_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_day(text, today=FRIDAY)
    assert refused.value.code == code
