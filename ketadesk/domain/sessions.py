"""The record of one infusion: its phases, its checklist, its order, its release.

Clinical entries are never changed: an amendment points at the row it replaces and says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from ketadesk.domain.clinic import Staff
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import (
    AnswerId,
    AppointmentId,
    ChairId,
    EscortId,
    OrderId,
    PatientId,
    SessionId,
    StaffId,
    Uuid,
    new_uuid,
)
from ketadesk.domain.preparation import Preparation
from ketadesk.domain.times import MINUTE


class Phase(StrEnum):
    PREPARING = "preparing"
    INFUSING = "infusing"
    PAUSED = "paused"
    RECOVERING = "recovering"
    READY = "ready"
    RELEASED = "released"
    STOPPED = "stopped"
    """Stopped before its end: what follows is recovery, or the end without an infusion."""


NEXT_PHASE: dict[Phase, tuple[Phase, ...]] = {
    Phase.PREPARING: (Phase.INFUSING, Phase.STOPPED),
    Phase.INFUSING: (Phase.PAUSED, Phase.STOPPED, Phase.RECOVERING),
    Phase.PAUSED: (Phase.INFUSING, Phase.STOPPED, Phase.RECOVERING),
    Phase.STOPPED: (Phase.RECOVERING, Phase.RELEASED),
    Phase.RECOVERING: (Phase.READY, Phase.RELEASED),
    Phase.READY: (Phase.RECOVERING, Phase.RELEASED),
    Phase.RELEASED: (Phase.READY,),
}
"""What may follow. `check_release_step` says who may leave without having been ready; back from
released only as long as nobody signed, when the patient had not gone yet."""

CLOCK_SLACK = MINUTE
"""How far ahead a moment may lie: two machines' clocks are never quite the same."""

EARLIEST_BEFORE_OPENING = timedelta(hours=24)
"""A session keyed in afterwards still happened within a day of being opened."""


class ChecklistItem(StrEnum):
    """What is asked before an infusion starts; the words on screen are in the texts."""

    IDENTITY = "identity"
    CONSENT = "consent"
    WEIGHT = "weight"
    ALLERGIES = "allergies"
    MEDICATIONS = "medications"
    FASTING = "fasting"
    ALCOHOL = "alcohol"
    ESCORT = "escort"
    PREGNANCY = "pregnancy"
    BASELINE = "baseline"
    MOOD = "mood"
    CHANGES = "changes"


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class AnswerDraft:
    """One answer. An item that is not met may be overridden by a named person with a reason."""

    item: ChecklistItem
    answer: Answer
    detail: str = ""
    override_reason: str = ""
    override_by: StaffId | None = None
    uuid: Uuid = field(default_factory=new_uuid)


@dataclass(frozen=True)
class ChecklistAnswer:
    """A kept answer; the newest one per item counts."""

    id: AnswerId
    session_id: SessionId
    item: ChecklistItem
    answer: Answer
    detail: str
    override_reason: str
    override_by: StaffId | None
    at: datetime
    by: StaffId

    @property
    def holds_back(self) -> bool:
        return self.answer is Answer.NOT_MET and not self.override_reason


@dataclass(frozen=True)
class OrderDraft:
    """What the clinician ordered. Weight in kg, dose in mg/kg and mg, duration in minutes.

    `preparation_note` says in free words what the preparation's figures leave open.
    """

    ordered_by: str
    weight: Decimal
    dose_per_kg: Decimal
    dose: Decimal
    duration: int
    route: str
    preparation: Preparation | None = None
    preparation_note: str = ""
    uuid: Uuid = field(default_factory=new_uuid)


@dataclass(frozen=True, kw_only=True)
class Order(OrderDraft):
    """A kept order; the newest one counts, the older ones stay."""

    id: OrderId
    session_id: SessionId
    entered_at: datetime
    entered_by: StaffId


class ReleasePath(StrEnum):
    TO_ESCORT = "to_escort"
    ALONE = "alone"
    AGAINST_ADVICE = "against_advice"
    TRANSFERRED = "transferred"


@dataclass(frozen=True)
class Release:
    """To whom the patient was handed over. Every path but the escort needs a reason."""

    path: ReleasePath
    escort_id: EscortId | None = None
    to_name: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Session:
    """`infusion_*` and the later moments are aware, None until they happen."""

    id: SessionId
    uuid: Uuid
    appointment_id: AppointmentId
    patient_id: PatientId
    chair_id: ChairId
    nurse_id: StaffId
    phase: Phase
    opened_at: datetime
    infusion_started_at: datetime | None = None
    infusion_ended_at: datetime | None = None
    paused_at: datetime | None = None
    paused_seconds: int = 0
    recovery_started_at: datetime | None = None
    ready_at: datetime | None = None
    released_at: datetime | None = None
    release: Release | None = None
    signed_at: datetime | None = None
    signed_by: StaffId | None = None
    version: int = 1

    @property
    def signed(self) -> bool:
        return self.signed_at is not None

    @property
    def phase_since(self) -> datetime | None:
        """When its phase began; a running infusion counts from its start, pauses included.

        None when it was stopped before anything was given.
        """
        return {
            Phase.PREPARING: self.opened_at,
            Phase.INFUSING: self.infusion_started_at,
            Phase.PAUSED: self.paused_at,
            Phase.STOPPED: self.infusion_ended_at,
            Phase.RECOVERING: self.recovery_started_at,
            Phase.READY: self.ready_at,
            Phase.RELEASED: self.released_at,
        }[self.phase]

    def infusing_for(self, now: datetime) -> timedelta:
        """Time the infusion has run, pauses taken out; zero before it starts."""
        if self.infusion_started_at is None:
            return timedelta()
        until = self.infusion_ended_at or (self.paused_at if self.paused_at else now)
        return until - self.infusion_started_at - timedelta(seconds=self.paused_seconds)


def nurse_of_session(*, planned: Staff | None, working: Staff | None) -> StaffId:
    """Whose session it is: of who was planned, else of who opens it, if they nurse here.

    So a receptionist who opens it never becomes the nurse of record.
    """
    for member in (planned, working):
        if member is not None and member.nurses:
            return member.id
    raise Refused("session_needs_nurse")


def check_phase_step(current: Phase, wanted: Phase) -> None:
    if wanted not in NEXT_PHASE[current]:
        raise Refused("phase_step_unknown", current=current.value, wanted=wanted.value)


def check_in_phase(session: Session, phase: Phase, wanted: Phase) -> None:
    """Refuses a step that is only taken from one phase."""
    if session.phase is not phase:
        raise Refused("phase_step_unknown", current=session.phase.value, wanted=wanted.value)


def check_moment(session: Session, at: datetime, *, now: datetime) -> None:
    """Refuses what has not happened yet, and what belongs to another day's session."""
    if at > now + CLOCK_SLACK:
        raise Refused("moment_in_future", moment_at=int(at.timestamp()))
    if at < session.opened_at - EARLIEST_BEFORE_OPENING:
        raise Refused("moment_too_early", moment_at=int(at.timestamp()))


def check_unsigned(session: Session) -> None:
    if session.signed:
        raise Refused("session_signed")


def check_answer(draft: AnswerDraft) -> None:
    """Refuses an override without a name; only an item that is not met can be overridden."""
    if not draft.override_reason.strip():
        return
    if draft.override_by is None:
        raise Refused("override_needs_person", item=draft.item.value)
    if draft.answer is not Answer.NOT_MET:
        raise Refused("override_without_need", item=draft.item.value)


def check_release_step(session: Session, release: Release) -> None:
    """Refuses to let go of someone who is not ready, unless they leave on a path of their own.

    Ready means the phase READY, or that no infusion was given. Leaving against advice and being
    transferred happen when they happen: from recovery, or after a stop.
    """
    check_phase_step(session.phase, Phase.RELEASED)
    not_given = session.infusion_started_at is None
    own_path = release.path in (ReleasePath.AGAINST_ADVICE, ReleasePath.TRANSFERRED)
    if session.phase is not Phase.READY and not not_given and not own_path:
        raise Refused("release_before_ready", phase=session.phase.value)


def current_answers(answers: Sequence[ChecklistAnswer]) -> dict[ChecklistItem, ChecklistAnswer]:
    """The newest answer of each item."""
    return {answer.item: answer for answer in sorted(answers, key=lambda kept: kept.id)}


def open_items(answers: Sequence[ChecklistAnswer]) -> tuple[ChecklistItem, ...]:
    """Items that hold back the start: unanswered, or not met and not overridden."""
    newest = current_answers(answers)
    return tuple(item for item in ChecklistItem if item not in newest or newest[item].holds_back)


def check_release(release: Release) -> None:
    """Refuses a release to nobody: it needs an escort's name, or its own path with a reason."""
    if release.path is ReleasePath.TO_ESCORT:
        if not release.to_name.strip():
            raise Refused("release_needs_escort")
    elif not release.reason.strip():
        raise Refused("release_needs_reason", path=release.path.value)
