"""Reads what was printed or saved: kept whole, so that a reprint is identical."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import AppointmentId, PatientId, SheetId, StaffId
from ketadesk.domain.names import full_name
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, seconds

_SHEET = """
SELECT sheets.*, patients.given_name, patients.family_name, coalesce(staff.name, '') AS staff_name
FROM sheets
JOIN patients ON patients.id = sheets.patient_id
LEFT JOIN staff ON staff.id = sheets.by"""
_BY_ID = _SHEET + " WHERE sheets.id = :id"
_OF_APPOINTMENT = _SHEET + " WHERE sheets.appointment_id = :appointment_id ORDER BY sheets.id DESC"
_OF_SPAN = (
    _SHEET
    + """
JOIN appointments ON appointments.id = sheets.appointment_id
WHERE appointments.starts >= :starts AND appointments.starts < :ends
ORDER BY sheets.id DESC"""
)


@dataclass(frozen=True)
class KeptSheet:
    """One sheet that left the program: which, for whom, in what language, by whom and when."""

    id: SheetId
    appointment_id: AppointmentId
    patient_id: PatientId
    patient_name: str
    kind: str
    language: str
    paper: str
    how: str
    at: datetime
    by: StaffId
    staff_name: str
    input_json: str
    digest: str


def sheet(db: Database, sheet_id: SheetId) -> KeptSheet:
    rows = db.rows(_BY_ID, id=sheet_id)
    if not rows:
        raise NotFound("sheet_not_found", sheet_id=sheet_id)
    return _kept(rows[0])


def of_appointment(db: Database, appointment_id: AppointmentId) -> tuple[KeptSheet, ...]:
    return tuple(_kept(row) for row in db.rows(_OF_APPOINTMENT, appointment_id=appointment_id))


def of_span(db: Database, span: Span) -> dict[AppointmentId, tuple[KeptSheet, ...]]:
    """What left the program for each visit that starts in the span, newest first."""
    rows = db.rows(_OF_SPAN, starts=seconds(span.starts), ends=seconds(span.ends))
    found: dict[AppointmentId, list[KeptSheet]] = defaultdict(list)
    for row in rows:
        kept = _kept(row)
        found[kept.appointment_id].append(kept)
    return {appointment_id: tuple(kept) for appointment_id, kept in found.items()}


def _kept(row: Row) -> KeptSheet:
    return KeptSheet(
        id=SheetId(row["id"]),
        appointment_id=AppointmentId(row["appointment_id"]),
        patient_id=PatientId(row["patient_id"]),
        patient_name=full_name(row["given_name"], row["family_name"]),
        kind=row["kind"],
        language=row["language"],
        paper=row["paper"],
        how=row["how"],
        at=moment(row["at"]),
        by=StaffId(row["by"]),
        staff_name=row["staff_name"],
        input_json=row["input"],
        digest=row["digest"],
    )
