"""How states are said and shown: the one place where an enum becomes a word, a colour, an icon.

Everything is looked up when asked, never at import, so that it follows the screen's language.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from ketadesk import i18n
from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import KnownError, Value
from ketadesk.domain.events import EventKind, SideEffect
from ketadesk.domain.objections import Guard, Objection
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.protocols import Route, Segment, Tier
from ketadesk.domain.sessions import Answer, ChecklistItem, Phase, ReleasePath
from ketadesk.i18n import clock as clock  # said here again, so that a view needs `words` alone
from ketadesk.i18n import date_text as date_text
from ketadesk.i18n import day as day
from ketadesk.i18n import month as month
from ketadesk.i18n import tr
from ketadesk.i18n import weekday as weekday
from ketadesk.ui import theme
from ketadesk.ui.lobby import person as person  # how every name of a patient or escort is said

_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Status: {
        Status.BOOKED: "booked",
        Status.CONFIRMED: "confirmed",
        Status.ARRIVED: "arrived",
        Status.IN_SESSION: "in session",
        Status.COMPLETED: "completed",
        Status.CANCELLED_BY_PATIENT: "cancelled by patient",
        Status.CANCELLED_BY_CLINIC: "cancelled by clinic",
        Status.NO_SHOW: "no-show",
    },
    Reason: {
        Reason.FORGOT: "forgot",
        Reason.NO_ESCORT: "no escort",
        Reason.ILL: "ill",
        Reason.ATE_OR_DRANK: "ate or drank too late",
        Reason.DRANK_ALCOHOL: "drank alcohol",
        Reason.BLOOD_PRESSURE: "blood pressure",
        Reason.COST: "cost",
        Reason.WEATHER: "weather or traffic",
        Reason.WORK: "work or other appointment",
        Reason.CLINIC: "clinic's own reason",
        Reason.BOOKED_BY_MISTAKE: "booked by mistake",
        Reason.OTHER: "other reason",
    },
    Guard: {
        Guard.CHAIR_TAKEN: "chair taken",
        Guard.CHAIR_CLOSED: "chair closed",
        Guard.CLINIC_CLOSED: "clinic closed",
        Guard.CLOSED_DAY: "closed day",
        Guard.OUTSIDE_HOURS: "outside opening hours",
        Guard.IN_THE_PAST: "in the past",
        Guard.PATIENT_ELSEWHERE: "patient is elsewhere then",
        Guard.SAME_DAY: "twice that day",
        Guard.NURSE_LOAD: "more infusions than the nurse may watch",
        Guard.START_GAP: "starts close together",
        Guard.ESCORT_AWAY: "escort not free",
        Guard.TOO_SOON: "too soon after the last",
        Guard.TOO_LATE: "too late after the last",
        Guard.COURSE_COMPLETE: "course complete",
        Guard.NOT_APPROVED: "not approved",
        Guard.APPROVAL_DECLINED: "approval declined",
        Guard.APPROVAL_EXPIRED: "approval expired",
    },
    EscortState: {
        EscortState.NOT_ASKED: "not named",
        EscortState.NAMED: "named, not confirmed",
        EscortState.CONFIRMED: "confirmed",
        EscortState.CALLED: "called",
        EscortState.ON_THE_WAY: "on the way",
        EscortState.HERE: "here",
        EscortState.HANDED_OVER: "handed over",
    },
    Phase: {
        Phase.PREPARING: "preparing",
        Phase.INFUSING: "infusing",
        Phase.PAUSED: "paused",
        Phase.RECOVERING: "recovering",
        Phase.READY: "ready to go home",
        Phase.RELEASED: "released",
        Phase.STOPPED: "stopped",
    },
    Role: {
        Role.RECEPTIONIST: "receptionist",
        Role.NURSE: "nurse",
        Role.CLINICIAN: "clinician",
        Role.MANAGER: "manager",
    },
    Route: {
        Route.INTRAVENOUS: "IV",
        Route.INTRAMUSCULAR: "IM",
        Route.SUBCUTANEOUS: "SC",
        Route.ORAL: "oral",
        Route.NASAL: "nasal",
    },
    Tier: {Tier.LOW: "low", Tier.MID: "mid", Tier.HIGH: "high"},
    Segment: {
        Segment.CHECK_IN: "check-in",
        Segment.INFUSION: "infusion",
        Segment.RECOVERY: "recovery",
        Segment.TURNOVER: "turnover",
    },
    Eligibility: {
        Eligibility.NOT_ASSESSED: "not assessed",
        Eligibility.ASSESSED: "assessed",
        Eligibility.APPROVED: "approved",
        Eligibility.DECLINED: "declined",
    },
    ChecklistItem: {
        ChecklistItem.IDENTITY: "Identity",
        ChecklistItem.CONSENT: "Consent",
        ChecklistItem.WEIGHT: "Weight",
        ChecklistItem.ALLERGIES: "Allergies",
        ChecklistItem.MEDICATIONS: "Medications",
        ChecklistItem.FASTING: "Fasting",
        ChecklistItem.ALCOHOL: "Alcohol",
        ChecklistItem.ESCORT: "Escort",
        ChecklistItem.PREGNANCY: "Pregnancy",
        ChecklistItem.BASELINE: "Baseline vitals",
        ChecklistItem.MOOD: "Mood today",
        ChecklistItem.CHANGES: "Changes since last time",
    },
    Answer: {
        Answer.MET: "met",
        Answer.NOT_MET: "not met",
        Answer.NOT_APPLICABLE: "does not apply",
    },
    ReleasePath: {
        ReleasePath.TO_ESCORT: "to the escort",
        ReleasePath.ALONE: "alone",
        ReleasePath.AGAINST_ADVICE: "against advice",
        ReleasePath.TRANSFERRED: "transferred",
    },
    EventKind: {
        EventKind.SIDE_EFFECT: "side effect",
        EventKind.MEDICINE: "medicine",
        EventKind.INTERVENTION: "intervention",
        EventKind.PHASE: "phase",
        EventKind.NOTE: "note",
    },
    SideEffect: {
        SideEffect.NAUSEA: "nausea",
        SideEffect.VOMITING: "vomiting",
        SideEffect.DIZZINESS: "dizziness",
        SideEffect.HEADACHE: "headache",
        SideEffect.ANXIETY: "anxiety",
        SideEffect.DISTRESSING_DISSOCIATION: "distressing dissociation",
        SideEffect.CONFUSION: "confusion",
        SideEffect.DISORIENTATION: "disorientation",
        SideEffect.HALLUCINATION: "hallucination",
        SideEffect.BLURRED_VISION: "blurred or double vision",
        SideEffect.DEEP_SEDATION: "deep sedation",
        SideEffect.HIGH_BLOOD_PRESSURE: "high blood pressure",
        SideEffect.LOW_BLOOD_PRESSURE: "low blood pressure",
        SideEffect.FAST_HEART: "fast heart rate",
        SideEffect.SLOW_HEART: "slow heart rate",
        SideEffect.LOW_OXYGEN: "low oxygen",
        SideEffect.BREATHING_DIFFICULTY: "difficulty breathing",
        SideEffect.AIRWAY: "airway problem",
        SideEffect.RASH: "rash",
        SideEffect.INFILTRATION: "infiltrated line",
        SideEffect.URINARY: "urinary complaint",
        SideEffect.SUICIDAL_STATEMENT: "suicidal statement",
        SideEffect.FALL: "fall",
        SideEffect.OTHER: "other",
    },
}

_RULES = {
    "fasting_solids_hours": "No food before arrival",
    "fasting_clear_hours": "No clear fluids before arrival",
    "alcohol_hours": "No alcohol before and after",
    "driving_hours": "No driving after",
    "gate_systolic": "Systolic: assess before start above",
    "gate_diastolic": "Diastolic: assess before start above",
    "high_systolic": "Systolic: mark as high from",
    "high_diastolic": "Diastolic: mark as high from",
    "rise_systolic": "Systolic: mark a rise from baseline of",
    "rise_diastolic": "Diastolic: mark a rise from baseline of",
    "low_systolic": "Systolic: mark as low below",
    "low_oxygen_saturation": "SpO₂: mark as low below",
    "low_heart_rate": "Heart rate: mark as low below",
    "high_heart_rate": "Heart rate: mark as high above",
    "low_respiratory_rate": "Respiratory rate: mark as low below",
    "high_respiratory_rate": "Respiratory rate: mark as high above",
    "jump_systolic": "Systolic: ask again after a jump of",
    "jump_diastolic": "Diastolic: ask again after a jump of",
    "jump_heart_rate": "Heart rate: ask again after a jump of",
    "jump_oxygen_saturation": "SpO₂: ask again after a jump of",
    "escort_ask_hours": "Ask for the escort before the visit",
    "escort_overdue_hours": "Escort overdue before the visit",
    "pickup_call_minutes": "Call the escort before pickup",
    "pickup_window_minutes": "Length of the pickup window",
    "late_arrival_minutes": "A patient counts as late after",
    "infusions_per_nurse": "Infusions one nurse watches at once",
    "start_gap_minutes": "Between two starts of one nurse",
}


def word(state: StrEnum) -> str:
    """The display word of any of our enums: `word(Status.IN_SESSION)` is "in session"."""
    return tr(_WORDS[type(state)][state])


def rule_word(name: str) -> str:
    """What one of the clinic's thresholds is called."""
    return tr(_RULES[name])


class Look(NamedTuple):
    """The colour and the icon that go with a state's word; never shown without the word."""

    role: theme.Role
    icon: str


def status_look(status: Status) -> Look:
    """Colour and icon of an appointment's status."""
    return _STATUS_LOOKS[status]


def escort_look(state: EscortState) -> Look:
    """Colour and icon of an escort's state."""
    return _ESCORT_LOOKS[state]


def phase_look(phase: Phase) -> Look:
    """Colour and icon of a session's phase."""
    return _PHASE_LOOKS[phase]


_STATUS_LOOKS = {
    Status.BOOKED: Look("slate", "circle"),
    Status.CONFIRMED: Look("blue", "check"),
    Status.ARRIVED: Look("violet", "user-check"),
    Status.IN_SESSION: Look("accent", "activity"),
    Status.COMPLETED: Look("slate", "circle-check"),
    Status.CANCELLED_BY_PATIENT: Look("slate", "calendar-x"),
    Status.CANCELLED_BY_CLINIC: Look("slate", "calendar-x"),
    Status.NO_SHOW: Look("red", "user-x"),
}
_ESCORT_LOOKS = {
    EscortState.NOT_ASKED: Look("red", "triangle-alert"),
    EscortState.NAMED: Look("amber", "phone-call"),
    EscortState.CONFIRMED: Look("accent", "car"),
    EscortState.CALLED: Look("blue", "phone"),
    EscortState.ON_THE_WAY: Look("blue", "car"),
    EscortState.HERE: Look("violet", "user-check"),
    EscortState.HANDED_OVER: Look("slate", "circle-check"),
}
_PHASE_LOOKS = {
    Phase.PREPARING: Look("violet", "clipboard-list"),
    Phase.INFUSING: Look("accent", "droplets"),
    Phase.PAUSED: Look("amber", "pause"),
    Phase.RECOVERING: Look("blue", "hourglass"),
    Phase.READY: Look("violet", "log-out"),
    Phase.RELEASED: Look("slate", "circle-check"),
    Phase.STOPPED: Look("red", "circle-stop"),
}


def done(verb: str, values: Mapping[str, Value]) -> str:
    """What was done, as one sentence: of `Changes.verb` and `.values`, or of a history entry."""
    shown = _said(verb, values)
    undone = values.get("undone")
    if isinstance(undone, str):
        shown["undone_sentence"] = i18n.sentence(undone, _said(undone, values))
    return i18n.sentence(verb, shown)


def refusal(error: KnownError) -> str:
    """What was refused and what to do, as people read it."""
    return i18n.sentence(error.code, _said(error.code, error.values))


def objection(one: Objection) -> str:
    """What a rule of booking says against a place, as people read it.

    Of a taken chair only by whom: what was refused, and what to do, is said where it was refused.
    """
    code = "chair_taken_before" if one.guard is Guard.CHAIR_TAKEN else one.guard
    return i18n.sentence(code, _said(one.guard, one.values))


_VALUE_ENUMS: dict[str, tuple[type[StrEnum], ...]] = {
    "status": (Status,),
    "was": (Status,),
    "current": (Status, Phase),
    "wanted": (Status, Phase),
    "state": (EscortState,),
    "phase": (Phase,),
    "reason": (Reason,),
    "role": (Role,),
    "item": (ChecklistItem,),
    "kind": (EventKind,),
}


_PEOPLE = ("patient", "escort", "to_name")


def _said(code: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values with words in place of enum values and rule names, and names as shown now."""
    said = dict(values)
    for name, value in values.items():
        kinds = (EscortState,) if code == "escort_state_set" else _VALUE_ENUMS.get(name, ())
        for kind in kinds:
            if value in tuple(kind):
                said[name] = word(kind(str(value)))
                break
        if name in _PEOPLE and isinstance(value, str):
            said[name] = person(value)
        elif name == "rule" and value in _RULES:
            said[name] = rule_word(str(value))
        elif name == "weekday" and isinstance(value, int):
            said[name] = weekday(value)
    if code == "appointment_status_set":
        said["because"] = f" ({said['reason']})" if values.get("reason") else ""
    return said


def with_relation(name: str, relation: str) -> str:
    """ "Marta (sister)"."""
    shown = person(name)
    return f"{shown} ({relation})" if relation else shown


def minutes(length: timedelta) -> str:
    """A length in whole minutes or hours: "12 min", "2 h", "2 h 05 min"."""
    whole = int(length.total_seconds()) // 60
    if whole < 60:
        return tr("{minutes} min", minutes=whole)
    hours, rest = divmod(whole, 60)
    if not rest:
        return tr("{hours} h", hours=hours)
    return tr("{hours} h {minutes} min", hours=hours, minutes=f"{rest:02d}")
