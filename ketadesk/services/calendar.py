"""What the calendar and the lists read: visits with their names, for a stretch of days."""

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Noun, Span
from ketadesk.domain.clinic import Chair, Clinic, Staff, day_span
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId
from ketadesk.domain.protocols import Protocol
from ketadesk.domain.rules import Rules
from ketadesk.store import appointments, clinic, protocols
from ketadesk.store.database import Database


class Frame(NamedTuple):
    """What changes rarely and every view needs: read once, and again when it changes."""

    clinic: Clinic
    rules: Rules
    staff: tuple[Staff, ...]
    chairs: tuple[Chair, ...]
    protocols: tuple[Protocol, ...]


FRAME_TABLES: frozenset[Noun] = frozenset(
    {"settings", "staff", "chairs", "protocols", "vitals_intervals", "opening_hours"}
)


def frame(db: Database) -> Frame:
    return Frame(
        clinic=clinic.clinic(db),
        rules=clinic.rules(db),
        staff=clinic.staff(db),
        chairs=clinic.chairs(db),
        protocols=protocols.protocols(db),
    )


def schedule(db: Database, first: date, *, days: int = 1) -> Schedule:
    """The local days from `first` on: chairs, hours, closures and the visits that touch them.

    Cancelled visits too; but what was booked by mistake stands in the patient's record alone.
    """
    return schedule_in(db, clinic.clinic(db).zone, first, days=days)


def schedule_in(db: Database, zone: ZoneInfo, first: date, *, days: int) -> Schedule:
    """The same where the clinic's zone was read before."""
    starts = day_span(first, zone).starts
    ends = day_span(first + timedelta(days=days - 1), zone).ends
    span = Span(starts, ends)
    return Schedule(
        span=span,
        chairs=clinic.chairs(db),
        hours=clinic.opening_hours(db),
        closures=clinic.closures(db, span),
        visits=tuple(
            visit for visit in appointments.visits(db, span) if not visit.appointment.mistaken
        ),
    )


def booked_in(db: Database, chair_id: ChairId | None, span: Span) -> tuple[Visit, ...]:
    """Who has the chair, or any chair when it is None, at some time of the span."""
    return tuple(
        visit
        for visit in appointments.visits(db, span)
        if visit.appointment.status.takes_the_chair
        and chair_id in (None, visit.appointment.chair_id)
        and visit.appointment.span.overlaps(span)
    )


def visit(db: Database, appointment_id: AppointmentId) -> Visit:
    return appointments.visit(db, appointment_id)


def visits_by_id(db: Database, ids: tuple[AppointmentId, ...]) -> dict[AppointmentId, Visit]:
    """Those of them that are in this clinic file."""
    return {visit.appointment.id: visit for visit in appointments.visits_by_id(db, ids)}


def visits_of(db: Database, patient_id: PatientId) -> tuple[Visit, ...]:
    """One patient's visits, newest first."""
    return appointments.visits_of(db, patient_id)
