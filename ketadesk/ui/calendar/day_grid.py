"""The day: chairs as columns, quarter hours as rows, visits as tiles, drawn side by side.

It shows and asks; it writes nothing. What a person wants is told by signals.
"""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ketadesk.domain.appointments import Status
from ketadesk.ui import theme
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.day_painter import Hover
from ketadesk.ui.calendar.day_surface import DaySurface
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.walking import Cursor

GRIP = 7
"""Pixels at a tile's lower edge that resize it."""

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DayGrid(DaySurface):
    """Signals: `slot_chosen(ChairId, datetime)` to book there; `visit_opened(AppointmentId)`;
    `moved(AppointmentId, ChairId, datetime)`; `resized(AppointmentId, minutes)`;
    `menu_wanted(QPoint)` on a visit, where on the screen. Moments are UTC.
    """

    slot_chosen = Signal(object, object)
    visit_opened = Signal(object)
    moved = Signal(object, object, object)
    resized = Signal(object, int)
    menu_wanted = Signal(QPoint)

    def lift(self) -> None:
        """Begins to move the chosen visit with the arrow keys; Enter lets go, Esc leaves it."""
        tile = self._chosen_tile()
        if tile is not None and can_move(tile):
            self._hold(ghosts.of_tile(Kind.MOVE, tile))

    def go_to_chair(self, column: int) -> None:
        """The same time in a chair, by its number."""
        if self._plan is not None and column < len(self._plan.chairs):
            self._set_cursor(walking.at(self._plan, column, self._place().row))

    def menu_point(self) -> QPoint:
        """Where a menu for the chosen place belongs, on the screen."""
        tile = self._chosen_tile()
        place = self._place()
        box = QRectF(*self.geometry_now().slot(place.column, place.row))
        if tile is not None:
            box = self.tile_box(tile)
        return self.viewport().mapToGlobal(
            QPointF(box.left() + theme.px(24), box.top() + theme.px(24)).toPoint()
        )

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; while something is held they carry it."""
        if self._plan is None or not self._plan.chairs:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._ghost is not None and (self._by_keys or self._pressed is not None):
            self._carry(key)
        elif key in ARROWS and shift and ARROWS[key][0] == 0:
            self._stretch(ARROWS[key][1])
        elif key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in ENTER:
            self._enter()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first, last = self._window()
            row = first + 1 if key == Qt.Key.Key_Home else last - 2
            self._set_cursor(walking.at(self._plan, self._place().column, row))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_6 and not event.modifiers():
            self.go_to_chair(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Shift ends the stretching."""
        if (
            event.key() == Qt.Key.Key_Shift
            and self._by_keys
            and self._ghost is not None
            and self._ghost.kind is Kind.RESIZE
        ):
            self._let_go()
        super().keyReleaseEvent(event)

    def _place(self) -> Cursor:
        """The cursor, or where it begins: now, or when the clinic opens."""
        assert self._plan is not None
        if self._cursor is not None:
            return self._cursor
        axis = self._plan.axis
        first, last = self._window()
        row = int(axis.row_of(self._now)) if self._now is not None else 0
        return walking.at(self._plan, 0, row if first < row < last else first + 1)

    def _walk(self, columns: int, rows: int) -> None:
        assert self._plan is not None
        if self._cursor is None:
            self._set_cursor(self._place())
        elif columns:
            self._set_cursor(walking.left_or_right(self._plan, self._cursor, columns))
        else:
            self._set_cursor(walking.up_or_down(self._plan, self._cursor, rows))

    def _enter(self) -> None:
        assert self._plan is not None
        place = self._place()
        self._set_cursor(place)
        if place.tile_id is not None:
            self.visit_opened.emit(place.tile_id)
        else:
            self._ask_for(place.column, place.row)

    def _ask_for(self, column: int, row: int) -> None:
        assert self._plan is not None
        self.slot_chosen.emit(self._plan.chairs[column].id, self._plan.axis.moment(row))

    def _stretch(self, rows: int) -> None:
        tile = self._chosen_tile()
        if self._plan is not None and tile is not None and can_resize(tile):
            held, written = ghosts.of_tile(Kind.RESIZE, tile), self._ghost
            if written is not None and written.tile == tile and written.kind is Kind.RESIZE:
                held = written  # still being written: the next step goes on from there
            self._hold(ghosts.lengthened(held, self._plan.axis, rows))

    def _carry(self, key: Qt.Key) -> None:
        assert self._plan is not None and self._ghost is not None
        if key == Qt.Key.Key_Escape:
            self.drop_ghost()
        elif not self._by_keys:
            return
        elif key in ENTER:
            self._let_go()
        elif key in ARROWS:
            columns, rows = ARROWS[key]
            if self._ghost.kind is Kind.RESIZE:
                self._hold(ghosts.lengthened(self._ghost, self._plan.axis, rows))
            else:
                column = min(max(self._ghost.column + columns, 0), len(self._plan.chairs) - 1)
                self._hold(ghosts.nudged(self._ghost, self._plan.axis, rows=rows, column=column))

    def _hold(self, held: Ghost) -> None:
        self._ghost, self._by_keys = held, True
        self._show_rows_of(held)
        self.viewport().update()

    def _let_go(self) -> None:
        """Says what is wanted. The ghost stays in its place until the day is read again."""
        held, self._pressed, self._by_keys = self._ghost, None, False
        if held is None or self._plan is None:
            return
        if held.tile is None:
            self.drop_ghost()
            self.slot_chosen.emit(self._plan.chairs[held.column].id, held.starts)
        elif not held.changed:
            self.drop_ghost()
        elif held.kind is Kind.MOVE:
            self.moved.emit(held.tile.id, self._plan.chairs[held.column].id, held.starts)
        else:
            self.resized.emit(held.tile.id, held.minutes)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses what is under the pointer; a drag may follow."""
        point = event.position().toPoint()
        if self._plan is None or not self.geometry_now().on_grid(point.x(), point.y()):
            return
        self.drop_ghost()
        geometry = self.geometry_now()
        tile = self._tile_at(point)
        row = geometry.row_at(point.y())
        if tile is not None:
            self._set_cursor(walking.on_tile(self._plan, tile))
        else:
            self._set_cursor(Cursor(geometry.column_at(point.x()), row))
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (point, self.verticalScrollBar().value())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what would happen here, snapped to quarter hours."""
        point = event.position().toPoint()
        if self._plan is None:
            return
        if self._pressed is None:
            self._point_at(point)
            return
        if self._ghost is None:
            far = (point - self._pressed[0]).manhattanLength()
            if far < QApplication.startDragDistance():
                return
            self._hover = None
        self._drag_to(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of what was dragged; a click on free time asks to book there."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        if self._ghost is not None:
            self._let_go()
            return
        self._pressed = None
        if self._cursor is not None and self._cursor.tile_id is None:
            self._ask_for(self._cursor.column, self._cursor.row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the visit."""
        tile = self._tile_at(event.position().toPoint())
        if tile is not None:
            self.visit_opened.emit(tile.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen visit, by mouse or by the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.menu_point())
        else:
            self.menu_wanted.emit(event.globalPos())

    def _drag_to(self, point: QPoint) -> None:
        assert self._plan is not None and self._pressed is not None and self._cursor is not None
        geometry = self.geometry_now()
        axis = self._plan.axis
        origin, scrolled = self._pressed
        tile = self._chosen_tile()
        kind = self._drag_kind(tile, origin)
        if kind is None:
            return
        if tile is None:
            row = geometry.row_at(point.y())
            self._ghost = ghosts.marked(axis, self._cursor.column, self._cursor.row, row)
        else:
            down = point.y() - origin.y() + self.verticalScrollBar().value() - scrolled
            rows = geometry.rows_moved(down)
            held = ghosts.of_tile(kind, tile)
            if kind is Kind.RESIZE:
                self._ghost = ghosts.lengthened(held, axis, rows) if rows else held
            else:
                column = geometry.column_at(point.x())
                self._ghost = ghosts.moved(held, axis, rows=rows, column=column)
        self._scroll_at_edge(point)
        self.viewport().update()

    def _drag_kind(self, tile: Tile | None, origin: QPoint) -> Kind | None:
        if self._ghost is not None:
            return self._ghost.kind
        if tile is None:
            return Kind.MARK
        if self._on_grip(tile, origin):
            return Kind.RESIZE
        return Kind.MOVE if can_move(tile) else None

    def _on_grip(self, tile: Tile, point: QPoint) -> bool:
        box = self.tile_box(tile)
        return can_resize(tile) and point.y() >= box.bottom() - min(GRIP, box.height() / 3)

    def _point_at(self, point: QPoint) -> None:
        geometry = self.geometry_now()
        if not geometry.on_grid(point.x(), point.y()):
            self._set_hover(None)
            self.viewport().unsetCursor()
            return
        tile = self._tile_at(point)
        row, column = geometry.row_at(point.y()), geometry.column_at(point.x())
        self._set_hover(Hover(column, row if tile is None else 0, tile.id if tile else None))
        if tile is not None and self._on_grip(tile, point):
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        elif tile is not None and can_move(tile):
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def _scroll_at_edge(self, point: QPoint) -> None:
        geometry = self.geometry_now()
        bar = self.verticalScrollBar()
        if point.y() > geometry.height - theme.px(20):
            bar.setValue(bar.value() + round(geometry.row_height))
        elif point.y() < geometry.header + theme.px(20):
            bar.setValue(bar.value() - round(geometry.row_height))

    def _show_rows_of(self, held: Ghost) -> None:
        geometry = self.geometry_now()
        bar = self.verticalScrollBar()
        if geometry.y(held.starts) < geometry.header:
            bar.setValue(round(bar.value() - geometry.header + geometry.y(held.starts)))
        elif geometry.y(held.ends) > geometry.height:
            bar.setValue(round(bar.value() + geometry.y(held.ends) - geometry.height))


def can_move(tile: Tile) -> bool:
    """What is under way or over stays where it is; who does not come takes no chair."""
    return tile.visit.appointment.status.can_move


def can_resize(tile: Tile) -> bool:
    status = tile.visit.appointment.status
    return status.can_move or status is Status.IN_SESSION
