"""A sheet is one leaf of paper: two pages are printed, three are refused."""

import json
from dataclasses import replace

import pytest

from ketadesk.paper import looks
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.facts import AftercareFacts, MedicineGiven
from ketadesk.paper.raster import pages
from ketadesk.paper.render import render, sheet_again
from tests.paper.sample_facts import AFTERCARE, at

ON_TWO_PAGES = 40
ON_THREE_PAGES = 75


def given(medicines: int) -> AftercareFacts:
    listed = tuple(
        MedicineGiven(kind="other", name=f"medicine {index}", at=at(14, 10))
        for index in range(medicines)
    )
    return replace(AFTERCARE, medicines_given=listed)


def test_both_sides_of_a_leaf_may_be_needed() -> None:
    assert render(given(ON_TWO_PAGES)).pages == 2


def test_a_second_leaf_is_refused() -> None:
    with pytest.raises(PaperRefused) as refused:
        render(given(ON_THREE_PAGES))
    assert refused.value.code == "too_long"
    assert refused.value.values == {"pages": "3", "most": "2"}


@pytest.mark.parametrize("medicines", [0, 2, 9, ON_TWO_PAGES])
@pytest.mark.parametrize(("language", "paper"), [("en", "letter"), ("es", "a4")])
def test_a_sheet_is_as_roomy_as_when_layout_measured_every_look(
    medicines: int, language: str, paper: str
) -> None:
    """A sheet kept before looks were named has none, and is measured as it was then."""
    sheet = render(given(medicines), language=language, paper=paper)
    document = json.loads(sheet.input_json)
    chosen = document.pop("look")
    measured = sheet_again(json.dumps(document))
    assert measured.pages == sheet.pages == len(pages(sheet.pdf, dpi=20))
    assert 0 <= chosen < len(looks.LOOKS)
    if medicines in (0, ON_TWO_PAGES):
        assert measured.pdf == sheet.pdf


def test_a_short_sheet_gets_a_roomier_look_than_a_long_one() -> None:
    short = replace(AFTERCARE, medicines_given=(), next_visit=None, escort_name=None)
    look = {
        size: json.loads(render(facts, paper="a4").input_json)["look"]
        for size, facts in (("short", short), ("long", given(ON_TWO_PAGES)))
    }
    assert look["short"] < look["long"] == len(looks.LOOKS) - 1
