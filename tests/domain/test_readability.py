"""Readability against worked answers and against syllables counted by ear."""

import json
from pathlib import Path
from typing import Any

import pytest

from ketadesk.domain import readability

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "readability.json").read_text(encoding="utf-8")
)

ENGLISH = {
    1: "a tired faints course call drugs changed bleeds blurred dreams fades sips dry mouth calm",
    2: "breathing driving confused vivid unless quiet swollen trouble seizure approved people uses "
    "differ table wanted faces special nation patients visit before escort someone ready session "
    "dizzy throwing evening going doing seeing fluid vial papers doctor pressure stairway noises",
    3: "infusion medicine alcohol ketamine idea radio hospital ritual following",
    4: "emergency machinery operating intravenous ondansetron anxiety",
    5: "administration",
}
SPANISH = {
    1: "y o ve hoy muy hay yo quien rey guion que",
    2: "día guía oye ciudad aunque guerra siempre sueño hacia búho reyes presión después cuándo "
    "cualquier aire oír leer río mayo hizo",
    3: "ansiedad infusión náuseas médico pingüino cabeza maneje alcohol ahora ayuda mareo sería "
    "hinchazón",
    4: "medicinas herramientas alcoholes averiguar decisiones enrojece convulsiona",
}


@pytest.mark.parametrize("case", VECTORS["english"], ids=lambda case: str(case["id"]))
def test_english_worked_answers(case: dict[str, Any]) -> None:
    measured = readability.english(case["text"])
    assert measured.counts.words == case["words"]
    assert measured.counts.sentences == case["sentences"]
    assert measured.counts.syllables == case["syllables"]
    assert measured.grade == pytest.approx(case["fk_grade"])
    assert measured.ease == pytest.approx(case["flesch_ease"])
    if "published_fk" in case:
        assert measured.grade == pytest.approx(case["published_fk"], abs=0.05)
    if "syllables_by_word" in case:
        words = case["text"].rstrip(".").split()
        counted = [readability.english_syllables(word) for word in words]
        assert counted == case["syllables_by_word"]


@pytest.mark.parametrize("case", VECTORS["spanish"], ids=lambda case: str(case["id"]))
def test_spanish_worked_answers(case: dict[str, Any]) -> None:
    measured = readability.spanish(case["text"])
    assert measured.counts.words == case["words"]
    assert measured.counts.sentences == case["sentences"]
    assert measured.counts.syllables == case["syllables"]
    assert measured.inflesz == pytest.approx(case["inflesz"])
    assert measured.band == case["inflesz_band"]
    words = case["text"].rstrip(".").split()
    assert [readability.spanish_syllables(word) for word in words] == case["syllables_by_word"]


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (80.1, "very_easy"),
        (80, "easy"),
        (65, "easy"),
        (64.9, "normal"),
        (55, "normal"),
        (54.9, "slightly_difficult"),
        (40, "difficult"),
    ],
)
def test_bands_meet_without_gaps(score: float, band: str) -> None:
    assert readability.inflesz_band(score) == band
    assert band in VECTORS["inflesz_bands"]


def test_english_syllables_by_ear() -> None:
    for count, words in ENGLISH.items():
        for word in words.split():
            assert readability.english_syllables(word) == count, word
    assert readability.english_syllables("patient's") == 2
    assert readability.english_syllables("don't") == 1
    assert readability.english_syllables("hmm") == 1


def test_spanish_syllables_by_ear() -> None:
    for count, words in SPANISH.items():
        for word in words.split():
            assert readability.spanish_syllables(word) == count, word
    assert readability.spanish_syllables("mg") == 1


@pytest.mark.parametrize(
    ("digits", "english", "spanish"),
    [
        ("911", 3, 6),
        ("988", 3, 6),
        ("7", 2, 2),
        ("24", 3, 4),
        ("17", 3, 4),
        ("20", 2, 2),
        ("11", 3, 2),
        ("50", 2, 3),
        ("71", 4, 6),
        ("38", 3, 5),
        ("00", 2, 2),
    ],
)
def test_numbers_count_as_they_are_spoken(digits: str, english: int, spanish: int) -> None:
    assert readability.english_syllables(digits) == english
    assert readability.spanish_syllables(digits) == spanish


def test_sentences_end_at_stops_and_line_breaks_but_not_inside_a_time() -> None:
    counts = readability.spanish("Venga a las 11:50 a. m. con alguien.\nTraiga agua").counts
    assert (counts.sentences, counts.longest_sentence) == (2, 9)
    assert readability.english("Wait! “Stop.” Go? Yes…").counts.sentences == 4


@pytest.mark.parametrize("text", ["", " \n", "... --- !"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="without words"):
        readability.english(text)
