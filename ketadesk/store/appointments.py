"""Reads appointments: bare ones for the rules, visits with their names for people."""

from datetime import datetime
from typing import Any

from ketadesk.domain.appointments import (
    Appointment,
    AppointmentDraft,
    EscortState,
    Reason,
    Status,
)
from ketadesk.domain.changes import Span
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    CourseId,
    EscortId,
    PatientId,
    ProtocolId,
    SessionId,
    StaffId,
    Uuid,
)
from ketadesk.domain.missed import Ended
from ketadesk.domain.names import full_name
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.protocols import SegmentMinutes, Tier
from ketadesk.domain.sessions import Phase
from ketadesk.store.database import Database, Row
from ketadesk.store.protocols import segment_minutes
from ketadesk.store.values import moment, seconds

_BY_ID = "SELECT * FROM appointments WHERE id = :id"
_NAMES = """
SELECT patients.given_name, patients.family_name, coalesce(chairs.name, '') AS chair_name
FROM patients LEFT JOIN chairs ON chairs.id = :chair_id WHERE patients.id = :patient_id"""
_IN_CHAIR = """
SELECT * FROM appointments
WHERE chair_id = :chair_id AND starts > :starts - 86400 AND starts < :ends AND ends > :starts
ORDER BY starts"""
_OF_COURSE = "SELECT * FROM appointments WHERE course_id = :course_id ORDER BY starts, id"
_WITH_ESCORT = """
SELECT * FROM appointments
WHERE escort_id = :escort_id
    AND patient_id = (SELECT patient_id FROM escorts WHERE id = :escort_id)
ORDER BY starts, id"""

_VISIT = """
SELECT appointments.*,
    patients.given_name, patients.family_name, patients.phone AS patient_phone,
    patients.written_language,
    protocols.name AS protocol_name, protocols.tier,
    coalesce(staff.name, '') AS nurse_name,
    coalesce(escorts.name, '') AS escort_name,
    coalesce(escorts.relation, '') AS escort_relation,
    coalesce(escorts.phone, '') AS escort_phone,
    coalesce(deciding.name, '') AS override_name,
    courses.planned, sessions.id AS session_id, sessions.phase,
    CASE sessions.phase
        WHEN 'preparing' THEN sessions.opened_at
        WHEN 'infusing' THEN sessions.infusion_started_at
        WHEN 'paused' THEN sessions.paused_at
        WHEN 'stopped' THEN sessions.infusion_ended_at
        WHEN 'recovering' THEN sessions.recovery_started_at
        WHEN 'ready' THEN sessions.ready_at
        WHEN 'released' THEN sessions.released_at
    END AS phase_since
FROM appointments
JOIN patients ON patients.id = appointments.patient_id
JOIN protocols ON protocols.id = appointments.protocol_id
LEFT JOIN staff ON staff.id = appointments.nurse_id
LEFT JOIN staff AS deciding ON deciding.id = appointments.override_by
LEFT JOIN escorts ON escorts.id = appointments.escort_id
LEFT JOIN courses ON courses.id = appointments.course_id
LEFT JOIN sessions ON sessions.appointment_id = appointments.id"""
_VISITS_IN = (
    _VISIT
    + """
WHERE appointments.starts > :starts - 86400 AND appointments.starts < :ends
    AND appointments.ends > :starts
ORDER BY appointments.starts, appointments.chair_id, appointments.id"""
)
_VISIT_BY_ID = _VISIT + " WHERE appointments.id = :id"
_VISITS_OF = (
    _VISIT
    + """
WHERE appointments.patient_id = :patient_id
ORDER BY appointments.starts DESC LIMIT +:most"""
)

_NEXT_VISIT_OF = (
    _VISIT
    + """
WHERE appointments.patient_id = :patient_id AND appointments.starts > :after
    AND appointments.status IN ('booked', 'confirmed', 'arrived')
ORDER BY appointments.starts LIMIT 1"""
)

# The plus keeps the grouping from walking every appointment there ever was.
_NEXT_STARTS = """
SELECT patient_id, min(starts) AS starts FROM appointments
WHERE starts >= :after AND status IN ('booked', 'confirmed', 'arrived')
GROUP BY +patient_id"""
_FIRST_VISITS = """
SELECT protocol_id, count(*) AS visits FROM appointments AS one
WHERE starts >= :starts AND starts < :ends
  AND status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
  AND NOT EXISTS (
    SELECT 1 FROM appointments AS before
    WHERE before.patient_id = one.patient_id AND before.starts < one.starts)
GROUP BY +protocol_id"""
_ENDED = """
SELECT starts, status, status_reason FROM appointments
WHERE starts >= :starts AND starts < :ends ORDER BY starts"""
_BY_UUID = "SELECT * FROM appointments WHERE uuid = :uuid"
_STANDING_AT = """
SELECT * FROM appointments
WHERE patient_id = :patient_id AND starts = :starts
    AND status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')"""
_STILL_WITH_NURSE = """
SELECT count(*) AS visits FROM appointments
WHERE nurse_id = :nurse_id AND ends > :after
    AND status IN ('booked', 'confirmed', 'arrived', 'in_session')"""
_NEEDED_PATIENTS = """
SELECT patient_id, id FROM appointments
WHERE status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
UNION ALL SELECT patient_id, 0 FROM waitlist WHERE active = 1"""
_CHANGED_AT = """
SELECT audit.row_id AS id, max(actions.at) AS at
FROM audit JOIN actions ON actions.id = audit.action_id
WHERE audit.table_name = 'appointments' AND audit.row_id IN (
    SELECT id FROM appointments
    WHERE starts > :starts - 86400 AND starts < :ends AND ends > :starts)
GROUP BY audit.row_id"""


def appointment(db: Database, appointment_id: AppointmentId) -> Appointment:
    return appointment_from(appointment_row(db, appointment_id))


def appointment_row(db: Database, appointment_id: AppointmentId) -> Row:
    rows = db.rows(_BY_ID, id=appointment_id)
    if not rows:
        raise NotFound("appointment_not_found", appointment_id=appointment_id)
    return rows[0]


def names(db: Database, patient_id: PatientId, chair_id: ChairId) -> tuple[str, str]:
    """What the patient and the chair are called."""
    rows = db.rows(_NAMES, patient_id=patient_id, chair_id=chair_id)
    if not rows:
        raise NotFound("patient_not_found", patient_id=patient_id)
    return full_name(rows[0]["given_name"], rows[0]["family_name"]), rows[0]["chair_name"]


def in_chair(db: Database, chair_id: ChairId, span: Span) -> list[Appointment]:
    """Every appointment that touches the span in one chair, whatever its status."""
    rows = db.rows(_IN_CHAIR, chair_id=chair_id, **_seconds(span))
    return [appointment_from(row) for row in rows]


def of_course(db: Database, course_id: CourseId) -> list[Appointment]:
    return [appointment_from(row) for row in db.rows(_OF_COURSE, course_id=course_id)]


def with_escort(db: Database, escort_id: EscortId) -> list[Appointment]:
    return [appointment_from(row) for row in db.rows(_WITH_ESCORT, escort_id=escort_id)]


def visits(db: Database, span: Span) -> tuple[Visit, ...]:
    """Every visit that touches the span, earliest first, cancelled ones included."""
    return tuple(_visit(row) for row in db.rows(_VISITS_IN, **_seconds(span)))


def visit(db: Database, appointment_id: AppointmentId) -> Visit:
    rows = db.rows(_VISIT_BY_ID, id=appointment_id)
    if not rows:
        raise NotFound("appointment_not_found", appointment_id=appointment_id)
    return _visit(rows[0])


def visits_by_id(db: Database, ids: tuple[AppointmentId, ...]) -> list[Visit]:
    """Those of a few appointments that are in the file."""
    return [_visit(row) for one in ids for row in db.rows(_VISIT_BY_ID, id=one)]


def visits_of(db: Database, patient_id: PatientId, *, most: int = 200) -> tuple[Visit, ...]:
    """One patient's visits, newest first."""
    return tuple(_visit(row) for row in db.rows(_VISITS_OF, patient_id=patient_id, most=most))


def next_visit_of(db: Database, patient_id: PatientId, *, after: datetime) -> Visit | None:
    """The patient's next visit that still stands after a moment."""
    rows = db.rows(_NEXT_VISIT_OF, patient_id=patient_id, after=seconds(after))
    return _visit(rows[0]) if rows else None


def next_starts(db: Database, after: datetime) -> dict[PatientId, datetime]:
    """When each patient comes next, of those who are booked from a moment on."""
    rows = db.rows(_NEXT_STARTS, after=seconds(after))
    return {PatientId(row["patient_id"]): moment(row["starts"]) for row in rows}


def first_visit_protocols(db: Database, span: Span) -> dict[ProtocolId, int]:
    """How often each protocol was somebody's very first visit, of those starting in the span."""
    rows = db.rows(_FIRST_VISITS, starts=seconds(span.starts), ends=seconds(span.ends))
    return {ProtocolId(row["protocol_id"]): int(row["visits"]) for row in rows}


def row_by_uuid(db: Database, uuid: Uuid) -> Row | None:
    rows = db.rows(_BY_UUID, uuid=uuid)
    return rows[0] if rows else None


def standing_at(db: Database, patient_id: PatientId, starts: datetime) -> bool:
    """Whether the patient has an appointment that stands and starts at this moment."""
    return bool(db.rows(_STANDING_AT, patient_id=patient_id, starts=seconds(starts)))


def still_with_nurse(db: Database, nurse_id: StaffId, *, after: datetime) -> int:
    """How many visits are still to be looked after by this person after a moment."""
    rows = db.rows(_STILL_WITH_NURSE, nurse_id=nurse_id, after=seconds(after))
    return int(rows[0]["visits"])


def waited_for(db: Database) -> list[tuple[PatientId, AppointmentId]]:
    """Every patient with a visit that stands, and which; with none (0) those on the waitlist."""
    rows = db.rows(_NEEDED_PATIENTS)
    return [(PatientId(row["patient_id"]), AppointmentId(row["id"])) for row in rows]


def changed_at(db: Database, span: Span) -> dict[AppointmentId, datetime]:
    """When each appointment that touches the span was changed last, as the audit has it."""
    rows = db.rows(_CHANGED_AT, **_seconds(span))
    return {AppointmentId(row["id"]): moment(row["at"]) for row in rows}


def ended(db: Database, span: Span) -> list[Ended]:
    """What became of every visit that starts within a span, earliest first."""
    return [
        Ended(
            moment(row["starts"]),
            Status(row["status"]),
            None if row["status_reason"] is None else Reason(row["status_reason"]),
        )
        for row in db.rows(_ENDED, **_seconds(span))
    ]


def appointment_values(draft: AppointmentDraft) -> dict[str, Any]:
    """The columns of a new booking."""
    return {
        "uuid": draft.uuid,
        "patient_id": draft.patient_id,
        "protocol_id": draft.protocol_id,
        "course_id": draft.course_id,
        "nurse_id": draft.nurse_id,
        "escort_id": draft.escort_id,
        "note": draft.note.strip(),
        "overlap_reason": draft.overlap_reason.strip(),
        **place_values(draft.chair_id, draft.starts, draft.segments),
    }


def place_values(
    chair_id: ChairId, starts_at: datetime, segments: SegmentMinutes
) -> dict[str, Any]:
    """The columns that say where and when."""
    starts = seconds(starts_at)
    return {
        "chair_id": chair_id,
        "starts": starts,
        "ends": starts + 60 * segments.total,
        "check_in_minutes": segments.check_in,
        "infusion_minutes": segments.infusion,
        "recovery_minutes": segments.recovery,
        "turnover_minutes": segments.turnover,
    }


def override_values(override: Override, staff_id: StaffId) -> dict[str, Any]:
    """The columns that say which rules somebody decided to go against; empty where none."""
    if not override.guards:
        return {"override_codes": "", "override_reason": "", "override_by": None}
    codes = " ".join(guard.value for guard in Guard if guard in override.guards)
    reason = override.reason.strip()
    return {"override_codes": codes, "override_reason": reason, "override_by": staff_id}


def override_from(row: Row) -> Override:
    guards = frozenset(Guard(code) for code in row["override_codes"].split())
    return Override(guards, row["override_reason"])


def appointment_from(row: Row) -> Appointment:
    reason = row["status_reason"]
    return Appointment(
        id=AppointmentId(row["id"]),
        uuid=Uuid(row["uuid"]),
        patient_id=PatientId(row["patient_id"]),
        chair_id=ChairId(row["chair_id"]),
        protocol_id=ProtocolId(row["protocol_id"]),
        span=Span(moment(row["starts"]), moment(row["ends"])),
        segments=segment_minutes(row),
        status=Status(row["status"]),
        status_at=moment(row["status_at"]),
        escort_state=EscortState(row["escort_state"]),
        nurse_id=None if row["nurse_id"] is None else StaffId(row["nurse_id"]),
        escort_id=None if row["escort_id"] is None else EscortId(row["escort_id"]),
        course_id=None if row["course_id"] is None else CourseId(row["course_id"]),
        course_number=row["course_number"],
        status_reason=None if reason is None else Reason(reason),
        overlap_reason=row["overlap_reason"],
        override=override_from(row),
        override_by=None if row["override_by"] is None else StaffId(row["override_by"]),
        note=row["note"],
        version=row["version"],
    )


def _visit(row: Row) -> Visit:
    phase = row["phase"]
    session_id = row["session_id"]
    since = row["phase_since"]
    return Visit(
        appointment=appointment_from(row),
        patient_name=full_name(row["given_name"], row["family_name"]),
        patient_phone=row["patient_phone"],
        protocol_name=row["protocol_name"],
        tier=Tier(row["tier"]),
        nurse_name=row["nurse_name"],
        escort_name=row["escort_name"],
        escort_relation=row["escort_relation"],
        escort_phone=row["escort_phone"],
        planned=row["planned"],
        written_language=row["written_language"],
        session_id=None if session_id is None else SessionId(session_id),
        phase=None if phase is None else Phase(phase),
        phase_since=None if since is None else moment(since),
        override_name=row["override_name"],
    )


def _seconds(span: Span) -> dict[str, int]:
    return {"starts": seconds(span.starts), "ends": seconds(span.ends)}
