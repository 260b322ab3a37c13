"""When the next vital signs are due, by the protocol's plan and the phase the session is in."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ketadesk.domain.protocols import VitalsInterval
from ketadesk.domain.readings import Reading
from ketadesk.domain.sessions import Phase, Session


def next_due(
    session: Session,
    standing_readings: Sequence[Reading],
    vitals_plan: Sequence[VitalsInterval],
    now: datetime,
) -> datetime | None:
    """The moment of the next reading the plan asks for; in the past when it is late.

    The plan is a fixed grid of marks, counted from the start of the phase on the wall clock, so
    pauses do not stretch it and all chairs stay on the times the nurse knows. A reading answers
    every mark up to its own time and the next one when it was taken within the second half of the
    wait for it; but the next is never due later than the plan's interval after the last reading,
    so that neither a late nor an early one buys a longer gap. After a stop the infusion's marks go
    on until recovery begins. None before the start, once ready, or when nothing is asked for.
    """
    counted = _plan_phase(session)
    if counted is None:
        return None
    phase, starts = counted
    taken = [
        reading.taken_at
        for reading in standing_readings
        if reading.vitals.measured and reading.taken_at <= now
    ]
    last = max(taken, default=starts)
    before = starts
    for minute in _marks([interval for interval in vitals_plan if interval.phase is phase]):
        mark = starts + timedelta(minutes=minute)
        wait = mark - before
        if mark - wait / 2 > last:
            return min(mark, max(last, starts) + wait)
        before = mark
    return None


def _plan_phase(session: Session) -> tuple[Phase, datetime] | None:
    if session.phase is Phase.RECOVERING and session.recovery_started_at is not None:
        return Phase.RECOVERING, session.recovery_started_at
    running = session.phase in (Phase.INFUSING, Phase.PAUSED, Phase.STOPPED)
    if running and session.infusion_started_at is not None:
        return Phase.INFUSING, session.infusion_started_at
    return None


def _marks(intervals: Sequence[VitalsInterval]) -> Iterator[int]:
    """Minutes from the start of the phase; each interval goes on where the one before ended."""
    ends = sorted(intervals, key=lambda interval: (interval.until is None, interval.until or 0))
    after = 0
    for interval in ends:
        minute = (after // interval.every + 1) * interval.every
        while interval.until is None or minute <= interval.until:
            yield minute
            minute += interval.every
        after = max(after, interval.until)
