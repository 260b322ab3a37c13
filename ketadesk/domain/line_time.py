"""The moment that a typed wall-clock time means: the latest one that has already been."""

from datetime import UTC, datetime, time, timedelta

YESTERDAY_UNTIL = timedelta(hours=6)
"""Typed after midnight, a time up to this long ago on the evening before means yesterday."""


class TimeProblem(Exception):
    """A typed time that no moment answers to; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def true_time(typed: tuple[int, int] | None, now: datetime) -> datetime:
    """The UTC moment of a typed (hour, minute), or of `now` when nothing was typed.

    `now` is the clinic's wall clock. When the clocks go back and a time came twice, the later one
    that has been is meant. Raises TimeProblem("line_time_impossible") for a time that no clock
    shows, or that this day's clock skipped, and ("line_time_in_future") for one still to come.
    """
    instant = now.astimezone(UTC)
    if typed is None:
        return instant
    try:
        wall = time(*typed)
    except ValueError as error:
        raise TimeProblem("line_time_impossible") from error
    today = _instants(now, wall, days_ago=0)
    been = [moment for moment in today if moment <= instant]
    if not been:
        evening = _instants(now, wall, days_ago=1)
        been = [moment for moment in evening if instant - moment <= YESTERDAY_UNTIL]
    if been:
        return max(been)
    raise TimeProblem("line_time_in_future" if today else "line_time_impossible")


def _instants(now: datetime, wall: time, *, days_ago: int) -> list[datetime]:
    """When the clock showed `wall` on that day: once, twice, or never if it was skipped."""
    try:
        day = now.date() - timedelta(days=days_ago)
    except OverflowError:
        return []
    found = set()
    for fold in (0, 1):
        local = datetime.combine(day, wall, now.tzinfo).replace(fold=fold)
        instant = local.astimezone(UTC)
        if instant.astimezone(now.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
            found.add(instant)
    return sorted(found)
