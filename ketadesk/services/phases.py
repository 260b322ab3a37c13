"""How a session gets from phase to phase, and how a step's time is put right afterwards.

The session's moments are always those that its steps lead to: each step is an event that stays.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ketadesk.domain.errors import Refused
from ketadesk.domain.events import EventDraft, EventKind
from ketadesk.domain.ids import EventId, SessionId
from ketadesk.domain.phase_times import (
    check_after,
    check_opened,
    corrected,
    phase_times,
    steps_taken,
)
from ketadesk.domain.sessions import (
    Phase,
    check_moment,
    check_phase_step,
    check_unsigned,
)
from ketadesk.services.action import action
from ketadesk.services.entries import keep, say_whose
from ketadesk.store import appointments, sessions
from ketadesk.store.actions import Act
from ketadesk.store.values import seconds


def take_step(
    act: Act,
    session_id: SessionId,
    wanted: Phase,
    at: datetime,
    *,
    detail: str = "",
    also: Mapping[str, Any] | None = None,
) -> None:
    """Takes the session to a phase and leaves the event that says when, as part of an action."""
    before = sessions.session_row(act.db, session_id)
    session = sessions.session_from(before)
    check_unsigned(session)
    check_phase_step(session.phase, wanted)
    check_moment(session, at, now=act.at)
    at = at.replace(microsecond=0)
    steps = steps_taken(sessions.events(act.db, session_id))
    check_after(steps, at)
    times = phase_times(steps).after(wanted, at)
    act.update("sessions", before, {**sessions.phase_values(times), **(also or {})})
    draft = EventDraft(EventKind.PHASE, at, code=wanted.value, detail=detail, uuid=act.stamp.uuid)
    keep(act, "events", sessions.event_values(session_id, draft))
    say_whose(act, session)
    act.say(moment_at=seconds(at))


@action("phase_time_corrected")
def correct_time(
    act: Act, session_id: SessionId, step_id: EventId, *, at: datetime, reason: str
) -> None:
    """Says when a step was really taken: pressed too early or too late. Both times stay.

    The time lies between those of the steps before and after, never before the session was opened,
    and every clock follows it.
    """
    before = sessions.session_row(act.db, session_id)
    session = sessions.session_from(before)
    check_unsigned(session)
    if not reason.strip():
        raise Refused("amend_needs_reason")
    check_moment(session, at, now=act.at)
    check_opened(session.opened_at, at)
    at = at.replace(microsecond=0)
    events = sessions.events(act.db, session_id)
    if any(event.amends_id == step_id for event in events):
        raise Refused("amended_already")
    steps = steps_taken(events)
    mended = corrected(steps, step_id, at)
    (step,) = (step for step in steps if step.id == step_id)
    times = phase_times(mended)
    act.update("sessions", before, sessions.phase_values(times))
    draft = EventDraft(
        EventKind.PHASE,
        at,
        code=step.code,
        detail=step.detail,
        amends_id=step_id,
        amend_reason=reason,
        uuid=act.stamp.uuid,
    )
    keep(act, "events", sessions.event_values(session_id, draft))
    if session.released_at is not None and times.released_at is not None:
        visit = appointments.appointment_row(act.db, session.appointment_id)
        act.update("appointments", visit, {"status_at": seconds(times.released_at)})
    say_whose(act, session)
    act.say(phase=step.code, was_at=seconds(step.at), moment_at=seconds(at))
