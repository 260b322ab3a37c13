"""Lists of a day or more on paper: for the desk and the nurses, and for the door."""

from datetime import date, timedelta
from enum import StrEnum


class ListKind(StrEnum):
    """The views of the calendar that are printed; the values are the kinds of their sheets."""

    DAY = "day_list"
    WEEK = "week_list"
    AGENDA = "agenda_list"

    @property
    def view(self) -> str:
        """ "day": the calendar's own word for it."""
        return self.value.removesuffix("_list")


def days_shown(kind: ListKind, day: date, until: date | None = None) -> tuple[date, date]:
    """The first and the last day of the list of a day; a week begins on Monday."""
    if kind is ListKind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, until if kind is ListKind.AGENDA and until is not None else day
