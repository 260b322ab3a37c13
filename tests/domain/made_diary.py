"""A clinic's weeks for the rules of booking: six chairs, two nurses, from Monday 10 May 2027."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, OpeningHours, Role, Staff, day_span
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.diary import Diary
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    ClosureId,
    PatientId,
    ProtocolId,
    StaffId,
    Uuid,
)
from ketadesk.domain.patients import Eligibility, Patient
from ketadesk.domain.protocols import SegmentMinutes, Tier
from ketadesk.domain.rules import Rules

ZONE = ZoneInfo("America/Los_Angeles")
MONDAY = date(2027, 5, 10)
NOW = datetime(2027, 5, 10, 7, tzinfo=ZONE).astimezone(UTC)
CHAIR_1, CHAIR_2 = ChairId(1), ChairId(2)
ROSA = Staff(StaffId(1), "Rosa M.", Role.NURSE)
LENA = Staff(StaffId(2), "Lena K.", Role.NURSE)
NURSES = (ROSA, LENA)
PARTS = SegmentMinutes(check_in=30, infusion=40, recovery=45, turnover=5)
WEEKDAYS = tuple(OpeningHours(weekday, time(8), time(18)) for weekday in range(5))
ANA = Patient(
    id=PatientId(1),
    uuid=Uuid("ana"),
    given_name="Ana",
    family_name="García",
    eligibility=Eligibility.APPROVED,
)
WANTED = Wanted(PARTS, ANA)

_numbers = count(100)


def at(hour: int, minute: int = 0, *, day: int = 10, month: int = 5) -> datetime:
    """A moment of 2027 on the clinic's wall clock, in UTC."""
    return datetime(2027, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def visit(
    starts: datetime,
    *,
    chair: int = 1,
    patient: int = 2,
    name: str = "Ben Okafor",
    nurse: Staff | None = None,
    parts: SegmentMinutes = PARTS,
    status: Status = Status.BOOKED,
    **more: object,
) -> Visit:
    number = next(_numbers)
    appointment = Appointment(
        id=AppointmentId(number),
        uuid=Uuid(str(number)),
        patient_id=PatientId(patient),
        chair_id=ChairId(chair),
        protocol_id=ProtocolId(1),
        span=Span(starts, starts + timedelta(minutes=parts.total)),
        segments=parts,
        status=status,
        status_at=starts,
        escort_state=EscortState.NOT_ASKED,
        nurse_id=None if nurse is None else nurse.id,
    )
    appointment = replace(appointment, **more)  # type: ignore[arg-type]
    nurse_name = "" if nurse is None else nurse.name
    return Visit(appointment, name, "", "Mood", Tier.LOW, nurse_name, "", "", "", None, "en")


def closure(starts: datetime, ends: datetime, *, chair: int | None = None) -> Closure:
    chair_id = None if chair is None else ChairId(chair)
    return Closure(ClosureId(1), chair_id, Span(starts, ends), "pump in repair")


def diary(
    *visits: Visit,
    chairs: int = 2,
    hours: tuple[OpeningHours, ...] = WEEKDAYS,
    closures: tuple[Closure, ...] = (),
    nurses: tuple[Staff, ...] = NURSES,
    rules: Rules | None = None,
    first: date = MONDAY,
    days: int = 42,
    zone: ZoneInfo = ZONE,
) -> Diary:
    starts, ends = day_span(first, zone).starts, day_span(first + timedelta(days=days), zone).starts
    schedule = Schedule(
        span=Span(starts, ends),
        chairs=tuple(Chair(ChairId(one), f"Chair {one}", one) for one in range(1, chairs + 1)),
        hours=hours,
        closures=closures,
        visits=tuple(sorted(visits, key=lambda one: one.appointment.starts)),
    )
    return Diary(schedule, zone, rules or Rules(), nurses)
