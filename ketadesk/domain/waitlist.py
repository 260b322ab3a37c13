"""Those who wait for a place: who fits one that became free, the most urgent and longest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ketadesk.domain.diary import Diary, moment
from ketadesk.domain.fitting import STEP, TOLERATED
from ketadesk.domain.guards import Wanted, objections, place_at
from ketadesk.domain.ids import ChairId, CourseId, PatientId, ProtocolId, WaitlistId
from ketadesk.domain.merits import Candidate, Merit, merits
from ketadesk.domain.objections import Objection
from ketadesk.domain.places import Place
from ketadesk.domain.wishes import PartOfDay, Wishes


class WaitUrgency(StrEnum):
    """How much it matters that they come soon, as the clinic says."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


_ORDER = (WaitUrgency.URGENT, WaitUrgency.SOON, WaitUrgency.ROUTINE)


@dataclass(frozen=True)
class WaitlistEntry:
    """Somebody who waits for a place, since when and until which day that makes sense."""

    id: WaitlistId
    patient_id: PatientId
    protocol_id: ProtocolId
    wishes: Wishes
    urgency: WaitUrgency
    since: datetime
    until: date | None = None
    course_id: CourseId | None = None
    note: str = ""
    patient_name: str = ""
    patient_phone: str = ""
    active: bool = True
    version: int = 1


class OfferAnswer(StrEnum):
    """What somebody said who was offered a place."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class WaitlistOffer:
    """A place that somebody was offered, as it was written down."""

    chair_id: ChairId
    starts: datetime
    answer: OfferAnswer
    at: datetime
    by_name: str
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """An entry with how they would be placed."""

    entry: WaitlistEntry
    wanted: Wanted


@dataclass(frozen=True)
class Fits:
    """Somebody who fits: where, what speaks for it, and what stays to be said (approval, late)."""

    entry: WaitlistEntry
    place: Place
    merits: tuple[Merit, ...]
    objections: tuple[Objection, ...] = ()


def who_fits(
    diary: Diary, freed: Place, waiting: Iterable[Waiting], *, now: datetime
) -> tuple[Fits, ...]:
    """Who could come at some time of a freed place, best first; each at the earliest time.

    The diary no longer has the visit that left. A wished weekday or part of the day is kept here:
    somebody who can come only on Tuesdays is not rung for a Thursday.
    """
    found = []
    for one in waiting:
        fits = next(_fits(diary, freed, one, now=now), None)
        if fits is not None:
            found.append(fits)
    return tuple(sorted(found, key=lambda fits: _rank(fits.entry)))


def by_rank(entries: Iterable[WaitlistEntry]) -> tuple[WaitlistEntry, ...]:
    """The most urgent first, and of those who has waited longest."""
    return tuple(sorted(entries, key=_rank))


def _rank(entry: WaitlistEntry) -> tuple[int, datetime, int]:
    return _ORDER.index(entry.urgency), entry.since, entry.id


def _fits(diary: Diary, freed: Place, one: Waiting, *, now: datetime) -> Iterator[Fits]:
    wishes = one.entry.wishes
    day = diary.day_of(freed.span.starts)
    if not one.entry.active or not _in_time(one.entry, day):
        return
    wanted = replace(one.wanted, nurse_id=wishes.nurse_id)
    first, last = (int(edge.timestamp()) for edge in (freed.span.starts, freed.span.ends))
    for second in range(first, last, STEP):
        local = moment(second).astimezone(diary.zone)
        if wishes.part not in (None, PartOfDay.of(local.time())):
            continue
        place = place_at(freed.chair_id, moment(second), wanted.segments)
        against = objections(diary, wanted, place, now=now)
        if all(objection.guard in TOLERATED for objection in against):
            candidate = Candidate(place, wishes.nurse_id)
            yield Fits(one.entry, place, merits(diary, wanted, wishes, candidate), against)


def _in_time(entry: WaitlistEntry, day: date) -> bool:
    wishes = entry.wishes
    return (
        (not wishes.weekdays or day.weekday() in wishes.weekdays)
        and (wishes.not_before is None or wishes.not_before <= day)
        and (wishes.not_after is None or day <= wishes.not_after)
        and (entry.until is None or day <= entry.until)
    )
