"""Which remarks may be said while the line is still being typed."""

from datetime import UTC, datetime

import pytest

from ketadesk.domain.reading_line import parse
from ketadesk.domain.readings import Vitals
from ketadesk.domain.unfinished_line import settled

NOW = datetime(2027, 5, 10, 17, 0, tzinfo=UTC)
BEFORE = Vitals(systolic=120, diastolic=80, heart_rate=70)


def said(line: str) -> list[str]:
    parsed = parse(line, now=NOW, previous=BEFORE)
    return [remark.code for remark in settled((*parsed.problems, *parsed.unusual), line)]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("132/84 8", []),
        ("132/84 8 ", ["line_value_impossible"]),
        ("132/84 8 98", ["line_value_impossible"]),
        ("132/84 780", ["line_value_impossible"]),
        ("132/84 78 9", []),
        ("132/84 78 980", ["line_value_impossible"]),
        ("132/84 78 98 16 99", ["line_too_many_numbers"]),
        ("84/132", ["line_pressure_swapped"]),
        ("13", []),
    ],
)
def test_a_number_that_more_digits_could_mend_is_left_alone(line: str, codes: list[str]) -> None:
    assert said(line) == codes


@pytest.mark.parametrize("line", ["132/84 78", "132/84 78 98 16", "132/84 78 98 16 m5 d0"])
def test_an_ordinary_line_is_never_remarked_on_while_it_grows(line: str) -> None:
    for length in range(len(line) + 1):
        assert said(line[:length]) == [], line[:length]
