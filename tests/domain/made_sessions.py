"""Sessions, readings and visits for rules that need no file: 14 May 2027, times in UTC."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    OrderId,
    PatientId,
    ProtocolId,
    ReadingId,
    SessionId,
    StaffId,
    Uuid,
)
from ketadesk.domain.protocols import SegmentMinutes, Tier
from ketadesk.domain.readings import Reading, Vitals
from ketadesk.domain.sessions import Order, Phase, Session

MINUTES = SegmentMinutes(check_in=15, infusion=40, recovery=45, turnover=10)
CHAIRS = tuple(Chair(ChairId(number), f"Chair {number}", number) for number in (1, 2, 3))


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2027, 5, 14, hour, minute, second, tzinfo=UTC)


def session(phase: Phase = Phase.PREPARING, *, number: int = 1, **moments: object) -> Session:
    made = Session(
        id=SessionId(number),
        uuid=Uuid(f"session-{number}"),
        appointment_id=AppointmentId(number),
        patient_id=PatientId(number),
        chair_id=ChairId(number),
        nurse_id=StaffId(1),
        phase=phase,
        opened_at=at(10),
    )
    return replace(made, **moments)  # type: ignore[arg-type]


def order(duration: int = 40) -> Order:
    return Order(
        ordered_by="Dr. Shah",
        weight=Decimal(70),
        dose_per_kg=Decimal("0.5"),
        dose=Decimal(35),
        duration=duration,
        route="iv",
        id=OrderId(1),
        session_id=SessionId(1),
        entered_at=at(10),
        entered_by=StaffId(1),
    )


def reading(taken_at: datetime, number: int = 1, **vitals: object) -> Reading:
    return Reading(
        id=ReadingId(number),
        uuid=Uuid(f"reading-{number}"),
        session_id=SessionId(1),
        taken_at=taken_at,
        entered_at=taken_at,
        entered_by=StaffId(1),
        vitals=Vitals(**(vitals or {"systolic": 132, "diastolic": 84})),  # type: ignore[arg-type]
    )


def visit(
    starts: datetime,
    *,
    number: int = 1,
    chair: int = 1,
    status: Status = Status.BOOKED,
    escort: EscortState = EscortState.CONFIRMED,
    phase: Phase | None = None,
) -> Visit:
    appointment = Appointment(
        id=AppointmentId(number),
        uuid=Uuid(f"appointment-{number}"),
        patient_id=PatientId(number),
        chair_id=ChairId(chair),
        protocol_id=ProtocolId(1),
        span=Span(starts, MINUTES.spans(starts)[-1][1].ends),
        segments=MINUTES,
        status=status,
        status_at=starts,
        escort_state=escort,
        escort_id=None if escort is EscortState.NOT_ASKED else 1,  # type: ignore[arg-type]
    )
    return Visit(
        appointment=appointment,
        patient_name=f"Patient {number}",
        patient_phone="",
        protocol_name="Mood IV",
        tier=Tier.LOW,
        nurse_name="",
        escort_name="",
        escort_relation="",
        escort_phone="",
        planned=None,
        written_language="es",
        session_id=None if phase is None else SessionId(number),
        phase=phase,
    )
