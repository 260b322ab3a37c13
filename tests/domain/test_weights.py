"""A weight as people say it; kilograms unless they say pounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.dosing import kilograms
from ketadesk.domain.ids import AnswerId, SessionId, StaffId
from ketadesk.domain.sessions import Answer, ChecklistAnswer, ChecklistItem
from ketadesk.domain.weights import far_apart, pounds, read_weight, weighed_today
from tests.domain.made_sessions import at

D = Decimal


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("70", "70"),
        ("70.0 kg", "70.0"),
        (" 70,5kg", "70.5"),
        ("70 KG, with shoes", "70"),
        ("154.3 lb", "69.99"),
        ("154.3lbs", "69.99"),
        ("154.3 Pounds", "69.99"),
        ("1 pound", "0.45"),
        ("0", None),
        ("", None),
        ("kg", None),
        ("about 70", None),
        ("1.2.3 kg", None),
        ("-70", None),
        ("70 kilos", "70"),
        ("70 in shoes", "70"),
        ("70 kg (154 lb)", "70"),
        ("154 lb (70 kg)", "69.85"),
        ("70 to 75", None),
        ("154 (lb)", None),
        ("154#", None),
        ("154x", None),
        ("11 st 4", None),
        ("11 stone", None),
        ("70000 g", None),
    ],
)
def test_a_weight_is_read_or_not_at_all(text: str, kg: str | None) -> None:
    assert read_weight(text) == (None if kg is None else D(kg))


@given(st.decimals("0.1", "400", places=1))
def test_pounds_and_kilograms_are_each_others_inverse(kg: Decimal) -> None:
    assert abs(kilograms(pounds(kg)) - kg) < D("1e-20")
    again = read_weight(f"{pounds(kg):.4f} lb")
    assert again is not None and abs(again - kg) <= D("0.01")


def answer(number: int, detail: str, given_answer: Answer = Answer.MET) -> ChecklistAnswer:
    return ChecklistAnswer(
        id=AnswerId(number),
        session_id=SessionId(1),
        item=ChecklistItem.WEIGHT,
        answer=given_answer,
        detail=detail,
        override_reason="",
        override_by=None,
        at=at(10, number),
        by=StaffId(1),
    )


def test_the_newest_answer_says_what_was_weighed() -> None:
    assert weighed_today(()) is None
    assert weighed_today((answer(1, "70 kg"),)) == 70
    assert weighed_today((answer(1, "70 kg"), answer(2, "71 kg"))) == 71
    assert weighed_today((answer(1, "70 kg"), answer(2, "", Answer.NOT_MET))) is None
    assert weighed_today((answer(1, "70 kg", Answer.NOT_APPLICABLE),)) is None
    assert weighed_today((answer(1, "as usual"),)) is None


@pytest.mark.parametrize(
    ("weight", "far"), [("85", False), ("84.9", True), ("115", False), ("115.1", True)]
)
def test_a_change_by_more_than_fifteen_percent_is_far(weight: str, far: bool) -> None:
    assert far_apart(D(weight), D(100)) is far
