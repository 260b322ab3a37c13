"""A small rounded label: icon and word in the colours of a role, never colour alone."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role

ICON_SIZE = 13
PADDING = 8
GAP = 4


def chip_size(text: str, *, icon: str | None = None) -> QSize:
    """The size that `paint_chip` needs."""
    width = QFontMetricsF(theme.font("note")).horizontalAdvance(text) + 2 * theme.px(PADDING)
    if icon is not None:
        width += theme.px(ICON_SIZE) + theme.px(GAP)
    return QSize(round(width) + 1, theme.px(20))


def paint_chip(
    painter: QPainter, rectangle: QRectF, text: str, *, role: Role, icon: str | None = None
) -> None:
    """Draw a chip, for tables and painted views; text too long for the rectangle is elided."""
    pair = theme.current().pair(role)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.background))
    radius = rectangle.height() / 2
    painter.drawRoundedRect(rectangle, radius, radius)
    left = rectangle.left() + theme.px(PADDING)
    if icon is not None:
        size = theme.px(ICON_SIZE)
        top = rectangle.center().y() - size / 2
        painter.drawPixmap(QPointF(left, top), pixmap(icon, role=role, size=ICON_SIZE))
        left += size + theme.px(GAP)
    painter.setPen(QColor(pair.foreground))
    painter.setFont(theme.font("note"))
    room = QRectF(rectangle)
    room.setLeft(left)
    room.setRight(rectangle.right() - theme.px(PADDING) + 2)
    shown = QFontMetricsF(painter.font()).elidedText(
        text, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Chip(QLabel):
    """A chip as a widget."""

    def __init__(
        self,
        text: str,
        *,
        role: Role = "slate",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._role: Role = role
        self._icon: str | None = icon
        self.setText(text)

    def role(self) -> Role:
        """What its colour says."""
        return self._role

    def show_state(self, text: str, *, role: Role, icon: str | None = None) -> None:
        """Change word, colour and icon together."""
        self._role, self._icon = role, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, word and padding."""
        return chip_size(self.text(), icon=self._icon)

    def minimumSizeHint(self) -> QSize:
        """A chip is never squeezed."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changes."""
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.text(), role=self._role, icon=self._icon)
        painter.end()
