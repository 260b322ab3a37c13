"""A whole course at once: a place for every number, moved where it must be, each with its reason.

The days are chosen together: of all rows of days that keep the spacing the one that costs least,
in days of waiting. What is completed or fixed by a person is never moved, only planned around.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Appointment
from ketadesk.domain.diary import Diary
from ketadesk.domain.fitting import SPOKEN_OF, TOLERATED, NotThen, best_of_day, why_not
from ketadesk.domain.guards import Spacing, Wanted, objections, place_at
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.merits import Candidate
from ketadesk.domain.objections import Guard, Objection
from ketadesk.domain.places import Place
from ketadesk.domain.times import moment_on
from ketadesk.domain.wishes import Wish, Wishes

LATEST = 14
"""So many days later than the spacing allows are looked at before a visit counts as impossible."""

IMPOSSIBLE = 10_000
TOO_CLOSE = 1_000
LATE = 50
"""What they cost in days of waiting: nothing better is given up for them."""


class Verdict(StrEnum):
    OK = "ok"
    MOVED = "moved"
    IMPOSSIBLE = "impossible"
    KEPT = "kept"


class Scope(StrEnum):
    """What a change of a course means: this visit, it and those after it, or all to come."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True)
class CourseRequest:
    """What to plan: so many visits, so far apart (days), from a day on, for somebody as wished.

    `kept` are visits of the course that stay, by number; `fixed` are places a person chose.
    """

    wanted: Wanted
    wishes: Wishes
    planned: int
    least: int
    most: int
    begin: date
    kept: Mapping[int, datetime] = field(default_factory=dict)
    fixed: Mapping[int, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """One number of the course: where, and why not as wished or not at all.

    `objections` are the rules its place breaks; `skipped` are earlier days and why not then;
    `missed` are wishes left open. `candidate` is None for kept visits and where nothing was found.
    """

    number: int
    verdict: Verdict
    day: date
    candidate: Candidate | None = None
    objections: tuple[Objection, ...] = ()
    missed: tuple[Wish, ...] = ()
    skipped: tuple[NotThen, ...] = ()
    fixed: bool = False

    @property
    def place(self) -> Place | None:
        return None if self.candidate is None else self.candidate.place


@dataclass(frozen=True)
class CoursePlan:
    """A proposal for every number of the course, in order."""

    proposals: tuple[Proposal, ...]

    @property
    def bookable(self) -> bool:
        """Whether every number has a place.

        What no other place would mend (late, not approved) stays to be decided: see `objections`.
        """
        return all(one.verdict is not Verdict.IMPOSSIBLE for one in self.proposals)


def plan_course(diary: Diary, request: CourseRequest, *, now: datetime) -> CoursePlan:
    """Proposes the whole course; see `CourseRequest` and `Proposal`.

    Verdicts: a moved visit misses a wish, comes later than the spacing allows or later than
    something in the way let it; an impossible one has no place, or one that a rule speaks against.
    """
    if request.planned < 1:
        return CoursePlan(())
    search = _Search(diary, request, now, {})
    days = _choose_days(search)
    starts = _starts(search, days)
    proposals = tuple(
        _proposal(search, number, days, starts) for number in range(1, request.planned + 1)
    )
    return CoursePlan(proposals)


def in_scope(
    appointments: Iterable[Appointment], scope: Scope, chosen: AppointmentId, *, now: datetime
) -> tuple[Appointment, ...]:
    """The appointments of a course that a change is about: those still a plan, earliest first.

    What went by without anybody saying what became of it is meant only when it was chosen.
    """
    course = sorted(appointments, key=lambda one: (one.starts, one.id))
    start = next((one.starts for one in course if one.id == chosen), None)
    return tuple(
        one
        for one in course
        if one.status.can_move
        and (
            one.id == chosen
            or (scope is Scope.ALL and one.starts >= now)
            or (scope is Scope.FOLLOWING and start is not None and one.starts >= max(start, now))
        )
    )


def shift(
    moving: Iterable[Appointment], chosen: AppointmentId, to: Place, zone: ZoneInfo
) -> dict[int, Place]:
    """Where each goes, by number, when the chosen one goes to `to` and the rest as far.

    As far is the same days and the same minutes on the clinic's wall clock, over changes of the
    clock too; another chair is taken along. Refused where the wall clock leaves an hour out.
    """
    rest = tuple(moving)
    place = next((one for one in rest if one.id == chosen), None)
    if place is None:
        return {}
    before, after = (_wall(moment, zone) for moment in (place.starts, to.span.starts))
    chair_id = to.chair_id if to.chair_id != place.chair_id else None
    found = {}
    for one in rest:
        if one.course_number is not None:
            wall = _wall(one.starts, zone) + (after - before)
            starts = moment_on(wall.date(), wall.time(), zone)
            found[one.course_number] = place_at(chair_id or one.chair_id, starts, one.segments)
    return found


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@dataclass(frozen=True)
class _Search:
    diary: Diary
    request: CourseRequest
    now: datetime
    best: dict[date, Candidate | None]

    @property
    def apart(self) -> int:
        """Two infusions of a course are never planned for one day."""
        return max(self.request.least, 1)

    def best_on(self, day: date) -> Candidate | None:
        """The best place of the day, whatever the spacing: that is the days' own question."""
        if day not in self.best:
            wanted = replace(self.request.wanted, spacing=None)
            wishes, now = self.request.wishes, self.now
            within = wishes.not_after is None or day <= wishes.not_after
            within = within and self.diary.covers(day)
            found = best_of_day(self.diary, wanted, wishes, day, now=now) if within else None
            self.best[day] = found
        return self.best[day]

    def cost_on(self, day: date) -> int:
        candidate = self.best_on(day)
        return IMPOSSIBLE if candidate is None else candidate.cost

    def held(self, number: int) -> date | None:
        """The day of a number that does not move."""
        if number in self.request.fixed:
            return self.diary.day_of(self.request.fixed[number].span.starts)
        if number in self.request.kept:
            return self.diary.day_of(self.request.kept[number])
        return None


def _choose_days(search: _Search) -> list[date]:
    """The cheapest row of days, number by number; every number gets one, possible or not."""
    request = search.request
    best: dict[date, tuple[int, list[date]]] = {}
    for number in range(1, request.planned + 1):
        held = search.held(number)
        following: dict[date, tuple[int, list[date]]] = {}
        for before, (spent, row) in best.items() or ((None, (0, [])),):
            days = (held,) if held is not None else _days_after(search, before)
            for day in days:
                cost = spent + (0 if held is not None else search.cost_on(day))
                cost += _gap_cost(search, before, day)
                if day not in following or cost < following[day][0]:
                    following[day] = (cost, [*row, day])
        best = following
    return min(best.values(), key=lambda one: one[0])[1]


def _days_after(search: _Search, before: date | None) -> Iterable[date]:
    """The days that may follow, as far as the spacing and some days of being late go."""
    request = search.request
    begin = max(request.begin, request.wishes.not_before or request.begin)
    if before is None:
        first, last = begin, begin + timedelta(days=LATEST)
    else:
        first = max(begin, before + timedelta(days=search.apart))
        last = max(first, before + timedelta(days=request.most)) + timedelta(days=LATEST)
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _gap_cost(search: _Search, before: date | None, day: date) -> int:
    if before is None:
        return (day - search.request.begin).days
    gap = (day - before).days
    if gap < search.apart:
        return TOO_CLOSE * (search.apart - gap)
    return gap - search.apart + LATE * max(0, gap - search.request.most)


def _starts(search: _Search, days: list[date]) -> dict[int, datetime]:
    """When each number that has a place starts."""
    request = search.request
    starts = dict(request.kept)
    for number, day in enumerate(days, start=1):
        if number in request.fixed:
            starts[number] = request.fixed[number].span.starts
        elif number not in request.kept:
            candidate = search.best_on(day)
            if candidate is not None:
                starts[number] = candidate.place.span.starts
    return starts


def _proposal(
    search: _Search, number: int, days: list[date], starts: dict[int, datetime]
) -> Proposal:
    request, day = search.request, days[number - 1]
    fixed = number in request.fixed
    if number in request.kept and not fixed:
        return Proposal(number, Verdict.KEPT, day)
    place = request.fixed.get(number)
    candidate = search.best_on(day) if place is None else Candidate(place, request.wishes.nurse_id)
    if candidate is None:
        return Proposal(number, Verdict.IMPOSSIBLE, day, skipped=_why(search, [day]))
    wanted = _among(request, candidate, number, starts)
    broken = objections(search.diary, wanted, candidate.place, now=search.now)
    skipped = () if fixed else _why(search, _days_skipped(search, number, days))
    told = Proposal(number, Verdict.OK, day, candidate, broken, candidate.missed, skipped, fixed)
    return replace(told, verdict=_verdict(told))


def _verdict(told: Proposal) -> Verdict:
    guards = {one.guard for one in told.objections}
    if guards - TOLERATED:
        return Verdict.IMPOSSIBLE
    if told.fixed:
        return Verdict.OK
    in_the_way = any(
        one.guard is not Guard.CLOSED_DAY for day in told.skipped for one in day.objections
    )
    moved = told.missed or Guard.TOO_LATE in guards or in_the_way
    return Verdict.MOVED if moved else Verdict.OK


def _among(
    request: CourseRequest, candidate: Candidate, number: int, starts: dict[int, datetime]
) -> Wanted:
    """Who is judged, with the rest of the plan as the other visits of the course."""
    others = tuple(start for other, start in starts.items() if other != number)
    spacing = Spacing(request.planned, request.least, request.most, others)
    return replace(request.wanted, nurse_id=candidate.nurse_id, spacing=spacing)


def _days_skipped(search: _Search, number: int, days: list[date]) -> list[date]:
    """From the first day that was possible for the number up to the one it got."""
    before = days[number - 2] if number > 1 else None
    first = next(iter(_days_after(search, before)))
    return [first + timedelta(days=gap) for gap in range((days[number - 1] - first).days)]


def _why(search: _Search, days: list[date]) -> tuple[NotThen, ...]:
    wanted, wishes = replace(search.request.wanted, spacing=None), search.request.wishes
    found = (why_not(search.diary, wanted, wishes, day, now=search.now) for day in days)
    return tuple(islice((one for one in found if one is not None), SPOKEN_OF))
