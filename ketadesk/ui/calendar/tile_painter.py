"""Paints one visit as a tile: stripe, segments as shades, and the words that there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ketadesk.domain.protocols import Segment
from ketadesk.ui import theme
from ketadesk.ui.calendar.colours import Shades, hatched, shades
from ketadesk.ui.calendar.tile_lines import Line, fitting, fitting_name, lines
from ketadesk.ui.calendar.visit_text import TileText
from ketadesk.ui.icons import pixmap

ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
CORNER = 6
STRIPE = 5
ICON = 15
NAME_LINE = 19
NARROW = 56
"""Below this width words go along the tile instead of across it."""

LINE = 17


class TileFonts:
    """The fonts of tiles with their measures; made once for a painting of the whole grid."""

    def __init__(self) -> None:
        self.name = theme.font("body", strong=True)
        self.note = theme.font("note")
        self.strong = theme.font("note", strong=True)
        self.struck = QFont(self.name)
        self.struck.setStrikeOut(True)
        self.measures = {
            id(font): QFontMetricsF(font)
            for font in (self.name, self.note, self.strong, self.struck)
        }

    def measure(self, font: QFont) -> QFontMetricsF:
        return self.measures[id(font)]


@dataclass(frozen=True)
class TileSight:
    """How a tile is seen now: `absent` takes no chair, `over` is done, `lifted` is being moved."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    absent: bool = False
    over: bool = False
    lifted: bool = False


def paint_tile(
    painter: QPainter,
    box: QRectF,
    text: TileText,
    *,
    segments: Sequence[tuple[Segment, float, float]],
    sight: TileSight,
    fonts: TileFonts,
    now_y: float | None = None,
) -> None:
    """`segments` and `now_y` are heights in the painter's coordinates, as the whole day sees them.

    The present moment goes under the words here: it must not strike a name through.
    """
    colours = shades(text.status.role)
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    outline = QPainterPath()
    corner = min(CORNER, box.width() / 3, box.height() / 3)
    outline.addRoundedRect(box, corner, corner)
    painter.save()
    if sight.lifted:
        painter.setOpacity(0.45)
    _paint_ground(painter, box, outline, segments, colours, sight)
    if now_y is not None and box.top() < now_y < box.bottom():
        line = QColor(theme.color("red"))
        line.setAlphaF(0.4)
        painter.fillRect(QRectF(box.left() + STRIPE, now_y - 1, box.width() - STRIPE, 2), line)
    _paint_border(painter, outline, colours, sight)
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    _paint_words(painter, box, text, sight, fonts)
    painter.restore()


def rows_in(height: float) -> int:
    """How many lines fit a tile of this height."""
    return 1 + max(0, int((height - theme.px(NAME_LINE) - 1) // theme.px(LINE)))


def _paint_ground(
    painter: QPainter,
    box: QRectF,
    outline: QPainterPath,
    segments: Sequence[tuple[Segment, float, float]],
    colours: Shades,
    sight: TileSight,
) -> None:
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    ground = theme.color("surface") if sight.absent or sight.over else colours.ground
    painter.fillRect(box, ground)
    if not sight.absent:
        for segment, top, bottom in segments:
            part = QRectF(box.left(), top, box.width(), bottom - top)
            if segment is Segment.INFUSION:
                painter.fillRect(part, colours.ground if sight.over else colours.infusion)
            elif segment is Segment.TURNOVER:
                painter.fillRect(part, hatched(colours.hatch))
    stripe = QColor(colours.border if sight.over or sight.absent else colours.stripe)
    painter.fillRect(QRectF(box.left(), box.top(), STRIPE, box.height()), stripe)
    painter.restore()


def _paint_border(
    painter: QPainter, outline: QPainterPath, colours: Shades, sight: TileSight
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colours.stripe if sight.hovered else colours.border, 1)
    if sight.absent:
        pen.setStyle(Qt.PenStyle.DashLine)
    if sight.selected:
        pen = QPen(theme.color("ink" if sight.focused else "muted"), 2)
    painter.setPen(pen)
    painter.drawPath(outline)


def _paint_words(
    painter: QPainter, box: QRectF, text: TileText, sight: TileSight, fonts: TileFonts
) -> None:
    if box.width() < theme.px(NARROW) and box.height() > 2 * box.width():
        _paint_upright(painter, box, text, sight, fonts)
        return
    left = box.left() + STRIPE + theme.px(8)
    right = box.right() - theme.px(8)
    if right - left < theme.px(14):
        return
    rows = rows_in(box.height())
    low = min(theme.px(NAME_LINE), box.height())
    top = box.top() + (theme.px(3) if box.height() > theme.px(NAME_LINE + 4) else 0)
    room = QRectF(left, top, right - left, low)
    for index, line in enumerate(lines(text, rows)):
        quiet = sight.over or (sight.absent and index == 0)
        font = fonts.strong if line.strong else fonts.note
        if index == 0:
            font = fonts.struck if sight.absent else fonts.name
        shown = line._replace(tone="muted") if quiet else line
        _paint_line(painter, room, shown, font, fonts, is_name=index == 0)
        room = QRectF(left, room.bottom(), right - left, theme.px(LINE))


def _paint_upright(
    painter: QPainter, box: QRectF, text: TileText, sight: TileSight, fonts: TileFonts
) -> None:
    """The name alone along a narrow tile, and the escort's icon when someone must act."""
    width = box.width() - STRIPE
    if width < theme.px(10):
        return
    icon = min(float(theme.px(ICON)), width - 2)
    top = box.top() + theme.px(4)
    if text.escort is not None and text.escort.role in ("red", "amber"):
        drawn = pixmap(text.escort.icon, role=text.escort.role, size=ICON)
        place = QRectF(box.left() + STRIPE + (width - icon) / 2, top, icon, icon)
        painter.drawPixmap(place, drawn, QRectF(drawn.rect()))
        top += icon + theme.px(3)
    length = box.bottom() - theme.px(4) - top
    font = fonts.strong
    measure = fonts.measure(font)
    name = fitting_name(text.name, length, measure.horizontalAdvance)
    shown = measure.elidedText(name, Qt.TextElideMode.ElideRight, length)
    painter.save()
    painter.translate(box.right(), top)
    painter.rotate(90)
    painter.setFont(font)
    painter.setPen(theme.color("muted" if sight.over or sight.absent else "ink"))
    painter.drawText(QRectF(0, 0, length, width), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def _paint_line(
    painter: QPainter,
    room: QRectF,
    line: Line,
    font: QFont,
    fonts: TileFonts,
    *,
    is_name: bool,
) -> None:
    icon = theme.px(ICON)
    middle = room.center().y()
    left, right = room.left(), room.right()
    if line.end and right - left > theme.px(90):
        width = fonts.measure(fonts.name).horizontalAdvance(line.end)
        painter.setFont(fonts.name)
        painter.setPen(theme.color("muted" if line.tone == "muted" else line.end_tone))
        painter.drawText(
            QRectF(right - width, room.top(), width + 1, room.height()),
            Qt.AlignmentFlag.AlignVCenter,
            line.end,
        )
        right -= width + theme.px(6)
    if line.end_icon and right - left > icon + theme.px(20):
        drawn = pixmap(line.end_icon, role=line.end_tone, size=ICON)
        painter.drawPixmap(QPointF(right - icon, round(middle - icon / 2)), drawn)
        right -= icon + theme.px(4)
    if line.icon:
        drawn = pixmap(line.icon, role=line.icon_tone, size=ICON)
        painter.drawPixmap(QPointF(left, round(middle - icon / 2)), drawn)
        left += icon + theme.px(4)
    if right - left < theme.px(8):
        return
    measure = fonts.measure(font)
    words = fitting(line, right - left, measure.horizontalAdvance)
    if is_name:
        words = fitting_name(words, right - left, measure.horizontalAdvance)
    words = measure.elidedText(words, Qt.TextElideMode.ElideRight, right - left + 1)
    painter.setFont(font)
    painter.setPen(theme.color(line.tone))
    painter.drawText(
        QRectF(left, room.top(), right - left + 2, room.height()),
        ONE_LINE,
        words,
    )
