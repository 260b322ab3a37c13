"""Writes a kept reading as the line that would record it, for amending."""

from datetime import datetime

from ketadesk.domain.dosing import show
from ketadesk.domain.readings import Vitals
from ketadesk.ui.words import clock

NOT_TAKEN = "-"


def written(vitals: Vitals, taken_at: datetime) -> str:
    """The line in the grammar of `domain.reading_line`; `taken_at` is the clinic's local time."""
    pressure = NOT_TAKEN if vitals.systolic is None else f"{vitals.systolic}/{vitals.diastolic}"
    plain = (vitals.heart_rate, vitals.oxygen_saturation, vitals.respiratory_rate)
    parts = [pressure, *(NOT_TAKEN if value is None else str(value) for value in plain)]
    while parts and parts[-1] == NOT_TAKEN:
        parts.pop()
    for letter, value in (("m", vitals.moaas), ("d", vitals.dissociation), ("p", vitals.pain)):
        if value is not None:
            parts.append(f"{letter}{value}")
    if vitals.oxygen_flow is not None:
        parts.append(f"o2 {show(vitals.oxygen_flow)}")
    parts.append(f"t{clock(taken_at)}")
    line = " ".join(parts)
    return f"{line}; {vitals.note}" if vitals.note else line
