"""On which days a recurring event falls (RFC 5545 section 3.3.10), looked at within bounds only.

Rules that repeat within a day, or by numbers of weeks or of days of the year, are refused: no
clinic's calendar books people so, and a rule made to be endless must cost nothing.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ketadesk.domain.errors import Refused

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
KNOWN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_READ = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
_MOST_VALUES = 62
"""More values in one part of a rule than a month has days, counted from both ends, say nothing."""


class Budget:
    """How many days may still be looked at, for all events of a file together."""

    def __init__(self, days: int) -> None:
        self._left = days

    def spend(self, days: int) -> None:
        """Refused once a file asks for more than any real calendar does."""
        self._left -= days
        if self._left < 0:
            raise Refused("event_recurs_too_long")


@dataclass(frozen=True)
class Rule:
    """`until` is as it stands in the file; `by_day` are (which, weekday), which 0 for every one."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_position: tuple[int, ...] = ()


def rule_from(text: str) -> Rule:
    """Reads a RRULE; Refused for one that is broken or that no clinic's calendar has."""
    parts = {}
    for part in text.upper().strip().rstrip(";").split(";"):
        name, _, value = part.partition("=")
        parts[name.strip()] = value.strip()
    frequency = parts.get("FREQ", "")
    if frequency in TOO_OFTEN:
        raise Refused("event_recurs_too_often", rule=text[:80])
    try:
        if frequency not in KNOWN or any(name not in _READ for name in parts):
            raise ValueError(frequency)
        return Rule(
            frequency=frequency,
            interval=_within(int(parts.get("INTERVAL", "1")), 1, 1000),
            count=_within(int(parts["COUNT"]), 1, 10**9) if "COUNT" in parts else None,
            until=parts.get("UNTIL", ""),
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
            by_day=tuple(_weekday(value) for value in _values(parts, "BYDAY")),
            by_month_day=tuple(_signed(value, 31) for value in _values(parts, "BYMONTHDAY")),
            by_month=tuple(_within(int(value), 1, 12) for value in _values(parts, "BYMONTH")),
            by_set_position=tuple(_signed(value, 366) for value in _values(parts, "BYSETPOS")),
        )
    except ValueError:
        raise Refused("event_recurrence_unknown", rule=text[:80]) from None


def days_of(
    rule: Rule, start: date, *, first: date, last: date, until: date | None, budget: Budget
) -> Iterator[date]:
    """The days of the rule from `first` to `last`, in order; `until` is the rule's own last day.

    The day on which it starts is one of them only where the rule says so.
    """
    last = last if until is None else min(last, until)
    counted = 0
    for period in _periods(rule, start, first=first, last=last):
        budget.spend(1)
        for day in _positions(rule, _candidates(rule, start, period, budget)):
            if day < start:
                continue
            counted += 1
            if day > last or (rule.count is not None and counted > rule.count):
                return
            if day >= first:
                yield day


def _periods(rule: Rule, start: date, *, first: date, last: date) -> Iterator[date]:
    """The first day of each day, week, month or year that the rule looks at.

    What lies before `first` is leapt over, unless the rule counts from its start.
    """
    begins = max(start, first) if rule.count is None else start
    if rule.frequency in ("DAILY", "WEEKLY"):
        origin = start
        step = timedelta(days=rule.interval)
        if rule.frequency == "WEEKLY":
            origin -= timedelta(days=(start.weekday() - rule.week_start) % 7)
            step *= 7
        period = origin + step * max(0, (begins - origin) // step)
        while period <= last:
            yield period
            period += step
        return
    months = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    number = start.year * 12 + (start.month - 1 if months % 12 or months < 12 else 0)
    if rule.frequency == "MONTHLY":
        number = start.year * 12 + start.month - 1
    ahead = begins.year * 12 + begins.month - 1 - number
    number += months * max(0, ahead // months)
    while number < (last.year + 1) * 12:
        yield date(number // 12, number % 12 + 1, 1)
        number += months


def _candidates(rule: Rule, start: date, period: date, budget: Budget) -> list[date]:
    if rule.frequency == "DAILY":
        days: Iterable[date] = (period,) if _month_day_fits(rule, period) else ()
        return [day for day in days if _month_fits(rule, day) and _weekday_fits(rule, day)]
    if rule.frequency == "WEEKLY":
        wanted = {weekday for _, weekday in rule.by_day} or {start.weekday()}
        week = (period + timedelta(days=offset) for offset in range(7))
        return [day for day in week if day.weekday() in wanted and _month_fits(rule, day)]
    if rule.frequency == "MONTHLY":
        budget.spend(30)
        return _of_month(rule, start, period) if _month_fits(rule, period) else []
    budget.spend(365)
    return _of_year(rule, start, period.year)


def _of_year(rule: Rule, start: date, year: int) -> list[date]:
    if rule.by_day and not rule.by_month and not rule.by_month_day:
        return _weekdays_in(rule, date(year, 1, 1), date(year, 12, 31))
    if rule.by_month:
        months: Iterable[int] = sorted(set(rule.by_month))
    else:
        months = range(1, 13) if rule.by_month_day else (start.month,)
    return [day for month in months for day in _of_month(rule, start, date(year, month, 1))]


def _of_month(rule: Rule, start: date, first: date) -> list[date]:
    length = monthrange(first.year, first.month)[1]
    if rule.by_month_day:
        numbers = {day if day > 0 else length + 1 + day for day in rule.by_month_day}
        days = [first.replace(day=number) for number in sorted(numbers) if 1 <= number <= length]
        return [day for day in days if _weekday_fits(rule, day)]
    if rule.by_day:
        return _weekdays_in(rule, first, first.replace(day=length))
    return [first.replace(day=start.day)] if start.day <= length else []


def _weekdays_in(rule: Rule, first: date, last: date) -> list[date]:
    """Every, or the so-manieth, of these weekdays of a month or a year."""
    found: set[date] = set()
    for which, weekday in rule.by_day:
        begin = first + timedelta(days=(weekday - first.weekday()) % 7)
        days = [begin + timedelta(days=7 * n) for n in range((last - begin).days // 7 + 1)]
        if which == 0:
            found.update(days)
        elif abs(which) <= len(days):
            found.add(days[which - 1 if which > 0 else which])
    return sorted(found)


def _positions(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_set_position:
        return days
    chosen = {
        days[place - 1 if place > 0 else place]
        for place in rule.by_set_position
        if abs(place) <= len(days)
    }
    return sorted(chosen)


def _month_fits(rule: Rule, day: date) -> bool:
    return not rule.by_month or day.month in rule.by_month


def _month_day_fits(rule: Rule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    return not rule.by_month_day or bool({day.day, day.day - length - 1} & {*rule.by_month_day})


def _weekday_fits(rule: Rule, day: date) -> bool:
    return not rule.by_day or day.weekday() in {weekday for _, weekday in rule.by_day}


def _values(parts: dict[str, str], name: str) -> list[str]:
    values = parts[name].split(",") if name in parts else []
    if len(values) > _MOST_VALUES:
        raise ValueError(name)
    return values


def _weekday(value: str) -> tuple[int, int]:
    which = value[:-2]
    return (_signed(which, 53) if which else 0, WEEKDAYS.index(value[-2:]))


def _signed(value: str, most: int) -> int:
    return _within(abs(int(value)), 1, most) * (-1 if int(value) < 0 else 1)


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number
