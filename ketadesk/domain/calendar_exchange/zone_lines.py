"""A time zone as an iCalendar file describes it: every change of its clocks in some years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from ketadesk.domain.calendar_exchange.content_lines import escaped

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LEAST_YEARS = 6
"""Years that are looked through at least: a fourth Sunday is told from a last one by then."""


@dataclass(frozen=True)
class ClockChange:
    """From `at` on, by the wall clock as it was until then, the zone has another distance."""

    at: datetime
    was: timedelta
    becomes: timedelta
    name: str


def zone_lines(zone: tzinfo, name: str, *, first: int, last: int) -> list[str]:
    """The lines of a VTIMEZONE (RFC 5545 section 3.6.5) that is right from one year to another.

    A change that falls on the same weekday of a month every year is written as that rule.
    """
    begins = datetime(first, 1, 1, tzinfo=zone)
    offset = begins.utcoffset() or timedelta()
    opening = ClockChange(datetime(first, 1, 1), offset, offset, begins.tzname() or name)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{escaped(name)}"]
    lines += _observance([opening], yearly=False)
    groups: dict[tuple[timedelta, timedelta, str], list[ClockChange]] = {}
    last = max(last, first + LEAST_YEARS)
    for change in changes(zone, first=first, last=last):
        groups.setdefault((change.was, change.becomes, change.name), []).append(change)
    for group in groups.values():
        lines += _observance(group, yearly=group[-1].at.year == last)
    return [*lines, "END:VTIMEZONE"]


def changes(zone: tzinfo, *, first: int, last: int) -> Iterator[ClockChange]:
    """When the zone's clocks change, from the beginning of one year to the end of another."""
    moment = datetime(first, 1, 1, 12, tzinfo=UTC)
    ends = datetime(last, 12, 31, 12, tzinfo=UTC)
    before = moment.astimezone(zone).utcoffset() or timedelta()
    while moment < ends:
        later = moment + timedelta(days=1)
        after = later.astimezone(zone).utcoffset() or timedelta()
        if after != before:
            at = _moment_of_change(zone, moment, later, before)
            wall = (at + before).replace(tzinfo=None)
            yield ClockChange(wall, before, after, at.astimezone(zone).tzname() or "")
        moment, before = later, after


def _moment_of_change(
    zone: tzinfo, earlier: datetime, later: datetime, before: timedelta
) -> datetime:
    while later - earlier > timedelta(seconds=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            earlier = middle
        else:
            later = middle
    return later


def _observance(group: list[ClockChange], *, yearly: bool) -> list[str]:
    """One STANDARD or DAYLIGHT part: its first change, and a rule or dates for the others."""
    one = group[0]
    kind = "DAYLIGHT" if one.becomes > one.was else "STANDARD"
    rule = _yearly_rule([change.at for change in group]) if yearly else None
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{one.at:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{offset_text(one.was)}",
        f"TZOFFSETTO:{offset_text(one.becomes)}",
        *([f"TZNAME:{escaped(one.name)}"] if one.name else []),
        *([rule] if rule else [f"RDATE:{change.at:%Y%m%dT%H%M%S}" for change in group[1:]]),
        f"END:{kind}",
    ]


def _yearly_rule(moments: list[datetime]) -> str | None:
    """ "the second Sunday in March" as a rule, where that is what every year has; else None."""
    first = moments[0]
    every_year = list(range(first.year, first.year + len(moments)))
    alike = {(at.month, at.weekday(), at.time()) for at in moments}
    if [at.year for at in moments] != every_year or len(alike) != 1 or len(moments) < LEAST_YEARS:
        return None
    counted = {(at.day - 1) // 7 + 1 for at in moments}
    if len(counted) == 1:
        which = counted.pop()
    elif all((at + timedelta(days=7)).month != at.month for at in moments):
        which = -1
    else:
        return None
    return f"RRULE:FREQ=YEARLY;BYMONTH={first.month};BYDAY={which}{_WEEKDAYS[first.weekday()]}"


def offset_text(offset: timedelta) -> str:
    """A distance from UTC as "-0700", with seconds only where there are any."""
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    text = f"{'-' if seconds < 0 else '+'}{hours:02d}{minutes:02d}"
    return f"{text}{left:02d}" if left else text
