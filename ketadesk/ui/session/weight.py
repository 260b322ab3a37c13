"""A weight as the nurse types it, in kg or lb, and where a session's weight is found."""

import re
from decimal import Decimal

from ketadesk.domain.dosing import kilograms, parse_amount, show
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import ChecklistItem, current_answers
from ketadesk.i18n import tr

_WEIGHT = re.compile(r"\s*([0-9.,]+)\s*(kg|kgs|kilo|lb|lbs|pound|pounds)?\b.*", re.IGNORECASE)


def weight(text: str) -> Decimal | None:
    """ "70", "70.0 kg" or "154.3 lb" in kg, to 0.01 kg; None when it is no clear amount."""
    match = _WEIGHT.fullmatch(text)
    if match is None:
        return None
    amount = parse_amount(match[1])
    if amount is None or amount <= 0:
        return None
    pounds = (match[2] or "kg").lower().startswith(("lb", "pound"))
    return kilograms(amount).quantize(Decimal("0.01")) if pounds else amount


def both(kg: Decimal) -> str:
    """ "70 kg = 154.3 lb": one slip between the two is seen."""
    pounds = kg / kilograms(Decimal(1))
    return tr("{kg} kg = {pounds} lb", kg=show(kg), pounds=show(pounds, 1))


def weight_of_record(record: SessionRecord) -> Decimal | None:
    """The weight of the day: from the checklist, else from the order."""
    answer = current_answers(record.answers).get(ChecklistItem.WEIGHT)
    measured = weight(answer.detail) if answer is not None else None
    if measured is not None:
        return measured
    return record.order.weight if record.order is not None else None
