"""The signs of the strip: pens, words in a box, carets, dots and the warning triangle."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ketadesk.ui import theme

CARET = 7.5
DOT = 3.0


def pen(color: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(color), width, style)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def draw_text(painter: QPainter, rectangle: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
    painter.drawText(rectangle, int(align | Qt.AlignmentFlag.AlignVCenter), words)


def draw_caret(painter: QPainter, tip: QPointF, *, downwards: bool) -> None:
    wide = CARET * theme.current_scale()
    rise = -wide if downwards else wide
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(tip + QPointF(-wide, rise))
    path.lineTo(tip)
    path.lineTo(tip + QPointF(wide, rise))
    painter.drawPath(path)


def draw_warning(painter: QPainter, middle: QPointF, color: str, *, downwards: bool) -> None:
    """A triangle that points where the value lies: up when it is high."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    way = -1 if downwards else 1
    corners = (QPointF(0, -4 * way), QPointF(4.5, 3.5 * way), QPointF(-4.5, 3.5 * way))
    painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))


def draw_dot(painter: QPainter, middle: QPointF, color: str, halo: str) -> None:
    painter.setPen(pen(halo, 1.6))
    painter.setBrush(QColor(color))
    radius = (DOT + 0.6) * theme.current_scale()
    painter.drawEllipse(middle, radius, radius)
