"""What a nurse does with a session: open it, answer, start, pause, stop, recover, release, sign."""

from datetime import datetime
from typing import Any

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.clinic import Staff
from ketadesk.domain.dosing import show
from ketadesk.domain.errors import Refused
from ketadesk.domain.events import ADDENDUM, EventDraft, EventKind
from ketadesk.domain.ids import AppointmentId, SessionId, StaffId
from ketadesk.domain.readiness import doubts
from ketadesk.domain.readings import standing
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistItem,
    Phase,
    Release,
    ReleasePath,
    Session,
    check_answer,
    check_in_phase,
    check_release,
    check_release_step,
    check_unsigned,
    nurse_of_session,
    open_items,
)
from ketadesk.domain.weights import SAME, far_apart, read_weight, weighed_today
from ketadesk.services.action import action
from ketadesk.services.entries import keep, say_whose
from ketadesk.services.phases import take_step
from ketadesk.services.session_records import list_sessions, load
from ketadesk.store import appointments, clinic, orders, patients, sessions
from ketadesk.store.actions import Act
from ketadesk.store.values import seconds

__all__ = [
    "addendum",
    "answer",
    "back_to_recovery",
    "begin",
    "list_sessions",
    "load",
    "mark_ready",
    "open_session",
    "pause",
    "release",
    "resume",
    "sign",
    "stop",
    "take_back_release",
    "to_recovery",
]


@action("session_opened")
def open_session(
    act: Act, appointment_id: AppointmentId, *, nurse_id: StaffId | None = None
) -> None:
    """Opens the record of an arrived patient's infusion; an appointment has one session.

    Without a `nurse_id`, `nurse_of_session` says whose it is.
    """
    before = appointments.appointment_row(act.db, appointment_id)
    kept = sessions.of_appointment(act.db, appointment_id)
    if kept is not None:
        raise Refused("session_exists", session_id=kept.id)
    if before["status"] != Status.ARRIVED.value:
        raise Refused("session_needs_arrival", status=before["status"])
    if nurse_id is None:
        nurse_id = nurse_of_session(
            planned=_member(act, before["nurse_id"]), working=_member(act, act.stamp.staff_id)
        )
    row = act.insert(
        "sessions",
        {
            "uuid": act.stamp.uuid,
            "appointment_id": appointment_id,
            "patient_id": before["patient_id"],
            "chair_id": before["chair_id"],
            "nurse_id": nurse_id,
            "phase": Phase.PREPARING.value,
            "opened_at": seconds(act.at),
        },
    )
    status = {"status": Status.IN_SESSION.value, "status_at": seconds(act.at)}
    act.update("appointments", before, status)
    say_whose(act, sessions.session_from(row))


def _member(act: Act, staff_id: StaffId | None) -> Staff | None:
    return None if staff_id is None else clinic.staff_member(act.db, staff_id)


@action("checklist_answered")
def answer(act: Act, session_id: SessionId, draft: AnswerDraft, *, sure: bool = False) -> None:
    """Keeps one answer of the checklist; the newest per item counts.

    A weight far from the last session's is refused until someone is `sure` of it.
    """
    session = sessions.session(act.db, session_id)
    check_unsigned(session)
    check_answer(draft)
    if draft.item is ChecklistItem.WEIGHT and draft.answer is Answer.MET:
        _check_weight(act, session, draft.detail, sure=sure)
    values = sessions.answer_values(session_id, draft)
    act.insert("checklist_answers", {**values, "at": seconds(act.at), "by": act.stamp.staff_id})
    say_whose(act, session)
    act.say(item=draft.item.value, overridden=bool(draft.override_reason.strip()))


@action("infusion_begun")
def begin(act: Act, session_id: SessionId, *, at: datetime) -> None:
    """Starts the infusion, once nothing on the checklist holds it back and there is an order."""
    answers = sessions.answers(act.db, session_id)
    items = open_items(answers)
    session = sessions.session(act.db, session_id)
    check_unsigned(session)
    check_in_phase(session, Phase.PREPARING, Phase.INFUSING)
    if items:
        raise Refused("checklist_open", items=",".join(items), count=len(items))
    ordered = orders.of_session(act.db, session_id)
    if not ordered:
        raise Refused("order_missing")
    weight = weighed_today(answers)
    if weight is not None and abs(weight - ordered[-1].weight) > SAME:
        raise Refused(
            "order_for_other_weight", order_weight=show(ordered[-1].weight), weight=show(weight)
        )
    take_step(act, session_id, Phase.INFUSING, at)


@action("infusion_paused")
def pause(act: Act, session_id: SessionId, *, at: datetime, reason: str = "") -> None:
    take_step(act, session_id, Phase.PAUSED, at, detail=reason)


@action("infusion_resumed")
def resume(act: Act, session_id: SessionId, *, at: datetime) -> None:
    """Goes on after a pause; how long it lasted is taken out of the time infused."""
    session = sessions.session(act.db, session_id)
    check_in_phase(session, Phase.PAUSED, Phase.INFUSING)
    take_step(act, session_id, Phase.INFUSING, at)


@action("infusion_stopped")
def stop(act: Act, session_id: SessionId, *, at: datetime, reason: str) -> None:
    """Stops before the end; before the start it means that nothing is given today."""
    if not reason.strip():
        raise Refused("stop_needs_reason")
    session = sessions.session(act.db, session_id)
    take_step(act, session_id, Phase.STOPPED, at, detail=reason)
    act.say(given=session.infusion_started_at is not None)


@action("recovery_begun")
def to_recovery(act: Act, session_id: SessionId, *, at: datetime) -> None:
    """Ends the infusion, if it is still running, and starts recovery."""
    take_step(act, session_id, Phase.RECOVERING, at)


@action("marked_ready")
def mark_ready(act: Act, session_id: SessionId, *, at: datetime, override_reason: str = "") -> None:
    """Ready to go home. What speaks against it is named; with a reason a person goes on."""
    session = sessions.session(act.db, session_id)
    check_in_phase(session, Phase.RECOVERING, Phase.READY)
    segments = appointments.appointment(act.db, session.appointment_id).segments
    readings = standing(sessions.readings(act.db, session_id))
    found = doubts(session, readings, segments, at)
    if found and not override_reason.strip():
        raise Refused("not_ready_yet", may_override=True, doubts=",".join(found))
    take_step(act, session_id, Phase.READY, at, detail=override_reason if found else "")


@action("back_in_recovery")
def back_to_recovery(act: Act, session_id: SessionId, *, at: datetime) -> None:
    """Takes back "ready"; recovery counts from its own start, as before."""
    session = sessions.session(act.db, session_id)
    check_in_phase(session, Phase.READY, Phase.RECOVERING)
    take_step(act, session_id, Phase.RECOVERING, at)


@action("patient_released")
def release(act: Act, session_id: SessionId, given: Release, *, at: datetime) -> None:
    """Hands the patient over, completes the appointment and frees the chair."""
    session = sessions.session(act.db, session_id)
    check_unsigned(session)
    to_name = given.to_name.strip()
    if given.escort_id is not None:
        escort = patients.escort(act.db, given.escort_id)
        if escort.patient_id != session.patient_id:
            raise Refused("escort_of_another_patient")
        to_name = to_name or escort.name
    given = Release(given.path, given.escort_id, to_name, given.reason.strip())
    check_release_step(session, given)
    check_release(given)
    values = {
        "release_path": given.path.value,
        "release_escort_id": given.escort_id,
        "release_to_name": given.to_name,
        "release_reason": given.reason,
    }
    take_step(act, session_id, Phase.RELEASED, at, detail=given.reason, also=values)
    _complete(act, session, given, at)
    act.say(path=given.path.value, to_name=given.to_name)


@action("release_taken_back")
def take_back_release(act: Act, session_id: SessionId, *, at: datetime, reason: str) -> None:
    """The patient had not gone yet: ready again, with a reason, as long as nobody signed."""
    session = sessions.session(act.db, session_id)
    check_unsigned(session)
    check_in_phase(session, Phase.RELEASED, Phase.READY)
    if not reason.strip():
        raise Refused("take_back_needs_reason")
    values = {
        "release_path": None,
        "release_escort_id": None,
        "release_to_name": "",
        "release_reason": "",
    }
    take_step(act, session_id, Phase.READY, at, detail=reason, also=values)
    before = appointments.appointment_row(act.db, session.appointment_id)
    status = {"status": Status.IN_SESSION.value, "status_at": seconds(act.at)}
    if before["escort_state"] == EscortState.HANDED_OVER.value:
        status["escort_state"] = EscortState.HERE.value
    act.update("appointments", before, status)


@action("session_signed_off")
def sign(act: Act, session_id: SessionId) -> None:
    """Signs the record after the release: from then on it only takes addenda."""
    before = sessions.session_row(act.db, session_id)
    session = sessions.session_from(before)
    check_unsigned(session)
    if session.phase is not Phase.RELEASED:
        raise Refused("sign_before_release", phase=session.phase.value)
    values = {"signed_at": seconds(act.at), "signed_by": act.stamp.staff_id}
    act.update("sessions", before, values)
    say_whose(act, session)


@action("addendum_written")
def addendum(act: Act, session_id: SessionId, text: str) -> None:
    """Adds a note to a signed record; before signing, notes and amendments do."""
    session = sessions.session(act.db, session_id)
    if not session.signed:
        raise Refused("addendum_before_signing")
    if not text.strip():
        raise Refused("event_empty")
    draft = EventDraft(EventKind.NOTE, act.at, code=ADDENDUM, detail=text, uuid=act.stamp.uuid)
    keep(act, "events", sessions.event_values(session_id, draft))
    say_whose(act, session)


def _check_weight(act: Act, session: Session, detail: str, *, sure: bool) -> None:
    weight = read_weight(detail)
    if weight is None:
        raise Refused("weight_missing")
    last = orders.last_weight(act.db, session.patient_id, before=session.id)
    if last is not None and far_apart(weight, last) and not sure:
        raise Refused(
            "weight_far_from_last", may_override=True, weight=show(weight), last=show(last)
        )


def _complete(act: Act, session: Session, given: Release, at: datetime) -> None:
    before = appointments.appointment_row(act.db, session.appointment_id)
    values: dict[str, Any] = {"status": Status.COMPLETED.value, "status_at": seconds(at)}
    if given.path is ReleasePath.TO_ESCORT:
        values["escort_state"] = EscortState.HANDED_OVER.value
        if given.escort_id is not None:
            values["escort_id"] = given.escort_id
    act.update("appointments", before, values)
