"""Paints what lies under and around the tiles: hours, chairs, closed time, the now line."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar.colours import blend, hatched
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.calendar.geometry import Geometry
from ketadesk.ui.calendar.tile_painter import ONE_LINE
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.icons import pixmap
from ketadesk.ui.words import clock

MOST_CHAIR_KEYS = 6
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_ground(painter: QPainter, geometry: Geometry, plan: DayPlan, exposed: QRectF) -> None:
    """Closed hours hatched, an hour line a solid, a half-hour line a dotted stroke."""
    tokens = theme.current()
    painter.setBrushOrigin(QPointF(0, geometry.y_of_row(0)))  # the hatching moves with its hour
    painter.fillRect(exposed, QColor(tokens.surface))
    first, last = geometry.row_at(exposed.top()), geometry.row_at(exposed.bottom()) + 1
    for top, bottom in _closed_rows(plan):
        if bottom > first and top < last:
            area = QRectF(*geometry.slot(0, top, bottom - top))
            area.setRight(geometry.width)
            painter.fillRect(area & exposed, QColor(tokens.bg))
            painter.fillRect(area & exposed, hatched(blend(tokens.bg, tokens.line, 0.75)))
    hour = QPen(QColor(tokens.line), 1)
    half = QPen(blend(tokens.surface, tokens.line, 0.9), 1, Qt.PenStyle.DotLine)
    for row in range(first, min(last + 1, geometry.axis.rows)):
        minute = geometry.axis.local(row).minute
        if minute in (0, 30):
            y = round(geometry.y_of_row(row)) + 0.5
            painter.setPen(half if minute else hour)
            painter.drawLine(QPointF(geometry.gutter, y), QPointF(geometry.width, y))
    painter.setPen(hour)
    for column in range(geometry.columns + 1):
        x = min(round(geometry.x(column)), geometry.width - 1) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, geometry.height))


def _closed_rows(plan: DayPlan) -> list[tuple[int, int]]:
    closed = []
    row = 0
    for opens, closes in plan.open_rows:
        closed.append((row, opens))
        row = closes
    closed.append((row, plan.axis.rows))
    return [(top, bottom) for top, bottom in closed if bottom > top]


def paint_closures(
    painter: QPainter, geometry: Geometry, plan: DayPlan, exposed: QRectF, *, local: Local
) -> None:
    """Each closure in its chair, or across all chairs, with what it is for."""
    tokens = theme.current()
    for closure in plan.closures:
        column = None if closure.chair_id is None else plan.column_of(closure.chair_id)
        if closure.chair_id is not None and column is None:
            continue
        box = QRectF(*geometry.box(column or 0, (closure.span.starts, closure.span.ends)))
        if column is None:
            box.setRight(geometry.width - 3)
        if not box.intersects(exposed):
            continue
        box.adjust(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(blend(tokens.line, tokens.edge, 0.4), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.bg))
        painter.drawRoundedRect(box, 6, 6)
        painter.setBrush(hatched(QColor(tokens.line)))
        painter.drawRoundedRect(box, 6, 6)
        times = f"{clock(local(closure.span.starts))}–{clock(local(closure.span.ends))}"
        _paint_closure_words(painter, box, times, closure.reason)


def _paint_closure_words(painter: QPainter, box: QRectF, times: str, reason: str) -> None:
    """ "Closed 14:00–15:30" and "pump service" on a ground that the hatching leaves free.

    Two lines, or one when the closure is short; in a narrow column the times alone.
    """
    words = tr("Closed {times}", times=times)
    icon, height = theme.px(15), theme.px(18)
    both = box.height() > 2 * height + 10
    font = theme.font("note")
    measure = QFontMetricsF(font)
    room = box.width() - icon - theme.px(24)
    if measure.horizontalAdvance(words) > room:
        words = times
    lines = [words, reason] if both and reason else [": ".join(filter(None, (words, reason)))]
    shown = [measure.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]
    width = max(measure.horizontalAdvance(line) for line in shown) + icon + theme.px(15)
    top = box.top() + min(6.0, (box.height() - height) / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("bg"))
    painter.drawRoundedRect(QRectF(box.left() + 5, top, width, height * len(shown)), 4, 4)
    painter.drawPixmap(
        QPointF(box.left() + theme.px(9), round(top + height / 2 - icon / 2)),
        pixmap("wrench", role="muted", size=15),
    )
    painter.setFont(font)
    painter.setPen(theme.color("muted"))
    for index, line in enumerate(shown):
        place = QRectF(box.left() + icon + theme.px(14), top + index * height, room + 2, height)
        painter.drawText(place, ONE_LINE, line)


def paint_hours(
    painter: QPainter, geometry: Geometry, *, row: int | None, now: datetime | None
) -> None:
    """The hours in the gutter, each at its line; the chosen time and the time now stand out."""
    tokens = theme.current()
    painter.fillRect(QRectF(0, 0, geometry.gutter, geometry.height), QColor(tokens.surface))
    painter.setFont(theme.font("note"))
    height = theme.px(18)
    kept: list[float] = []
    if now is not None:
        y = geometry.y(now)
        kept.append(y)
        _paint_badge(painter, geometry, y, clock(now.astimezone(geometry.axis.zone)))
    if row is not None and all(abs(geometry.y_of_row(row) - y) > height for y in kept):
        y = geometry.y_of_row(row)
        kept.append(y)
        painter.setFont(theme.font("note", strong=True))
        painter.setPen(theme.color("ink"))
        _paint_hour(painter, geometry, y, geometry.axis.label(row))
    painter.setFont(theme.font("note"))
    painter.setPen(QColor(tokens.muted))
    for each in range(geometry.axis.rows):
        y = geometry.y_of_row(each)
        free = all(abs(y - other) > height * 0.9 for other in kept)
        in_sight = geometry.header - height < y < geometry.height + height
        if each and free and in_sight and not geometry.axis.local(each).minute:
            _paint_hour(painter, geometry, y, geometry.axis.label(each))


def _paint_hour(painter: QPainter, geometry: Geometry, y: float, label: str) -> None:
    height = theme.px(18)
    painter.drawText(
        QRectF(0, y - height / 2, geometry.gutter - 8, height),
        AT_RIGHT,
        label,
    )


def _paint_badge(painter: QPainter, geometry: Geometry, y: float, label: str) -> None:
    tokens = theme.current()
    height = theme.px(18)
    painter.save()
    painter.setFont(theme.font("note", strong=True))
    width = QFontMetricsF(painter.font()).horizontalAdvance(label) + theme.px(10)
    box = QRectF(geometry.gutter - width - 2, y - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.red.foreground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(tokens.bg if tokens.dark else tokens.surface))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


def paint_now(painter: QPainter, geometry: Geometry, y: float) -> None:
    """The line across all chairs at the present moment; tiles draw their own part of it."""
    painter.fillRect(
        QRectF(geometry.gutter - 1, y - 1, geometry.width - geometry.gutter + 1, 2),
        theme.color("red"),
    )
