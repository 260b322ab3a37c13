"""Readings against the clinic's own thresholds, at and on both sides of each."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ketadesk.domain.flags import baseline, flags, gate
from ketadesk.domain.readings import Vitals
from ketadesk.domain.rules import Rules
from tests.domain.made_sessions import at, reading

VECTORS = json.loads((Path(__file__).parent / "vectors" / "pressure_flags.json").read_text())
RISE, HIGH = VECTORS
RULES = Rules()


def codes(vitals: Vitals, before: Vitals | None = None, rules: Rules = RULES) -> list[str]:
    return [flag.code for flag in flags(vitals, rules, before)]


def test_the_published_rise() -> None:
    now, before = Vitals(*RISE["now"]), Vitals(*RISE["baseline"])
    found = {flag.code: flag.value for flag in flags(now, RULES, before)}
    assert found == {"systolic_rise": RISE["sbp_rise"], "diastolic_rise": RISE["dbp_rise"]}
    assert RISE["rise_ge40"] and RISE["rise_ge25"]


def test_the_published_height() -> None:
    assert HIGH["ge180_or_ge110"]
    assert codes(Vitals(HIGH["sbp"], HIGH["dbp"])) == ["systolic_high"]


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (Vitals(179, 109), []),
        (Vitals(179, 110), ["diastolic_high"]),
        (Vitals(90, 60), []),
        (Vitals(89, 60), ["systolic_low"]),
        (Vitals(heart_rate=120), []),
        (Vitals(heart_rate=121), ["heart_rate_high"]),
        (Vitals(heart_rate=50), []),
        (Vitals(heart_rate=49), ["heart_rate_low"]),
        (Vitals(oxygen_saturation=92), []),
        (Vitals(oxygen_saturation=91), ["oxygen_saturation_low"]),
        (Vitals(respiratory_rate=24), []),
        (Vitals(respiratory_rate=25), ["respiratory_rate_high"]),
        (Vitals(respiratory_rate=9), ["respiratory_rate_low"]),
        (Vitals(pain=10, moaas=0), []),
    ],
)
def test_each_threshold_and_its_edge(vitals: Vitals, expected: list[str]) -> None:
    assert codes(vitals) == expected


def test_a_flag_names_the_clinic_rule_it_comes_from() -> None:
    (flag,) = flags(Vitals(oxygen_saturation=93), replace(RULES, low_oxygen_saturation=94), None)
    assert (flag.vital, flag.value, flag.limit) == ("oxygen_saturation", 93, 94)
    assert flag.rule == "low_oxygen_saturation"


def test_a_rise_needs_a_baseline_pressure() -> None:
    assert codes(Vitals(160, 80), Vitals(120, 75)) == ["systolic_rise"]
    assert codes(Vitals(159, 80), Vitals(120, 75)) == []
    assert codes(Vitals(160, 80), Vitals(heart_rate=70)) == []
    assert codes(Vitals(heart_rate=70), Vitals(120, 75)) == []


def test_the_gate_is_above_the_limit_not_at_it() -> None:
    assert gate(Vitals(140, 90), RULES) == ()
    assert [flag.code for flag in gate(Vitals(141, 91), RULES)] == [
        "systolic_above_gate",
        "diastolic_above_gate",
    ]
    assert gate(Vitals(heart_rate=80), RULES) == ()


def test_the_baseline_is_the_last_pressure_before_the_start() -> None:
    first, second = reading(at(10, 0), 1), reading(at(10, 10), 2)
    scores = reading(at(10, 12), 3, pain=4)
    during = reading(at(10, 20), 4)
    taken = (first, second, scores, during)
    assert baseline(taken, at(10, 15)) == second
    assert baseline(taken, None) == during
    assert baseline((during,), at(10, 15)) is None


def test_a_pressure_at_the_very_start_is_still_the_baseline() -> None:
    before, at_start = reading(at(10, 10), 1), reading(at(10, 15), 2)
    after = reading(at(10, 15, 1), 3)
    assert baseline((before, at_start, after), at(10, 15)) == at_start
