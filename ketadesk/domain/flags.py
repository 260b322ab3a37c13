"""Which of the clinic's own thresholds a reading crosses. A flag is a remark, never advice."""

from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.readings import Reading, Vitals
from ketadesk.domain.rules import Rules


@dataclass(frozen=True)
class Flag:
    """One threshold crossed: the vital, its value, and the clinic's limit by the rule's name."""

    code: str
    vital: str
    value: int
    limit: int
    rule: str


_FROM = (("systolic", "high_systolic"), ("diastolic", "high_diastolic"))
_ABOVE = (("heart_rate", "high_heart_rate"), ("respiratory_rate", "high_respiratory_rate"))
_BELOW = (
    ("systolic", "low_systolic"),
    ("heart_rate", "low_heart_rate"),
    ("oxygen_saturation", "low_oxygen_saturation"),
    ("respiratory_rate", "low_respiratory_rate"),
)
_RISE = (("systolic", "rise_systolic"), ("diastolic", "rise_diastolic"))
_GATE = (("systolic", "gate_systolic"), ("diastolic", "gate_diastolic"))


def flags(vitals: Vitals, rules: Rules, baseline: Vitals | None) -> tuple[Flag, ...]:
    """The thresholds a reading crosses, and its rise from the baseline where there is one.

    Blood pressure is high and has risen *from* the limit on (180/110; 40 and 25 over baseline,
    the figures used with the esketamine label); rates are high above and everything is low below.
    """
    found = [
        Flag(f"{vital}_high", vital, value, limit, rule)
        for vital, rule, value, limit in _pairs(vitals, rules, _FROM)
        if value >= limit
    ]
    found += [
        Flag(f"{vital}_high", vital, value, limit, rule)
        for vital, rule, value, limit in _pairs(vitals, rules, _ABOVE)
        if value > limit
    ]
    found += [
        Flag(f"{vital}_low", vital, value, limit, rule)
        for vital, rule, value, limit in _pairs(vitals, rules, _BELOW)
        if value < limit
    ]
    if baseline is not None:
        found += _rises(vitals, rules, baseline)
    return tuple(found)


def gate(vitals: Vitals, rules: Rules) -> tuple[Flag, ...]:
    """Blood pressure above what the clinic assesses before a start (label figure: above 140/90)."""
    return tuple(
        Flag(f"{vital}_above_gate", vital, value, limit, rule)
        for vital, rule, value, limit in _pairs(vitals, rules, _GATE)
        if value > limit
    )


def baseline(standing: tuple[Reading, ...], started_at: datetime | None) -> Reading | None:
    """The last standing reading with a blood pressure before the start, or the last one so far."""
    candidates = [
        reading
        for reading in standing
        if reading.vitals.systolic is not None
        and (started_at is None or reading.taken_at <= started_at)
    ]
    return candidates[-1] if candidates else None


def _rises(vitals: Vitals, rules: Rules, baseline_: Vitals) -> list[Flag]:
    found = []
    for vital, rule, value, limit in _pairs(vitals, rules, _RISE):
        before = getattr(baseline_, vital)
        if before is not None and value - before >= limit:
            found.append(Flag(f"{vital}_rise", vital, value - before, limit, rule))
    return found


def _pairs(
    vitals: Vitals, rules: Rules, watched: tuple[tuple[str, str], ...]
) -> list[tuple[str, str, int, int]]:
    """(vital, rule, value, limit) of the watched vitals that were taken."""
    return [
        (vital, rule, getattr(vitals, vital), getattr(rules, rule))
        for vital, rule in watched
        if getattr(vitals, vital) is not None
    ]
