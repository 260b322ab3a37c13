"""How many infusions run at once, beside how many the nurses may watch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ketadesk.domain.clinic import day_span
from ketadesk.domain.diary import Diary
from ketadesk.domain.ids import StaffId

QUARTER = 15 * 60


@dataclass(frozen=True)
class LoadStep:
    """One quarter of an hour: the most infusions at once in it, and how many are allowed."""

    starts: datetime
    infusing: int
    capacity: int

    @property
    def over(self) -> bool:
        return self.infusing > self.capacity


def load_through(
    diary: Diary, day: date, *, nurse_id: StaffId | None = None
) -> tuple[LoadStep, ...]:
    """The day from its first to its last open or booked quarter of an hour.

    For one nurse only hers count against what one may watch; without one, all against all.
    An infusion counts until the second it ends, so one that ends at ten is not of the next quarter.
    """
    booked = [one for one in diary.booked_on(day) if nurse_id in (None, one.nurse_id)]
    infusions = [(one.infusion_starts, one.infusion_ends) for one in booked]
    edges = [edge for open_ in diary.open_on(day) for edge in open_] if diary.schedule.hours else []
    edges += [edge for infusion in infusions for edge in infusion]
    if not edges:
        return ()
    whole = day_span(day, diary.zone)
    first = max(min(edges), int(whole.starts.timestamp())) // QUARTER * QUARTER
    last = min(max(edges), int(whole.ends.timestamp()))
    capacity = diary.capacity if nurse_id is None else diary.rules.infusions_per_nurse
    return tuple(
        LoadStep(
            datetime.fromtimestamp(start, UTC),
            peak(infusions, (start, start + QUARTER))[0],
            capacity,
        )
        for start in range(first, last, QUARTER)
    )


def peak(spans: Iterable[tuple[int, int]], within: tuple[int, int]) -> tuple[int, int]:
    """The most of the spans [starts, ends) that run at once within a span, and from when on.

    In UTC seconds; none at all counts as zero from the start.
    """
    first, last = within
    running = [
        (max(starts, first), ends) for starts, ends in spans if starts < last and ends > first
    ]
    best = (0, first)
    for at in sorted({starts for starts, _ in running}):
        count = sum(starts <= at < ends for starts, ends in running)
        if count > best[0]:
            best = (count, at)
    return best
