"""Anything that happened at a time in a session besides vital signs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import EventId, SessionId, StaffId, Uuid, new_uuid


class EventKind(StrEnum):
    SIDE_EFFECT = "side_effect"
    MEDICINE = "medicine"
    INTERVENTION = "intervention"
    PHASE = "phase"
    NOTE = "note"


class MedicinePurpose(StrEnum):
    """What a medicine in the chair was given for; the aftercare sheet has a line for each."""

    NAUSEA = "nausea"
    CALMING = "calming"
    BLOOD_PRESSURE = "blood_pressure"
    OTHER = "other"


class SideEffect(StrEnum):
    """The coded list: what is picked, so that it can be counted."""

    NAUSEA = "nausea"
    VOMITING = "vomiting"
    DIZZINESS = "dizziness"
    HEADACHE = "headache"
    ANXIETY = "anxiety"
    DISTRESSING_DISSOCIATION = "distressing_dissociation"
    CONFUSION = "confusion"
    DISORIENTATION = "disorientation"
    HALLUCINATION = "hallucination"
    BLURRED_VISION = "blurred_vision"
    DEEP_SEDATION = "deep_sedation"
    HIGH_BLOOD_PRESSURE = "high_blood_pressure"
    LOW_BLOOD_PRESSURE = "low_blood_pressure"
    FAST_HEART = "fast_heart"
    SLOW_HEART = "slow_heart"
    LOW_OXYGEN = "low_oxygen"
    BREATHING_DIFFICULTY = "breathing_difficulty"
    AIRWAY = "airway"
    RASH = "rash"
    INFILTRATION = "infiltration"
    URINARY = "urinary"
    SUICIDAL_STATEMENT = "suicidal_statement"
    FALL = "fall"
    OTHER = "other"


SEVERE = frozenset(
    {
        SideEffect.HALLUCINATION,
        SideEffect.DISORIENTATION,
        SideEffect.FAST_HEART,
        SideEffect.BREATHING_DIFFICULTY,
        SideEffect.AIRWAY,
        SideEffect.LOW_OXYGEN,
        SideEffect.SUICIDAL_STATEMENT,
    }
)
"""Those that ask for immediate attention: the article's four and their nearest kin."""

SEVERE_GRADE = 3
"""The CTCAE grade from which on any side effect is called severe."""

CLINICIAN_TOLD = "clinician_told"
"""The code of the intervention that says who was told of a severe side effect."""

ADDENDUM = "addendum"
"""The code of a note that was added after signing."""

ORDER_OUTSIDE_RANGE = "order_outside_range"
"""The code of the note that keeps why an order left the protocol's range."""


@dataclass(frozen=True)
class EventDraft:
    """`code` is a SideEffect, Phase or MedicinePurpose value, or one of the codes above.

    `grade` is the CTCAE grade, 1 to 5.

    `medicine` is the name alone; how much, by which route and who ordered it are the detail.
    """

    kind: EventKind
    at: datetime
    code: str = ""
    medicine: str = ""
    grade: int | None = None
    detail: str = ""
    amends_id: EventId | None = None
    amend_reason: str = ""
    withdrawn: bool = False
    uuid: Uuid = field(default_factory=new_uuid)

    @property
    def severe(self) -> bool:
        """Whether it asks for the clinician at once: by its code, or by its grade."""
        coded = self.code in SEVERE or (self.grade or 0) >= SEVERE_GRADE
        return self.kind is EventKind.SIDE_EFFECT and coded

    @property
    def addendum(self) -> bool:
        return self.kind is EventKind.NOTE and self.code == ADDENDUM


@dataclass(frozen=True, kw_only=True)
class Event(EventDraft):
    id: EventId
    session_id: SessionId
    entered_at: datetime
    entered_by: StaffId


def standing_events(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events that count, by true time: neither replaced by an amendment nor withdrawn."""
    replaced = {event.amends_id for event in events if event.amends_id is not None}
    kept = (event for event in events if event.id not in replaced and not event.withdrawn)
    return tuple(sorted(kept, key=lambda event: (event.at, event.id)))


def untold(standing: tuple[Event, ...]) -> Event | None:
    """The newest severe side effect that was written down after the clinician was last told."""
    told = max((event.id for event in standing if event.code == CLINICIAN_TOLD), default=0)
    waiting = [event for event in standing if event.severe and event.id > told]
    return max(waiting, key=lambda event: event.id, default=None)


def check_event(draft: EventDraft) -> None:
    """Refuses an event that says nothing, a side effect off the list, and a phase made by hand.

    Phases are written by the session's own steps, so that record and clock never disagree.
    """
    if draft.kind is EventKind.PHASE:
        raise Refused("phase_events_stay")
    if draft.kind is EventKind.SIDE_EFFECT and draft.code not in tuple(SideEffect):
        raise Refused("side_effect_unknown", side_effect=draft.code)
    if draft.kind is EventKind.MEDICINE and draft.code not in tuple(MedicinePurpose):
        raise Refused("medicine_purpose_unknown", purpose=draft.code)
    if draft.kind is EventKind.MEDICINE and not draft.medicine.strip():
        raise Refused("medicine_without_name")
    if not draft.code.strip() and not draft.detail.strip():
        raise Refused("event_empty")
    if draft.grade is not None and not 1 <= draft.grade <= 5:
        raise Refused("grade_impossible", grade=draft.grade)
