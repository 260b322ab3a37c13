"""Who comes when, for years: courses laid into the chairs' free time; nothing is written yet."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from ketadesk.domain.ids import ChairId, StaffId
from ketadesk.sample.chance import Chance
from ketadesk.sample.clinic import CLOSES, OPENS, SampleClinic
from ketadesk.sample.people import Person
from ketadesk.sample.stories import Story

QUARTER = 15
_USUAL = ("Mood IV low",) * 2 + ("Mood IV mid",) * 2 + ("Nasal low", "Pain IV 4 h high")
PLANNED_AHEAD = timedelta(days=24)
RECENT = timedelta(days=45)
SEARCHED_DAYS = 16
"""How far beyond its wanted day a visit may slide before it is given up."""


@dataclass(frozen=True)
class PlannedVisit:
    """One visit; `starts` is aware. `story` says how it went, None: as visits usually go."""

    number: int
    chair_id: ChairId
    nurse_id: StaffId
    starts: datetime
    story: Story | None = None


@dataclass
class PlannedCourse:
    """Visits booked together. `spacing` in days, least and most."""

    person: Person
    protocol: str
    planned: int
    spacing: tuple[int, int]
    booked_at: datetime
    visits: list[PlannedVisit] = field(default_factory=list)


@dataclass(frozen=True)
class Pace:
    """How full the chairs are. A `dense` past: short visits, back to back, from seven to eight."""

    today: date
    dense: bool

    def hours(self, day: date) -> tuple[int, int]:
        """First and last minute of the day that may be booked."""
        if self.dense and day < self.today - RECENT:
            return 7 * 60, 20 * 60
        return _minute(OPENS), _minute(CLOSES)

    def gap(self, chance: Chance, day: date) -> int:
        """Free minutes before the next visit in a chair."""
        if self.dense and day < self.today - RECENT:
            return 0
        return QUARTER * chance.choice((0, 1, 1, 2, 3, 5))


class Agenda:
    """The chairs' free time. Each chair fills from the morning on; two visits never touch."""

    def __init__(self, clinic: SampleClinic, chance: Chance, pace: Pace) -> None:
        self._clinic = clinic
        self._chance = chance
        self._pace = pace
        self._taken: dict[date, list[int]] = {}
        self._kept_free: set[date] = set()

    def keep_free(self, day: date) -> None:
        """Nothing is placed on this day; its visits are given by hand."""
        self._kept_free.add(day)

    def place(self, wanted: date, minutes: int) -> tuple[datetime, int] | None:
        """When and in which chair (by index) a visit of `minutes` fits, on or soon after a day."""
        for later in range(SEARCHED_DAYS):
            day = wanted + timedelta(days=later)
            if day in self._kept_free or not self._clinic.open_on(day):
                continue
            taken = self._day(day)
            chair = min(range(len(taken)), key=taken.__getitem__)
            starts = taken[chair]
            if starts + minutes <= self._pace.hours(day)[1]:
                taken[chair] = starts + minutes + self._pace.gap(self._chance, day)
                return self.moment(day, starts), chair
        return None

    def moment(self, day: date, minute: int) -> datetime:
        """A minute of the clinic's local day, as UTC."""
        local = datetime.combine(day, time(minute // 60, minute % 60), self._clinic.clinic.zone)
        return local.astimezone(UTC)

    def _day(self, day: date) -> list[int]:
        if day not in self._taken:
            opens = self._pace.hours(day)[0]
            self._taken[day] = [
                opens + self._pace.gap(self._chance, day) for _ in self._clinic.chairs
            ]
        return self._taken[day]


def plan(
    clinic: SampleClinic, chance: Chance, agenda: Agenda, pace: Pace, people: list[Person]
) -> list[PlannedCourse]:
    """A course of six and then boosters for each person, as far as the chairs allow."""
    courses = []
    for person in people:
        protocol = _protocol(chance, dense=pace.dense)
        six = _course(clinic, chance, agenda, pace, person, protocol, 6, person.since)
        if not six.visits:
            continue
        courses.append(six)
        last = six.visits[-1].starts.date()
        for _ in range(chance.choice((0, 1, 3, 5, 7, 9))):
            wanted = last + timedelta(days=chance.randint(26, 45))
            booster = _course(clinic, chance, agenda, pace, person, protocol, 1, wanted)
            if not booster.visits:
                break
            courses.append(booster)
            last = booster.visits[0].starts.date()
    return courses


def nurse_of(clinic: SampleClinic, chair: int) -> StaffId:
    """Each chair has its nurse, as neighbours on the floor."""
    return clinic.rosa if chair % 4 in (0, 3) else clinic.lena


def _course(
    clinic: SampleClinic,
    chance: Chance,
    agenda: Agenda,
    pace: Pace,
    person: Person,
    protocol: str,
    planned: int,
    first_day: date,
) -> PlannedCourse:
    minutes = clinic.protocol(protocol).segments.total
    wanted = first_day + timedelta(days=chance.randint(2, 9))
    booked_at = agenda.moment(
        max(first_day, wanted - timedelta(days=10)), 9 * 60 + chance.randint(0, 420)
    )
    course = PlannedCourse(person, protocol, planned, (2, 4) if planned > 1 else (0, 0), booked_at)
    for number in range(1, planned + 1):
        if wanted > pace.today + PLANNED_AHEAD:
            break
        placed = agenda.place(wanted, minutes)
        if placed is None:
            break
        starts, chair = placed
        course.visits.append(
            PlannedVisit(number, clinic.chairs[chair], nurse_of(clinic, chair), starts)
        )
        wanted = starts.astimezone(clinic.clinic.zone).date() + timedelta(days=chance.randint(2, 4))
    return course


def _protocol(chance: Chance, *, dense: bool) -> str:
    if dense and chance.happens(0.92):
        return "IM booster mid"
    return chance.choice(
        (
            "Mood IV low",
            "Mood IV low",
            "Mood IV mid",
            "Mood IV mid",
            "Nasal low",
            "Pain IV 4 h high",
        )
    )


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
