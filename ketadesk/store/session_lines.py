"""Reads sessions as lines of a list, with the names that people know them by."""

from ketadesk.domain.changes import Span
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId, SessionId, StaffId
from ketadesk.domain.names import full_name
from ketadesk.domain.protocols import Tier
from ketadesk.domain.session_record import SessionLine
from ketadesk.domain.sessions import Phase
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, optional_moment, seconds

_LINES = """
SELECT sessions.*, patients.given_name, patients.family_name, chairs.name AS chair_name,
    staff.name AS nurse_name, protocols.name AS protocol_name, protocols.tier,
    appointments.course_number, courses.planned
FROM sessions
JOIN appointments ON appointments.id = sessions.appointment_id
JOIN patients ON patients.id = sessions.patient_id
JOIN chairs ON chairs.id = sessions.chair_id
JOIN staff ON staff.id = sessions.nurse_id
JOIN protocols ON protocols.id = appointments.protocol_id
LEFT JOIN courses ON courses.id = appointments.course_id"""
_NEWEST = _LINES + " ORDER BY sessions.opened_at DESC, sessions.id DESC LIMIT +:most"
_OF_PATIENT = (
    _LINES
    + """
WHERE sessions.patient_id = :patient_id
ORDER BY sessions.opened_at DESC, sessions.id DESC LIMIT +:most"""
)
_OPENED_IN = (
    _LINES
    + """
WHERE sessions.opened_at >= :starts AND sessions.opened_at < :ends
    AND (:patient_id IS NULL OR sessions.patient_id = :patient_id)
ORDER BY sessions.opened_at DESC, sessions.id DESC LIMIT +:most"""
)
_CHAIR = "SELECT name, position FROM chairs WHERE id = :id"
_STAFF_NAME = "SELECT name FROM staff WHERE id = :id"


def lines(
    db: Database, *, span: Span | None = None, patient_id: PatientId | None = None, most: int
) -> tuple[SessionLine, ...]:
    """Sessions opened in the span, of the patient, or the newest of all; newest first."""
    if span is not None:
        bounds = {"starts": seconds(span.starts), "ends": seconds(span.ends)}
        rows = db.rows(_OPENED_IN, patient_id=patient_id, most=most, **bounds)
    elif patient_id is not None:
        rows = db.rows(_OF_PATIENT, patient_id=patient_id, most=most)
    else:
        rows = db.rows(_NEWEST, most=most)
    return tuple(_line(row) for row in rows)


def chair_name(db: Database, chair_id: ChairId) -> str:
    """The chair's name, also of one no longer in use."""
    rows = db.rows(_CHAIR, id=chair_id)
    return rows[0]["name"] if rows else ""


def staff_names(db: Database, staff_ids: frozenset[StaffId]) -> dict[StaffId, str]:
    """The names of those who wrote or did something, also of those who have left."""
    names = {}
    for staff_id in staff_ids:
        for row in db.rows(_STAFF_NAME, id=staff_id):
            names[staff_id] = row["name"]
    return names


def _line(row: Row) -> SessionLine:
    planned, number = row["planned"], row["course_number"]
    return SessionLine(
        session_id=SessionId(row["id"]),
        appointment_id=AppointmentId(row["appointment_id"]),
        patient_id=PatientId(row["patient_id"]),
        patient_name=full_name(row["given_name"], row["family_name"]),
        chair_name=row["chair_name"],
        nurse_name=row["nurse_name"],
        protocol_name=row["protocol_name"],
        tier=Tier(row["tier"]),
        phase=Phase(row["phase"]),
        opened_at=moment(row["opened_at"]),
        infusion_started_at=optional_moment(row["infusion_started_at"]),
        released_at=optional_moment(row["released_at"]),
        signed_at=optional_moment(row["signed_at"]),
        count="" if planned is None or number is None else f"{number}/{planned}",
    )
