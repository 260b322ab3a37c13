"""A sheet is one leaf of paper: two pages are printed, three are refused."""

from dataclasses import replace

import pytest

from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.facts import AftercareFacts, MedicineGiven
from ketadesk.paper.render import render
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
