"""What a person has taken hold of on the day: by mouse, or by keys."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint

from ketadesk.domain.appointments import Status
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.ghost import Ghost


@dataclass
class Hand:
    """`ghost`: where it would lie. `pressed`: where the mouse went down, and how far the day was
    scrolled then. A ghost that neither keys nor mouse hold is being written.
    """

    ghost: Ghost | None = None
    by_keys: bool = False
    pressed: tuple[QPoint, int] | None = None

    @property
    def busy(self) -> bool:
        return self.by_keys or self.pressed is not None

    def open(self) -> None:
        """Lets go without a word."""
        self.ghost, self.by_keys, self.pressed = None, False, None


def can_move(tile: Tile) -> bool:
    """What is under way or over stays where it is; who does not come takes no chair."""
    return tile.visit.appointment.status.can_move


def can_resize(tile: Tile) -> bool:
    status = tile.visit.appointment.status
    return status.can_move or status is Status.IN_SESSION
