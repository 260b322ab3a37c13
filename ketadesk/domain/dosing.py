"""The arithmetic of what was ordered: shown and checked, never proposed.

Amounts are exact decimals. Weight in kg, dose in mg, strength in mg/mL, volume in mL, time in
minutes. Strengths are those printed on the vial (ketamine base), never scaled by a salt factor.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ketadesk.domain.errors import Refused
from ketadesk.domain.events import ORDER_OUTSIDE_RANGE
from ketadesk.domain.preparation import BagMode
from ketadesk.domain.protocols import Protocol
from ketadesk.domain.sessions import OrderDraft

POUND = Decimal("0.45359237")
"""One pound in kg, exact by definition."""

LIGHTEST = Decimal(20)
LONGEST_MINUTES = 24 * 60
HEAVIEST = Decimal(350)
"""Weights in kg outside these are taken for a slip of the pen."""

TENFOLD = Decimal(5)
"""From this ratio on a difference is taken for a slipped decimal point, not for a decision."""

_AMOUNT = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,6}))?")


@dataclass(frozen=True)
class Mixture:
    """A bag ready to run: mL drawn up, mL in all, mg/mL in the bag, mL/h and mg/h."""

    drawn: Decimal
    total: Decimal
    strength: Decimal
    rate: Decimal
    dose_per_hour: Decimal


def dose(weight: Decimal, dose_per_kg: Decimal) -> Decimal:
    """mg = kg × mg/kg, unrounded."""
    return weight * dose_per_kg


def draw(dose_: Decimal, strength: Decimal) -> Decimal:
    """mL to draw up = mg ÷ mg/mL."""
    return dose_ / strength


def mix(dose_: Decimal, *, strength: Decimal, bag: Decimal, mode: BagMode, minutes: int) -> Mixture:
    """What the bag holds and how fast it runs so that it is empty after `minutes`.

    Rate = total mL × 60 ÷ minutes. Adding to a full bag makes its volume, and so the rate, larger.
    """
    drawn = draw(dose_, strength)
    total = bag if mode is BagMode.WITHDRAW else bag + drawn
    hour = Decimal(60)
    return Mixture(
        drawn=drawn,
        total=total,
        strength=dose_ / total,
        rate=total * hour / minutes,
        dose_per_hour=dose_ * hour / minutes,
    )


def delivered(mixture: Mixture, minutes_run: Decimal) -> Decimal:
    """mg that have run in: mL run × mg/mL in the bag, at most what the bag held."""
    run = min(mixture.rate * minutes_run / Decimal(60), mixture.total)
    return run * mixture.strength


def kilograms(pounds: Decimal) -> Decimal:
    return pounds * POUND


def tenfold(value: Decimal, expected: Decimal) -> bool:
    """Whether a value is so far from what was expected that a decimal point has slipped."""
    return value >= expected * TENFOLD or value * TENFOLD <= expected


def show(value: Decimal, places: int | None = None) -> str:
    """A leading zero, no trailing zero, no exponent: "0.5", "35"; half is rounded away from zero.

    The display rule of ISMP and CLPNA against misread decimal points.
    """
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def parse_amount(text: str) -> Decimal | None:
    """An amount as typed, with point or comma; None when it is not clearly one number."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    whole, part = match.groups()
    return Decimal(f"{whole}.{part}" if part else whole)


def check_order(draft: OrderDraft, protocol: Protocol, *, override_reason: str = "") -> None:
    """Refuses an order whose figures contradict each other or leave the protocol's range.

    A slipped decimal point is refused for good; a dose outside the clinic's own range can be
    overridden with a reason.
    """
    _check_complete(draft)
    if not 1 <= draft.duration <= LONGEST_MINUTES:
        raise Refused("duration_impossible", duration=draft.duration)
    if not LIGHTEST <= draft.weight <= HEAVIEST:
        raise Refused(
            "weight_impossible",
            weight=show(draft.weight),
            low=show(LIGHTEST),
            high=show(HEAVIEST),
        )
    expected = dose(draft.weight, draft.dose_per_kg)
    if tenfold(draft.dose, expected):
        raise Refused("dose_tenfold", dose=show(draft.dose), expected=show(expected, 2))
    if not _rounds_to(expected, draft.dose):
        raise Refused("dose_not_matching", dose=show(draft.dose), expected=show(expected, 2))
    _check_range(draft, protocol, override_reason.strip())


def outside_range(dose_per_kg: Decimal, protocol: Protocol) -> bool:
    """Whether mg/kg lies outside the range the clinic set for the protocol."""
    low, high = protocol.dose_low, protocol.dose_high
    return (low is not None and dose_per_kg < low) or (high is not None and dose_per_kg > high)


def _check_complete(draft: OrderDraft) -> None:
    missing = (
        ("ordered_by", not draft.ordered_by.strip()),
        ("route", not draft.route.strip()),
        ("weight", not _positive(draft.weight)),
        ("dose_per_kg", not _positive(draft.dose_per_kg)),
        ("dose", not _positive(draft.dose)),
        ("duration", draft.duration <= 0),
    )
    for name, lacks in missing:
        if lacks:
            raise Refused("order_incomplete", field=name)


def _positive(amount: Decimal) -> bool:
    return amount.is_finite() and amount > 0


def _rounds_to(expected: Decimal, ordered: Decimal) -> bool:
    """The ordered mg is the exact product, rounded as finely as the order is written."""
    exponent = ordered.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(min(0, int(exponent)))
    return abs(ordered - expected) * 2 <= step


def _check_range(draft: OrderDraft, protocol: Protocol, override_reason: str) -> None:
    low, high = protocol.dose_low, protocol.dose_high
    per_kg = draft.dose_per_kg
    if not outside_range(per_kg, protocol):
        return
    shown_low = "" if low is None else show(low)
    shown_high = "" if high is None else show(high)
    if (high is not None and per_kg >= high * TENFOLD) or (
        low is not None and per_kg * TENFOLD <= low
    ):
        raise Refused(
            "dose_tenfold_of_range", dose_per_kg=show(per_kg), low=shown_low, high=shown_high
        )
    if not override_reason:
        raise Refused(
            ORDER_OUTSIDE_RANGE,
            may_override=True,
            dose_per_kg=show(per_kg),
            low=shown_low,
            high=shown_high,
        )
