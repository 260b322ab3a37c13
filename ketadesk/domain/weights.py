"""A weight as people say it, in kg or lb, and whether it can be this patient's today."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ketadesk.domain.dosing import kilograms, parse_amount
from ketadesk.domain.sessions import Answer, ChecklistAnswer, ChecklistItem, current_answers

FAR_FROM_LAST = Decimal("0.15")
"""A change by more than this part of the last weight is asked about: a unit or digit may slip."""

SAME = Decimal("0.1")
"""Two weights in kg that differ by no more are one weight, written with fewer digits."""

_WEIGHT = re.compile(
    r"\s*([0-9.,]+)\s*(?:(kgs?|kilos?|kilograms?|lbs?|pounds?)\b)?(?!\w)(.*)", re.IGNORECASE
)
_ANOTHER = re.compile(r"[0-9#]|\b(kgs?|lbs?|pounds?|st|stones?|oz|g|grams?)\b", re.IGNORECASE)
"""What must not follow a number without a unit: another number, or a unit after all."""


def read_weight(text: str) -> Decimal | None:
    """ "70", "70.0 kg" or "154.3 lb" in kg, to 0.01 kg; None when it is no clear amount."""
    match = _WEIGHT.fullmatch(text)
    if match is None:
        return None
    amount = parse_amount(match[1])
    if amount is None or amount <= 0 or (match[2] is None and _ANOTHER.search(match[3])):
        return None
    in_pounds = (match[2] or "kg").lower().startswith(("lb", "pound"))
    return kilograms(amount).quantize(Decimal("0.01")) if in_pounds else amount


def pounds(kg: Decimal) -> Decimal:
    """What a weight in kg is in pounds, exact."""
    return kg / kilograms(Decimal(1))


def weighed_today(answers: Sequence[ChecklistAnswer]) -> Decimal | None:
    """The weight that the checklist's newest answer holds, in kg; None when it holds none."""
    answer = current_answers(answers).get(ChecklistItem.WEIGHT)
    if answer is None or answer.answer is not Answer.MET:
        return None
    return read_weight(answer.detail)


def far_apart(weight: Decimal, last: Decimal) -> bool:
    """Whether a weight is so far from the last one that a person must look again."""
    return abs(weight - last) > last * FAR_FROM_LAST
