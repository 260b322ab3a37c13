"""The words of the sheets: complete, of plain language, and named when they are broken."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from ketadesk import resources
from ketadesk.domain import readability
from ketadesk.paper import composition, conditions, wording
from ketadesk.paper.errors import PaperError, WordingBroken
from ketadesk.paper.facts import SheetFacts
from tests.paper.sample_facts import AFTERCARE, CLINIC, EVERYTHING_GIVEN, PICKUP

BARE_CLINIC = replace(CLINIC, phone_night="", entrance="", crisis_line="116 123")
EVERY_AFTERCARE = [
    replace(
        AFTERCARE,
        clinic=clinic,
        escort_name=escort,
        escort_stays_overnight=stays,
        medicines_given=EVERYTHING_GIVEN,
        blood_pressure_high_at_release="148/92",
        next_visit=visit,
    )
    for clinic, (escort, stays), visit in product(
        (CLINIC, BARE_CLINIC),
        ((None, None), ("Marta", True), ("Marta", False), ("Marta", None)),
        (
            None,
            AFTERCARE.next_visit,
            AFTERCARE.next_visit and replace(AFTERCARE.next_visit, number=None, of=None),
        ),
    )
]
EVERY_PICKUP = [
    replace(PICKUP, clinic=clinic, escort_name=escort, ask_for=ask, ready_until=until)
    for clinic, escort, ask, until in product(
        (CLINIC, BARE_CLINIC),
        (None, "Marta"),
        (None, "Rosa"),
        (PICKUP.ready_from, PICKUP.ready_until),
    )
]
EVERY_CASE = {"aftercare": EVERY_AFTERCARE, "pickup": EVERY_PICKUP}
EVERY_WORDING = list(product(EVERY_CASE, ("en", "es")))


def lines_of(facts: SheetFacts, language: str) -> Iterator[str]:
    """Every line of running text on the sheet, without numbers to dial."""
    for block in composition.compose(facts, language=language, paper="letter")["blocks"]:
        for runs in (*block["body"], *(line["text"] for line in block["lines"])):
            yield "".join(run["text"] for run in runs)


@pytest.mark.parametrize(("kind", "language"), EVERY_WORDING)
def test_every_combination_of_facts_makes_a_whole_sheet(kind: str, language: str) -> None:
    words = wording.load(kind, language)
    shown: set[str] = set()
    for facts in EVERY_CASE[kind]:
        document = composition.compose(facts, language=language, paper="letter")
        assert "{" not in "".join(composition.texts_of(document)).replace("{page", "")
        shown |= {block["id"] for block in document["blocks"]}
    assert shown == {block.id for block in words.blocks}


@pytest.mark.parametrize("kind", EVERY_CASE)
def test_both_languages_say_the_same_things_in_the_same_order(kind: str) -> None:
    english, spanish = wording.load(kind, "en"), wording.load(kind, "es")
    for ours, theirs in zip(english.blocks, spanish.blocks, strict=True):
        assert (ours.id, ours.when, ours.style, ours.place) == (
            theirs.id,
            theirs.when,
            theirs.style,
            theirs.place,
        )
        assert [(line.when, line.each) for line in ours.lines] == [
            (line.when, line.each) for line in theirs.lines
        ]
    assert english.labels.keys() == spanish.labels.keys()


@pytest.mark.parametrize("kind", EVERY_CASE)
def test_english_is_plain(kind: str) -> None:
    for facts in EVERY_CASE[kind]:
        measured = readability.english("\n".join(lines_of(facts, "en")))
        assert measured.grade <= 6
        assert measured.counts.longest_sentence <= 20


@pytest.mark.parametrize("kind", EVERY_CASE)
def test_spanish_is_plain(kind: str) -> None:
    for facts in EVERY_CASE[kind]:
        measured = readability.spanish("\n".join(lines_of(facts, "es")))
        assert measured.inflesz >= 65
        assert measured.counts.longest_sentence <= 20


def test_no_single_english_line_is_above_grade_eight() -> None:
    for kind, cases in EVERY_CASE.items():
        for line in {line for facts in cases for line in lines_of(facts, "en")}:
            measured = readability.english(line)
            if measured.counts.words >= 10:
                assert measured.grade <= 8, (kind, line)


def test_a_draft_has_no_reviewer_and_a_reviewed_text_is_no_draft() -> None:
    for kind, language in EVERY_WORDING:
        words = wording.load(kind, language)
        assert not (words.draft and words.reviewer)
    assert wording.load("aftercare", "es").draft
    assert wording.languages("aftercare") == wording.languages("pickup") == ("en", "es")


def test_the_aftercare_sheet_says_what_a_patient_must_know() -> None:
    words = " ".join(lines_of(AFTERCARE, "en")).lower()
    for point in (
        *("feel sick", "dizzy", "confused", "see or hear things", "racing heart", "breathing"),
        *("differ from person to person", "come to each visit", "all your medicines"),
        *("alcohol or other drugs", "until morning", "someone you trust", "off-label"),
    ):
        assert point in words
    for promise in ("safe", "cure", "will help you", "guarantee"):
        assert promise not in words


def test_a_missing_language_is_named() -> None:
    with pytest.raises(WordingBroken) as broken:
        composition.compose(AFTERCARE, language="../en", paper="letter")
    assert broken.value.code == "wording_missing"
    assert broken.value.values == {"kind": "aftercare", "language": "../en"}


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The shipped English aftercare wording with one thing broken."""
    text = resources.path("wording", "en", "aftercare.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "en" / "aftercare.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "code", "block"),
    [
        ('when = "escort_named"', 'when = "escort_nmaed"', "condition_unknown", "read_with_escort"),
        ("**{escort}**", "**{escrot}**", "placeholder_unknown", "read_with_escort"),
        ("**{escort}**", "**{escort}", "wording_broken", "read_with_escort"),
        ("**{escort}**", "{escort", "wording_broken", "read_with_escort"),
        ('heading = "Tonight"', 'headnig = "Tonight"', "wording_broken", "tonight"),
        ('heading = "Tonight"', "heading = 5", "wording_broken", "tonight"),
        ('id = "normal"', 'id = "tonight"', "wording_broken", "tonight"),
        ('style = "emergency"', 'style = "loud"', "wording_broken", "emergency"),
        ("columns = 2", "columns = 7", "wording_broken", "call_us"),
        ('text = "have chest pain"', 'text = ""', "wording_broken", "emergency"),
        ('id = "driving"', 'id = ""', "wording_broken", "?"),
        ('each = "medicines_for_nausea"', 'each = "pets"', "group_unknown", "tonight"),
        ("footer =", "foot =", "label_missing", "labels"),
        ("version = 1", 'version = "one"', "wording_broken", "-"),
    ],
)
def test_a_broken_wording_names_its_block(
    tmp_path: Path, old: str, new: str, code: str, block: str
) -> None:
    file = changed(tmp_path, old, new)
    with pytest.raises(WordingBroken) as broken:
        composition.document_of(AFTERCARE, wording.read(file), paper="letter")
    assert broken.value.code == code
    assert broken.value.values["file"] == "en/aftercare.toml"
    assert broken.value.values["block"] == block


def test_an_empty_block_and_a_block_whose_lines_all_fall_away_are_broken(tmp_path: Path) -> None:
    file = changed(tmp_path, 'heading = "After your infusion today"', "")
    with pytest.raises(WordingBroken, match="empty"):
        wording.read(file)
    words = wording.load("aftercare", "en")
    line = wording.Line(text="x", when="blood_pressure_high")
    blocks = tuple(
        replace(block, lines=(line,)) if block.id == "emergency" else block
        for block in words.blocks
    )
    with pytest.raises(WordingBroken, match="block_without_lines"):
        composition.document_of(AFTERCARE, replace(words, blocks=blocks), paper="letter")


def test_files_that_are_no_wording_are_named(tmp_path: Path) -> None:
    for content in (b"= nothing", b"\xff\xfe"):
        file = tmp_path / "aftercare.toml"
        file.write_bytes(content)
        with pytest.raises(WordingBroken, match="wording_unreadable"):
            wording.read(file)
    with pytest.raises(PaperError, match="wording_missing"):
        wording.read(tmp_path / "none.toml")


def test_shipped_wording_asks_only_for_known_things() -> None:
    for kind, language in EVERY_WORDING:
        data = tomllib.loads(
            resources.path("wording", language, f"{kind}.toml").read_text(encoding="utf-8")
        )
        parts = [*data["block"], *(line for b in data["block"] for line in b.get("lines", []))]
        asked = {part["when"] for part in parts if "when" in part}
        assert asked <= conditions.CONDITIONS[kind]
        assert {part["each"] for part in parts if "each" in part} <= conditions.GROUPS[kind]
