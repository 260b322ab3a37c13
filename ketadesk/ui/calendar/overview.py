"""What the side of the calendar and its titles say: which weeks it shows, how full they are."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ketadesk.domain.clinic import Clinic
from ketadesk.domain.day import Visit, coming
from ketadesk.domain.day_load import DayLoad, day_loads
from ketadesk.domain.escorts import lacks_escort
from ketadesk.i18n import tr
from ketadesk.services import calendar

WEEKS = 6
"""A month's grid has at most six rows of weeks."""


def first_of_grid(month: date) -> date:
    """The Monday on or before the first of the month."""
    return first_of_week(month.replace(day=1))


def first_of_week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def loads(db: Any, month: date, clinic: Clinic) -> dict[date, DayLoad]:
    """How full each day of the month's grid is; runs on the desk's thread."""
    first, days = first_of_grid(month), 7 * WEEKS
    return day_loads(calendar.schedule(db, first, days=days), first, days=days, clinic=clinic)


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
