"""What lies under a tile's words: ground, segments as shades, stripe and border, as one picture.

Most tiles of a day or week have the same length, chair width and colours: their ground is drawn
once and then only copied.
"""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ketadesk.domain.protocols import Segment
from ketadesk.ui import theme
from ketadesk.ui.calendar.colours import Shades, hatched, shades
from ketadesk.ui.calendar.day_layout import Sight, TilePart
from ketadesk.ui.theme import Role

CORNER = 6
STRIPE = 5


class Ground(NamedTuple):
    """Everything a tile's ground depends on; `width` and `height` in device pixels."""

    role: Role
    width: int
    height: int
    parts: tuple[TilePart, ...]
    sight: Sight


def draw_ground(ground: Ground, ratio: float) -> QPixmap:
    """The picture, sharp on a screen of this pixel ratio."""
    drawn = QPixmap(ground.width, ground.height)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(theme.color("surface"))  # opaque pictures are copied faster
    whole = QRectF(0, 0, ground.width / ratio, ground.height / ratio)
    inset = 1.0 if ground.sight.selected else 0.5
    box = whole.adjusted(inset, inset, -inset, -inset)
    outline = QPainterPath()
    corner = min(CORNER, box.width() / 3, box.height() / 3)
    outline.addRoundedRect(box, corner, corner)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = shades(ground.role)
    painter.setClipPath(outline)
    _fill(painter, whole, ground, colours, ratio)
    painter.setClipping(False)
    painter.setPen(_border(ground.sight, colours))
    painter.drawPath(outline)
    painter.end()
    return drawn


def _fill(painter: QPainter, whole: QRectF, ground: Ground, colours: Shades, ratio: float) -> None:
    sight = ground.sight
    plain = theme.color("surface") if sight.absent or sight.over else colours.ground
    painter.fillRect(whole, plain)
    for segment, starts, ends in () if sight.absent else ground.parts:
        top, bottom = round(starts * ground.height), round(ends * ground.height)
        area = QRectF(0, top / ratio, whole.width(), (bottom - top) / ratio)
        if segment is Segment.TURNOVER:
            painter.fillRect(area, hatched(colours.hatch))
        elif segment is Segment.INFUSION:
            painter.fillRect(area, colours.ground if sight.over else colours.infusion)
    stripe = QColor(colours.border if sight.over or sight.absent else colours.stripe)
    painter.fillRect(QRectF(0, 0, STRIPE + 0.5, whole.height()), stripe)


def _border(sight: Sight, colours: Shades) -> QPen:
    if sight.selected:
        return QPen(theme.color("ink" if sight.focused else "muted"), 2)
    pen = QPen(colours.stripe if sight.hovered else colours.border, 1)
    if sight.absent:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen
