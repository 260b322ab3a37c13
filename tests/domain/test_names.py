"""Names and phone numbers as people write them, made short, made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.names import (
    blank,
    digits,
    folded,
    full_name,
    initials,
    phone_tokens,
    short_name,
)


@pytest.mark.parametrize(
    ("given_name", "family_name", "whole"),
    [
        (" Ana ", "García", "Ana García"),
        ("Ana", " ", "Ana"),
        ("", "García", "García"),
        ("", "", ""),
    ],
)
def test_a_full_name_has_no_space_too_many(given_name: str, family_name: str, whole: str) -> None:
    assert full_name(given_name, family_name) == whole


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana García", "Ana G."),
        ("Mary Kate Doyle", "Mary D."),
        (" Cher ", "Cher"),
        ("", ""),
    ],
)
def test_a_short_name_tells_no_stranger_the_family_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("M.K.D.", "M.K.D."),
        ("Mary Kate Doyle", "M.K.D."),
        ("anne-marie  o'neill", "A.M.O."),
        (" ", ""),
    ],
)
def test_initials_for_screens_that_strangers_see(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Muñoz", "munoz"),
        ("MUNOZ", "munoz"),
        ("Mun\u0303oz", "munoz"),
        ("Straße", "strasse"),
        ("Ǉubica", "ljubica"),
        ("王", "王"),
        ("𝐀na", "ana"),
    ],
)
def test_case_and_accents_make_no_other_name(text: str, same: str) -> None:
    assert folded(text) == same


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\n\n", "\u202e", "\ufeff \u200d"])
def test_what_nobody_could_see_is_no_name(text: str) -> None:
    assert blank(text)
    assert not blank(text + "é") and not blank(text + "7") and not blank("👩" + text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("phone", "tokens"),
    [
        ("(310) 555-0142", "3105550142 5550142 0142"),
        ("555-0142", "5550142 0142"),
        ("0142", "0142"),
        ("ext. 7", "7"),
        ("none", ""),
    ],
)
def test_a_phone_is_found_whole_by_seven_or_by_four_digits(phone: str, tokens: str) -> None:
    assert phone_tokens(phone) == tokens


def test_only_plain_digits_are_digits() -> None:
    assert digits("+1 (310) 555-٣²") == "1310555"
