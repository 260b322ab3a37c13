"""What a booking form starts from, so that a known patient is booked in a handful of keys.

Reading only: the running course, the last visit, the usual escort, the next free place.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from ketadesk.domain.appointments import Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day import Schedule, Visit
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
from ketadesk.domain.places import Judgement, Place, closed_by, free_place, judge, taken_by
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes
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
    """Who would come to a place and for what; `appointment_id` when they are booked elsewhere."""

    patient_id: PatientId
    segments: SegmentMinutes
    nurse_id: StaffId | None = None
    escort_id: EscortId | None = None
    course_id: CourseId | None = None
    appointment_id: AppointmentId | None = None


@dataclass(frozen=True)
class PlaceAnswer:
    """How a place stands, and the next free one from it on (None when the chair is free)."""

    place: Place
    judgement: Judgement
    instead: Place | None
    objections: tuple[Objection, ...] = ()
    """All rules that speak against it, where it was said who comes for what."""


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
    The place is the chair and start given; what is not given is the next free one from now on,
    or from the day on which the course's spacing allows the next appointment.
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
    minutes = in_use[protocol_id].segments.total if protocol_id is not None else 0
    staff_ids = {member.id for member in clinic.staff(db)}
    nurse_id = last.nurse_id if last and last.nurse_id in staff_ids else None
    after = max(now, _due_from(db, course, visits)) if course else now
    return Proposal(
        record=record,
        protocol_id=protocol_id,
        course=course,
        number=number,
        nurse_id=nurse_id,
        escort_id=_usual_escort(record, visits),
        place=_place(db, minutes, chair_id=chair_id, starts=starts, after=after)
        if minutes
        else None,
    )


def next_free(
    db: Database,
    *,
    minutes: int,
    after: datetime,
    chair_id: ChairId | None = None,
) -> Place | None:
    """The first free place of that length from a moment on, day by day for three weeks."""
    zone = clinic.clinic(db).zone
    first = after.astimezone(zone).date()
    schedule = calendar.schedule(db, first, days=DAYS_LOOKED_AHEAD)
    for offset in range(DAYS_LOOKED_AHEAD):
        day = first + timedelta(days=offset)
        place = free_place(
            _only(schedule, day_span(day, zone)),
            day,
            zone=zone,
            length=timedelta(minutes=minutes),
            after=after,
            chair_id=chair_id,
        )
        if place is not None:
            return place
    return None


def look_at(
    db: Database,
    place: Place,
    *,
    now: datetime,
    patient_id: PatientId | None = None,
    who: LookFor | None = None,
) -> PlaceAnswer:
    """What speaks against a place, and where there is room instead: that chair, or any other.

    With `who`, all rules of booking are asked, as the booking itself will be.
    """
    zone = clinic.clinic(db).zone
    day = place.span.starts.astimezone(zone).date()
    judgement = judge(calendar.schedule(db, day), place, zone=zone, now=now)
    if patient_id is not None:
        judgement = replace(judgement, same_day=_same_day(db, patient_id, day))
    instead = None
    if not judgement.free:
        minutes = round((place.span.ends - place.span.starts).total_seconds() / 60)
        instead = next_free(db, minutes=minutes, after=place.span.starts)
    return PlaceAnswer(place, judgement, instead, _objections(db, place, who, now=now))


def _objections(
    db: Database, place: Place, who: LookFor | None, *, now: datetime
) -> tuple[Objection, ...]:
    if who is None:
        return ()
    ignoring = () if who.appointment_id is None else (who.appointment_id,)
    wanted = judging.wanted(
        db,
        who.patient_id,
        who.segments,
        nurse_id=who.nurse_id,
        escort_id=who.escort_id,
        course_id=who.course_id,
        ignoring=ignoring,
    )
    return judging.against(db, wanted, place, now=now, ignoring=ignoring)


def _place(
    db: Database,
    minutes: int,
    *,
    chair_id: ChairId | None,
    starts: datetime | None,
    after: datetime,
) -> Place | None:
    """The place given; without a chair the first that is free then, without a time the next."""
    if starts is None:
        return next_free(db, minutes=minutes, after=after, chair_id=chair_id)
    span = Span(starts, starts + timedelta(minutes=minutes))
    chairs = [chair.id for chair in clinic.chairs(db)] if chair_id is None else [chair_id]
    day = starts.astimezone(clinic.clinic(db).zone).date()
    schedule = calendar.schedule(db, day)
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


def _same_day(db: Database, patient_id: PatientId, day: date) -> Visit | None:
    for visit in calendar.schedule(db, day).visits:
        appointment = visit.appointment
        if appointment.patient_id == patient_id and (
            appointment.status.takes_the_chair and appointment.status is not Status.COMPLETED
        ):
            return visit
    return None


def _only(schedule: Schedule, span: Span) -> Schedule:
    """The visits and closures of one of the days, so that each day looks at its own."""
    return replace(
        schedule,
        span=span,
        visits=tuple(v for v in schedule.visits if v.appointment.span.overlaps(span)),
        closures=tuple(c for c in schedule.closures if c.span.overlaps(span)),
    )
