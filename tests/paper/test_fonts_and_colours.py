"""What the bundled faces can draw, and which colours read on white."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QRawFont

from ketadesk import resources
from ketadesk.paper import colours, glyphs
from ketadesk.paper.errors import PaperRefused


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("face", glyphs.FACES)
def test_the_table_says_what_a_font_engine_says(face: str) -> None:
    file = resources.path("fonts", f"AtkinsonHyperlegibleNext_{face}.ttf")
    covered = glyphs.characters(file.read_bytes())
    engine = QRawFont(str(file), 12)
    for code in range(0x20, 0x3000):
        assert (code in covered) == engine.supportsCharacter(code), hex(code)


def test_western_names_can_be_drawn_and_others_are_listed() -> None:
    assert glyphs.missing(["Łukasz Żółć", "Ñandú Zoë Åse Çelik Šimon O’Brien"]) == ""
    assert glyphs.missing(["Ana 😀", "山"]) == "山😀"


def test_a_font_without_the_table_is_no_font() -> None:
    with pytest.raises(ValueError, match="cmap"):
        glyphs.characters(b"\0\1\0\0" + b"\0" * 8)


@given(st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True))
def test_any_accent_ends_readable(accent: str) -> None:
    shown = colours.readable_on_white(accent)
    parts = [int(shown[at : at + 2], 16) for at in (1, 3, 5)]
    assert colours.contrast_with_white(parts) >= 4.5


def test_contrast_and_kept_colours() -> None:
    assert colours.contrast_with_white([0, 0, 0]) == pytest.approx(21)
    assert colours.contrast_with_white([255, 255, 255]) == pytest.approx(1)
    assert colours.readable_on_white("#0b6e69") == "#0B6E69"
    with pytest.raises(PaperRefused, match="accent_unreadable"):
        colours.readable_on_white("#0b6e6")
