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
    """One day's `share` of open chair time that is booked (0 to 1), and its visits in numbers."""

    booked: int = 0
    without_escort: int = 0
    share: float = 0.0


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
        room = _open_minutes(schedule.hours, day, clinic.zone) * len(schedule.chairs)
        share = min(minutes / room, 1.0) if room else float(bool(visits))
        made[day] = DayLoad(len(visits), sum(map(lacks_escort, visits)), share)
    return made


def _open_minutes(hours: tuple[OpeningHours, ...], day: date, zone: ZoneInfo) -> float:
    """Real minutes, also when the clocks change within them; a clinic without hours never closes.

    Compared in UTC, because Python subtracts two moments of one zone as if the clocks stood.
    """
    spans = [
        Span(*(datetime.combine(day, at, zone).astimezone(UTC) for at in (one.opens, one.closes)))
        for one in open_on(day, hours)
    ]
    if not hours:
        spans = [day_span(day, zone)]
    return sum((span.ends - span.starts).total_seconds() / 60 for span in spans)
