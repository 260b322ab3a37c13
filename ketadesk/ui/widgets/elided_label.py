"""A one-line label that shortens its text with an ellipsis and keeps the whole in a tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketadesk.ui.theme import TextSize, Tone, plain_tooltip
from ketadesk.ui.widgets.label import Label


class ElidedLabel(Label):
    """Takes the width it is given; `full_text()` is what it stands for."""

    def __init__(
        self,
        text: str = "",
        *,
        size: TextSize = "body",
        tone: Tone = "ink",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", size=size, tone=tone, strong=strong, parent=parent)
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def full_text(self) -> str:
        """The text before shortening."""
        return self._full

    def setText(self, text: str) -> None:
        """Show another text, shortened to the present width."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as an ellipsis."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance("…")
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The width of the whole text."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again for the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        if shown != self.text():
            super().setText(shown)
        self.setToolTip(plain_tooltip(self._full) if shown != self._full else "")
