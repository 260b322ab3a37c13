"""A surface with a thin line and round corners, optionally with a coloured top edge."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.theme import Role

CORNER = 8
EDGE_HEIGHT = 5


class Card(QFrame):
    """A frame for a group of things; put them into `body`, a vertical layout."""

    def __init__(self, *, edge: Role | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge: Role | None = edge
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(6)
        if edge is not None:
            self.body.setContentsMargins(14, 12 + EDGE_HEIGHT, 14, 12)

    def edge(self) -> Role | None:
        """The role of the coloured top edge."""
        return self._edge

    def set_edge(self, edge: Role | None) -> None:
        """Change the coloured top edge; the words on the card must say the same."""
        self._edge = edge
        top = 12 if edge is None else 12 + EDGE_HEIGHT
        self.body.setContentsMargins(14, top, 14, 12)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface, line and edge."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.fillPath(outline, QColor(tokens.surface))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawPath(outline)
        if self._edge is not None:
            painter.setClipRect(QRectF(0, 0, self.width(), EDGE_HEIGHT))
            whole = QPainterPath()
            whole.addRoundedRect(QRectF(self.rect()), CORNER, CORNER)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillPath(whole, QColor(tokens.pair(self._edge).foreground))
        painter.end()
