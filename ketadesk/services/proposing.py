"""What a booking form starts from, so that a known patient is booked in a handful of keys.

Reading only: the running course, the last visit, the usual escort, the next free place.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.fitting import TOLERATED, best_of_day, fit
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    CourseId,
    EscortId,
    PatientId,
    ProtocolId,
    StaffId,
)
from ketadesk.domain.objections import Objection
from ketadesk.domain.patients import Course
from ketadesk.domain.places import Place, closed_by, taken_by
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes
from ketadesk.domain.times import QUARTER_HOUR
from ketadesk.domain.wishes import NO_WISHES, Wishes
from ketadesk.services import booking, calendar, judging, patients
from ketadesk.services.patients import PatientRecord
from ketadesk.store import appointments, clinic, protocols
from ketadesk.store.database import Database

LATELY = timedelta(weeks=8)
"""First visits of so long before and after now show how this clinic begins."""

DAYS_LOOKED_AHEAD = 21
"""How far the next free place is looked for; beyond it a person chooses."""


@dataclass(frozen=True)
class Proposal:
    """What to fill in for a patient. `number` is which appointment of the course it would be."""

    record: PatientRecord
    protocol_id: ProtocolId | None
    course: Course | None
    number: int | None
    nurse_id: StaffId | None
    escort_id: EscortId | None
    place: Place | None


@dataclass(frozen=True)
class LookFor:
    """Who would come to a place and for what; `patient_id` None while nobody is chosen yet,
    `appointment_id` when they are booked elsewhere.
    """

    patient_id: PatientId | None
    segments: SegmentMinutes
    nurse_id: StaffId | None = None
    escort_id: EscortId | None = None
    course_id: CourseId | None = None
    appointment_id: AppointmentId | None = None


@dataclass(frozen=True)
class PlaceAnswer:
    """All rules that speak against a place, and the nearest one that none speaks against.

    `instead` is None when nothing about the place itself stands in the way.
    """

    place: Place
    instead: Place | None
    objections: tuple[Objection, ...] = ()


def propose(
    db: Database,
    patient_id: PatientId,
    *,
    chair_id: ChairId | None = None,
    starts: datetime | None = None,
    now: datetime,
) -> Proposal:
    """The running course's protocol and number, else the last visit's; its nurse and escort.

    Somebody who was never here gets the protocol that first visits have had here lately.
    The place is the chair and start given; what is not given is the next that no rule speaks
    against, from now on or from the day on which the course's spacing allows the next appointment.
    """
    record = patients.record(db, patient_id)
    visits = [
        visit
        for visit in appointments.visits_of(db, patient_id)
        if visit.appointment.status.takes_the_chair
    ]
    last = visits[0].appointment if visits else None
    course, number = running_course(db, record.courses)
    in_use = {one.id: one for one in protocols.protocols(db) if one.active}
    wanted = course.protocol_id if course else last.protocol_id if last else None
    protocol_id = wanted if wanted in in_use else usual_first(db, tuple(in_use.values()), now)
    staff_ids = {member.id for member in clinic.staff(db)}
    nurse_id = last.nurse_id if last and last.nurse_id in staff_ids else None
    escort_id = _usual_escort(record, visits)
    place = None
    if protocol_id is not None:
        segments = in_use[protocol_id].segments
        course_id = course.id if course and course.protocol_id == protocol_id else None
        who = LookFor(patient_id, segments, nurse_id, escort_id, course_id)
        after = max(now, _due_from(db, course, visits)) if course else now
        place = _place(db, who, chair_id=chair_id, starts=starts, after=after)
    return Proposal(
        record=record,
        protocol_id=protocol_id,
        course=course,
        number=number,
        nurse_id=nurse_id,
        escort_id=escort_id,
        place=place,
    )


def next_place(
    db: Database, who: LookFor, *, after: datetime, chair_id: ChairId | None = None
) -> Place | None:
    """The first place from a moment on that no rule speaks against, day by day for three weeks."""
    wanted = _wanted(db, who)
    first = clinic.clinic(db).local(after).date()
    diary = judging.open_diary(db, first, days=DAYS_LOOKED_AHEAD)
    if chair_id is not None:
        chairs = tuple(chair for chair in diary.schedule.chairs if chair.id == chair_id)
        diary = replace(diary, schedule=replace(diary.schedule, chairs=chairs))
    for offset in range(DAYS_LOOKED_AHEAD):
        day = first + timedelta(days=offset)
        best = best_of_day(diary, wanted, NO_WISHES, day, now=after + QUARTER_HOUR)
        if best is not None:
            return best.place
    return None


def look_at(db: Database, place: Place, who: LookFor, *, now: datetime) -> PlaceAnswer:
    """What speaks against a place, as the booking itself would say, and where to go instead."""
    ignoring = _ignoring(who)
    found = judging.against(db, _wanted(db, who), place, now=now, ignoring=ignoring)
    in_the_way = any(one.guard not in TOLERATED for one in found)
    instead = nearest(db, place, who, now=now) if in_the_way else None
    return PlaceAnswer(place, instead, found)


def nearest(db: Database, place: Place, who: LookFor, *, now: datetime) -> Place | None:
    """The best place from that day on that no rule speaks against, near the same time of day."""
    local = clinic.clinic(db).local(place.span.starts)
    first = max(local.date(), clinic.clinic(db).local(now).date())
    diary = judging.open_diary(db, first, days=DAYS_LOOKED_AHEAD).without(_ignoring(who))
    wishes = Wishes(at=local.time().replace(second=0, microsecond=0))
    answer = fit(
        diary, _wanted(db, who), wishes, first=first, days=DAYS_LOOKED_AHEAD, now=now + QUARTER_HOUR
    )
    return answer.offers[0].place if answer.offers else None


def _ignoring(who: LookFor) -> tuple[AppointmentId, ...]:
    return () if who.appointment_id is None else (who.appointment_id,)


def _wanted(db: Database, who: LookFor) -> Wanted:
    if who.patient_id is None:
        return Wanted(who.segments, nurse_id=who.nurse_id)
    return judging.wanted(
        db,
        who.patient_id,
        who.segments,
        nurse_id=who.nurse_id,
        escort_id=who.escort_id,
        course_id=who.course_id,
        ignoring=_ignoring(who),
    )


def _place(
    db: Database,
    who: LookFor,
    *,
    chair_id: ChairId | None,
    starts: datetime | None,
    after: datetime,
) -> Place | None:
    """The place given; without a chair the first that is free then, without a time the next."""
    if starts is None:
        return next_place(db, who, after=after, chair_id=chair_id)
    span = Span(starts, starts + timedelta(minutes=who.segments.total))
    chairs = [chair.id for chair in clinic.chairs(db)] if chair_id is None else [chair_id]
    schedule = calendar.schedule(db, clinic.clinic(db).local(starts).date())
    places = [Place(chair, span) for chair in chairs]
    free = (
        place
        for place in places
        if taken_by(schedule.visits, place) is None and closed_by(schedule, place) is None
    )
    return next(free, places[0] if places else None)


def running_course(db: Database, courses: tuple[Course, ...]) -> tuple[Course | None, int | None]:
    """The newest active course that still has appointments to book, and the next one's number."""
    for course in courses:
        if course.active:
            number = booking.next_course_number(db, course.id)
            if number <= course.planned:
                return course, number
    return None, None


def _due_from(db: Database, course: Course, visits: list[Visit]) -> datetime:
    """The start of the first day that is far enough from the course's latest appointment."""
    booked = [visit.appointment for visit in visits if visit.appointment.course_id == course.id]
    zone = clinic.clinic(db).zone
    if not booked:
        return datetime.min.replace(tzinfo=UTC)
    latest = max(appointment.starts for appointment in booked).astimezone(zone).date()
    return day_span(latest + timedelta(days=course.spacing_min_days), zone).starts


def usual_first(db: Database, in_use: tuple[Protocol, ...], now: datetime) -> ProtocolId | None:
    """What most people's first visit was in the weeks around now; else the first intravenous one.

    A booster is never anybody's first visit, so it cannot win by being booked often.
    """
    around = Span(now - LATELY, now + LATELY)
    counts = appointments.first_visit_protocols(db, around)
    begun_with = [one for one in in_use if counts.get(one.id)]
    if begun_with:
        return max(begun_with, key=lambda one: counts[one.id]).id
    intravenous = (one for one in in_use if one.route is Route.INTRAVENOUS)
    first = next(intravenous, next(iter(in_use), None))
    return first.id if first is not None else None


def _usual_escort(record: PatientRecord, visits: list[Visit]) -> EscortId | None:
    """Who came last, newest visit first; else the only escort the patient has."""
    known = {escort.id for escort in record.escorts}
    for visit in visits:
        escort_id = visit.appointment.escort_id
        if escort_id in known:
            return escort_id
    return record.escorts[0].id if len(record.escorts) == 1 else None
