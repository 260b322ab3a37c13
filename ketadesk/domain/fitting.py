""" "Can I fit her in?": the best places for somebody with their reasons, and why not the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ketadesk.domain.diary import Booked, Diary, Slot, moment, slot_at
from ketadesk.domain.guards import (
    Wanted,
    about_the_day,
    about_the_patient,
    about_the_time,
    free_chairs,
    objections,
    place_at,
)
from ketadesk.domain.merits import Candidate, Merit, merits
from ketadesk.domain.objections import Guard, Objection
from ketadesk.domain.places import Place
from ketadesk.domain.wishes import COST, PartOfDay, Wish, Wishes, missed_day, missed_part

STEP = 15 * 60
"""Between the starts that are tried, in seconds: the calendar's quarter of an hour."""

APART = timedelta(hours=2)
"""Two places of one day are two answers only when they start so far apart."""

OFFERED = 3
"""So many places are offered; more would not be read out on the telephone."""

SPOKEN_OF = 6
"""So many days on which the time asked about is refused are told; more would not be read."""

TOLERATED = frozenset(
    {
        Guard.TOO_LATE,
        Guard.COURSE_COMPLETE,
        Guard.NOT_APPROVED,
        Guard.APPROVAL_DECLINED,
        Guard.APPROVAL_EXPIRED,
    }
)
"""What no other place would mend is told with the place, and does not keep it from being named."""


@dataclass(frozen=True)
class Offer:
    """One of the best places, with what speaks for it."""

    candidate: Candidate
    merits: tuple[Merit, ...]

    @property
    def place(self) -> Place:
        return self.candidate.place


@dataclass(frozen=True)
class NotThen:
    """A place that one would have asked about, and why it can't be had."""

    place: Place
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Answer:
    """Up to three offers, best first, and for days up to the last of them why not at that time."""

    offers: tuple[Offer, ...]
    refused: tuple[NotThen, ...] = ()


def fit(
    diary: Diary, wanted: Wanted, wishes: Wishes, *, first: date, days: int, now: datetime
) -> Answer:
    """The three best places from the first day on, different in day or clearly in time."""
    searched = list(days_wished(wishes, first, days))
    best = _three_best(diary, wanted, wishes, searched, first=first, now=now)
    offers = tuple(Offer(one, merits(diary, wanted, wishes, one)) for one in best)
    refused = tuple(_refused(diary, wanted, wishes, searched, best, now=now))
    return Answer(offers, refused[:SPOKEN_OF])


def _three_best(
    diary: Diary,
    wanted: Wanted,
    wishes: Wishes,
    searched: list[date],
    *,
    first: date,
    now: datetime,
) -> list[Candidate]:
    """Looks at day after day until no later one can hold a better place than the three found."""
    found: list[tuple[int, Candidate]] = []
    best: list[tuple[int, Candidate]] = []
    for day in searched:
        waiting = (day - first).days
        if len(best) == OFFERED and best[-1][0] <= waiting:
            break
        candidates = day_candidates(diary, wanted, wishes, day, now=now)
        found += [(waiting + candidate.cost, candidate) for candidate in candidates]
        found.sort(key=lambda one: one[0])
        best = []
        for cost, candidate in found:
            if len(best) < OFFERED and all(_differs(candidate, other) for _, other in best):
                best.append((cost, candidate))
    return [candidate for _, candidate in best]


def days_wished(wishes: Wishes, first: date, days: int) -> Iterator[date]:
    """The days from the first on that lie within the wishes' bounds."""
    for offset in range(days):
        day = first + timedelta(days=offset)
        if wishes.not_before is not None and day < wishes.not_before:
            continue
        if wishes.not_after is None or day <= wishes.not_after:
            yield day


def day_candidates(
    diary: Diary, wanted: Wanted, wishes: Wishes, day: date, *, now: datetime
) -> list[Candidate]:
    """The places of one day that can be had, best first; the wished nurse if she is free then."""
    starts = _starts_by_nearness(diary, wanted, wishes, day)
    possible = _possible(diary, wanted, wishes, day, starts, now=now)
    return sorted(possible, key=lambda one: one.cost)


def best_of_day(
    diary: Diary, wanted: Wanted, wishes: Wishes, day: date, *, now: datetime
) -> Candidate | None:
    """The first of `day_candidates`, without looking further once no better one can come."""
    starts = list(_starts_by_nearness(diary, wanted, wishes, day))
    met = [start for start in starts if not missed_part(wishes, _local_time(diary, start))]
    unmet = [start for start in starts if start not in met]
    least = sum(COST[wish] for wish in missed_day(wishes, day))
    best = None
    for those, least_here in ((met, least), (unmet, least + COST[Wish.PART])):
        if best is not None and best.cost <= least_here:
            break
        for candidate in _possible(diary, wanted, wishes, day, those, now=now):
            if best is None or candidate.cost < best.cost:
                best = candidate
            if best.cost <= least_here:
                break
    return best


def _possible(
    diary: Diary,
    wanted: Wanted,
    wishes: Wishes,
    day: date,
    starts: Iterable[int],
    *,
    now: datetime,
) -> Iterator[Candidate]:
    """The places that can be had at these starts of a day, in their order."""
    anyway = (*about_the_day(diary, wanted, day), *about_the_patient(wanted, day))
    if any(one.guard not in TOLERATED for one in anyway):
        return
    booked = diary.booked_on(day)
    by_nurse = _nurses_to_try(wanted, wishes)
    wrong_day = missed_day(wishes, day)
    for start in starts:
        slot = slot_at(start, wanted.segments)
        chairs = free_chairs(diary, booked, slot, day)
        nurse = _nurse_then(diary, by_nurse, booked, slot, day, now=now) if chairs else None
        if nurse is None:
            continue
        missed = (*wrong_day, *missed_part(wishes, _local_time(diary, start)), *nurse.missed)
        for chair_id in chairs:
            wrong_chair = wishes.chair_id not in (None, chair_id)
            yield Candidate(
                place_at(chair_id, moment(start), wanted.segments),
                nurse.wanted.nurse_id,
                (*missed, Wish.CHAIR) if wrong_chair else missed,
                anyway,
            )


def why_not(
    diary: Diary, wanted: Wanted, wishes: Wishes, day: date, *, now: datetime
) -> NotThen | None:
    """Why the time one would ask about can't be had on a day: in the wished or the best chair.

    None when it can be had, and where the clinic has no chair.
    """
    starts = _asked_at(diary, wanted, wishes, day)
    chairs = [chair.id for chair in diary.chairs if wishes.chair_id in (None, chair.id)]
    judged = []
    for chair_id in chairs:
        place = place_at(chair_id, moment(starts), wanted.segments)
        found = objections(diary, replace(wanted, nurse_id=wishes.nurse_id), place, now=now)
        judged.append(NotThen(place, tuple(o for o in found if o.guard not in TOLERATED)))
    if not judged:
        return None
    best = min(judged, key=lambda one: len(one.objections))
    return best if best.objections else None


@dataclass(frozen=True)
class _NurseTry:
    wanted: Wanted
    missed: tuple[Wish, ...] = ()


def _nurses_to_try(wanted: Wanted, wishes: Wishes) -> tuple[_NurseTry, ...]:
    """The wished nurse first, else whoever is on duty."""
    if wishes.nurse_id is None:
        return (_NurseTry(wanted),)
    return (
        _NurseTry(replace(wanted, nurse_id=wishes.nurse_id)),
        _NurseTry(replace(wanted, nurse_id=None), (Wish.NURSE,)),
    )


def _nurse_then(
    diary: Diary,
    tries: tuple[_NurseTry, ...],
    booked: tuple[Booked, ...],
    slot: Slot,
    day: date,
    *,
    now: datetime,
) -> _NurseTry | None:
    for one in tries:
        if next(about_the_time(diary, one.wanted, booked, slot, day, now=now), None) is None:
            return one
    return None


def _starts(diary: Diary, wanted: Wanted, day: date) -> Iterator[int]:
    length = 60 * wanted.segments.total
    for opens, closes in diary.open_on(day):
        yield from range(opens, closes - length + 1, STEP)


def _starts_by_nearness(diary: Diary, wanted: Wanted, wishes: Wishes, day: date) -> Iterable[int]:
    starts = _starts(diary, wanted, day)
    if wishes.at is None:
        return starts
    usual = int(datetime.combine(day, wishes.at, diary.zone).timestamp())
    return sorted(starts, key=lambda start: (abs(start - usual), start))


def _asked_at(diary: Diary, wanted: Wanted, wishes: Wishes, day: date) -> int:
    """The usual time, else the first of the wished part of the day, else when the clinic opens."""
    if wishes.at is not None:
        return int(datetime.combine(day, wishes.at, diary.zone).timestamp())
    starts = list(_starts(diary, wanted, day))
    for start in starts:
        if not missed_part(wishes, _local_time(diary, start)):
            return start
    usual = {PartOfDay.AFTERNOON: time(13), PartOfDay.EVENING: time(17)}
    at = time(9) if wishes.part is None else usual.get(wishes.part, time(9))
    return starts[0] if starts else int(datetime.combine(day, at, diary.zone).timestamp())


def _refused(
    diary: Diary,
    wanted: Wanted,
    wishes: Wishes,
    searched: list[date],
    best: list[Candidate],
    *,
    now: datetime,
) -> Iterator[NotThen]:
    """Why not then: on the wished weekdays, else on open days up to the last offer."""
    last = max((diary.day_of(one.place.span.starts) for one in best), default=None)
    for day in searched:
        if last is not None and day > last and not wishes.weekdays:
            return
        if missed_day(wishes, day) or (not wishes.weekdays and not diary.open_on(day)):
            continue
        not_then = why_not(diary, wanted, wishes, day, now=now)
        if not_then is not None:
            yield not_then


def _differs(one: Candidate, other: Candidate) -> bool:
    return abs(one.place.span.starts - other.place.span.starts) >= APART


def _local_time(diary: Diary, second: int) -> time:
    return moment(second).astimezone(diary.zone).time()
