"""When a patient will be ready to go home, from how the session really runs."""

from datetime import datetime, timedelta

from ketadesk.domain.appointments import Appointment
from ketadesk.domain.changes import Span
from ketadesk.domain.protocols import Segment
from ketadesk.domain.sessions import Order, Phase, Session


def ready_about(
    session: Session, order: Order | None, appointment: Appointment, now: datetime
) -> datetime:
    """The moment to tell the escort: start + ordered duration + pauses + recovery as booked.

    What has happened replaces what was planned; what is overdue is expected now, never in the
    past, until the patient is ready.
    """
    recovery = timedelta(minutes=appointment.segments.recovery)
    if session.released_at is not None:
        return session.released_at
    if session.ready_at is not None:
        return session.ready_at
    if session.recovery_started_at is not None:
        return max(session.recovery_started_at + recovery, now)
    if session.infusion_ended_at is not None:
        return max(session.infusion_ended_at + recovery, now)
    minutes = appointment.segments.infusion if order is None else order.duration
    duration = timedelta(minutes=minutes)
    if session.infusion_started_at is not None:
        paused = timedelta(seconds=session.paused_seconds)
        if session.paused_at is not None:
            paused += max(timedelta(), now - session.paused_at)
        return max(session.infusion_started_at + duration + paused, now) + recovery
    if session.phase is Phase.STOPPED:
        return now
    return max(_planned_start(appointment), now) + duration + recovery


def _planned_start(appointment: Appointment) -> datetime:
    for segment, span in appointment.segment_spans():
        if segment is Segment.INFUSION:
            return span.starts
    return appointment.starts


def pickup_window(ready: datetime, minutes: int) -> Span:
    """The stretch to name to the escort, in five-minute steps, from a quarter of it before `ready`.

    Rounded up, on the UTC clock: every zone in use differs from it by a multiple of 15 minutes.
    """
    length = timedelta(minutes=minutes)
    earliest = ready - length / 4
    starts = earliest + timedelta(seconds=-earliest.timestamp() % 300)
    return Span(starts, starts + length)
