"""Paints a week: hours, days with their chairs as lanes, small tiles, the now line of today."""

from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ketadesk.domain.appointments import Status
from ketadesk.domain.day import coming
from ketadesk.domain.ids import AppointmentId
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.colours import blend, hatched
from ketadesk.ui.calendar.tile_painter import TileFonts, TileSight, paint_tile
from ketadesk.ui.calendar.visit_text import Local, tile_text
from ketadesk.ui.calendar.week_layout import DAYS, WeekGeometry


def paint_week(
    painter: QPainter,
    geometry: WeekGeometry,
    *,
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
    fonts = TileFonts()
    for index, plan in enumerate(geometry.plan.days):
        axis = plan.axis
        now_y = round(geometry.y(index, now)) if axis.starts <= now < axis.ends else None
        if now_y is not None and now_y > geometry.header:
            line = QRectF(geometry.x(index), now_y - 1, geometry.day_width, 2)
            painter.fillRect(line, theme.color("red"))
        for tile in plan.tiles:
            box = QRectF(*geometry.box(index, tile))
            if box.intersects(exposed):
                status = tile.visit.appointment.status
                paint_tile(
                    painter,
                    box,
                    tile_text(tile.visit, now=now, local=local),
                    segments=[
                        (segment, geometry.y(index, span.starts), geometry.y(index, span.ends))
                        for segment, span in tile.visit.appointment.segment_spans()
                    ],
                    sight=TileSight(
                        selected=tile.id == chosen and index == day,
                        focused=focused,
                        absent=status.cancelled,
                        over=status is Status.COMPLETED,
                    ),
                    fonts=fonts,
                    now_y=now_y,
                )
    _paint_hours(painter, geometry)
    _paint_header(painter, geometry, today=local(now).date(), day=day, focused=focused)


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
        booked = len(coming(tile.visit for tile in plan.tiles))
        painter.setFont(theme.font("body", strong=True))
        painter.setPen(theme.color("accent" if plan.axis.day == today else "ink"))
        title = QRectF(column.left() + 8, 3, column.width() - 16, half)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("muted"))
        if booked:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(title, flags, str(booked))
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
