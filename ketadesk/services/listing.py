"""What a clinic file holds, as flat rows for other programs: patients, appointments, sessions.

The names of the columns are a promise to whoever reads them; new ones may be added.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Protocol, TypedDict

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Clinic, day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.patients import Patient
from ketadesk.domain.session_record import SessionLine
from ketadesk.store import appointments, clinic, patients, session_lines
from ketadesk.store.database import Database


class PatientRow(TypedDict):
    """One patient."""

    id: int
    record_number: str
    given_name: str
    family_name: str
    called_name: str
    birth_date: str | None
    phone: str
    email: str
    address: str
    spoken_language: str
    written_language: str
    interpreter_needed: bool
    eligibility: str
    note: str


class AppointmentRow(TypedDict):
    """One appointment; moments are on the clinic's wall clock."""

    id: int
    patient_id: int
    patient: str
    chair: str
    starts: str | None
    ends: str | None
    status: str
    reason: str | None
    protocol: str
    tier: str
    course: str | None
    nurse: str | None
    escort: str | None
    escort_state: str
    session_id: int | None
    note: str


class SessionRow(TypedDict):
    """One session; moments are on the clinic's wall clock."""

    id: int
    appointment_id: int
    patient_id: int
    patient: str
    chair: str
    nurse: str
    phase: str
    opened: str | None
    infusion_started: str | None
    released: str | None
    signed: str | None
    protocol: str
    tier: str
    course: str | None


Row = PatientRow | AppointmentRow | SessionRow


class Reader(Protocol):
    """Lists what touches the days from `first` to `last`; None leaves that end open."""

    def __call__(self, db: Database, *, first: date | None, last: date | None) -> Sequence[Row]: ...


_EVER = Span(datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC))
_ALL = 2**62


def list_patients(db: Database, *, first: date | None, last: date | None) -> list[PatientRow]:
    """Every patient by name; with days, those who have an appointment on one of them."""
    everyone = patients.every(db)
    if first is not None or last is not None:
        visits = appointments.visits(db, _span(clinic.clinic(db), first, last))
        coming = {visit.appointment.patient_id for visit in visits}
        everyone = [patient for patient in everyone if patient.id in coming]
    return [_patient(patient) for patient in everyone]


def list_appointments(
    db: Database, *, first: date | None, last: date | None
) -> list[AppointmentRow]:
    """Appointments that touch the days, earliest first, cancelled ones included."""
    described = clinic.clinic(db)
    visits = appointments.visits(db, _span(described, first, last))
    chairs = {visit.appointment.chair_id for visit in visits}
    names = {chair_id: session_lines.chair_name(db, chair_id) for chair_id in chairs}
    return [_visit(described, visit, names[visit.appointment.chair_id]) for visit in visits]


def list_sessions(db: Database, *, first: date | None, last: date | None) -> list[SessionRow]:
    """Sessions opened on the days, earliest first."""
    described = clinic.clinic(db)
    lines = session_lines.lines(db, span=_span(described, first, last), most=_ALL)
    return [_session(described, line) for line in reversed(lines)]


def _span(described: Clinic, first: date | None, last: date | None) -> Span:
    zone = described.zone
    return Span(
        _EVER.starts if first is None else day_span(first, zone).starts,
        _EVER.ends if last is None else day_span(last, zone).ends,
    )


def _patient(patient: Patient) -> PatientRow:
    return {
        "id": patient.id,
        "record_number": patient.record_number,
        "given_name": patient.given_name,
        "family_name": patient.family_name,
        "called_name": patient.called_name,
        "birth_date": patient.birth_date.isoformat() if patient.birth_date else None,
        "phone": patient.phone,
        "email": patient.email,
        "address": patient.address,
        "spoken_language": patient.spoken_language,
        "written_language": patient.written_language,
        "interpreter_needed": patient.interpreter_needed,
        "eligibility": patient.eligibility.value,
        "note": patient.note,
    }


def _visit(described: Clinic, visit: Visit, chair: str) -> AppointmentRow:
    appointment = visit.appointment
    reason = appointment.status_reason
    return {
        "id": appointment.id,
        "patient_id": appointment.patient_id,
        "patient": visit.patient_name,
        "chair": chair,
        "starts": _local(described, appointment.starts),
        "ends": _local(described, appointment.ends),
        "status": appointment.status.value,
        "reason": None if reason is None else reason.value,
        "protocol": visit.protocol_name,
        "tier": visit.tier.value,
        "course": visit.count or None,
        "nurse": visit.nurse_name or None,
        "escort": visit.escort_name or None,
        "escort_state": appointment.escort_state.value,
        "session_id": visit.session_id,
        "note": appointment.note,
    }


def _session(described: Clinic, line: SessionLine) -> SessionRow:
    return {
        "id": line.session_id,
        "appointment_id": line.appointment_id,
        "patient_id": line.patient_id,
        "patient": line.patient_name,
        "chair": line.chair_name,
        "nurse": line.nurse_name,
        "phase": line.phase.value,
        "opened": _local(described, line.opened_at),
        "infusion_started": _local(described, line.infusion_started_at),
        "released": _local(described, line.released_at),
        "signed": _local(described, line.signed_at),
        "protocol": line.protocol_name,
        "tier": line.tier.value,
        "course": line.count or None,
    }


def _local(described: Clinic, moment: datetime | None) -> str | None:
    """On the clinic's wall clock, with its distance from UTC: 2026-11-01T01:30:00-07:00."""
    return None if moment is None else described.local(moment).isoformat(timespec="seconds")


READERS: dict[str, Reader] = {
    "patients": list_patients,
    "appointments": list_appointments,
    "sessions": list_sessions,
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "patients": tuple(PatientRow.__annotations__),
    "appointments": tuple(AppointmentRow.__annotations__),
    "sessions": tuple(SessionRow.__annotations__),
}
