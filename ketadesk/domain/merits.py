"""What speaks for a place that can be had."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ketadesk.domain.diary import Diary, Slot, moment, slot_at
from ketadesk.domain.errors import Value
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import StaffId
from ketadesk.domain.nurse_load import peak
from ketadesk.domain.objections import Objection
from ketadesk.domain.places import Place
from ketadesk.domain.wishes import COST, Wish, Wishes


class Good(StrEnum):
    """What speaks for a place."""

    CHAIR_FREE = "chair_free"
    NURSE_LOAD = "nurse_load"
    SPACING = "spacing"
    ESCORT_HOURS = "escort_hours"
    WISH_MET = "wish_met"


@dataclass(frozen=True)
class Merit:
    """One thing that speaks for a place, as a code and values like those of an objection."""

    good: Good
    values: dict[str, Value]


@dataclass(frozen=True)
class Candidate:
    """A place that can be had: for whose nurse, which wishes it leaves open, what stays to say."""

    place: Place
    nurse_id: StaffId | None
    missed: tuple[Wish, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def cost(self) -> int:
        """In days of waiting; see `COST`."""
        return sum(COST[wish] for wish in self.missed)


def merits(diary: Diary, wanted: Wanted, wishes: Wishes, candidate: Candidate) -> tuple[Merit, ...]:
    """What speaks for a place that can be had."""
    place = candidate.place
    slot = slot_at(int(place.span.starts.timestamp()), wanted.segments)
    day = diary.day_of(place.span.starts)
    found = [Merit(Good.CHAIR_FREE, {"chair": diary.chair_names.get(place.chair_id, "")})]
    if diary.nurses:
        count = infusing_with(diary, slot, candidate.nurse_id)
        hers = candidate.nurse_id is not None
        most = diary.rules.infusions_per_nurse if hers else diary.capacity
        found.append(Merit(Good.NURSE_LOAD, {"count": count, "most": most, "hers": hers}))
    if wanted.spacing is not None:
        apart = [(day - diary.day_of(other)).days for other in wanted.spacing.others]
        found += [Merit(Good.SPACING, {"days": gap}) for gap in _nearest(apart)]
    if not wanted.escort_hours.any:
        found.append(Merit(Good.ESCORT_HOURS, {"ready_at": slot.ready}))
    named = {Wish.WEEKDAY: bool(wishes.weekdays), Wish.PART: wishes.part is not None}
    named |= {Wish.NURSE: wishes.nurse_id is not None, Wish.CHAIR: wishes.chair_id is not None}
    for wish, wished in named.items():
        if wished and wish not in candidate.missed:
            found.append(Merit(Good.WISH_MET, {"wish": wish.value}))
    return tuple(found)


def infusing_with(diary: Diary, slot: Slot, nurse_id: StaffId | None) -> int:
    """How many would infuse at once with this one, hers or all; this one is counted."""
    infusion = (slot.infusion_starts, slot.infusion_ends)
    booked = diary.booked_around(moment(slot.starts), moment(slot.ends - 1))
    spans = [
        (other.infusion_starts, other.infusion_ends)
        for other in booked
        if nurse_id in (None, other.nurse_id)
    ]
    return peak([*spans, infusion], infusion)[0]


def _nearest(apart: list[int]) -> Iterator[int]:
    """Days since the visit before and days to the one after, as plus and minus."""
    earlier, later = [gap for gap in apart if gap >= 0], [gap for gap in apart if gap < 0]
    if earlier:
        yield min(earlier)
    if later:
        yield max(later)
