"""Reads sessions and what was recorded in them: answers, readings, events."""

from dataclasses import fields
from typing import Any

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import NotFound
from ketadesk.domain.events import Event, EventDraft, EventKind
from ketadesk.domain.ids import (
    AnswerId,
    AppointmentId,
    ChairId,
    EscortId,
    EventId,
    PatientId,
    ReadingId,
    SessionId,
    StaffId,
    Uuid,
)
from ketadesk.domain.names import full_name
from ketadesk.domain.phase_times import PhaseTimes
from ketadesk.domain.readings import Reading, ReadingDraft, Vitals
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistAnswer,
    ChecklistItem,
    Phase,
    Release,
    ReleasePath,
    Session,
)
from ketadesk.store.database import Database, Row
from ketadesk.store.values import (
    moment,
    optional_decimal,
    optional_moment,
    optional_seconds,
    seconds,
)

_BY_ID = "SELECT * FROM sessions WHERE id = :id"
_BY_APPOINTMENT = "SELECT * FROM sessions WHERE appointment_id = :appointment_id"
# The plus keeps the sort from walking years of sessions: the few open ones have an index.
_OPEN = "SELECT * FROM sessions WHERE phase <> 'released' ORDER BY +opened_at, id"
_BEFORE = """
SELECT * FROM sessions
WHERE patient_id = :patient_id AND id <> :id AND infusion_started_at IS NOT NULL
    AND opened_at <= :opened_at
ORDER BY infusion_started_at DESC LIMIT 1"""
_WHOSE = """
SELECT patients.given_name, patients.family_name, appointments.starts, appointments.ends
FROM appointments JOIN patients ON patients.id = appointments.patient_id
WHERE appointments.id = :appointment_id"""
_ANSWERS = "SELECT * FROM checklist_answers WHERE session_id = :session_id ORDER BY id"
_READINGS = "SELECT * FROM readings WHERE session_id = :session_id ORDER BY taken_at, id"
_EVENTS = "SELECT * FROM events WHERE session_id = :session_id ORDER BY at, id"


def session(db: Database, session_id: SessionId) -> Session:
    return session_from(session_row(db, session_id))


def session_row(db: Database, session_id: SessionId) -> Row:
    rows = db.rows(_BY_ID, id=session_id)
    if not rows:
        raise NotFound("session_not_found", session_id=session_id)
    return rows[0]


def of_appointment(db: Database, appointment_id: AppointmentId) -> Session | None:
    rows = db.rows(_BY_APPOINTMENT, appointment_id=appointment_id)
    return session_from(rows[0]) if rows else None


def not_released(db: Database) -> tuple[Session, ...]:
    """Every session whose patient is still here, oldest first."""
    return tuple(session_from(row) for row in db.rows(_OPEN))


def previous_infusion(db: Database, session_: Session) -> Session | None:
    """The same patient's last session before this one in which something was infused."""
    rows = db.rows(
        _BEFORE,
        patient_id=session_.patient_id,
        id=session_.id,
        opened_at=seconds(session_.opened_at),
    )
    return session_from(rows[0]) if rows else None


def whose(db: Database, session_: Session) -> tuple[str, Span]:
    """The patient's name and the time they were booked for."""
    (row,) = db.rows(_WHOSE, appointment_id=session_.appointment_id)
    name = full_name(row["given_name"], row["family_name"])
    return name, Span(moment(row["starts"]), moment(row["ends"]))


def answers(db: Database, session_id: SessionId) -> tuple[ChecklistAnswer, ...]:
    return tuple(_answer(row) for row in db.rows(_ANSWERS, session_id=session_id))


def readings(db: Database, session_id: SessionId) -> tuple[Reading, ...]:
    """All readings by true time, replaced and withdrawn ones included."""
    return tuple(_reading(row) for row in db.rows(_READINGS, session_id=session_id))


def events(db: Database, session_id: SessionId) -> tuple[Event, ...]:
    """All events by true time, replaced and withdrawn ones included."""
    return tuple(_event(row) for row in db.rows(_EVENTS, session_id=session_id))


def answer_values(session_id: SessionId, draft: AnswerDraft) -> dict[str, Any]:
    """The columns of an answer, but for who gave it when."""
    return {
        "uuid": draft.uuid,
        "session_id": session_id,
        "item": draft.item.value,
        "answer": draft.answer.value,
        "detail": draft.detail.strip(),
        "override_reason": draft.override_reason.strip(),
        "override_by": draft.override_by,
    }


def phase_values(times: PhaseTimes) -> dict[str, Any]:
    """The columns of where the session's steps have led it."""
    return {
        "phase": times.phase.value,
        "infusion_started_at": optional_seconds(times.infusion_started_at),
        "infusion_ended_at": optional_seconds(times.infusion_ended_at),
        "paused_at": optional_seconds(times.paused_at),
        "paused_seconds": times.paused_seconds,
        "recovery_started_at": optional_seconds(times.recovery_started_at),
        "ready_at": optional_seconds(times.ready_at),
        "released_at": optional_seconds(times.released_at),
    }


def reading_values(session_id: SessionId, draft: ReadingDraft) -> dict[str, Any]:
    """The columns of a reading, but for who entered it when."""
    vitals = {vital.name: getattr(draft.vitals, vital.name) for vital in fields(Vitals)}
    flow = draft.vitals.oxygen_flow
    return {
        **vitals,
        "oxygen_flow": None if flow is None else str(flow),
        "note": draft.vitals.note.strip(),
        "taken_at": seconds(draft.taken_at),
        **_entry_values(session_id, draft),
    }


def event_values(session_id: SessionId, draft: EventDraft) -> dict[str, Any]:
    """The columns of an event, but for who entered it when."""
    return {
        "kind": draft.kind.value,
        "at": seconds(draft.at),
        "code": draft.code.strip(),
        "medicine": draft.medicine.strip(),
        "grade": draft.grade,
        "detail": draft.detail.strip(),
        **_entry_values(session_id, draft),
    }


def _entry_values(session_id: SessionId, draft: ReadingDraft | EventDraft) -> dict[str, Any]:
    return {
        "uuid": draft.uuid,
        "session_id": session_id,
        "amends_id": draft.amends_id,
        "amend_reason": draft.amend_reason.strip(),
        "withdrawn": int(draft.withdrawn),
    }


def session_from(row: Row) -> Session:
    return Session(
        id=SessionId(row["id"]),
        uuid=Uuid(row["uuid"]),
        appointment_id=AppointmentId(row["appointment_id"]),
        patient_id=PatientId(row["patient_id"]),
        chair_id=ChairId(row["chair_id"]),
        nurse_id=StaffId(row["nurse_id"]),
        phase=Phase(row["phase"]),
        opened_at=moment(row["opened_at"]),
        infusion_started_at=optional_moment(row["infusion_started_at"]),
        infusion_ended_at=optional_moment(row["infusion_ended_at"]),
        paused_at=optional_moment(row["paused_at"]),
        paused_seconds=row["paused_seconds"],
        recovery_started_at=optional_moment(row["recovery_started_at"]),
        ready_at=optional_moment(row["ready_at"]),
        released_at=optional_moment(row["released_at"]),
        release=_release(row),
        signed_at=optional_moment(row["signed_at"]),
        signed_by=None if row["signed_by"] is None else StaffId(row["signed_by"]),
        version=row["version"],
    )


def _release(row: Row) -> Release | None:
    if row["release_path"] is None:
        return None
    escort_id = row["release_escort_id"]
    return Release(
        path=ReleasePath(row["release_path"]),
        escort_id=None if escort_id is None else EscortId(escort_id),
        to_name=row["release_to_name"],
        reason=row["release_reason"],
    )


def _answer(row: Row) -> ChecklistAnswer:
    return ChecklistAnswer(
        id=AnswerId(row["id"]),
        session_id=SessionId(row["session_id"]),
        item=ChecklistItem(row["item"]),
        answer=Answer(row["answer"]),
        detail=row["detail"],
        override_reason=row["override_reason"],
        override_by=None if row["override_by"] is None else StaffId(row["override_by"]),
        at=moment(row["at"]),
        by=StaffId(row["by"]),
    )


def _reading(row: Row) -> Reading:
    amends_id = row["amends_id"]
    return Reading(
        id=ReadingId(row["id"]),
        uuid=Uuid(row["uuid"]),
        session_id=SessionId(row["session_id"]),
        taken_at=moment(row["taken_at"]),
        entered_at=moment(row["entered_at"]),
        entered_by=StaffId(row["entered_by"]),
        vitals=Vitals(
            systolic=row["systolic"],
            diastolic=row["diastolic"],
            heart_rate=row["heart_rate"],
            oxygen_saturation=row["oxygen_saturation"],
            respiratory_rate=row["respiratory_rate"],
            oxygen_flow=optional_decimal(row["oxygen_flow"]),
            moaas=row["moaas"],
            pain=row["pain"],
            dissociation=row["dissociation"],
            note=row["note"],
        ),
        amends_id=None if amends_id is None else ReadingId(amends_id),
        amend_reason=row["amend_reason"],
        withdrawn=bool(row["withdrawn"]),
    )


def _event(row: Row) -> Event:
    amends_id = row["amends_id"]
    return Event(
        id=EventId(row["id"]),
        uuid=Uuid(row["uuid"]),
        session_id=SessionId(row["session_id"]),
        kind=EventKind(row["kind"]),
        at=moment(row["at"]),
        code=row["code"],
        medicine=row["medicine"],
        grade=row["grade"],
        detail=row["detail"],
        entered_at=moment(row["entered_at"]),
        entered_by=StaffId(row["entered_by"]),
        amends_id=None if amends_id is None else EventId(amends_id),
        amend_reason=row["amend_reason"],
        withdrawn=bool(row["withdrawn"]),
    )
