"""The calendar from further away: which weeks a month shows, how full and closed its days are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ketadesk.domain.clinic import Clinic, Closure, day_span
from ketadesk.domain.day import Schedule, Visit, coming
from ketadesk.domain.day_load import DayLoad, day_loads
from ketadesk.domain.escorts import lacks_escort
from ketadesk.i18n import tr
from ketadesk.services import calendar

if TYPE_CHECKING:
    from ketadesk.services.action import Database

WEEKS = 6
"""A month's grid has at most six rows of weeks."""


def first_of_grid(month: date) -> date:
    """The Monday on or before the first of the month."""
    return first_of_week(month.replace(day=1))


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or below 0 earlier; the last of a month too short."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, (following - timedelta(days=1)).day))


def first_of_week(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class MonthDay:
    """A day of the month's grid: how full it is, what is closed, who lacks an escort."""

    day: date
    load: DayLoad
    closures: tuple[Closure, ...] = ()
    short: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class MonthPlan:
    """The weeks that a month touches, from their first Monday on."""

    month: date
    days: tuple[MonthDay, ...]

    @cached_property
    def loads(self) -> dict[date, DayLoad]:
        return {one.day: one.load for one in self.days}


def read_month(db: "Database", month: date, clinic: Clinic) -> MonthPlan:
    """Each day of the month's grid; runs on the desk's thread."""
    first, days = first_of_grid(month), 7 * WEEKS
    return plan_month(calendar.schedule(db, first, days=days), month, clinic)


def plan_month(schedule: Schedule, month: date, clinic: Clinic) -> MonthPlan:
    """The same out of a schedule that covers the grid."""
    first = first_of_grid(month)
    short: dict[date, list[Visit]] = {}
    for visit in filter(lacks_escort, coming(schedule.visits)):
        short.setdefault(clinic.local(visit.appointment.starts).date(), []).append(visit)
    loads = day_loads(schedule, first, days=7 * WEEKS, clinic=clinic)
    return MonthPlan(
        month.replace(day=1),
        tuple(
            MonthDay(day, load, _closed_on(schedule, day, clinic), tuple(short.get(day, ())))
            for day, load in loads.items()
        ),
    )


def _closed_on(schedule: Schedule, day: date, clinic: Clinic) -> tuple[Closure, ...]:
    whole = day_span(day, clinic.zone)
    return tuple(one for one in schedule.closures if one.span.overlaps(whole))


def facts(visits: Iterable[Visit]) -> str:
    """ "13 booked · 1 without escort"."""
    booked = coming(visits)
    return _counted(len(booked), sum(map(lacks_escort, booked)))


def month_facts(plan: MonthPlan) -> str:
    """The same of the days of a month."""
    loads = [one.load for one in plan.days if one.day.month == plan.month.month]
    return _counted(sum(one.booked for one in loads), sum(one.without_escort for one in loads))


def _counted(booked: int, without: int) -> str:
    if not booked:
        return tr("nobody booked")
    parts = [tr("{number} booked", number=booked)]
    if without:
        parts.append(tr("{number} without escort", number=without))
    return " · ".join(parts)
