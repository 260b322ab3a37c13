"""A desk that does anything at any time, beside another one on the same clinic file.

Run as `python -m tests.e2e.desk_at_random FILE SEED SECONDS STAFF_ID`. It says on stdout, a JSON
line each, what was acknowledged and what the file must hold since, what was refused and in which
words, and last which changes it heard of. Anything but a `KnownError` ends it with a traceback.
"""

import json
import random
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from ketadesk.domain.appointments import Appointment, EscortState, Reason, Status
from ketadesk.domain.changes import Changes, Span, Stamp
from ketadesk.domain.clinic import Role
from ketadesk.domain.course_plan import Scope
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import CourseId, StaffId, WaitlistId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Override
from ketadesk.domain.patients import CourseDraft, Eligibility, EscortDraft
from ketadesk.domain.wishes import PartOfDay, Wishes
from ketadesk.i18n import sentence
from ketadesk.services import (
    booking,
    calendar,
    clinic,
    patients,
    planning,
    undo,
    waitlist,
    watching,
)
from ketadesk.services.planning import Move, PlannedVisit, PlanRequest, ReplanRequest
from ketadesk.store.database import Database
from ketadesk.store.values import seconds
from tests.clinic_day import (
    MOOD_LOW,
    ROSA,
    ZONE,
    add_patient,
    at,
    draft_for,
    open_harbor,
    stamp,
)

MIA = StaffId(4)
"""The receptionist, who may decide about time and place, not about the treatment."""
PEOPLE = 12
WEEKS = 3
NOW = at(7)
CANCELLED = (Status.CANCELLED_BY_PATIENT, Status.CANCELLED_BY_CLINIC, Status.NO_SHOW)

Holds = list[tuple[str, int, dict[str, Any]]]
"""Which row of which table must hold what, from this action on."""


def open_the_clinic(path: Path) -> None:
    """Harbor Clinic with a third chair and a dozen approved patients, each with an escort."""
    db = open_harbor(path)
    clinic.add_staff(db, stamp(NOW), name="Mia R.", role=Role.RECEPTIONIST)
    clinic.add_chair(db, stamp(NOW), name="Chair 3")
    for number in range(PEOPLE):
        patient_id = add_patient(db, f"Patient{number}", "Test", eligibility=Eligibility.APPROVED)
        patients.add_escort(db, stamp(NOW), patient_id, EscortDraft(name="Marta"))
    db.close()


class Desk:
    """One window: acts on what it saw, which may be as old as its last few looks."""

    def __init__(self, path: Path, seed: int, staff_id: StaffId) -> None:
        self.db: Database = watching.open_clinic(path)
        self.chance = random.Random(seed)
        self.staff_id = staff_id
        self.people = patients.find(self.db, "test", most=PEOPLE)
        self.chairs = calendar.frame(self.db).chairs
        self.seen: list[Appointment] = []
        self.heard = [watching.latest_action(self.db)]

    def stamp(self) -> Stamp:
        return Stamp(self.staff_id, NOW)

    def somewhen(self) -> datetime:
        """A quarter hour of an open day, sometimes just outside the hours."""
        day = at(0) + timedelta(days=7 * self.chance.randrange(WEEKS) + self.chance.randrange(5))
        return day + timedelta(minutes=15 * self.chance.randrange(4 * 7, 4 * 17))

    def someone_seen(self) -> Appointment | None:
        return self.chance.choice(self.seen) if self.seen else None

    def look(self) -> None:
        """Looks at the calendar; every other time it goes on with what it saw before."""
        if self.seen and self.chance.random() < 0.5:
            return
        visits = calendar.schedule(self.db, NOW.astimezone(ZONE).date(), days=7 * WEEKS).visits
        self.seen = [visit.appointment for visit in visits]

    def hear(self) -> None:
        news = watching.changes_since(self.db, self.heard[-1])
        self.heard += [changes.action_id for changes in news]

    def insist(self, act: Callable[[Override], Changes]) -> Changes:
        """Once without any decision, then with a reason for all but a taken chair."""
        try:
            return act(NOTHING_OVERRIDDEN)
        except Objected as objected:
            guards = frozenset(one.guard for one in objected.objections)
            if Guard.CHAIR_TAKEN in guards or self.chance.random() < 0.3:
                raise
            return act(Override(guards, "agreed by phone"))

    def book(self) -> tuple[Changes, Holds]:
        who, starts = self.chance.choice(self.people), self.somewhen()
        chair = self.chance.choice(self.chairs).id
        nurse = self.chance.choice([None, ROSA])
        draft = draft_for(who.id, starts, chair_id=chair, nurse_id=nurse)
        changes = self.insist(
            lambda override: booking.book(self.db, self.stamp(), draft, override=override)
        )
        holds = {"patient_id": who.id, "chair_id": chair, "starts": seconds(starts)}
        return changes, [("appointments", changes.row_ids["appointments"], holds)]

    def book_the_best_offer(self) -> tuple[Changes, Holds] | None:
        who = self.chance.choice(self.people)
        wishes = Wishes(part=self.chance.choice([None, *PartOfDay]), at=time(10))
        answer = planning.fit_in(self.db, planning.FitRequest(who.id, MOOD_LOW, wishes), now=NOW)
        if not answer.offers:
            return None
        place = self.chance.choice(answer.offers).place
        draft = draft_for(who.id, place.span.starts, chair_id=place.chair_id)
        changes = booking.book(self.db, self.stamp(), draft, override=NOTHING_OVERRIDDEN)
        holds = {"chair_id": place.chair_id, "starts": seconds(place.span.starts)}
        return changes, [("appointments", changes.row_ids["appointments"], holds)]

    def move(self, one: Appointment) -> tuple[Changes, Holds]:
        starts, chair = self.somewhen(), self.chance.choice(self.chairs).id
        changes = self.insist(
            lambda override: booking.move(
                self.db,
                self.stamp(),
                one.id,
                one.version,
                chair_id=chair,
                starts=starts,
                override=override,
            )
        )
        return changes, held(one, chair_id=chair, starts=seconds(starts))

    def resize(self, one: Appointment) -> tuple[Changes, Holds]:
        minutes = 15 * self.chance.randrange(5, 14)
        changes = self.insist(
            lambda override: booking.resize(
                self.db,
                self.stamp(),
                one.id,
                one.version,
                starts=one.starts,
                minutes=minutes,
                override=override,
            )
        )
        return changes, held(one, ends=seconds(one.starts) + 60 * minutes)

    def set_status(self, one: Appointment) -> tuple[Changes, Holds]:
        status = self.chance.choice(
            [Status.BOOKED, Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, *CANCELLED]
        )
        reason = None if status.takes_the_chair else self.chance.choice(list(Reason))
        changes = booking.set_status(
            self.db, self.stamp(), one.id, one.version, status=status, reason=reason
        )
        return changes, held(one, status=status.value)

    def edit(self, one: Appointment) -> tuple[Changes, Holds]:
        note = f"note {self.chance.random()}"
        changes = booking.edit(self.db, self.stamp(), one.id, one.version, nurse_id=ROSA, note=note)
        return changes, held(one, note=note)

    def name_escort(self, one: Appointment) -> tuple[Changes, Holds]:
        escort_id = patients.record(self.db, one.patient_id).escorts[0].id
        state = self.chance.choice([EscortState.NAMED, EscortState.CONFIRMED])
        changes = booking.set_escort(
            self.db, self.stamp(), one.id, one.version, escort_id=escort_id, state=state
        )
        return changes, held(one, escort_id=escort_id, escort_state=state.value)

    def book_a_course(self) -> tuple[Changes, Holds] | None:
        who = self.chance.choice(self.people)
        begin = NOW.astimezone(ZONE).date() + timedelta(days=self.chance.randrange(7 * WEEKS))
        course = CourseDraft(MOOD_LOW, self.chance.randrange(2, 7), 2, 4)
        plan = planning.plan(self.db, PlanRequest(who.id, course, begin), now=NOW)
        visits = tuple(
            PlannedVisit(one.number, one.place, one.candidate.nurse_id)
            for one in plan.proposals
            if one.place is not None and one.candidate is not None
        )
        if not plan.bookable or not visits:
            return None
        changes = planning.book_course(self.db, self.stamp(), who.id, course, visits)
        first = min(visits, key=lambda visit: visit.number).place
        holds = {"starts": seconds(first.span.starts), "chair_id": first.chair_id}
        planned = {"planned": course.planned, "patient_id": who.id}
        return changes, [
            ("courses", changes.row_ids["courses"], planned),
            ("appointments", changes.row_ids["appointments"], holds),
        ]

    def one_of_a_course(self) -> Appointment | None:
        of_courses = [one for one in self.seen if one.course_id is not None]
        return self.chance.choice(of_courses) if of_courses else None

    def replan(self) -> tuple[Changes, Holds] | None:
        one = self.one_of_a_course()
        if one is None:
            return None
        begin = NOW.astimezone(ZONE).date() + timedelta(days=self.chance.randrange(7 * WEEKS))
        request = ReplanRequest(
            CourseId(one.course_id or 0), one.id, self.chance.choice(list(Scope)), begin
        )
        plan = planning.replan(self.db, request, now=NOW)
        places = {made.number: made.place for made in plan.proposals if made.place is not None}
        moves = tuple(
            Move(other.id, other.version, places[other.course_number])
            for other in self.seen
            if other.course_id == one.course_id
            and other.status.can_move
            and other.course_number in places
        )
        if not moves:
            return None
        changes = planning.move_visits(self.db, self.stamp(), moves)
        return changes, [
            ("appointments", move.appointment_id, {"starts": seconds(move.place.span.starts)})
            for move in moves
        ]

    def cancel_of_a_course(self) -> tuple[Changes, Holds] | None:
        one = self.one_of_a_course()
        if one is None:
            return None
        changes = planning.cancel_visits(
            self.db,
            self.stamp(),
            CourseId(one.course_id or 0),
            one.id,
            scope=self.chance.choice(list(Scope)),
            status=Status.CANCELLED_BY_CLINIC,
            reason=Reason.NO_ESCORT,
        )
        return changes, []

    def close(self) -> tuple[Changes, Holds]:
        starts = self.somewhen()
        chair = self.chance.choice([None, *(chair.id for chair in self.chairs)])
        length = timedelta(minutes=30 * self.chance.randrange(1, 6))
        changes = clinic.close(
            self.db,
            self.stamp(),
            chair_id=chair,
            span=Span(starts, starts + length),
            reason="repair",
        )
        holds = {"chair_id": chair, "starts": seconds(starts), "active": 1}
        return changes, [("closures", changes.row_ids["closures"], holds)]

    def reopen(self) -> tuple[Changes, Holds] | None:
        first = NOW.astimezone(ZONE).date()
        closed = calendar.schedule(self.db, first, days=7 * WEEKS).closures
        if not closed:
            return None
        one = self.chance.choice(closed)
        changes = clinic.reopen(self.db, self.stamp(), one.id)
        return changes, [("closures", one.id, {"active": 0})]

    def wait(self) -> tuple[Changes, Holds]:
        waiting = waitlist.waiting(self.db)
        if len(waiting) > PEOPLE:
            entry = self.chance.choice(waiting).entry
            changes = waitlist.remove(self.db, self.stamp(), entry.id, entry.version)
            return changes, [("waitlist", entry.id, {"active": 0})]
        who = self.chance.choice(self.people)
        changes = waitlist.add(self.db, self.stamp(), who.id, MOOD_LOW)
        entry_id = WaitlistId(changes.row_ids["waitlist"])
        return changes, [("waitlist", entry_id, {"patient_id": who.id, "active": 1})]

    def take_back(self) -> tuple[Changes, Holds] | None:
        newest = undo.next_to_undo(self.db, self.staff_id)
        if newest is None or newest.action_id <= self.heard[0]:
            return None  # the clinic itself was made before
        return undo.undo(self.db, self.stamp(), newest.action_id), []

    def do_something(self) -> tuple[Changes, Holds] | None:
        on_one = (self.move, self.move, self.resize, self.set_status, self.edit, self.name_escort)
        anyway = (
            self.book,
            self.book,
            self.book_the_best_offer,
            self.book_a_course,
            self.replan,
            self.cancel_of_a_course,
            self.close,
            self.reopen,
            self.reopen,
            self.wait,
            self.take_back,
        )
        one = self.someone_seen()
        if one is not None and self.chance.random() < 0.6:
            return self.chance.choice(on_one)(one)
        return self.chance.choice(anyway)()


def held(one: Appointment, **values: Any) -> Holds:
    return [("appointments", one.id, {"patient_id": one.patient_id, **values})]


def main() -> None:
    path, seed, for_seconds, staff_id = sys.argv[1:]
    desk = Desk(Path(path), int(seed), StaffId(int(staff_id)))
    tell({"ready": True})
    sys.stdin.readline()
    until = monotonic() + float(for_seconds)
    while monotonic() < until:
        desk.look()
        try:
            done = desk.do_something()
        except KnownError as error:
            values = dict(error.values)
            said = sentence(error.code, values)
            tell({"refused": error.code, "kind": type(error).__name__, "said": said})
            desk.seen = desk.seen if desk.chance.random() < 0.5 else []
        else:
            if done is not None:
                changes, holds = done
                tell({"done": changes.action_id, "verb": changes.verb, "holds": holds})
        desk.hear()
    tell({"heard": desk.heard})


def tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
