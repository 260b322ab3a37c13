"""Writes a set of vital signs as the line that `reading_line` reads: for amending, and in lists."""

from datetime import datetime

from ketadesk.domain.dosing import show
from ketadesk.domain.readings import Vitals

NOT_TAKEN = "-"


def signs(vitals: Vitals) -> str:
    """The four vital signs in the table's order: "132/84 78 98 16"; those after the last left out.

    Empty when none was taken.
    """
    plain = (vitals.heart_rate, vitals.oxygen_saturation, vitals.respiratory_rate)
    rates = (NOT_TAKEN if rate is None else str(rate) for rate in plain)
    parts = [vitals.pressure or NOT_TAKEN, *rates]
    while parts and parts[-1] == NOT_TAKEN:
        parts.pop()
    return " ".join(parts)


def written(vitals: Vitals, taken_at: datetime) -> str:
    """The line that would record them; `taken_at` is the clinic's local time."""
    parts = [signs(vitals)] if signs(vitals) else []
    for letter, value in (("m", vitals.moaas), ("d", vitals.dissociation), ("p", vitals.pain)):
        if value is not None:
            parts.append(f"{letter}{value}")
    if vitals.oxygen_flow is not None:
        parts.append(f"o2 {show(vitals.oxygen_flow)}")
    parts.append(f"@{taken_at:%H:%M}")
    line = " ".join(parts)
    return f"{line}; {vitals.note}" if vitals.note else line
