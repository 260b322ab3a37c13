"""What the side of the calendar and its titles say: how full days are, whose escort is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.clinic import Clinic, open_on
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.rules import Rules
from ketadesk.i18n import tr
from ketadesk.services import calendar

WEEKS = 6
"""A month's grid has at most six rows of weeks."""

AWAITED = (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_SESSION)


class DayLoad(NamedTuple):
    """One day's `share` of open chair time that is booked (0 to 1), and its visits in numbers."""

    booked: int = 0
    without_escort: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class EscortToConfirm:
    """A coming visit whose escort is not sure: nobody named, or named and not confirmed."""

    visit: Visit
    overdue: bool

    @property
    def nobody(self) -> bool:
        return lacks_escort(self.visit)


def first_of_grid(month: date) -> date:
    """The Monday on or before the first of the month."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday())


def first_of_week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def loads(db: Any, month: date, clinic: Clinic) -> dict[date, DayLoad]:
    """How full each day of the month's grid is; runs on the desk's thread."""
    first = first_of_grid(month)
    return loads_of(calendar.schedule(db, first, days=7 * WEEKS), first, clinic)


def loads_of(schedule: Schedule, first: date, clinic: Clinic) -> dict[date, DayLoad]:
    by_day: dict[date, list[Visit]] = {}
    for visit in coming(schedule.visits):
        by_day.setdefault(clinic.local(visit.appointment.starts).date(), []).append(visit)
    made = {}
    for offset in range(7 * WEEKS):
        day = first + timedelta(days=offset)
        visits = by_day.get(day, [])
        minutes = sum(visit.appointment.segments.total for visit in visits)
        room = _open_minutes(schedule, day) * len(schedule.chairs)
        share = min(minutes / room, 1.0) if room else float(bool(visits))
        made[day] = DayLoad(len(visits), sum(map(lacks_escort, visits)), share)
    return made


def _open_minutes(schedule: Schedule, day: date) -> int:
    return sum(
        (hours.closes.hour - hours.opens.hour) * 60 + hours.closes.minute - hours.opens.minute
        for hours in open_on(day, schedule.hours)
    )


def coming(visits: Iterable[Visit]) -> list[Visit]:
    """Those who take a chair."""
    return [visit for visit in visits if visit.appointment.status.takes_the_chair]


def lacks_escort(visit: Visit) -> bool:
    """Whether nobody is named to take the patient home, while that still can be mended."""
    made = visit.appointment
    return made.status in AWAITED and made.escort_id is None


def facts(visits: Iterable[Visit]) -> str:
    """ "13 booked · 1 without escort"."""
    booked = coming(visits)
    if not booked:
        return tr("nobody booked")
    without = sum(map(lacks_escort, booked))
    parts = [tr("{number} booked", number=len(booked))]
    if without:
        parts.append(tr("{number} without escort", number=without))
    return " · ".join(parts)


def escorts_to_confirm(
    visits: Iterable[Visit], *, now: datetime, rules: Rules
) -> list[EscortToConfirm]:
    """Coming visits, earliest first, whose escort someone must still ask or call.

    Overdue from the clinic's `escort_overdue_hours` before the visit on.
    """
    found = []
    for visit in visits:
        made = visit.appointment
        unsure = made.escort_id is None or made.escort_state in (
            EscortState.NOT_ASKED,
            EscortState.NAMED,
        )
        if made.status in (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED) and unsure:
            due = made.starts - timedelta(hours=rules.escort_overdue_hours)
            if made.ends > now.astimezone(UTC):
                found.append(EscortToConfirm(visit, overdue=now >= due))
    return found
