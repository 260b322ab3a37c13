"""Paints a whole day, back to front: ground, closures, tiles, what is pointed at, now, edges."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ketadesk.ui.calendar import grid_painter as under
from ketadesk.ui.calendar.chair_names import paint_header
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.calendar.geometry import Geometry
from ketadesk.ui.calendar.ghost import Ghost
from ketadesk.ui.calendar.load_painter import paint_load
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
        box = QRectF(*geometry.box(ghost.column, (ghost.starts, ghost.ends)))
        met = met_by(plan, ghost)
        paint_ghost(painter, box, ghost, local, meets=met, right=geometry.right)
    if exposed.left() < geometry.gutter:
        row = _row_of(plan, cursor, ghost)
        under.paint_hours(painter, geometry, row=row, now=now if today else None)
    if exposed.top() < geometry.header:
        chosen = ghost.column if ghost else cursor.column if cursor and focused else None
        paint_header(painter, geometry, plan.chairs, chosen=chosen)
    if exposed.right() > geometry.right:
        paint_load(painter, geometry, plan.load)


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
    box = QRectF(*geometry.slot(column, row))
    paint_free(painter, box, geometry.axis.label(row), strong=strong)
