"""Gathers what judging a place needs, and holds people to the rules of booking.

The rules themselves are `domain.guards`; here they meet the clinic file, inside the transaction.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from ketadesk.domain.clinic import Role
from ketadesk.domain.diary import Diary, watching
from ketadesk.domain.guards import Spacing, Wanted, objections
from ketadesk.domain.ids import AppointmentId, CourseId, EscortId, PatientId, StaffId
from ketadesk.domain.objections import Guard, Objected, Objection, Override, standing
from ketadesk.domain.places import Place
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.rules import Rules
from ketadesk.domain.wishes import ANY_HOURS, Hours
from ketadesk.services import calendar
from ketadesk.store import appointments, clinic, patients
from ketadesk.store.actions import Act
from ketadesk.store.database import Database

ABOUT_THE_PATIENT = frozenset(
    {
        Guard.COURSE_COMPLETE,
        Guard.NOT_APPROVED,
        Guard.APPROVAL_DECLINED,
        Guard.APPROVAL_EXPIRED,
    }
)
"""Decided once for an appointment, and not asked again when it only moves."""

NOBODY_MOVES: Mapping[AppointmentId, datetime] = MappingProxyType({})


def open_diary(db: Database, first: date, *, days: int) -> Diary:
    """The days from the first on, with what judging needs beside them."""
    described, rules = clinic.clinic_and_rules(db)
    return _diary(db, described.zone, rules, first, days=days)


def _diary(db: Database, zone: ZoneInfo, rules: Rules, first: date, *, days: int) -> Diary:
    schedule = calendar.schedule_in(db, zone, first, days=days)
    return Diary(schedule, zone, rules, watching(clinic.staff(db)))


def wanted(
    db: Database,
    patient_id: PatientId,
    segments: SegmentMinutes,
    *,
    nurse_id: StaffId | None = None,
    escort_id: EscortId | None = None,
    course_id: CourseId | None = None,
    ignoring: Collection[AppointmentId] = (),
    moving: Mapping[AppointmentId, datetime] = NOBODY_MOVES,
) -> Wanted:
    """Who is to be placed, with their approval, their escort's hours and the rest of the course.

    `moving` are visits that go to another start along with this one.
    """
    return Wanted(
        segments=segments,
        patient=patients.patient(db, patient_id),
        nurse_id=nurse_id,
        spacing=None if course_id is None else spacing(db, course_id, ignoring, moving),
        escort_hours=_escort_hours(db, escort_id),
    )


def spacing(
    db: Database,
    course_id: CourseId,
    ignoring: Collection[AppointmentId] = (),
    moving: Mapping[AppointmentId, datetime] = NOBODY_MOVES,
) -> Spacing:
    """How far apart a course's visits are, and when the others that stand are."""
    course = patients.course(db, course_id)
    others = tuple(
        moving.get(one.id, one.starts)
        for one in appointments.of_course(db, course_id)
        if one.status.takes_the_chair and one.id not in ignoring
    )
    return Spacing(course.planned, course.spacing_min_days, course.spacing_max_days, others)


def against(
    db: Database,
    who: Wanted,
    place: Place,
    *,
    now: datetime,
    ignoring: Collection[AppointmentId] = (),
) -> tuple[Objection, ...]:
    """What speaks against a place as the file is now."""
    described, rules = clinic.clinic_and_rules(db)
    zone = described.zone
    first = place.span.starts.astimezone(zone).date()
    ends = place.span.starts + timedelta(minutes=who.segments.total)
    days = (ends.astimezone(zone).date() - first).days + 1
    diary = _diary(db, zone, rules, first, days=days).without(ignoring)
    return objections(diary, who, place, now=now)


def decide(
    act: Act,
    found: tuple[Objection, ...],
    override: Override,
    *,
    already: frozenset[Guard] = frozenset(),
) -> Override:
    """What is kept of a decision; `Objected` while a rule stands that nobody went against.

    `already` are rules that were decided about this appointment before. Refused without
    `may_override` when the person who acts may not decide about one of the rules.
    """
    member = clinic.staff_member(act.db, act.stamp.staff_id)
    role = Role.MANAGER if member is None else member.role
    open_ = tuple(one for one in found if one.guard not in already)
    left = standing(open_, override)
    forbidden = tuple(one for one in open_ if not one.may_override(role))
    if forbidden:
        raise Objected((*forbidden, *(one for one in left if one not in forbidden)),
                       may_override=False)  # fmt: skip
    if left:
        raise Objected(left, may_override=True)
    return Override(frozenset(one.guard for one in found), override.reason.strip())


def _escort_hours(db: Database, escort_id: EscortId | None) -> Hours:
    return ANY_HOURS if escort_id is None else patients.escort(db, escort_id).hours
