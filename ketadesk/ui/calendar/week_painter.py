"""Paints a week: hours, days with their chairs as lanes, small tiles, the now line of today."""

from collections.abc import Iterator
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ketadesk.ui import theme, words
from ketadesk.ui.calendar.colours import blend, hatched
from ketadesk.ui.calendar.ghost import Ghost
from ketadesk.ui.calendar.marks_painter import (
    Hover,
    Pointed,
    meets,
    met_by,
    paint_free,
    paint_ghost,
)
from ketadesk.ui.calendar.tile_painter import ShownTile, TilePainter
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.walking import Cursor
from ketadesk.ui.calendar.week_layout import DAYS, WeekGeometry, WeekPlan


def paint_week(
    painter: QPainter,
    geometry: WeekGeometry,
    plan: WeekPlan,
    *,
    tiles: TilePainter,
    exposed: QRectF,
    now: datetime | None,
    local: Local,
    cursor: Cursor | None,
    focused: bool,
    hover: Hover | None,
    ghost: Ghost | None,
    day: int | None,
    under: "WeekGround",
) -> None:
    """As `paint_day`; `day` stands out in the header, `under` is kept from one week to the next."""
    under.paint(painter, geometry)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hover is not None and hover.tile_id is None and ghost is None:
        _paint_free(painter, geometry, hover.column, hover.row, strong=False)
    pointed = Pointed(
        chosen=cursor.tile_id if cursor else None,
        focused=focused,
        hovered=hover.tile_id if hover else None,
        lifted=ghost.tile.id if ghost and ghost.tile else None,
    )
    today = local(now).date() if now is not None else None
    shown: list[ShownTile] = []
    for index, shown_day in enumerate(plan.days):
        now_y = None
        if shown_day.axis.day == today and now is not None:
            now_y = round(geometry.y(index, now))
            if now_y > geometry.header:
                line = QRectF(geometry.x(index), now_y - 1, geometry.day_width, 2)
                painter.fillRect(line, theme.color("red"))
        shown += _shown(geometry, index, pointed, exposed=exposed, now_y=now_y)
    tiles.paint(painter, shown)
    if cursor is not None and cursor.tile_id is None and ghost is None and plan.columns:
        _paint_free(painter, geometry, cursor.column, cursor.row, strong=focused)
    if ghost is not None:
        box = QRectF(*geometry.box(ghost.column, (ghost.starts, ghost.ends)))
        met = met_by(plan, ghost)
        paint_ghost(painter, box, ghost, local, meets=met, right=geometry.width)
    if exposed.left() < geometry.gutter:
        _paint_hours(painter, geometry)
    if exposed.top() < geometry.header:
        place = ghost.column if ghost else cursor.column if cursor else None
        number = day if ghost is None else plan.number_of(ghost.column)
        _paint_header(painter, geometry, today=today, day=number, lane=place, focused=focused)


def _shown(
    geometry: WeekGeometry, day: int, pointed: Pointed, *, exposed: QRectF, now_y: float | None
) -> Iterator[ShownTile]:
    plan, column = geometry.plan.days[day], geometry.column(day)
    everything = exposed.contains(QRectF(0, 0, geometry.width, geometry.height))
    for tile in plan.tiles:
        box = column.box(tile.column, tile.rows, left=tile.left, right=tile.right)
        if everything or meets(box, exposed):
            yield ShownTile(box, tile.text, tile.parts, pointed.sight(tile), now_y)


def _paint_free(
    painter: QPainter, geometry: WeekGeometry, column: int, row: int, *, strong: bool
) -> None:
    box = QRectF(*geometry.slot(column, row)).adjusted(-2, -0.5, 2, 0.5)
    paint_free(painter, box, geometry.plan.axis_at(column).label(row), strong=strong)


class WeekGround:
    """Closed time and lines, painted once and copied: most weeks are open at the same hours."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._drawn = QPixmap()

    def renew(self) -> None:
        """Forgets what was painted: colours or text sizes are others now."""
        self._key = ()

    def paint(self, painter: QPainter, geometry: WeekGeometry) -> None:
        ratio = painter.device().devicePixelRatio()
        plan = geometry.plan
        hours = tuple(
            (len(day.chairs), day.open_rows, day.closures, day.axis.rows) for day in plan.days
        )
        place = (geometry.width, geometry.height, geometry.gutter, geometry.header, ratio)
        key = (*place, plan.first_row, plan.last_row, hours)
        if key != self._key:
            self._key, self._drawn = key, self._draw(geometry, ratio)
        painter.drawPixmap(0, 0, self._drawn)

    def _draw(self, geometry: WeekGeometry, ratio: float) -> QPixmap:
        drawn = QPixmap(round(geometry.width * ratio), round(geometry.height * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(theme.color("surface"))
        painter = QPainter(drawn)
        _paint_closed(painter, geometry)
        _paint_lines(painter, geometry)
        painter.end()
        return drawn


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
            place = 0 if lane is None else lane - plan.first_column
            left = geometry.lane(index, place)
            right = geometry.lane(index, len(plan.chairs) if lane is None else place + 1)
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
    painter: QPainter,
    geometry: WeekGeometry,
    *,
    today: date | None,
    day: int | None,
    lane: int | None,
    focused: bool,
) -> None:
    """`day` and `lane` are the column with the cursor."""
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
        for number in range(len(plan.chairs)):
            left, right = geometry.lane(index, number), geometry.lane(index, number + 1)
            place = QRectF(left, half, right - left, half - 2)
            chosen = lane == plan.first_column + number
            painter.setFont(theme.font("small", strong=chosen))
            painter.setPen(theme.color("accent" if chosen else "muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number + 1))
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
