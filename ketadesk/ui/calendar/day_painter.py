"""Paints a whole day, back to front: ground, closures, tiles, what is pointed at, now, edges."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ketadesk.domain.changes import Span
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.places import Place, taken_by
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar import grid_painter as under
from ketadesk.ui.calendar.chair_names import paint_header
from ketadesk.ui.calendar.day_layout import DayPlan, Sight, Tile
from ketadesk.ui.calendar.geometry import Box, Geometry
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.tile_painter import ShownTile, TilePainter
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.walking import Cursor
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role
from ketadesk.ui.words import clock, person


class Hover(NamedTuple):
    """What the pointer is over: a tile, or a free quarter hour."""

    column: int
    row: int
    tile_id: AppointmentId | None = None


def paint_day(
    painter: QPainter,
    geometry: Geometry,
    plan: DayPlan,
    *,
    tiles: TilePainter,
    exposed: QRectF,
    now: datetime | None,
    local: Local,
    cursor: Cursor | None,
    focused: bool,
    hover: Hover | None,
    ghost: Ghost | None,
) -> None:
    """`exposed` is the part of the viewport that needs painting."""
    today = now is not None and plan.axis.starts <= now < plan.axis.ends
    under.paint_ground(painter, geometry, plan, exposed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    under.paint_closures(painter, geometry, plan, exposed, local=local)
    if hover is not None and hover.tile_id is None and ghost is None:
        _paint_free(painter, geometry, hover.column, hover.row, strong=False)
    now_y = round(geometry.y(now)) if today and now is not None else None
    if now_y is not None:
        under.paint_now(painter, geometry, now_y)
    pointed = Pointed(
        chosen=cursor.tile_id if cursor else None,
        focused=focused,
        hovered=hover.tile_id if hover else None,
        lifted=ghost.tile.id if ghost and ghost.tile else None,
    )
    tiles.paint(painter, _shown(geometry, plan, pointed, exposed=exposed, now_y=now_y))
    if cursor is not None and cursor.tile_id is None and ghost is None and geometry.columns:
        _paint_free(painter, geometry, cursor.column, cursor.row, strong=focused)
    if ghost is not None:
        _paint_ghost(painter, geometry, ghost, local, meets=_meets(plan, ghost))
    if exposed.left() < geometry.gutter:
        row = _row_of(plan, cursor, ghost)
        under.paint_hours(painter, geometry, row=row, now=now if today else None)
    if exposed.top() < geometry.header:
        chosen = ghost.column if ghost else cursor.column if cursor and focused else None
        paint_header(painter, geometry, plan.chairs, chosen=chosen)


class Pointed(NamedTuple):
    """Which tiles stand out, and whether the keys go to the grid."""

    chosen: AppointmentId | None
    focused: bool
    hovered: AppointmentId | None = None
    lifted: AppointmentId | None = None

    def sight(self, tile: Tile) -> Sight:
        """How a tile is seen."""
        tile_id = tile.id
        if tile_id not in (self.chosen, self.hovered, self.lifted):
            return tile.sight
        selected = tile_id == self.chosen
        return tile.sight._replace(
            selected=selected,
            focused=selected and self.focused,
            hovered=tile_id == self.hovered,
            lifted=tile_id == self.lifted,
        )


def meets(box: Box, exposed: QRectF) -> bool:
    """Whether a box, or the edge of a pixel around it, has to be painted."""
    return (
        box.bottom > exposed.top() - 1
        and box.y < exposed.bottom() + 1
        and box.right > exposed.left() - 1
        and box.x < exposed.right() + 1
    )


def _shown(
    geometry: Geometry, plan: DayPlan, pointed: Pointed, *, exposed: QRectF, now_y: float | None
) -> Iterator[ShownTile]:
    below = QRectF(exposed)
    below.setTop(max(exposed.top(), geometry.header))
    for tile in plan.tiles:
        box = geometry.box_of_rows(tile.column, tile.rows, left=tile.left, right=tile.right)
        if meets(box, below):
            yield ShownTile(box, tile.text, tile.parts, pointed.sight(tile), now_y)


def _row_of(plan: DayPlan, cursor: Cursor | None, ghost: Ghost | None) -> int | None:
    if ghost is not None:
        return plan.axis.snapped(ghost.starts)
    return cursor.row if cursor is not None and cursor.tile_id is None else None


def _paint_free(
    painter: QPainter, geometry: Geometry, column: int, row: int, *, strong: bool
) -> None:
    """A free quarter hour that is chosen, or only pointed at: its time, and a plus for booking."""
    box = QRectF(*geometry.slot(column, row)).adjusted(3.5, 0.5, -2.5, 0.5)
    accent = theme.color("accent")
    ground = QColor(theme.current().accent.background)
    ground.setAlphaF(1.0 if strong else 0.6)
    painter.setPen(QPen(accent, 2) if strong else QPen(ground, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    icon = theme.px(12)
    painter.drawPixmap(
        QPointF(box.left() + theme.px(8), round(box.center().y() - icon / 2)),
        pixmap("plus", role="accent", size=12),
    )
    painter.setFont(theme.font("small", strong=True))
    painter.setPen(accent)
    box.setLeft(box.left() + theme.px(12) + icon)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, geometry.axis.label(row))


def _meets(plan: DayPlan, ghost: Ghost) -> str:
    """Who has the chair already at that time."""
    place = Place(plan.chairs[ghost.column].id, Span(ghost.starts, ghost.ends))
    itself = ghost.tile.id if ghost.tile is not None else None
    visits = (tile.visit for tile in plan.tiles if tile.id != itself)
    taken = taken_by(visits, place)
    return person(taken.patient_name) if taken is not None else ""


def _paint_ghost(
    painter: QPainter, geometry: Geometry, ghost: Ghost, local: Local, *, meets: str
) -> None:
    """Where it would lie, with the snapped times in words, and whom it would share with."""
    box = QRectF(*geometry.box(ghost.column, (ghost.starts, ghost.ends))).adjusted(1, 1, -1, -1)
    role: Role = "red" if meets else "accent"
    ground = QColor(theme.current().pair(role).background)
    ground.setAlphaF(1.0 if meets else 0.94)
    painter.setPen(QPen(theme.color(role), 2))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 6, 6)
    words = f"{clock(local(ghost.starts))}–{clock(local(ghost.ends))}"
    if ghost.kind is not Kind.MOVE:
        words += f" · {ghost.minutes} min"
    lines = [words] if ghost.tile is None else [words, person(ghost.tile.visit.patient_name)]
    if meets:
        lines.append(tr("taken by {name}", name=meets))
    room = box.adjusted(theme.px(10), 2, -theme.px(6), -1)
    painter.setPen(theme.color("ink"))
    for index, line in enumerate(lines):
        font = theme.font("body" if index == 0 else "note", strong=index == 0)
        painter.setFont(font)
        height = min(theme.px(19), room.height())
        if height < theme.px(10):
            break
        shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(
            QRectF(room.left(), room.top(), room.width(), height),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            shown,
        )
        room.setTop(room.top() + height)
