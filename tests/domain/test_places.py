"""Who has a place, and what closes it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, OpeningHours, day_span
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    ClosureId,
    PatientId,
    ProtocolId,
    Uuid,
)
from ketadesk.domain.places import Place, closed_by, taken_by
from ketadesk.domain.protocols import SegmentMinutes, Tier

ZONE = ZoneInfo("America/Los_Angeles")
MONDAY = date(2027, 5, 10)
CHAIRS = (Chair(ChairId(1), "One", 1), Chair(ChairId(2), "Two", 2))
HOURS = (OpeningHours(0, time(8), time(12)), OpeningHours(0, time(13), time(17)))
TWO_HOURS = timedelta(hours=2)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 5, 10, hour, minute, tzinfo=ZONE).astimezone(UTC)


def visit(starts: datetime, minutes: int, chair: int = 1, status: Status = Status.BOOKED) -> Visit:
    appointment = Appointment(
        id=AppointmentId(1),
        uuid=Uuid("u"),
        patient_id=PatientId(1),
        chair_id=ChairId(chair),
        protocol_id=ProtocolId(1),
        span=Span(starts, starts + timedelta(minutes=minutes)),
        segments=SegmentMinutes(0, minutes, 0, 0),
        status=status,
        status_at=starts,
        escort_state=EscortState.NOT_ASKED,
    )
    return Visit(appointment, "Ana", "", "Mood", Tier.LOW, "", "", "", "", None, "en")


def schedule(
    *visits: Visit,
    hours: tuple[OpeningHours, ...] = HOURS,
    closures: tuple[Closure, ...] = (),
) -> Schedule:
    ordered = tuple(sorted(visits, key=lambda one: one.appointment.starts))
    return Schedule(day_span(MONDAY, ZONE), CHAIRS, hours, closures, ordered)


def test_who_takes_a_chair_and_what_closes_it() -> None:
    pump = Closure(ClosureId(1), ChairId(2), Span(at(15), at(16)), "pump service")
    gone = visit(at(13), 120, status=Status.NO_SHOW)
    seen = schedule(visit(at(9), 60), gone, closures=(pump,))

    def place(chair: int, starts: datetime) -> Place:
        return Place(ChairId(chair), Span(starts, starts + TWO_HOURS))

    def taken(chair: int, starts: datetime) -> bool:
        return taken_by(seen.visits, place(chair, starts)) is not None

    assert taken(1, at(8)) and taken(1, at(9, 30))
    assert not taken(1, at(7)) and not taken(1, at(10))
    assert not taken(2, at(9)) and not taken(1, at(13))
    assert closed_by(seen, place(2, at(14))) is pump
    assert closed_by(seen, place(1, at(14))) is None
    all_day = Closure(ClosureId(2), None, day_span(MONDAY, ZONE), "holiday")
    assert closed_by(schedule(closures=(all_day,)), place(1, at(14))) is all_day
