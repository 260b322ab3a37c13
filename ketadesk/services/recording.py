"""What a nurse writes down during a session: the order, readings, events, and their amendments.

Nothing kept is ever changed: an amendment is a new row that names the one it replaces, and why.
"""

from collections.abc import Mapping
from typing import Any

from ketadesk.domain.dosing import check_order, outside_range, show
from ketadesk.domain.errors import NotFound, Refused
from ketadesk.domain.events import ORDER_OUTSIDE_RANGE, Event, EventDraft, EventKind, check_event
from ketadesk.domain.ids import SessionId, new_uuid
from ketadesk.domain.readings import Reading, ReadingDraft, check_vitals
from ketadesk.domain.sessions import OrderDraft, Session, check_moment, check_unsigned
from ketadesk.domain.written_line import signs
from ketadesk.services.action import action
from ketadesk.services.entries import keep, say_whose
from ketadesk.store import appointments, orders, protocols, sessions
from ketadesk.store.actions import Act
from ketadesk.store.values import seconds


@action("order_written")
def write_order(
    act: Act, session_id: SessionId, draft: OrderDraft, *, override_reason: str = ""
) -> None:
    """Keeps what the clinician ordered; the newest order counts, the older ones stay."""
    session = _open(act, session_id)
    appointment = appointments.appointment(act.db, session.appointment_id)
    protocol = protocols.protocol(act.db, appointment.protocol_id)
    check_order(draft, protocol, override_reason=override_reason)
    keep(act, "orders", orders.order_values(session_id, draft))
    overridden = outside_range(draft.dose_per_kg, protocol)
    if overridden:
        note = EventDraft(
            EventKind.NOTE,
            act.at,
            code=ORDER_OUTSIDE_RANGE,
            detail=override_reason,
            uuid=new_uuid(),
        )
        keep(act, "events", sessions.event_values(session_id, note))
    say_whose(act, session)
    act.say(dose=show(draft.dose), overridden=overridden)


@action("reading_recorded")
def record_reading(act: Act, session_id: SessionId, draft: ReadingDraft) -> None:
    """Keeps one set of vital signs, in every phase and afterwards until the record is signed."""
    if draft.amends_id is not None or draft.withdrawn:
        raise Refused("amend_instead")
    _keep_reading(act, session_id, draft)


@action("reading_amended")
def amend_reading(act: Act, session_id: SessionId, draft: ReadingDraft) -> None:
    """Replaces a reading by another, or withdraws it; both stay readable."""
    kept = sessions.readings(act.db, session_id)
    _check_amendment(draft, {reading.id: reading for reading in kept})
    _keep_reading(act, session_id, draft)


@action("event_recorded")
def record_event(act: Act, session_id: SessionId, draft: EventDraft) -> None:
    """Keeps something that happened: a side effect, a medicine, an intervention, a note."""
    if draft.amends_id is not None or draft.withdrawn:
        raise Refused("amend_instead")
    _keep_event(act, session_id, draft)


@action("event_amended")
def amend_event(act: Act, session_id: SessionId, draft: EventDraft) -> None:
    """Replaces an event by another, or withdraws it; phases follow the session's own steps."""
    kept = {event.id: event for event in sessions.events(act.db, session_id)}
    amended = _check_amendment(draft, kept)
    if amended.kind is EventKind.PHASE:
        raise Refused("phase_events_stay")
    _keep_event(act, session_id, draft)


def _keep_reading(act: Act, session_id: SessionId, draft: ReadingDraft) -> None:
    session = _open(act, session_id)
    check_vitals(draft.vitals)
    check_moment(session, draft.taken_at, now=act.at)
    keep(act, "readings", sessions.reading_values(session_id, draft))
    say_whose(act, session)
    act.say(
        taken_at=seconds(draft.taken_at),
        reading=signs(draft.vitals),
        withdrawn=draft.withdrawn,
    )


def _keep_event(act: Act, session_id: SessionId, draft: EventDraft) -> None:
    session = _open(act, session_id)
    check_event(draft)
    check_moment(session, draft.at, now=act.at)
    keep(act, "events", sessions.event_values(session_id, draft))
    say_whose(act, session)
    act.say(
        kind=draft.kind.value,
        code=draft.code,
        moment_at=seconds(draft.at),
        withdrawn=draft.withdrawn,
    )


def _open(act: Act, session_id: SessionId) -> Session:
    """The session, if it still takes entries."""
    session = sessions.session(act.db, session_id)
    check_unsigned(session)
    return session


def _check_amendment(
    draft: ReadingDraft | EventDraft, kept: Mapping[Any, Reading] | Mapping[Any, Event]
) -> Any:
    """The entry to be amended: it belongs to this session and was not amended before."""
    if draft.amends_id not in kept:
        raise NotFound("amend_not_found")
    if not draft.amend_reason.strip():
        raise Refused("amend_needs_reason")
    if any(entry.amends_id == draft.amends_id for entry in kept.values()):
        raise Refused("amended_already")
    return kept[draft.amends_id]
