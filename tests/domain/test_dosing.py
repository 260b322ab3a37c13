"""The arithmetic of an order, against published and derived figures, exact on the way."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.dosing import (
    check_order,
    delivered,
    dose,
    draw,
    kilograms,
    mix,
    parse_amount,
    show,
    tenfold,
)
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.preparation import BagMode
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes, Tier
from ketadesk.domain.sessions import OrderDraft

TEXT = (Path(__file__).parent / "vectors" / "dosing.json").read_text(encoding="utf-8")
VECTORS = {row["id"]: row for row in json.loads(TEXT, parse_float=Decimal, parse_int=Decimal)}
BAGS = ["dose-70-withdraw", "dose-70-add", "dose-82.4-10", "dose-55-0.75"]
D = Decimal


def protocol(low: str | None = "0.3", high: str | None = "0.6") -> Protocol:
    return Protocol(
        ProtocolId(1),
        "Mood IV",
        Route.INTRAVENOUS,
        Tier.LOW,
        SegmentMinutes(15, 40, 45, 10),
        (),
        None if low is None else D(low),
        None if high is None else D(high),
    )


def order(weight: str = "70", per_kg: str = "0.5", mg: str = "35", **more: object) -> OrderDraft:
    values = {"ordered_by": "Dr. Shah", "duration": 40, "route": "iv", **more}
    return OrderDraft(weight=D(weight), dose_per_kg=D(per_kg), dose=D(mg), **values)  # type: ignore[arg-type]


def refusal(draft: OrderDraft, wanted: Protocol | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        check_order(draft, wanted or protocol())
    return refused.value


@pytest.mark.parametrize("name", BAGS)
def test_bags_run_as_worked_out_by_hand(name: str) -> None:
    row = VECTORS[name]
    mg = dose(row["weight_kg"], row["mg_per_kg"])
    assert mg == row["dose_mg"]
    bag = mix(
        mg,
        strength=row["stock_mg_per_mL"],
        bag=row["bag_mL"],
        mode=BagMode(row["bag_mode"]),
        minutes=int(row["minutes"]),
    )
    assert bag.drawn == draw(mg, row["stock_mg_per_mL"]) == row["draw_mL"]
    assert bag.total == row["total_mL"]
    assert bag.rate == row["rate_mL_per_h"]
    assert bag.dose_per_hour == row["mg_per_h"]
    assert bag.dose_per_hour / row["weight_kg"] == row["mg_per_kg_per_h"]
    assert abs(bag.strength - row["bag_mg_per_mL"]) < D("1e-12")


def test_an_injection_has_a_volume_and_no_rate() -> None:
    row = VECTORS["dose-im"]
    mg = dose(row["weight_kg"], row["mg_per_kg"])
    assert (mg, draw(mg, row["stock_mg_per_mL"])) == (row["dose_mg"], row["draw_mL"])


def test_the_label_dilution() -> None:
    for name in ("label-1mgml", "label-2mgml"):
        row = VECTORS[name]
        bag = {"strength": D(50), "bag": row["diluent_mL"], "minutes": 60}
        kept = mix(row["drug_mg"], mode=BagMode.WITHDRAW, **bag)
        added = mix(row["drug_mg"], mode=BagMode.ADD, **bag)
        assert kept.strength == row["nominal_mg_per_mL"]
        assert abs(added.strength - row["exact_if_10mL_of_50_added"]) < D("1e-12")


def test_an_infusion_cut_short() -> None:
    row = VECTORS["interrupted"]
    bag = mix(row["bag_mg"], strength=D(50), bag=row["total_mL"], mode=BagMode.WITHDRAW, minutes=40)
    assert bag.rate == row["rate_mL_per_h"]
    assert delivered(bag, row["minutes_run"]) == row["delivered_mg"]
    assert delivered(bag, D(600)) == row["bag_mg"]


def test_long_pain_infusion_rate_is_shown_with_one_place() -> None:
    row = VECTORS["pain-4h"]
    assert show(row["rate_mL_per_h"], 1) == row["rate_display"]


def test_pounds_become_kilograms_exactly() -> None:
    row = VECTORS["lb-guard"]
    assert abs(kilograms(row["entered"]) - row["kg"]) < D("1e-9")
    assert show(kilograms(row["entered"]), 1) == row["kg_display"]


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", None, "0.5"),
        ("0.50", None, "0.5"),
        ("35.0", None, "35"),
        ("350", None, "350"),
        ("3.5E+2", None, "350"),
        ("13.125", 1, "13.1"),
        ("0.05", 1, "0.1"),
        ("0.04", 1, "0"),
        ("-0.04", 1, "0"),
        ("0.00001", None, "0.00001"),
    ],
)
def test_amounts_are_shown_so_that_no_point_is_overlooked(
    value: str, places: int | None, shown: str
) -> None:
    assert show(D(value), places) == shown
    assert VECTORS["format"]["good"].startswith(show(D("0.50")))


@given(st.decimals("0.001", "9999", places=3))
def test_what_is_shown_reads_back_as_the_same_amount(value: Decimal) -> None:
    assert parse_amount(show(value)) == value


@given(st.text(max_size=12))
def test_an_amount_is_read_or_refused_never_guessed(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or (amount.is_finite() and amount >= 0)


@pytest.mark.parametrize("text", ["", ".5", "5.", "1.000,5", "1,000.5", "-1", "1e3", "٣", "7o"])
def test_an_unclear_amount_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


def test_comma_and_point_are_the_same() -> None:
    assert parse_amount(" 82,4 ") == parse_amount("82.4") == D("82.4")


@pytest.mark.parametrize(
    ("weight", "per_kg", "mg"),
    [
        ("70", "0.5", "35"),
        ("70", "0.5", "35.0"),
        ("82.4", "0.5", "41.2"),
        ("82.4", "0.5", "41"),
        ("55", "0.6", "33.00"),
        ("71", "0.5", "36"),
        ("70", "0.3", "21"),
    ],
)
def test_an_order_that_adds_up_is_taken(weight: str, per_kg: str, mg: str) -> None:
    check_order(order(weight, per_kg, mg), protocol())


@pytest.mark.parametrize("mg", ["36", "34", "40", "41.3"])
def test_an_order_that_does_not_add_up_is_refused(mg: str) -> None:
    refused = refusal(order("82.4" if mg == "41.3" else "70", "0.5", mg))
    assert refused.code == "dose_not_matching"
    assert not refused.may_override


def test_a_slipped_decimal_point_is_refused_for_good() -> None:
    row = VECTORS["tenfold-guard"]
    refused = refusal(order("70", "0.5", str(row["entered_mg"])))
    assert (refused.code, refused.may_override) == ("dose_tenfold", False)
    assert refused.values["expected"] == str(row["expected_mg_at_0.5"])
    assert refusal(order("70", "0.5", "3.5")).code == "dose_tenfold"
    consistent = order("70", str(row["mg_per_kg"]), str(row["entered_mg"]))
    assert refusal(consistent).code == "dose_tenfold_of_range"
    assert refusal(order("70", "0.05", "3.5")).code == "dose_tenfold_of_range"
    with pytest.raises(Refused):
        check_order(consistent, protocol(), override_reason="second signature")


def test_outside_the_clinic_range_needs_a_reason() -> None:
    for draft in (order("70", "0.7", "49"), order("70", "0.2", "14")):
        refused = refusal(draft)
        assert (refused.code, refused.may_override) == ("order_outside_range", True)
        assert refused.values["low"] == "0.3"
        check_order(draft, protocol(), override_reason="as in sessions 1 to 4")
        assert refusal(draft, protocol()).code == "order_outside_range"


def test_a_range_may_be_open_on_either_side() -> None:
    check_order(order("70", "5", "350"), protocol(None, None))
    assert refusal(order("70", "0.7", "49"), protocol(None, "0.6")).values["low"] == ""
    assert refusal(order("70", "0.2", "14"), protocol("0.3", None)).values["high"] == ""
    check_order(order("70", "0.2", "14"), protocol(None, "0.6"))


@pytest.mark.parametrize("weight", ["7", "700", "19.9", "350.1"])
def test_a_weight_nobody_has_is_refused(weight: str) -> None:
    refused = refusal(order(weight, "0.5", str(D(weight) / 2)))
    assert refused.code == "weight_impossible"


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (order(ordered_by=" "), "ordered_by"),
        (order(route=""), "route"),
        (order(weight="0"), "weight"),
        (order(per_kg="NaN"), "dose_per_kg"),
        (order(mg="-35"), "dose"),
        (order(duration=0), "duration"),
    ],
)
def test_an_incomplete_order_says_what_is_missing(draft: OrderDraft, missing: str) -> None:
    refused = refusal(draft)
    assert (refused.code, refused.values["field"]) == ("order_incomplete", missing)


@given(weight=st.decimals(20, 350, places=1), per_kg=st.decimals("0.30", "0.60", places=2))
def test_the_exact_product_and_its_rounding_always_pass(weight: Decimal, per_kg: Decimal) -> None:
    exact = weight * per_kg
    for mg in (exact, exact.quantize(D("0.1")), exact.quantize(D(1))):
        check_order(order(str(weight), str(per_kg), str(mg)), protocol())


@given(value=st.decimals("0.1", 1000, places=1))
def test_a_moved_point_is_always_noticed(value: Decimal) -> None:
    assert tenfold(value * 10, value)
    assert tenfold(value / 10, value)
    assert not tenfold(value * 2, value)


@pytest.mark.parametrize(
    ("value", "expected", "slipped"),
    [
        ("175", "35", True),
        ("174.99", "35", False),
        ("7", "35", True),
        ("7.01", "35", False),
    ],
)
def test_exactly_fivefold_or_a_fifth_is_a_slipped_point(
    value: str, expected: str, slipped: bool
) -> None:
    assert tenfold(D(value), D(expected)) is slipped


@pytest.mark.parametrize(
    ("per_kg", "code"),
    [
        ("3", "dose_tenfold_of_range"),
        ("2.99", "order_outside_range"),
        ("0.06", "dose_tenfold_of_range"),
        ("0.07", "order_outside_range"),
    ],
)
def test_exactly_fivefold_of_the_range_is_refused_for_good(per_kg: str, code: str) -> None:
    draft = order("100", per_kg, str(D(per_kg) * 100))
    assert refusal(draft).code == code


def test_an_infusion_lasts_a_day_at_most() -> None:
    check_order(order(duration=1), protocol())
    check_order(order(duration=24 * 60), protocol())
    assert refusal(order(duration=24 * 60 + 1)).code == "duration_impossible"
