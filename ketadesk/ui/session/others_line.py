"""The line about the other chairs; a click or its key leads to the one it names."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.i18n import tr
from ketadesk.ui.session.other_chairs import OtherChair
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label


class OthersLine(QWidget):
    """Signal: `chosen(ChairCard)`. Hidden when nobody else is there."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("other_chairs")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._card: ChairCard | None = None
        self.label = Label("", size="note", tone="muted", wrap=True)
        self._go = Button(
            icon="arrow-right", key="Alt+O", role="quiet", name=tr("Go to the other chair")
        )
        self._go.setObjectName("go_to_other_chair")
        self._go.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        row.addWidget(self._go)
        self.hide()

    @Slot(object)
    def show_chair(self, other: OtherChair | None) -> None:
        """Says what is most overdue elsewhere."""
        self._card = None if other is None else other.card
        self.setVisible(other is not None)
        if other is not None:
            self.label.setText(other.words)
            self.label.set_tone(other.tone)
            self._go.set_text("", name=tr("Go to {chair}", chair=other.card.chair_name))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose()

    def _choose(self) -> None:
        if self._card is not None:
            self.chosen.emit(self._card)
