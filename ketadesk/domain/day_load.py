"""How full days are: the share of a day's open chair time that is booked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Clinic, OpeningHours, day_span, open_on
from ketadesk.domain.day import Schedule, Visit, coming
from ketadesk.domain.escorts import lacks_escort


@dataclass(frozen=True)
class DayLoad:
    """One day's `share` of open chair time that is booked (0 to 1), and its visits in numbers.

    `minutes` are booked, of all chairs together; `room` are those in which chairs take someone.
    """

    booked: int = 0
    without_escort: int = 0
    share: float = 0.0
    minutes: int = 0
    room: float = 0.0


def day_loads(schedule: Schedule, first: date, *, days: int, clinic: Clinic) -> dict[date, DayLoad]:
    """The load of each of the days from the first on; a visit counts on the day it starts."""
    by_day: dict[date, list[Visit]] = {}
    for visit in coming(schedule.visits):
        by_day.setdefault(clinic.local(visit.appointment.starts).date(), []).append(visit)
    made = {}
    for offset in range(days):
        day = first + timedelta(days=offset)
        visits = by_day.get(day, [])
        minutes = sum(visit.appointment.segments.total for visit in visits)
        room = _room(schedule, day, clinic.zone)
        share = min(minutes / room, 1.0) if room else float(bool(visits))
        made[day] = DayLoad(len(visits), sum(map(lacks_escort, visits)), share, minutes, room)
    return made


def _room(schedule: Schedule, day: date, zone: ZoneInfo) -> float:
    """The minutes in which chairs take someone: open, and not closed for a time."""
    spans = _open_spans(schedule.hours, day, zone)
    return sum(
        _minutes_left(span, [one.span for one in schedule.closures if one.chair_id in closing])
        for closing in ((None, chair.id) for chair in schedule.chairs)
        for span in spans
    )


def _minutes_left(span: Span, closed: list[Span]) -> float:
    """What is left of an open stretch; closures that overlap count once."""
    left = span.ends - span.starts
    reached = span.starts
    for one in sorted(closed, key=lambda one: one.starts):
        starts, ends = max(one.starts, reached), min(one.ends, span.ends)
        if ends > starts:
            left -= ends - starts
            reached = ends
    return left.total_seconds() / 60


def _open_spans(hours: tuple[OpeningHours, ...], day: date, zone: ZoneInfo) -> list[Span]:
    """In UTC, because Python subtracts two moments of one zone as if the clocks stood; a clinic
    without hours never closes.
    """
    spans = [
        Span(*(datetime.combine(day, at, zone).astimezone(UTC) for at in (one.opens, one.closes)))
        for one in open_on(day, hours)
    ]
    if not hours:
        spans = [day_span(day, zone)]
    return [Span(one.starts.astimezone(UTC), one.ends.astimezone(UTC)) for one in spans]
