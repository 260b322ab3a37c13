"""Whatever a clinic does, in any order: the file stays true to the rules and to itself.

A state machine over the services. After any walk of actions, refused ones included, no chair is
double-booked without a reason, the audit explains every row, and a file that is closed and opened
again says the same.
"""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.clinic import day_span
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.services import booking, calendar, keeping, patients, recording, sessions, undo
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    LENA,
    MINUTES,
    MONDAY_TEN,
    ROSA,
    ZONE,
    add_patient,
    at,
    draft_for,
    open_harbor,
    stamp,
)

quarters = st.integers(0, 4 * 24).map(lambda quarter: at(8) + timedelta(minutes=15 * quarter))
chairs = st.sampled_from([ChairId(1), ChairId(2)])
people = st.sampled_from([ROSA, LENA])


class Clinic(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "harbor.ketadesk"
        self.db: SqliteDatabase
        self.patients: list[PatientId] = []
        self.appointments: list[AppointmentId] = []

    @initialize()
    def opens(self) -> None:
        self.db = open_harbor(self.path)
        self.patients = [add_patient(self.db), add_patient(self.db, "Omar", "Haddad")]
        for patient_id in self.patients:
            patients.add_escort(self.db, stamp(), patient_id, EscortDraft(name="Marta"))

    def attempt(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """An action that the rules may refuse; refused or not, nothing half done may remain."""
        try:
            return function(self.db, *args, **kwargs)
        except (Refused, Conflict):
            return None

    @rule(
        number=st.integers(0, 1),
        starts=quarters,
        chair=chairs,
        reason=st.sampled_from(["", "agreed"]),
    )
    def book(self, number: int, starts: Any, chair: ChairId, reason: str) -> None:
        draft = draft_for(self.patients[number], starts, chair_id=chair, overlap_reason=reason)
        changes = self.attempt(booking.book, stamp(), draft)
        if changes is not None:
            self.appointments.append(AppointmentId(changes.row_ids["appointments"]))

    @precondition(lambda self: self.appointments)
    @rule(
        data=st.data(),
        starts=quarters,
        chair=chairs,
        reason=st.sampled_from(["", "agreed"]),
        who=people,
    )
    def move(self, data: Any, starts: Any, chair: ChairId, reason: str, who: Any) -> None:
        appointment = self.pick(data)
        self.attempt(
            booking.move,
            stamp(staff_id=who),
            appointment.id,
            appointment.version,
            chair_id=chair,
            starts=starts,
            overlap_reason=reason,
        )

    @precondition(lambda self: self.appointments)
    @rule(data=st.data(), quarter=st.integers(1, 20))
    def resize(self, data: Any, quarter: int) -> None:
        appointment = self.pick(data)
        self.attempt(
            booking.resize,
            stamp(),
            appointment.id,
            appointment.version,
            starts=appointment.starts,
            minutes=15 * quarter,
        )

    @precondition(lambda self: self.appointments)
    @rule(data=st.data(), status=st.sampled_from(Status), reason=st.sampled_from([None, *Reason]))
    def set_status(self, data: Any, status: Status, reason: Reason | None) -> None:
        appointment = self.pick(data)
        self.attempt(
            booking.set_status,
            stamp(),
            appointment.id,
            appointment.version,
            status=status,
            reason=reason,
        )

    @precondition(lambda self: self.appointments)
    @rule(data=st.data(), state=st.sampled_from(EscortState))
    def name_escort(self, data: Any, state: EscortState) -> None:
        appointment = self.pick(data)
        escort = patients.record(self.db, appointment.patient_id).escorts[0]
        self.attempt(
            booking.set_escort,
            stamp(),
            appointment.id,
            appointment.version,
            escort_id=escort.id,
            state=state,
        )

    @precondition(lambda self: self.appointments)
    @rule(data=st.data(), systolic=st.integers(60, 250))
    def open_and_record(self, data: Any, systolic: int) -> None:
        appointment = self.pick(data)
        self.attempt(sessions.open_session, stamp(), appointment.id, nurse_id=ROSA)
        session_id = calendar.visit(self.db, appointment.id).session_id
        if session_id is not None:
            draft = ReadingDraft(MONDAY_TEN, Vitals(systolic=systolic, diastolic=50))
            self.attempt(recording.record_reading, stamp(), session_id, draft)

    @rule(who=people)
    def undo_newest(self, who: Any) -> None:
        entry = undo.next_to_undo(self.db, who)
        if entry is not None and entry.verb not in ("patient_added", "escort_added"):
            self.attempt(undo.undo, stamp(staff_id=who), entry.action_id)

    @precondition(lambda self: self.appointments)
    @rule()
    def close_and_open_again(self) -> None:
        before = self.everything()
        self.db.close()
        self.db = open_clinic(self.path)
        assert self.everything() == before

    @invariant()
    def no_chair_is_taken_twice_without_a_reason(self) -> None:
        if hasattr(self, "db"):
            assert keeping.check(self.db)["overlaps"] == []

    def teardown(self) -> None:
        if hasattr(self, "db"):
            assert not any(keeping.check(self.db).values())
            lengths = {visit.appointment.segments.total for visit in self.everything()}
            assert all(length >= 15 for length in lengths | {MINUTES.total})
            self.db.close()
        self.folder.cleanup()

    def pick(self, data: Any) -> Any:
        appointment_id = data.draw(st.sampled_from(self.appointments))
        return calendar.visit(self.db, appointment_id).appointment

    def everything(self) -> Any:
        span = day_span(MONDAY_TEN.date(), ZONE)
        return calendar.schedule(self.db, span.starts.astimezone(ZONE).date(), days=7).visits


Clinic.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
test_whatever_a_clinic_does = Clinic.TestCase
