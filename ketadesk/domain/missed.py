"""Visits that did not happen, counted by why and in which month, so that it can be worked on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Reason, Status


@dataclass(frozen=True)
class Ended:
    """When a visit was or would have been, what became of it, and why it was given up."""

    starts: datetime
    status: Status
    reason: Reason | None


@dataclass(frozen=True)
class MissedCount:
    """How many were given up in the same way for the same reason, month by month."""

    status: Status
    reason: Reason | None
    by_month: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_month)


@dataclass(frozen=True)
class MissedReport:
    """Months by their first day, earliest first; the most frequent reasons first.

    `booked` are all that were booked in each month, whatever became of them.
    """

    months: tuple[date, ...]
    counts: tuple[MissedCount, ...]
    booked: tuple[int, ...]

    @property
    def by_month(self) -> tuple[int, ...]:
        """All that did not happen, month by month."""
        return tuple(
            sum(one.by_month[place] for one in self.counts) for place in range(len(self.months))
        )


def months_until(last: date, months: int) -> tuple[date, ...]:
    """The first days of so many months, ending with the month of `last`."""
    number = last.year * 12 + last.month - 1
    those = range(number - months + 1, number + 1)
    return tuple(date(one // 12, one % 12 + 1, 1) for one in those)


def count_missed(visits: Iterable[Ended], months: tuple[date, ...], zone: ZoneInfo) -> MissedReport:
    """Counts by the local month in which each visit was or would have been.

    What was booked by mistake was never going to happen, and is not counted at all.
    """
    cells: Counter[tuple[Status, Reason | None, date]] = Counter()
    booked: Counter[date] = Counter()
    for one in visits:
        if one.reason is Reason.BOOKED_BY_MISTAKE:
            continue
        month = one.starts.astimezone(zone).date().replace(day=1)
        booked[month] += 1
        if not one.status.takes_the_chair:
            cells[one.status, one.reason, month] += 1
    kinds = {(status, reason) for status, reason, _ in cells}
    counts = (
        MissedCount(status, reason, tuple(cells[status, reason, month] for month in months))
        for status, reason in kinds
    )
    return MissedReport(
        months=months,
        counts=tuple(sorted(counts, key=_by_number)),
        booked=tuple(booked[month] for month in months),
    )


def _by_number(one: MissedCount) -> tuple[int, str, str]:
    return -one.total, one.status.value, one.reason.value if one.reason else ""
