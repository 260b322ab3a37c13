"""A booked time in a chair: its status, its escort's state, and what makes two of them clash."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import FIRST_YEAR, LAST_YEAR
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    CourseId,
    EscortId,
    PatientId,
    ProtocolId,
    StaffId,
    Uuid,
    new_uuid,
)
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Override
from ketadesk.domain.protocols import Segment, SegmentMinutes

LONGEST = timedelta(hours=24)
"""No appointment is longer: the store's overlap search relies on it."""


class Status(StrEnum):
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SESSION = "in_session"
    COMPLETED = "completed"
    CANCELLED_BY_PATIENT = "cancelled_by_patient"
    CANCELLED_BY_CLINIC = "cancelled_by_clinic"
    NO_SHOW = "no_show"

    @property
    def cancelled(self) -> bool:
        return self in (Status.CANCELLED_BY_PATIENT, Status.CANCELLED_BY_CLINIC)

    @property
    def takes_the_chair(self) -> bool:
        return not self.cancelled and self is not Status.NO_SHOW

    @property
    def awaited(self) -> bool:
        """Whether the patient is still to come."""
        return self in (Status.BOOKED, Status.CONFIRMED)

    @property
    def can_move(self) -> bool:
        """Whether the time is still a plan: nothing of a session has begun."""
        return self.awaited or self is Status.ARRIVED

    @property
    def follows_session(self) -> bool:
        """Whether it comes from the session's own record, not from the desk."""
        return self in (Status.IN_SESSION, Status.COMPLETED)

    @property
    def unfinished(self) -> bool:
        """Whether the patient is still to be taken home."""
        return self.takes_the_chair and self is not Status.COMPLETED


NEXT: dict[Status, tuple[Status, ...]] = {
    Status.BOOKED: (
        Status.CONFIRMED,
        Status.ARRIVED,
        Status.CANCELLED_BY_PATIENT,
        Status.CANCELLED_BY_CLINIC,
        Status.NO_SHOW,
    ),
    Status.CONFIRMED: (
        Status.ARRIVED,
        Status.BOOKED,
        Status.CANCELLED_BY_PATIENT,
        Status.CANCELLED_BY_CLINIC,
        Status.NO_SHOW,
    ),
    Status.ARRIVED: (
        Status.IN_SESSION,
        Status.CONFIRMED,
        Status.BOOKED,
        Status.CANCELLED_BY_PATIENT,
        Status.CANCELLED_BY_CLINIC,
    ),
    Status.IN_SESSION: (Status.COMPLETED,),
    Status.COMPLETED: (),
    Status.CANCELLED_BY_PATIENT: (Status.BOOKED,),
    Status.CANCELLED_BY_CLINIC: (Status.BOOKED,),
    Status.NO_SHOW: (Status.BOOKED, Status.ARRIVED),
}
"""Steps a person may take. In session and completed follow from the session record itself."""


class Reason(StrEnum):
    """Why an appointment did not happen; "no escort" is counted on its own."""

    FORGOT = "forgot"
    NO_ESCORT = "no_escort"
    ILL = "ill"
    ATE_OR_DRANK = "ate_or_drank"
    DRANK_ALCOHOL = "drank_alcohol"
    BLOOD_PRESSURE = "blood_pressure"
    COST = "cost"
    WEATHER = "weather"
    WORK = "work"
    CLINIC = "clinic"
    BOOKED_BY_MISTAKE = "booked_by_mistake"
    OTHER = "other"


class EscortState(StrEnum):
    NOT_ASKED = "not_asked"
    NAMED = "named"
    CONFIRMED = "confirmed"
    CALLED = "called"
    ON_THE_WAY = "on_the_way"
    HERE = "here"
    HANDED_OVER = "handed_over"


_ESCORT_STEPS = (
    EscortState.NOT_ASKED,
    EscortState.NAMED,
    EscortState.CONFIRMED,
    EscortState.CALLED,
    EscortState.ON_THE_WAY,
    EscortState.HERE,
)
"""In the order of the day; the handover follows from the session's release."""


@dataclass(frozen=True)
class AppointmentDraft:
    """What a booking needs. `overlap_reason` says why two may share a chair at once."""

    patient_id: PatientId
    chair_id: ChairId
    protocol_id: ProtocolId
    starts: datetime
    segments: SegmentMinutes
    nurse_id: StaffId | None = None
    escort_id: EscortId | None = None
    course_id: CourseId | None = None
    note: str = ""
    overlap_reason: str = ""
    uuid: Uuid = field(default_factory=new_uuid)


@dataclass(frozen=True)
class Appointment:
    id: AppointmentId
    uuid: Uuid
    patient_id: PatientId
    chair_id: ChairId
    protocol_id: ProtocolId
    span: Span
    segments: SegmentMinutes
    status: Status
    status_at: datetime
    escort_state: EscortState
    nurse_id: StaffId | None = None
    escort_id: EscortId | None = None
    course_id: CourseId | None = None
    course_number: int | None = None
    status_reason: Reason | None = None
    overlap_reason: str = ""
    override: Override = NOTHING_OVERRIDDEN
    override_by: StaffId | None = None
    note: str = ""
    version: int = 1

    @property
    def starts(self) -> datetime:
        return self.span.starts

    @property
    def ends(self) -> datetime:
        return self.span.ends

    def segment_spans(self) -> tuple[tuple[Segment, Span], ...]:
        return self.segments.spans(self.starts)

    @property
    def mistaken(self) -> bool:
        """Whether it was never meant: its booking was undone, or called a mistake."""
        return self.status.cancelled and self.status_reason is Reason.BOOKED_BY_MISTAKE

    @property
    def ready_about(self) -> datetime:
        """When the patient should be ready to leave, as planned: the end of recovery."""
        return self.ends - timedelta(minutes=self.segments.turnover)


def check_span(span: Span) -> None:
    """Refuses an appointment of no length, longer than a day, or in years without days."""
    if span.ends <= span.starts:
        raise Refused("appointment_without_length")
    if span.ends - span.starts > LONGEST:
        raise Refused("appointment_too_long")
    if not FIRST_YEAR <= span.starts.year < LAST_YEAR:
        day = span.starts.date().isoformat()
        raise Refused("day_beyond_calendar", day=day, first=FIRST_YEAR, last=LAST_YEAR)


def check_status_step(current: Status, wanted: Status, reason: Reason | None) -> None:
    """Refuses a step that the day does not know, or a cancellation without a reason."""
    if wanted not in NEXT[current]:
        raise Refused("status_step_unknown", current=current.value, wanted=wanted.value)
    if not wanted.takes_the_chair and reason is None:
        raise Refused("status_needs_reason", wanted=wanted.value)


def next_escort_state(appointment: Appointment) -> EscortState | None:
    """The one step that usually comes next for a named escort, None when there is none."""
    steps = _ESCORT_STEPS
    if appointment.escort_id is None or not appointment.status.unfinished:
        return None
    if appointment.escort_state not in steps[:-1]:
        return None
    return steps[steps.index(appointment.escort_state) + 1]


def check_escort_step(
    current: EscortState, wanted: EscortState, *, named: bool, another: bool
) -> None:
    """Refuses a state without an escort, and one that the day does not know.

    Steps may be left out, because an escort who was never called still comes; any step back mends
    a slip. But the handover is the session's own, and another escort starts from being named.
    """
    if not named and wanted is not EscortState.NOT_ASKED:
        raise Refused("escort_state_without_escort", state=wanted.value)
    if EscortState.HANDED_OVER in (current, wanted):
        raise Refused("escort_handed_over_by_release", state=wanted.value)
    if another and _ESCORT_STEPS.index(wanted) > _ESCORT_STEPS.index(EscortState.CONFIRMED):
        raise Refused("escort_not_named_yet", state=wanted.value)


def escort_after_move(appointment: Appointment, starts: datetime) -> EscortState:
    """An escort who agreed to one time has not agreed to another, so they are to be asked again."""
    state = appointment.escort_state
    if starts == appointment.starts or state not in _ESCORT_STEPS:
        return state
    named = _ESCORT_STEPS.index(EscortState.NAMED)
    return EscortState.NAMED if _ESCORT_STEPS.index(state) > named else state
