"""What the session view and the list of sessions read."""

from datetime import date

from ketadesk.domain.clinic import day_span
from ketadesk.domain.events import Event
from ketadesk.domain.ids import PatientId, SessionId, StaffId
from ketadesk.domain.readings import Reading, standing
from ketadesk.domain.session_record import PreviousSession, SessionLine, SessionRecord
from ketadesk.domain.sessions import ChecklistAnswer, Order, Session
from ketadesk.store import (
    appointments,
    clinic,
    orders,
    patients,
    protocols,
    session_lines,
    sessions,
)
from ketadesk.store.database import Database


def load(db: Database, session_id: SessionId) -> SessionRecord:
    """One session with everything a person looks at beside it, as it is at one moment."""
    session = sessions.session(db, session_id)
    visit = appointments.visit(db, session.appointment_id)
    answers = sessions.answers(db, session_id)
    ordered = orders.of_session(db, session_id)
    readings = sessions.readings(db, session_id)
    events = sessions.events(db, session_id)
    return SessionRecord(
        session=session,
        visit=visit,
        patient=patients.patient(db, session.patient_id),
        allergies=patients.allergies(db, session.patient_id),
        medications=patients.medications(db, session.patient_id),
        escorts=patients.escorts(db, session.patient_id),
        protocol=protocols.protocol(db, visit.appointment.protocol_id),
        chair_name=session_lines.chair_name(db, session.chair_id),
        answers=answers,
        orders=ordered,
        readings=readings,
        events=events,
        previous=_previous(db, session),
        staff_names=session_lines.staff_names(
            db, _people(session, answers, ordered, readings, events)
        ),
    )


def list_sessions(
    db: Database, *, day: date | None = None, patient_id: PatientId | None = None, most: int = 200
) -> tuple[SessionLine, ...]:
    """Sessions opened on a local day, of one patient, both, or the newest of all; newest first."""
    span = None if day is None else day_span(day, clinic.clinic(db).zone)
    return session_lines.lines(db, span=span, patient_id=patient_id, most=most)


def _previous(db: Database, session: Session) -> PreviousSession | None:
    before = sessions.previous_infusion(db, session)
    if before is None or before.infusion_started_at is None:
        return None
    ordered = orders.of_session(db, before.id)
    return PreviousSession(
        session_id=before.id,
        infusion_started_at=before.infusion_started_at,
        readings=standing(sessions.readings(db, before.id)),
        course_number=appointments.appointment(db, before.appointment_id).course_number,
        order=ordered[-1] if ordered else None,
    )


def _people(
    session: Session,
    answers: tuple[ChecklistAnswer, ...],
    ordered: tuple[Order, ...],
    readings: tuple[Reading, ...],
    events: tuple[Event, ...],
) -> frozenset[StaffId]:
    found = {session.nurse_id, session.signed_by}
    for answer in answers:
        found |= {answer.by, answer.override_by}
    found |= {order.entered_by for order in ordered}
    found |= {reading.entered_by for reading in readings}
    found |= {event.entered_by for event in events}
    return frozenset(staff_id for staff_id in found if staff_id is not None)
