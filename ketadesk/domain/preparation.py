"""How a dose is prepared, as it was ordered: the vial's strength, and the bag it runs from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class BagMode(StrEnum):
    """Whether the bag's volume stays the same: it moves the pump rate, so it is recorded."""

    WITHDRAW = "withdraw_equal_volume"
    ADD = "add_to_bag"


@dataclass(frozen=True)
class Preparation:
    """Vial strength in mg/mL; for an infusion the bag's mL and mode, both or neither."""

    strength: Decimal
    bag: Decimal | None = None
    mode: BagMode | None = None
