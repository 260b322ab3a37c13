"""On which days a recurring event falls: as another reader of the standard finds them."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ketadesk.domain.calendar_exchange.recurrence import WEEKDAYS, Budget, days_of, rule_from
from ketadesk.domain.errors import Refused

PLENTY = 10_000_000


def days(text: str, start: date, *, first: date, last: date) -> list[date]:
    rule = rule_from(text)
    found = days_of(rule, start, first=first, last=last, until=None, budget=Budget(PLENTY))
    return list(found)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 13))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    if draw(st.booleans()):
        which = st.sampled_from(("", "1", "2", "3", "4", "5", "-1", "-2"))
        numbered = frequency in ("MONTHLY", "YEARLY")
        named = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True)
        # dateutil leaves out "every Monday" beside "the third Tuesday"; so the two never meet here.
        one = draw(which) if numbered else ""
        values = [one + day for day in draw(named)]
        parts.append(f"BYDAY={','.join(values)}")
    elif frequency != "WEEKLY" and draw(st.booleans()):
        numbers = st.integers(-31, 31).filter(bool)
        chosen = draw(st.lists(numbers, min_size=1, max_size=4, unique=True))
        parts.append(f"BYMONTHDAY={','.join(map(str, chosen))}")
    if draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    positions = any(part.startswith(("BYDAY", "BYMONTHDAY")) for part in parts)
    if frequency in ("MONTHLY", "YEARLY") and positions and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(('1', '2', '-1', '1,-1')))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join(parts)


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rules(), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 900))
def test_the_days_are_those_that_dateutil_finds(text: str, start: date, later: int) -> None:
    first = start + timedelta(days=later)
    last = first + timedelta(days=700)
    begin = datetime.combine(start, datetime.min.time())
    # Without an end, dateutil looks through all years up to 9999.
    ending = datetime.combine(last, datetime.max.time())
    everything = rrulestr(text, dtstart=begin).replace(until=ending)
    wanted: list[date] = []
    for at in everything:
        if at.date() >= first:
            wanted.append(at.date())
    assert days(text, start, first=first, last=last) == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY"),
        *("", "FREQ=", "FREQ=NEVER", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-1"),
        *("FREQ=DAILY;BYDAY=XX", "FREQ=YEARLY;BYWEEKNO=2", "FREQ=DAILY;BYSECOND=1,2,3"),
        "FREQ=DAILY;COUNT=" + "9" * 10_000,
        "FREQ=DAILY;BYMONTHDAY=" + "1," * 5_000 + "1",
    ],
)
def test_a_rule_that_no_clinic_has_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="event_recur"):
        rule_from(text)


@pytest.mark.parametrize(
    "text", ["FREQ=DAILY;COUNT=999999999", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"]
)
def test_a_rule_without_end_is_given_up(text: str) -> None:
    rule = rule_from(text)
    with pytest.raises(Refused, match="event_recurs_too_long"):
        list(
            days_of(
                rule, date(1, 1, 1), first=date(2027, 1, 1), last=date(2027, 2, 1), until=None,
                budget=Budget(50_000),
            )
        )  # fmt: skip
