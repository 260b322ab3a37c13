"""The words of a session on screen: phases, vitals, side effects, and readings said in a line."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ketadesk.domain.errors import KnownError
from ketadesk.domain.events import Event, EventKind, SideEffect
from ketadesk.domain.flags import Flag
from ketadesk.domain.readings import Vitals
from ketadesk.domain.sessions import Phase, Session
from ketadesk.i18n import tr
from ketadesk.ui import words as screen_words


def phase(value: Phase) -> str:
    return screen_words.word(value)


def phase_of(phase_value: Phase, *, signed: bool) -> str:
    return tr("signed") if signed else phase(phase_value)


def vital(name: str) -> str:
    words = {
        "systolic": tr("systolic pressure"),
        "diastolic": tr("diastolic pressure"),
        "blood_pressure": tr("blood pressure"),
        "heart_rate": tr("heart rate"),
        "oxygen_saturation": tr("SpO₂"),
        "respiratory_rate": tr("respiratory rate"),
        "oxygen_flow": tr("oxygen"),
        "moaas": tr("MOAA/S"),
        "pain": tr("pain"),
        "dissociation": tr("dissociation"),
        "note": tr("note"),
        "time": tr("time"),
    }
    return words.get(name, name)


def coded(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of a code whose values may name a vital sign by its field."""
    shown = dict(values)
    if "vital" in shown:
        shown["vital"] = vital(str(shown["vital"]))
    return screen_words.refusal(KnownError(code, **shown))


def flag(crossed: Flag) -> str:
    """Which of the clinic's own limits a value crosses: a remark, never advice."""
    name, limit = vital(crossed.vital), crossed.limit
    if crossed.code.endswith("_rise"):
        return tr(
            "{vital} {value} above baseline (clinic limit {limit})",
            vital=name,
            value=crossed.value,
            limit=limit,
        )
    if crossed.code.endswith("_above_gate"):
        return tr(
            "{vital} {value}, clinic's gate {limit}", vital=name, value=crossed.value, limit=limit
        )
    side = tr("above") if crossed.code.endswith("_high") else tr("below")
    return tr(
        "{vital} {value}, {side} the clinic's limit {limit}",
        vital=name,
        value=crossed.value,
        side=side,
        limit=limit,
    )


def reading(vitals: Vitals) -> str:
    """ "BP 148/92 · HR 88 · SpO₂ 97 · RR 15 · MOAA/S 4 · dissociation 5"."""
    parts = []
    if vitals.systolic is not None:
        parts.append(tr("BP {high}/{low}", high=vitals.systolic, low=vitals.diastolic))
    for value, words in (
        (vitals.heart_rate, tr("HR")),
        (vitals.oxygen_saturation, tr("SpO₂")),
        (vitals.respiratory_rate, tr("RR")),
        (vitals.oxygen_flow, tr("O₂ L/min")),
        (vitals.moaas, tr("MOAA/S")),
        (vitals.dissociation, tr("dissociation")),
        (vitals.pain, tr("pain")),
    ):
        if value is not None:
            parts.append(f"{words} {value}")
    if vitals.note:
        parts.append(f"“{vitals.note}”")
    return " · ".join(parts)


def side_effect(value: str) -> str:
    """ "Nausea", as the first word of a line."""
    if value not in tuple(SideEffect):
        return value
    said = screen_words.word(SideEffect(value))
    return said[:1].upper() + said[1:]


def event_title(event: Event, *, resumed: bool = False) -> str:
    """What happened, in a few words; `resumed` as in `is_resumption`."""
    if event.kind is EventKind.SIDE_EFFECT:
        title = side_effect(event.code)
        return (
            tr("{title}, grade {grade}", title=title, grade=event.grade) if event.grade else title
        )
    if event.kind is EventKind.PHASE:
        return phase_event(event.code, resumed=resumed)
    if event.kind is EventKind.MEDICINE:
        return event.medicine or tr("Medicine")
    if event.kind is EventKind.INTERVENTION:
        return event.detail or tr("Intervention")
    return tr("Addendum") if event.addendum else (event.detail or tr("Note"))


def event_detail(event: Event) -> str:
    """What the title left out."""
    if event.kind in (EventKind.SIDE_EFFECT, EventKind.MEDICINE, EventKind.PHASE):
        return event.detail
    return event.detail if event.addendum else ""


def phase_event(code: str, *, resumed: bool) -> str:
    """What a step did; running again after a pause is no second start."""
    words = {
        "preparing": tr("Session opened"),
        "infusing": tr("Infusion resumed") if resumed else tr("Infusion started"),
        "paused": tr("Infusion paused"),
        "recovering": tr("Recovery"),
        "ready": tr("Ready to leave"),
        "released": tr("Released"),
        "stopped": tr("Infusion stopped"),
    }
    return words.get(code, code)


def clock(length: timedelta) -> str:
    """ "22:04" minutes and seconds, from an hour on "1:02:04"."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def stage(session: Session) -> str:
    return phase_of(session.phase, signed=session.signed)
