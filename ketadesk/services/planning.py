"""Finding places and planning whole courses: asked first, then booked all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ketadesk.domain.appointments import (
    Appointment,
    AppointmentDraft,
    Reason,
    Status,
    check_status_step,
    escort_after_move,
)
from ketadesk.domain.course_plan import (
    CoursePlan,
    CourseRequest,
    Scope,
    in_scope,
    plan_course,
    shift,
)
from ketadesk.domain.diary import Diary
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.fitting import Answer, fit
from ketadesk.domain.ids import AppointmentId, CourseId, EscortId, PatientId, ProtocolId, StaffId
from ketadesk.domain.names import short_name
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Override
from ketadesk.domain.patients import CourseDraft
from ketadesk.domain.places import Place
from ketadesk.domain.times import QUARTER_HOUR
from ketadesk.domain.wishes import ANY_HOURS, NO_WISHES, Hours, Wishes
from ketadesk.services import booking, judging
from ketadesk.services.action import action
from ketadesk.services.patients import put_course
from ketadesk.services.seating import Decided, put_place, span_of
from ketadesk.store import appointments, clinic, patients, protocols
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.values import seconds

# A start that went by a moment ago may be booked, but is never proposed: hence QUARTER_HOUR below.

WEEKS_LOOKED_AHEAD = 4
"""How far "can I fit her in?" looks; beyond it a person chooses."""


@dataclass(frozen=True)
class FitRequest:
    """Who asks for a place: `appointment_id` when one that is booked looks for another."""

    patient_id: PatientId
    protocol_id: ProtocolId
    wishes: Wishes = NO_WISHES
    course_id: CourseId | None = None
    escort_id: EscortId | None = None
    escort_hours: Hours = ANY_HOURS
    appointment_id: AppointmentId | None = None


@dataclass(frozen=True)
class PlanRequest:
    """A course to be planned; `fixed` are places a person chose, by number."""

    patient_id: PatientId
    course: CourseDraft
    begin: date
    escort_id: EscortId | None = None
    escort_hours: Hours = ANY_HOURS
    fixed: Mapping[int, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class ReplanRequest:
    """Which of a course's visits are to be planned anew, from `chosen` on, and when from.

    With `to` nothing is looked for: the chosen one goes there, the others in scope as far.
    """

    course_id: CourseId
    chosen: AppointmentId
    scope: Scope
    begin: date
    wishes: Wishes | None = None
    escort_hours: Hours = ANY_HOURS
    fixed: Mapping[int, Place] = field(default_factory=dict)
    to: Place | None = None


@dataclass(frozen=True)
class PlannedVisit:
    """One visit of a plan, as it is to be booked."""

    number: int
    place: Place
    nurse_id: StaffId | None = None


@dataclass(frozen=True)
class Move:
    """Where one appointment goes; `version` is what the person saw."""

    appointment_id: AppointmentId
    version: int
    place: Place


def fit_in(db: Database, request: FitRequest, *, now: datetime) -> Answer:
    """The three best places of the next four weeks, with reasons, and why not at other times."""
    first = clinic.clinic(db).local(now).date()
    if request.wishes.not_before is not None:
        first = max(first, request.wishes.not_before)
    diary = judging.open_diary(db, first, days=7 * WEEKS_LOOKED_AHEAD)
    return fit_into(db, diary, request, first=first, now=now)


def fit_into(
    db: Database, diary: Diary, request: FitRequest, *, first: date, now: datetime
) -> Answer:
    """The same in a diary that is open already, for many who are looked for one after another."""
    ignoring = () if request.appointment_id is None else (request.appointment_id,)
    who = judging.wanted(
        db,
        request.patient_id,
        protocols.protocol(db, request.protocol_id).segments,
        escort_id=request.escort_id,
        course_id=request.course_id,
        ignoring=ignoring,
    )
    if not request.escort_hours.any:
        who = replace(who, escort_hours=request.escort_hours)
    days = 7 * WEEKS_LOOKED_AHEAD
    return fit(
        diary.without(ignoring), who, request.wishes, first=first, days=days, now=now + QUARTER_HOUR
    )


def plan(db: Database, request: PlanRequest, *, now: datetime) -> CoursePlan:
    """A place for every number of a new course; nothing is written."""
    course = request.course
    who = judging.wanted(
        db,
        request.patient_id,
        protocols.protocol(db, course.protocol_id).segments,
        escort_id=request.escort_id,
    )
    if not request.escort_hours.any:
        who = replace(who, escort_hours=request.escort_hours)
    asked = CourseRequest(
        wanted=who,
        wishes=course.wishes,
        planned=course.planned,
        least=course.spacing_min_days,
        most=course.spacing_max_days,
        begin=request.begin,
        fixed=request.fixed,
    )
    diary = judging.open_diary(db, request.begin, days=_reach(course, asked))
    return plan_course(diary, asked, now=now + QUARTER_HOUR)


def replan(db: Database, request: ReplanRequest, *, now: datetime) -> CoursePlan:
    """Other places for this visit, this and the following, or all to come; the others stay.

    Numbers that nobody is booked for are planned along when all are.
    """
    course = patients.course(db, request.course_id)
    standing = [
        one
        for one in appointments.of_course(db, course.id)
        if one.status.takes_the_chair and one.course_number is not None
    ]
    moving = in_scope(standing, request.scope, request.chosen, now=now)
    if not moving:
        raise Refused("nothing_to_replan")
    gone = {one.id for one in moving}
    kept = {
        one.course_number: one.starts
        for one in standing
        if one.id not in gone and one.course_number is not None
    }
    last = max(one.course_number or 0 for one in standing)
    who = judging.wanted(
        db,
        course.patient_id,
        moving[0].segments,
        nurse_id=moving[0].nurse_id,
        escort_id=moving[0].escort_id,
    )
    if not request.escort_hours.any:
        who = replace(who, escort_hours=request.escort_hours)
    zone = clinic.clinic(db).zone
    shifted = {} if request.to is None else shift(moving, request.chosen, request.to, zone)
    fixed = {**shifted, **request.fixed}
    begin = min([request.begin, *(on.span.starts.astimezone(zone).date() for on in fixed.values())])
    beyond = request.scope is Scope.ALL and request.to is None
    asked = CourseRequest(
        wanted=who,
        wishes=course.wishes if request.wishes is None else request.wishes,
        planned=max(last, course.planned) if beyond else last,
        least=course.spacing_min_days,
        most=course.spacing_max_days,
        begin=begin,
        kept=kept,
        fixed=fixed,
    )
    diary = judging.open_diary(db, begin, days=_reach(course, asked)).without(gone)
    return plan_course(diary, asked, now=now + QUARTER_HOUR)


@action("course_booked", undoable=True)
def book_course(
    act: Act,
    patient_id: PatientId,
    course: CourseDraft,
    visits: tuple[PlannedVisit, ...],
    *,
    escort_id: EscortId | None = None,
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Plans a course and books all its visits, or nothing; each held to the rules of booking."""
    segments = protocols.protocol(act.db, course.protocol_id).segments
    course_id = put_course(act, patient_id, course)
    for visit in visits:
        draft = AppointmentDraft(
            patient_id=patient_id,
            chair_id=visit.place.chair_id,
            protocol_id=course.protocol_id,
            starts=visit.place.span.starts,
            segments=segments,
            nurse_id=visit.nurse_id,
            escort_id=escort_id,
            course_id=course_id,
        )
        booking.put_appointment(act, draft, override=override, number=visit.number)
    _say_course(act, patient_id, len(visits))


@action("course_moved", undoable=True)
def move_visits(
    act: Act, moves: tuple[Move, ...], *, override: Override = NOTHING_OVERRIDDEN
) -> None:
    """Moves several visits at once, all or none; those not named never change."""
    moved = put_moves(act, moves, override)
    if moved:
        _say_course(act, moved[-1].patient_id, len(moved))


def put_moves(
    act: Act, moves: tuple[Move, ...], override: Override = NOTHING_OVERRIDDEN
) -> tuple[Appointment, ...]:
    """Moves them as part of an action, and returns how they lay before.

    One goes first whose new place no other of them still holds.
    """
    moved = []
    waiting = {move.appointment_id: (move, _seen(act, move)) for move in moves}
    for _, appointment in waiting.values():
        if not appointment.status.can_move:
            raise Refused("appointment_under_way", status=appointment.status.value)
    while waiting:
        move, appointment = _next_free(waiting)
        del waiting[move.appointment_id]
        put_place(
            act,
            appointments.appointment_row(act.db, appointment.id),
            move.place.chair_id,
            span_of(move.place.span.starts, appointment.segments),
            appointment.segments,
            Decided("", override),
            also={"escort_state": escort_after_move(appointment, move.place.span.starts).value},
            moving={number: one.place.span.starts for number, (one, _) in waiting.items()},
        )
        moved.append(appointment)
    return tuple(moved)


@action("course_cancelled", undoable=True)
def cancel_visits(
    act: Act,
    course_id: CourseId,
    chosen: AppointmentId,
    *,
    scope: Scope,
    status: Status,
    reason: Reason,
    seen: Mapping[AppointmentId, int] | None = None,
) -> None:
    """Cancels this visit, this and the following, or all that are still to come.

    `seen` are the versions that a person was shown; anything else is a conflict.
    """
    if not status.cancelled:
        raise ValueError(f"not a cancellation: {status}")
    course = appointments.of_course(act.db, course_id)
    chosen_ones = in_scope(course, scope, chosen, now=act.at)
    if not chosen_ones:
        raise Refused("nothing_to_replan")
    if seen is not None and {one.id: one.version for one in chosen_ones} != seen:
        name = patients.patient(act.db, chosen_ones[0].patient_id).name
        raise Conflict("appointment_changed_meanwhile", patient=name)
    for one in chosen_ones:
        check_status_step(one.status, status, reason)
        before = appointments.appointment_row(act.db, one.id)
        values = {"status": status.value, "status_reason": reason.value}
        act.update("appointments", before, {**values, "status_at": seconds(act.at)})
    _say_course(act, chosen_ones[0].patient_id, len(chosen_ones))


def _reach(course: CourseDraft, asked: CourseRequest) -> int:
    """So many days a plan looks at: its longest spacing throughout, some for being late, or more.

    As far as the last visit that is kept or fixed, wherever a person put it.
    """
    usual = asked.planned * (course.spacing_max_days + 1) + 15 * min(asked.planned, 4)
    held = [*asked.kept.values(), *(place.span.starts for place in asked.fixed.values())]
    return max([usual, *((start.date() - asked.begin).days + 3 for start in held)])


def _seen(act: Act, move: Move) -> Appointment:
    appointment = appointments.appointment(act.db, move.appointment_id)
    if appointment.version != move.version:
        name = patients.patient(act.db, appointment.patient_id).name
        raise Conflict("appointment_changed_meanwhile", patient=name)
    return appointment


def _next_free(
    waiting: Mapping[AppointmentId, tuple[Move, Appointment]],
) -> tuple[Move, Appointment]:
    for move, appointment in waiting.values():
        held = any(
            other.id != appointment.id
            and other.chair_id == move.place.chair_id
            and other.span.overlaps(move.place.span)
            for _, other in waiting.values()
        )
        if not held:
            return move, appointment
    raise Refused("visits_swap_places")


def _say_course(act: Act, patient_id: PatientId, visits: int) -> None:
    name = short_name(patients.patient(act.db, patient_id).name)
    act.say(patient=name, visits=visits)
