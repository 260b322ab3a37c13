"""One typed line becomes vital signs, or says exactly what is not understood and where."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.reading_line import ParsedLine, parse
from ketadesk.domain.readings import BOUNDS, Vitals, check_vitals
from ketadesk.domain.rules import Rules
from ketadesk.i18n import known_codes, sentence

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2027, 5, 14, 10, 42, 7, tzinfo=ZONE)


def read(text: str, **more: object) -> ParsedLine:
    return parse(text, now=NOW, **more)  # type: ignore[arg-type]


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


@pytest.mark.parametrize(
    ("text", "vitals"),
    [
        ("132/84 78 98 16", Vitals(132, 84, 78, 98, 16)),
        ("132/84", Vitals(132, 84)),
        ("132 / 84 78", Vitals(132, 84, 78)),
        ("  132/84,78, 98%  16 ", Vitals(132, 84, 78, 98, 16)),
        ("- 78 98", Vitals(heart_rate=78, oxygen_saturation=98)),
        ("132/84 – 98 -", Vitals(132, 84, oxygen_saturation=98)),
        ("148/92 88 97 15 m4 d5", Vitals(148, 92, 88, 97, 15, moaas=4, dissociation=5)),
        ("m4 148/92 88", Vitals(148, 92, 88, moaas=4)),
        ("moaas 4 d 6 pain 3", Vitals(moaas=4, dissociation=6, pain=3)),
        ("MOAA/S 5 P0", Vitals(moaas=5, pain=0)),
        ("132/84 o2 2", Vitals(132, 84, oxygen_flow=Decimal(2))),
        ("o2 1,5 L/min", Vitals(oxygen_flow=Decimal("1.5"))),
        ("132/84; eyes closed, music on", Vitals(132, 84, note="eyes closed, music on")),
        ('132/84 "base" m5', Vitals(132, 84, moaas=5, note="base")),
        ("“calm” ;asleep", Vitals(note="calm asleep")),
        ('132/84 "unclosed', Vitals(132, 84, note="unclosed")),
    ],
)
def test_a_line_is_read_as_written(text: str, vitals: Vitals) -> None:
    line = read(text)
    assert line.problems == ()
    assert line.ok
    assert line.vitals == vitals
    assert line.taken_at == NOW
    assert not line.time_typed


@pytest.mark.parametrize("typed", ["t10:35", "@10:35", "t 10:35", "T10.35", "@ 10:35"])
def test_the_true_time_can_be_typed(typed: str) -> None:
    line = read(f"132/84 {typed} 78")
    assert line.ok
    assert line.time_typed
    assert line.taken_at == datetime(2027, 5, 14, 17, 35, tzinfo=UTC)
    assert line.vitals == Vitals(132, 84, 78)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["line_empty"]),
        ("t10:35", ["line_empty"]),
        ('""', ["line_empty"]),
        ("78 98 16", ["line_pressure_expected"]),
        ("- - 132/84", ["line_pressure_not_first"]),
        ("132/84 134/85", ["line_given_twice"]),
        ("132/84 78 98 16 36", ["line_too_many_numbers"]),
        ("132/84 78 98 16 -", ["line_too_many_numbers"]),
        ("m4 m4", ["line_given_twice"]),
        ("@10:30 t10:35 m4", ["line_given_twice"]),
        ("m", ["line_number_missing"]),
        ("132/84 o2", ["line_number_missing"]),
        ("132/84 7o 98", ["line_token_unknown"]),
        ("m4.5", ["line_token_unknown"]),
        ("132/84 -5 980", ["line_token_unknown"]),
        ("x 132/84 980", ["line_token_unknown", "line_value_impossible"]),
        ("٣٢/٨٤", ["line_token_unknown"]),
        ("84/132", ["line_pressure_swapped"]),
        ("132/132", ["line_pressure_swapped"]),
        ("1320/84", ["line_value_impossible"]),
        ("132/84 78 980", ["line_value_impossible"]),
        ("m6", ["line_value_impossible"]),
        ("p11 d99", ["line_value_impossible", "line_value_impossible"]),
        ("o2 200", ["line_value_impossible"]),
        ("132/84 " + "9" * 9000, ["line_value_impossible"]),
        ("m4 @10:43", ["line_time_in_future"]),
        ("m4 @25:00", ["line_time_impossible"]),
        ("m4 @9:77", ["line_time_impossible"]),
    ],
)
def test_what_is_not_understood_is_said_and_never_guessed(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert not read(text).ok


def test_a_problem_names_the_characters_it_is_about() -> None:
    (problem,) = read("132/84 78 xx 16").problems
    assert (problem.start, problem.end) == (10, 12)
    assert problem.values == {"token": "xx"}


def test_every_code_has_a_sentence_with_its_values() -> None:
    for text in ("", "x", "78", "- 1/2", "132/84 1 2 3 4", "m4 m4", "m", "m9", "1/2 p99", "@99:99"):
        for problem in read(text).problems:
            assert problem.code in known_codes()
            assert "…" not in sentence(problem.code, problem.values)


def test_a_value_across_a_clinic_threshold_asks_again() -> None:
    line = read("190/95 44 91 8", rules=Rules())
    assert line.ok
    assert [(remark.code, remark.values["vital"]) for remark in line.unusual] == [
        ("line_value_high", "systolic"),
        ("line_value_low", "heart_rate"),
        ("line_value_low", "oxygen_saturation"),
        ("line_value_low", "respiratory_rate"),
    ]
    assert line.unusual[0].values["limit"] == Rules().high_systolic
    assert (line.unusual[1].start, line.unusual[1].end) == (7, 9)


def test_a_jump_from_the_reading_before_asks_again() -> None:
    before = Vitals(132, 84, 78, 98, 16)
    line = read("173/84 118 98", rules=Rules(), previous=before)
    (jump,) = line.unusual
    assert jump.code == "line_value_jump"
    assert jump.values == {"vital": "systolic", "value": 173, "previous": 132}
    assert read("172/84 118", rules=Rules(), previous=before).unusual == ()
    assert read("172/84 118", rules=Rules(), previous=Vitals(pain=3)).unusual == ()


def test_a_line_with_a_problem_is_not_also_unusual() -> None:
    assert read("250/84 x", rules=Rules()).unusual == ()
    assert read("250/84").unusual == ()


TOKENS = st.sampled_from(
    ["132/84", "78", "98%", "-", "m4", "m", "d 6", "p3", "o2 2", "o2", "@10:35", "t99:99", ";", '"']
)


@given(st.one_of(st.text(max_size=60), st.lists(TOKENS, max_size=9).map(" ".join)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    line = read(text, rules=Rules(), previous=Vitals(132, 84, 78, 98, 16))
    for remark in (*line.problems, *line.unusual):
        assert 0 <= remark.start <= remark.end <= len(text)
        assert "…" not in sentence(remark.code, remark.values)
    assert line.taken_at <= NOW
    if line.ok:
        check_vitals(line.vitals)


VALUE = {vital: st.none() | st.integers(*bounds) for vital, bounds in BOUNDS.items()}


@given(
    pressure=st.tuples(VALUE["systolic"], VALUE["diastolic"]),
    heart_rate=VALUE["heart_rate"],
    saturation=VALUE["oxygen_saturation"],
    respiratory_rate=VALUE["respiratory_rate"],
    moaas=VALUE["moaas"],
)
def test_what_was_typed_is_what_is_kept(
    pressure: tuple[int | None, int | None],
    heart_rate: int | None,
    saturation: int | None,
    respiratory_rate: int | None,
    moaas: int | None,
) -> None:
    systolic, diastolic = pressure
    if systolic is None or diastolic is None or systolic <= diastolic:
        systolic = diastolic = None
    rates = (heart_rate, saturation, respiratory_rate)
    parts = ["-" if systolic is None else f"{systolic}/{diastolic}"]
    parts += ["-" if rate is None else str(rate) for rate in rates]
    if moaas is not None:
        parts.append(f"m{moaas}")
    line = read(" ".join(parts))
    assert line.vitals == Vitals(systolic, diastolic, *rates, moaas=moaas)
    assert line.ok is not line.vitals.empty
