"""The small boxed name of a key, as a widget and for painting inside other widgets."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from ketadesk.ui import theme


def key_text(key: str) -> str:
    """The key as people read it: "Ctrl+Shift+Z" becomes "Ctrl Shift Z" (or the Mac's signs)."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
    parts = [part for part in shown.replace("++", "+Plus").split("+") if part]
    return " ".join("+" if part == "Plus" else part for part in parts) or key


def key_hint_size(key: str) -> QSize:
    """The size of the box that `paint_key_hint` draws."""
    metrics = QFontMetricsF(theme.font("small"))
    height = theme.px(17)
    width = max(metrics.horizontalAdvance(key_text(key)) + theme.px(10), height)
    return QSize(round(width), height)


def paint_key_hint(painter: QPainter, rectangle: QRectF, key: str, *, color: QColor) -> None:
    """Draw the boxed key; the box takes the colour of its text, more quietly."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    border = QColor(color)
    border.setAlphaF(0.45)
    painter.setPen(QPen(border, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rectangle.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(color)
    painter.setFont(theme.font("small"))
    painter.drawText(rectangle, Qt.AlignmentFlag.AlignCenter, key_text(key))
    painter.restore()


class KeyHint(QLabel):
    """The boxed key alone, beside a field or a line of text."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(key_text(key))

    def sizeHint(self) -> QSize:
        """The box."""
        return key_hint_size(self._key)

    def minimumSizeHint(self) -> QSize:
        """The box cannot shrink."""
        return key_hint_size(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box in the middle of the widget."""
        painter = QPainter(self)
        size = key_hint_size(self._key)
        rectangle = QRectF(QPointF(0, 0), size.toSizeF())
        rectangle.moveCenter(QRectF(self.rect()).center())
        paint_key_hint(painter, rectangle, self._key, color=theme.color("muted"))
        painter.end()
