"""Plays the planned visits in the order of time, up to a moment: what has happened is written.

The same verbs, rows and audit as `services.patients` and `services.booking` leave, by way of the
store's bulk. A life is a generator that says when it acts next; all lives take turns.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.changes import Noun
from ketadesk.domain.ids import PatientId, StaffId
from ketadesk.domain.names import short_name
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.times import MINUTE
from ketadesk.sample.chance import Chance
from ketadesk.sample.clinic import SampleClinic
from ketadesk.sample.people import Person
from ketadesk.sample.plan import PlannedCourse, PlannedVisit
from ketadesk.sample.stories import Story, ordinary
from ketadesk.sample.visits import Booked, Known, VisitPlay
from ketadesk.store.appointments import override_values
from ketadesk.store.bulk import Bulk, BulkAct
from ketadesk.store.database import Row
from ketadesk.store.patients import patient_values
from ketadesk.store.values import seconds

Life = Iterator[datetime]
CLOSE_STARTS = 15 * MINUTE
"""Two infusions of one nurse that start closer together than this need a reason."""
TURNS_TOLD = 2000
"""Progress is told once in so many turns."""


class Play:
    """The clinic's staff at work. `play` ends at `now`; nothing later is written.

    `met` are the patients known so far, `ahead` what is booked after `now`.
    """

    def __init__(
        self, bulk: Bulk, chance: Chance, clinic: SampleClinic, *, opened_at: datetime
    ) -> None:
        self.bulk = bulk
        self.chance = chance
        self.clinic = clinic
        self.opened_at = opened_at
        self.met: list[Known] = []
        self.ahead: list[Booked] = []
        self._now = opened_at
        self._overrode = False
        self._waiting: list[tuple[datetime, int, Life]] = []
        self._turns = count()

    def begin(self, at: datetime, life: Life) -> None:
        heapq.heappush(self._waiting, (at, next(self._turns), life))

    def play(
        self,
        courses: list[PlannedCourse],
        *,
        now: datetime,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Lives the courses through; before the file was opened, visits come as they ended."""
        self._now = now
        of_person: dict[int, list[PlannedCourse]] = {}
        for course in courses:
            of_person.setdefault(id(course.person), []).append(course)
        for theirs in of_person.values():
            at = max(theirs[0].booked_at, self.opened_at)
            self.begin(at, self._patient(theirs, at))
        while self._waiting and self._waiting[0][0] <= now:
            at, turn, life = heapq.heappop(self._waiting)
            if progress is not None and turn % TURNS_TOLD == 0:
                progress((at - self.opened_at) / (now - self.opened_at))
            following = next(life, None)
            if following is not None:
                self.begin(following, life)

    def act(
        self, verb: str, at: datetime, *, by: StaffId | None = None, undoable: bool = False
    ) -> AbstractContextManager[BulkAct]:
        return self.bulk.action(
            verb,
            staff_id=by or self.clinic.receptionist,
            at=at,
            uuid=self.chance.uuid(),
            undoable=undoable,
        )

    def _patient(self, courses: list[PlannedCourse], at: datetime) -> Life:
        known = Known(courses[0].person)
        yield from self._meet(known, at)
        at += 3 * MINUTE
        yield at
        rows = self._carry_over(known, courses, at)
        for course in courses:
            at += MINUTE
            booked_at = max(course.booked_at, at)
            self.begin(booked_at, self._course(course, known, rows.get(id(course)), booked_at))

    def _course(
        self, course: PlannedCourse, known: Known, course_row: Row | None, at: datetime
    ) -> Life:
        """Plans the course, unless it was carried over, and books what is still to come of it."""
        coming = [visit for visit in course.visits if visit.starts >= self.opened_at]
        if not coming:
            return
        yield at
        if course_row is None:
            with self.act("course_planned", at, undoable=True) as act:
                course_row = act.insert("courses", self._course_values(course, known))
                act.say(patient=short_name(known.name))
        for visit in coming:
            at += timedelta(seconds=self.chance.randint(20, 50))
            yield at
            story = visit.story or self._story(known, visit)
            booked = self._book(course, known, course_row, visit, at)
            self.begin(at, VisitPlay(self, booked, story, at).live())

    def _story(self, known: Known, visit: PlannedVisit) -> Story:
        has_escort = bool(known.person.escorts)
        return ordinary(self.chance, has_escort, visit.starts, self.clinic.clinic.zone)

    def _meet(self, known: Known, at: datetime) -> Life:
        """The first call: the patient, what they react to and take, who takes them home."""
        yield at
        person, name = known.person, known.name
        with self.act("patient_added", at, undoable=True) as act:
            values = {**patient_values(person.draft), "uuid": self.chance.uuid()}
            known.patient_id = PatientId(act.insert("patients", values)["id"])
            act.say(patient=short_name(name))
        self.met.append(known)
        for verb, table, entry in _entries(person):
            at += timedelta(seconds=15)
            yield at
            with self.act(verb, at, undoable=True) as act:
                row = act.insert(table, {"patient_id": known.patient_id, **entry})
                act.say(patient=short_name(name))
            if table == "escorts":
                known.escort_ids.append(row["id"])

    def _course_values(self, course: PlannedCourse, known: Known) -> dict[str, object]:
        least, most = course.spacing
        return {
            "patient_id": known.patient_id,
            "protocol_id": self.clinic.protocol(course.protocol).id,
            "planned": course.planned,
            "spacing_min_days": least,
            "spacing_max_days": most,
        }

    def _values(
        self, course: PlannedCourse, known: Known, course_row: Row, visit: PlannedVisit
    ) -> dict[str, object]:
        protocol = self.clinic.protocol(course.protocol)
        segments = protocol.segments
        return {
            "uuid": self.chance.uuid(),
            "patient_id": known.patient_id,
            "chair_id": visit.chair_id,
            "protocol_id": protocol.id,
            "course_id": course_row["id"],
            "course_number": visit.number,
            "nurse_id": visit.nurse_id,
            "starts": seconds(visit.starts),
            "ends": seconds(visit.starts) + 60 * segments.total,
            "check_in_minutes": segments.check_in,
            "infusion_minutes": segments.infusion,
            "recovery_minutes": segments.recovery,
            "turnover_minutes": segments.turnover,
        }

    def _carry_over(
        self, known: Known, courses: list[PlannedCourse], at: datetime
    ) -> dict[int, Row]:
        """What the clinic's former calendar knew of a patient, in one action: how visits ended."""
        old = [
            (course, visit)
            for course in courses
            for visit in course.visits
            if visit.starts < self.opened_at
        ]
        rows: dict[int, Row] = {}
        if not old:
            return rows
        with self.act("visits_carried_over", at, by=self.clinic.manager) as act:
            for course, visit in old:
                if id(course) not in rows:
                    rows[id(course)] = act.insert("courses", self._course_values(course, known))
                values = self._values(course, known, rows[id(course)], visit)
                act.insert("appointments", {**values, **self._ending(known, visit, values)})
            act.say(patient=short_name(known.name), count=len(old))
        return rows

    def _ending(
        self, known: Known, visit: PlannedVisit, values: Mapping[str, object]
    ) -> dict[str, object]:
        story = visit.story or self._story(known, visit)
        ended = story.ending
        came: dict[str, object] = {
            "status": (ended.status if ended else Status.COMPLETED).value,
            "status_reason": ended.reason.value if ended else None,
            "status_at": seconds(ended.at) if ended else values["ends"],
        }
        if story.escort is None:
            return came
        state = EscortState.NAMED if ended else EscortState.HANDED_OVER
        return {**came, "escort_id": known.escort_ids[story.escort], "escort_state": state.value}

    def _book(
        self,
        course: PlannedCourse,
        known: Known,
        course_row: Row,
        visit: PlannedVisit,
        at: datetime,
    ) -> Booked:
        values = self._values(course, known, course_row, visit)
        values["status_at"] = seconds(at)
        values |= self._decided(visit, values)
        with self.act("appointment_booked", at, undoable=True) as act:
            row = act.insert("appointments", values)
            self.say_place(act, known, row)
        booked = Booked(known, visit, course, row)
        if visit.starts > self._now:
            self.ahead.append(booked)
        return booked

    def _decided(self, visit: PlannedVisit, values: dict[str, object]) -> dict[str, object]:
        """Once, two infusions of one nurse start close to each other, and the desk said why."""
        if visit.starts <= self._now or self._overrode:
            return {}
        starts = visit.starts + int(str(values["check_in_minutes"])) * MINUTE
        close = any(
            other.visit.nurse_id == visit.nurse_id
            and abs(other.visit.starts + other.row["check_in_minutes"] * MINUTE - starts)
            < CLOSE_STARTS
            for other in self.ahead
        )
        if not close:
            return {}
        self._overrode = True
        override = Override(frozenset({Guard.START_GAP}), "Dr. Shah starts the second one")
        return override_values(override, self.clinic.receptionist)

    def say_place(self, act: BulkAct, known: Known, row: Row) -> None:
        """Whose appointment where and when, as every sentence about one names it."""
        act.say(
            patient=short_name(known.name),
            chair=self.clinic.chair_names[row["chair_id"]],
            starts_at=row["starts"],
        )


def _entries(person: Person) -> Iterator[tuple[str, Noun, dict[str, object]]]:
    """Verb, table and values of what belongs to a patient."""
    for substance, reaction in person.allergies:
        yield "allergy_added", "allergies", {"substance": substance, "reaction": reaction}
    for name, dose_text in person.medications:
        yield "medication_added", "medications", {"name": name, "dose_text": dose_text}
    for escort in person.escorts:
        stays = escort.stays_overnight
        values: dict[str, object] = {
            "name": escort.name,
            "relation": escort.relation,
            "phone": escort.phone,
            "stays_overnight": None if stays is None else int(stays),
        }
        yield "escort_added", "escorts", values
