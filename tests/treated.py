"""A patient's session from arrival to release, run through the services as a nurse would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ketadesk.domain.appointments import Status
from ketadesk.domain.events import EventDraft, EventKind, MedicinePurpose
from ketadesk.domain.ids import AppointmentId, EscortId, PatientId, SessionId
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.domain.sessions import (
    ChecklistItem,
    OrderDraft,
    Release,
    ReleasePath,
)
from ketadesk.services import booking, calendar, patients, recording, sessions
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import ROSA, met, stamp

INFUSION = timedelta(minutes=40)
RECOVERY = timedelta(minutes=45)


def add_escort(
    db: SqliteDatabase,
    patient_id: PatientId,
    name: str = "Marta García",
    *,
    stays_overnight: bool | None = True,
) -> EscortId:
    changes = patients.add_escort(
        db,
        stamp(),
        patient_id,
        EscortDraft(
            name=name, relation="sister", phone="310-555-0190", stays_overnight=stays_overnight
        ),
    )
    return EscortId(changes.row_ids["escorts"])


@dataclass
class Course:
    """One session under way; `now` is the clinic's clock while it runs."""

    db: SqliteDatabase
    session_id: SessionId
    now: datetime

    def measure(self, systolic: int, diastolic: int) -> None:
        vitals = Vitals(systolic=systolic, diastolic=diastolic, heart_rate=76)
        draft = ReadingDraft(taken_at=self.now, vitals=vitals)
        recording.record_reading(self.db, stamp(self.now), self.session_id, draft)

    def give(self, medicine: str, purpose: MedicinePurpose, *, detail: str = "") -> None:
        draft = EventDraft(
            kind=EventKind.MEDICINE,
            at=self.now,
            code=purpose.value,
            medicine=medicine,
            detail=detail,
        )
        recording.record_event(self.db, stamp(self.now), self.session_id, draft)

    def finish_infusion(self) -> None:
        self.now += INFUSION
        sessions.to_recovery(self.db, stamp(self.now), self.session_id, at=self.now)

    def release(self, release: Release) -> None:
        self.now += RECOVERY
        decided = "looked at by Dr. Shah"
        sessions.mark_ready(
            self.db, stamp(self.now), self.session_id, at=self.now, override_reason=decided
        )
        sessions.release(self.db, stamp(self.now), self.session_id, release, at=self.now)


def started(db: SqliteDatabase, appointment_id: AppointmentId) -> Course:
    """Arrived at the booked time, checked, and the infusion running half an hour later."""
    visit = calendar.visit(db, appointment_id)
    now = visit.appointment.starts
    booking.set_status(
        db, stamp(now), appointment_id, visit.appointment.version, status=Status.ARRIVED
    )
    opened = sessions.open_session(db, stamp(now), appointment_id, nurse_id=ROSA)
    course = Course(db, SessionId(opened.row_ids["sessions"]), now)
    for item in ChecklistItem:
        sessions.answer(db, stamp(now), course.session_id, met(item))
    order = OrderDraft("Dr. Shah", Decimal("70"), Decimal("0.5"), Decimal("35"), 40, "iv")
    recording.write_order(db, stamp(now), course.session_id, order)
    course.now += timedelta(minutes=30)
    course.measure(128, 82)
    sessions.begin(db, stamp(course.now), course.session_id, at=course.now)
    return course


def to_escort(escort_id: EscortId) -> Release:
    return Release(ReleasePath.TO_ESCORT, escort_id=escort_id)
