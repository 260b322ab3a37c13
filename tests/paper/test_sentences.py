"""Every reason why a sheet is not made has a sentence, and every fact in it a word."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ketadesk.paper
from ketadesk import i18n
from ketadesk.paper import conditions
from tests.paper.sample_facts import AFTERCARE, PICKUP

RAISING = {"PaperRefused", "PaperError", "WordingBroken", "_broken"}


def raised() -> Iterator[str]:
    """The codes that the source of this room raises."""
    for file in Path(ketadesk.paper.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                code = call.args[0].value
                if name in RAISING and isinstance(code, str) and code.isidentifier():
                    yield code


def test_every_code_has_a_sentence() -> None:
    codes = set(raised())
    assert {"fact_missing", "too_long", "wording_missing", "block_without_lines"} <= codes
    assert codes <= i18n.known_codes()


@pytest.mark.parametrize("facts", [AFTERCARE, PICKUP])
def test_every_fact_has_a_word(facts: conditions.SheetFacts) -> None:
    for fact in conditions.values_of(facts, "en"):
        sentence = i18n.sentence("fact_missing", {"fact": fact})
        assert "_" not in sentence, sentence
        assert f"needs {fact}." not in sentence, sentence


def test_a_kind_and_a_language_are_said_in_words() -> None:
    said = i18n.sentence(
        "sheet_printed",
        {"patient": "Ana", "sheet": "pickup", "language": "es", "how": "saved"},
    )
    assert said == "Ana: pickup card in Spanish saved"
