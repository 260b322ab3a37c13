"""A row of joined buttons of which one is chosen, such as Day, Week and Agenda."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ketadesk.ui.widgets.buttons import Button


class Segment(NamedTuple):
    """One choice: its id, its word and the key that chooses it."""

    id: str
    text: str
    key: str = ""


class Segmented(QWidget):
    """Shows the choices; `chosen` comes only when a person chose, not from `choose`."""

    chosen = Signal(str)

    def __init__(
        self, segments: Sequence[Segment], *, bind: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for index, segment in enumerate(segments):
            button = Button(segment.text, key=segment.key, role="segment", bind=bind)
            button.setCheckable(True)
            button.setObjectName(f"segment_{segment.id}")
            button.setProperty("segment", segment.id)
            place = "first" if index == 0 else "last" if index == len(segments) - 1 else "middle"
            button.setProperty("place", place)
            self._group.addButton(button)
            self._buttons[segment.id] = button
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)
        if segments:
            self.choose(segments[0].id)

    def choice(self) -> str:
        """The id of the chosen segment."""
        button = self._group.checkedButton()
        return "" if button is None else str(button.property("segment"))

    def choose(self, segment_id: str) -> None:
        """Mark a segment as chosen, silently."""
        self._buttons[segment_id].setChecked(True)
        self.setFocusProxy(self._buttons[segment_id])

    def set_possible(self, segment_id: str, *, possible: bool) -> None:
        """Whether a segment can be chosen now."""
        self._buttons[segment_id].setEnabled(possible)

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("segment")))
