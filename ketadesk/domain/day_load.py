"""How full days are: the share of a day's open chair time that is booked."""

from dataclasses import dataclass
from datetime import date, timedelta

from ketadesk.domain.clinic import Clinic, OpeningHours, open_on
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
        room = _open_minutes(schedule.hours, day) * len(schedule.chairs)
        share = min(minutes / room, 1.0) if room else float(bool(visits))
        made[day] = DayLoad(len(visits), sum(map(lacks_escort, visits)), share)
    return made


def _open_minutes(hours: tuple[OpeningHours, ...], day: date) -> int:
    return sum(
        (open_.closes.hour - open_.opens.hour) * 60 + open_.closes.minute - open_.opens.minute
        for open_ in open_on(day, hours)
    )
