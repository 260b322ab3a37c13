"""A session with everything a person looks at beside it: read models, never written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from ketadesk.domain import flags
from ketadesk.domain.day import Visit
from ketadesk.domain.events import Event, standing_events, untold
from ketadesk.domain.flags import Flag
from ketadesk.domain.ids import AppointmentId, PatientId, SessionId, StaffId
from ketadesk.domain.patients import Allergy, Escort, Medication, Patient
from ketadesk.domain.protocols import Protocol, Tier
from ketadesk.domain.readings import Reading, standing
from ketadesk.domain.ready_about import ready_about
from ketadesk.domain.rules import Rules
from ketadesk.domain.sessions import (
    ChecklistAnswer,
    ChecklistItem,
    Order,
    Phase,
    Session,
    open_items,
)
from ketadesk.domain.vitals_due import next_due
from ketadesk.domain.weights import weighed_today


@dataclass(frozen=True)
class PreviousSession:
    """The last infusion, to be laid under this one: its standing readings, earliest first."""

    session_id: SessionId
    infusion_started_at: datetime
    readings: tuple[Reading, ...]
    course_number: int | None
    order: Order | None


class Crossed(NamedTuple):
    """Which of the clinic's limits a reading crosses, and which only hold back a start."""

    limits: tuple[Flag, ...]
    gate: tuple[Flag, ...]


@dataclass(frozen=True)
class SessionRecord:
    """Everything of one session; readings and events include the replaced and withdrawn ones."""

    session: Session
    visit: Visit
    patient: Patient
    allergies: tuple[Allergy, ...]
    medications: tuple[Medication, ...]
    escorts: tuple[Escort, ...]
    protocol: Protocol
    chair_name: str
    answers: tuple[ChecklistAnswer, ...]
    orders: tuple[Order, ...]
    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    previous: PreviousSession | None
    staff_names: Mapping[StaffId, str]

    @property
    def order(self) -> Order | None:
        """The order that counts: the newest."""
        return self.orders[-1] if self.orders else None

    @property
    def standing_readings(self) -> tuple[Reading, ...]:
        return standing(self.readings)

    @property
    def standing_events(self) -> tuple[Event, ...]:
        return standing_events(self.events)

    @property
    def last_reading(self) -> Reading | None:
        """The newest standing reading by true time, if it is more than a score or a note."""
        measured = [reading for reading in self.standing_readings if reading.vitals.measured]
        return measured[-1] if measured else None

    @property
    def baseline(self) -> Reading | None:
        """What rises are counted from: the last blood pressure before the start."""
        return flags.baseline(self.standing_readings, self.session.infusion_started_at)

    @property
    def open_items(self) -> tuple[ChecklistItem, ...]:
        """What on the checklist still holds the start back."""
        return open_items(self.answers)

    @property
    def weight(self) -> Decimal | None:
        """The weight of the day in kg: from the checklist, else from the order."""
        measured = weighed_today(self.answers)
        if measured is not None:
            return measured
        return self.order.weight if self.order is not None else None

    @property
    def untold(self) -> Event | None:
        """The severe side effect of which nobody has told the clinician yet."""
        return untold(self.standing_events)

    def crossed(self, reading: Reading, rules: Rules) -> Crossed:
        """The clinic's limits against this reading; the gate's count up to the start only."""
        baseline, started = self.baseline, self.session.infusion_started_at
        from_ = None if baseline is None or baseline.id == reading.id else baseline.vitals
        limits = flags.flags(reading.vitals, rules, from_)
        if started is not None and reading.taken_at > started:
            return Crossed(limits, ())
        named = {flag.vital for flag in limits}
        gate = flags.gate(reading.vitals, rules)
        return Crossed(limits, tuple(flag for flag in gate if flag.vital not in named))

    def next_vitals(self, now: datetime) -> datetime | None:
        """When the protocol's plan asks for the next reading; in the past when it is late."""
        return next_due(self.session, self.standing_readings, self.protocol.vitals_plan, now)

    def ready_about(self, now: datetime) -> datetime:
        return ready_about(self.session, self.order, self.visit.appointment, now)


@dataclass(frozen=True)
class SessionLine:
    """One session in a list; `count` is "3/6" within a course, nothing outside one."""

    session_id: SessionId
    appointment_id: AppointmentId
    patient_id: PatientId
    patient_name: str
    chair_name: str
    nurse_name: str
    protocol_name: str
    tier: Tier
    phase: Phase
    opened_at: datetime
    infusion_started_at: datetime | None
    released_at: datetime | None
    signed_at: datetime | None
    count: str
