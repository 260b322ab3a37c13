"""Makes the sample clinic: believable, invented, and the same for the same seed and day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ketadesk.sample.cast import (
    CAST,
    CLOSED,
    CLOSED_CHAIR,
    CLOSED_REASON,
    STANDS_AT,
    cast_courses,
)
from ketadesk.sample.chance import Chance
from ketadesk.sample.clinic import MOST_CHAIRS, WORKING_DAYS, SampleClinic, set_up
from ketadesk.sample.desk_work import begin_desk_work
from ketadesk.sample.people import person
from ketadesk.sample.plan import Agenda, Pace, PlannedCourse, plan
from ketadesk.sample.play import Play
from ketadesk.store.bulk import Bulk
from ketadesk.store.database import Database
from ketadesk.store.values import seconds

VISITS_PER_PATIENT = 10
"""About: a course of six, and boosters."""

DENSE_DAYS = 120
"""A clinic with many patients keeps this file for so long only; before, only how visits ended."""


@dataclass(frozen=True)
class SampleOrder:
    """What to make: as if today were `today` in this zone, after `years` with `patients`."""

    today: date
    zone_name: str
    patients: int = 150
    years: int = 1
    seed: int = 1

    @property
    def stands_at(self) -> datetime:
        """The moment up to which the sample has happened, as UTC."""
        return datetime.combine(self.today, STANDS_AT, ZoneInfo(self.zone_name)).astimezone(UTC)

    @property
    def visits_per_day(self) -> float:
        return self.patients * VISITS_PER_PATIENT / (max(1, self.years) * 255)


def make(
    db: Database, order: SampleOrder, *, progress: Callable[[float], None] | None = None
) -> None:
    """Fills an empty clinic file in one transaction; without patients only the clinic is set up.

    `progress` hears now and then which share of the played time is over, from 0 to 1.
    """
    seed = f"KetaDesk sample {order.seed} of {order.today.isoformat()}"
    chance = Chance(seed)
    with db.transaction():
        busy, dense = order.visits_per_day > 16, order.visits_per_day > 24
        opened_at = order.stands_at - timedelta(days=DENSE_DAYS if dense else 366, hours=3)
        clinic = set_up(
            db,
            chance,
            zone_name=order.zone_name,
            chairs=MOST_CHAIRS if busy else 4,
            weekdays=WORKING_DAYS | {order.today.weekday()} | ({5} if dense else set()),
            at=opened_at,
        )
        if order.patients == 0:
            return
        courses = _plan(chance, clinic, order, dense=dense)
        bulk = Bulk(db)
        play = Play(bulk, chance, clinic, opened_at=opened_at + timedelta(hours=1))
        play.begin(order.stands_at - timedelta(days=3), _close_a_chair(play, order))
        begin_desk_work(play, seed=seed, now=order.stands_at)
        play.play(courses, now=order.stands_at, progress=progress)
        bulk.write()


def _plan(
    chance: Chance, clinic: SampleClinic, order: SampleOrder, *, dense: bool
) -> list[PlannedCourse]:
    pace = Pace(order.today, dense)
    agenda = Agenda(clinic, chance, pace)
    agenda.keep_free(order.today)
    courses = cast_courses(clinic, chance, agenda, order.today, most=order.patients)
    began = order.today - timedelta(days=365 * max(1, order.years))
    known_for = (order.today - began).days
    starts = sorted(
        began + timedelta(days=chance.randint(0, known_for))
        for _ in range(order.patients - len(courses))
    )
    cast_names = {part.name for part in CAST}
    people = [
        person(chance, len(CAST) + number, since=since, today=order.today, others=cast_names)
        for number, since in enumerate(starts, start=1)
    ]
    return courses + plan(clinic, chance, agenda, pace, people)


def _close_a_chair(play: Play, order: SampleOrder) -> Iterator[datetime]:
    """A chair that takes no one for a part of today, as when a pump is serviced."""
    at = order.stands_at - timedelta(days=3)
    yield at
    zone = ZoneInfo(order.zone_name)
    starts, ends = (datetime.combine(order.today, local, zone) for local in CLOSED)
    with play.act("closure_added", at, by=play.clinic.manager, undoable=True) as act:
        begins, until = seconds(starts), seconds(ends)
        values = {"starts": begins, "ends": until, "reason": CLOSED_REASON}
        act.insert("closures", {"chair_id": play.clinic.chairs[CLOSED_CHAIR], **values})
        act.say(starts_at=begins, ends_at=until, reason=CLOSED_REASON)
