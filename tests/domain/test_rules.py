"""The clinic's thresholds: each has a unit and a source, and each rules something."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from ketadesk.domain.rules import Rules

SOURCE = Path(__file__).parents[2] / "ketadesk"


@pytest.mark.parametrize("rule", fields(Rules), ids=lambda rule: rule.name)
def test_a_threshold_says_its_unit_and_where_its_starting_value_comes_from(rule) -> None:
    assert rule.metadata["unit"]
    assert rule.metadata["source"]


@pytest.mark.parametrize("rule", fields(Rules), ids=lambda rule: rule.name)
def test_a_threshold_that_the_director_confirms_is_used_somewhere(rule) -> None:
    """Named in code, or read by a vital's name with its prefix (low_, high_, jump_, rise_)."""
    elsewhere = "".join(
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if path.name not in ("rules.py", "words.py")
    )
    family = rule.name.split("_")[0] + "_{"
    assert re.search(rf"\b{rule.name}\b", elsewhere) or family in elsewhere


def test_the_clinics_own_values_stand_before_the_starting_values() -> None:
    rules = Rules.from_settings({"driving_hours": 12, "unknown": 1})
    assert (rules.driving_hours, rules.fasting_solids_hours) == (12, 6)
