"""Paints a week: hours, days with their chairs as lanes, small tiles, the now line of today."""

from collections.abc import Iterator
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ketadesk.domain.ids import AppointmentId
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.colours import blend, hatched
from ketadesk.ui.calendar.day_painter import Pointed, meets
from ketadesk.ui.calendar.tile_painter import ShownTile, TilePainter
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.week_layout import DAYS, WeekGeometry


def paint_week(
    painter: QPainter,
    geometry: WeekGeometry,
    *,
    tiles: TilePainter,
    exposed: QRectF,
    now: datetime,
    local: Local,
    day: int,
    chosen: AppointmentId | None,
    focused: bool,
) -> None:
    """`day` is the column with the cursor."""
    painter.fillRect(exposed, theme.color("surface"))
    _paint_closed(painter, geometry)
    _paint_lines(painter, geometry)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    today = local(now).date()
    for index, plan in enumerate(geometry.plan.days):
        if plan.axis.day == today and (now_y := round(geometry.y(index, now))) > geometry.header:
            line = QRectF(geometry.x(index), now_y - 1, geometry.day_width, 2)
            painter.fillRect(line, theme.color("red"))
    pointed = Pointed(chosen, focused)
    for index in range(DAYS):
        on_day = pointed if index == day else Pointed(None, focused)
        tiles.paint(painter, _shown(geometry, index, on_day, exposed=exposed, now=now))
    if exposed.left() < geometry.gutter:
        _paint_hours(painter, geometry)
    if exposed.top() < geometry.header:
        _paint_header(painter, geometry, today=today, day=day, focused=focused)


def _shown(
    geometry: WeekGeometry, day: int, pointed: Pointed, *, exposed: QRectF, now: datetime
) -> Iterator[ShownTile]:
    plan, column = geometry.plan.days[day], geometry.column(day)
    now_y = round(geometry.y(day, now)) if plan.axis.starts <= now < plan.axis.ends else None
    everything = exposed.contains(QRectF(0, 0, geometry.width, geometry.height))
    for tile in plan.tiles:
        box = column.box(tile)
        if everything or meets(box, exposed):
            yield ShownTile(box, tile.text, tile.parts, pointed.sight(tile), now_y)


def _paint_closed(painter: QPainter, geometry: WeekGeometry) -> None:
    tokens = theme.current()
    hatch = hatched(blend(tokens.bg, tokens.line, 0.75))
    for index, plan in enumerate(geometry.plan.days):
        column = QRectF(geometry.x(index), geometry.header, geometry.day_width, geometry.height)
        row = 0
        for opens, closes in (*plan.open_rows, (plan.axis.rows, plan.axis.rows)):
            top = geometry.y(index, plan.axis.moment(row))
            area = QRectF(column.left(), top, column.width(), 0)
            area.setBottom(geometry.y(index, plan.axis.moment(opens)))
            painter.fillRect(area & column, QColor(tokens.bg))
            painter.fillRect(area & column, hatch)
            row = closes
        for closure in plan.closures:
            lane = None if closure.chair_id is None else plan.column_of(closure.chair_id)
            left = geometry.lane(index, lane or 0)
            right = geometry.lane(index, len(plan.chairs) if lane is None else lane + 1)
            top = geometry.y(index, closure.span.starts)
            area = QRectF(left, top, right - left, geometry.y(index, closure.span.ends) - top)
            painter.fillRect(area & column, QColor(tokens.bg))
            painter.fillRect(area & column, hatched(QColor(tokens.line)))


def _paint_lines(painter: QPainter, geometry: WeekGeometry) -> None:
    tokens = theme.current()
    line = QPen(QColor(tokens.line), 1)
    lane_line = QPen(blend(tokens.surface, tokens.line, 0.9), 1, Qt.PenStyle.DotLine)
    painter.setPen(line)
    for row in _hours(geometry):
        y = round(geometry.y_of_row(row)) + 0.5
        painter.drawLine(QPointF(geometry.gutter, y), QPointF(geometry.width, y))
    for index, plan in enumerate(geometry.plan.days):
        painter.setPen(lane_line)
        for lane in range(1, len(plan.chairs)):
            x = round(geometry.lane(index, lane)) + 0.5
            painter.drawLine(QPointF(x, geometry.header), QPointF(x, geometry.height))
        painter.setPen(QPen(blend(tokens.line, tokens.edge, 0.25), 1))
        x = round(geometry.x(index)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, geometry.height))


def _hours(geometry: WeekGeometry) -> range:
    first = int(-(-geometry.plan.first_row // 4)) * 4
    return range(first, int(geometry.plan.last_row) + 1, 4)


def _paint_hours(painter: QPainter, geometry: WeekGeometry) -> None:
    painter.fillRect(QRectF(0, 0, geometry.gutter, geometry.height), theme.color("surface"))
    painter.setFont(theme.font("note"))
    painter.setPen(theme.color("muted"))
    height = theme.px(18)
    for row in _hours(geometry):
        y = geometry.y_of_row(row)
        if geometry.header + height / 2 < y < geometry.height - height / 2:
            place = QRectF(0, y - height / 2, geometry.gutter - 8, height)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, f"{row // 4 % 24:02d}:00")


def _paint_header(
    painter: QPainter, geometry: WeekGeometry, *, today: date, day: int, focused: bool
) -> None:
    tokens = theme.current()
    painter.fillRect(QRectF(0, 0, geometry.width, geometry.header), QColor(tokens.surface))
    half = geometry.header / 2
    for index in range(DAYS):
        plan = geometry.plan.days[index]
        column = QRectF(geometry.x(index), 0, geometry.day_width, geometry.header)
        if index == day:
            painter.fillRect(column, QColor(tokens.accent.background))
        name = f"{words.weekday(index, short=True)} {plan.axis.day.day}"
        painter.setFont(theme.font("body", strong=True))
        painter.setPen(theme.color("accent" if plan.axis.day == today else "ink"))
        title = QRectF(column.left() + 8, 3, column.width() - 16, half)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("muted"))
        if plan.booked:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(title, flags, str(plan.booked))
        painter.setFont(theme.font("small"))
        for lane in range(len(plan.chairs)):
            left, right = geometry.lane(index, lane), geometry.lane(index, lane + 1)
            place = QRectF(left, half, right - left, half - 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(lane + 1))
        if index == day and focused:
            painter.fillRect(
                QRectF(column.left(), geometry.header - 3, column.width(), 3),
                theme.color("accent"),
            )
        painter.setPen(QPen(QColor(tokens.line), 1))
        x = round(column.left()) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, geometry.header))
    painter.drawLine(
        QPointF(0, geometry.header - 0.5), QPointF(geometry.width, geometry.header - 0.5)
    )
