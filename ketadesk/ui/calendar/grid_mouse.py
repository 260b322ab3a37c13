"""The mouse on a grid: it points, chooses, drags tiles and their lower edge, marks free time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ketadesk.ui import theme
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.ghost import Kind
from ketadesk.ui.calendar.hand import Hand, can_move, can_resize
from ketadesk.ui.calendar.marks_painter import Hover
from ketadesk.ui.calendar.walking import Cursor, Plan

if TYPE_CHECKING:
    from ketadesk.ui.calendar.visit_grid import VisitGrid

GRIP = 7
"""Pixels at a tile's lower edge that resize it."""


class GridMouse:
    """Reads the mouse for a grid and tells it what it means."""

    def __init__(self, grid: "VisitGrid", hand: Hand) -> None:
        self._grid, self._hand = grid, hand
        self.hover: Hover | None = None

    def press(self, event: QMouseEvent, plan: Plan) -> None:
        """Chooses what is under the pointer; a drag may follow."""
        point, geometry = event.position().toPoint(), self._grid.geometry_now()
        if not geometry.on_grid(point.x(), point.y()):
            return
        self._grid.drop_ghost()
        tile = self._grid.tile_at(point)
        if tile is not None:
            self._grid.set_cursor(walking.on_tile(plan, tile))
        else:
            column = geometry.column_at(point.x())
            self._grid.set_cursor(Cursor(column, geometry.row_at(point.y(), column)))
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.pressed = (point, self._grid.verticalScrollBar().value())

    def move(self, event: QMouseEvent, plan: Plan) -> None:
        """Shows what would happen here, snapped to quarter hours."""
        point = event.position().toPoint()
        if self._hand.pressed is None:
            self._point_at(point)
            return
        origin, scrolled = self._hand.pressed
        if self._hand.ghost is None:
            if (point - origin).manhattanLength() < QApplication.startDragDistance():
                return
            self.set_hover(None)
        self._drag(point, origin, scrolled, plan)

    def release(self, event: QMouseEvent) -> None:
        """Lets go of what was dragged; a click on free time asks to book there."""
        if event.button() != Qt.MouseButton.LeftButton or self._hand.pressed is None:
            return
        if self._hand.ghost is not None:
            self._grid.let_go()
            return
        self._hand.pressed = None
        cursor = self._grid.cursor_place()
        if cursor is not None and cursor.tile_id is None:
            self._grid.ask_for(cursor.column, cursor.row)

    def _drag(self, point: QPoint, origin: QPoint, scrolled: int, plan: Plan) -> None:
        geometry, cursor = self._grid.geometry_now(), self._grid.cursor_place()
        tile = self._grid.chosen_tile()
        kind = self._drag_kind(tile, origin)
        if kind is None or cursor is None:
            return
        if tile is None:
            axis, row = plan.axis_at(cursor.column), geometry.row_at(point.y(), cursor.column)
            self._hand.ghost = ghosts.marked(axis, cursor.column, cursor.row, row)
        else:
            down = point.y() - origin.y() + self._grid.verticalScrollBar().value() - scrolled
            rows = geometry.rows_moved(down)
            held, axis = ghosts.of_tile(kind, tile), plan.axis_at(tile.column)
            if kind is Kind.RESIZE:
                self._hand.ghost = ghosts.lengthened(held, axis, rows) if rows else held
            else:
                column = geometry.column_at(point.x())
                onto = plan.axis_at(column)
                self._hand.ghost = ghosts.moved(held, axis, rows=rows, column=column, onto=onto)
        self._scroll_at_edge(point)
        self._grid.viewport().update()

    def _drag_kind(self, tile: Tile | None, origin: QPoint) -> Kind | None:
        if self._hand.ghost is not None:
            return self._hand.ghost.kind
        if tile is None:
            return Kind.MARK
        if self._on_grip(tile, origin):
            return Kind.RESIZE
        return Kind.MOVE if can_move(tile) else None

    def _on_grip(self, tile: Tile, point: QPoint) -> bool:
        box = self._grid.tile_box(tile)
        return can_resize(tile) and point.y() >= box.bottom() - min(GRIP, box.height() / 3)

    def _point_at(self, point: QPoint) -> None:
        geometry, viewport = self._grid.geometry_now(), self._grid.viewport()
        if not geometry.on_grid(point.x(), point.y()):
            self.set_hover(None)
            viewport.unsetCursor()
            return
        tile = self._grid.tile_at(point)
        column = geometry.column_at(point.x())
        row = geometry.row_at(point.y(), column)
        self.set_hover(Hover(column, row if tile is None else 0, tile.id if tile else None))
        if tile is not None and self._on_grip(tile, point):
            viewport.setCursor(Qt.CursorShape.SizeVerCursor)
        elif tile is not None and can_move(tile):
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            viewport.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_hover(self, hover: Hover | None) -> None:
        """What the pointer is over now; only it and what it was over before are painted again."""
        if hover != self.hover:
            for each in (self.hover, hover):
                if each is not None:
                    self._grid.viewport().update(self._hover_box(each))
            self.hover = hover

    def forget(self) -> None:
        """The day was read again, and is painted whole."""
        self.hover = None

    def _hover_box(self, hover: Hover) -> QRect:
        plan, geometry = self._grid.plan(), self._grid.geometry_now()
        tile = plan.tile(hover.tile_id) if plan is not None else None
        slot = QRectF(*geometry.slot(hover.column, hover.row))
        box = slot if tile is None else self._grid.tile_box(tile)
        return box.adjusted(-2, -2, 2, 2).toAlignedRect()

    def _scroll_at_edge(self, point: QPoint) -> None:
        geometry = self._grid.geometry_now()
        bar = self._grid.verticalScrollBar()
        if point.y() > geometry.height - theme.px(20):
            bar.setValue(bar.value() + round(geometry.row_height))
        elif point.y() < geometry.header + theme.px(20):
            bar.setValue(bar.value() - round(geometry.row_height))
