"""The keys of a grid: arrows walk and carry, Shift stretches, Enter opens or books, 1-6 jump."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import rows_in_sight
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.hand import Hand, can_resize
from ketadesk.ui.calendar.walking import Cursor, Plan

if TYPE_CHECKING:
    from ketadesk.ui.calendar.visit_grid import VisitGrid

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridKeys:
    """Reads keys for a grid and tells it what they mean."""

    def __init__(self, grid: "VisitGrid", hand: Hand) -> None:
        self._grid, self._hand = grid, hand

    def press(self, event: QKeyEvent, plan: Plan) -> bool:
        """Whether the key meant something here; while something is held the arrows carry it."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        held = self._hand.ghost
        if held is not None and self._hand.busy:
            self._carry(key, held, plan, by_day=control)
        elif key in ARROWS and control and ARROWS[key][1] == 0:
            place = self._grid.place()
            self._grid.set_cursor(walking.to_day(plan, place, ARROWS[key][0]))
        elif key in ARROWS and shift and ARROWS[key][0] == 0:
            self._stretch(ARROWS[key][1], plan)
        elif key in ARROWS:
            self._walk(*ARROWS[key], plan)
        elif key in ENTER:
            self._enter()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            column = self._grid.place().column
            first, last = rows_in_sight(plan.day_of(column))
            row = first + 1 if key == Qt.Key.Key_Home else last - 2
            self._grid.set_cursor(walking.at(plan, column, row))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_6 and not event.modifiers():
            self._grid.go_to_chair(key - Qt.Key.Key_1)
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> None:
        """Letting go of Shift ends the stretching."""
        held = self._hand.ghost
        stretching = self._hand.by_keys and held is not None and held.kind is Kind.RESIZE
        if event.key() == Qt.Key.Key_Shift and stretching:
            self._grid.let_go()

    def _walk(self, columns: int, rows: int, plan: Plan) -> None:
        cursor = self._grid.cursor_place()
        if cursor is None:
            self._grid.set_cursor(self._grid.place())
        elif columns:
            self._grid.set_cursor(walking.left_or_right(plan, cursor, columns))
        else:
            self._grid.set_cursor(walking.up_or_down(plan, cursor, rows))

    def _enter(self) -> None:
        place = self._grid.place()
        self._grid.set_cursor(place)
        if place.tile_id is not None:
            self._grid.visit_opened.emit(place.tile_id)
        else:
            self._grid.ask_for(place.column, place.row)

    def _stretch(self, rows: int, plan: Plan) -> None:
        tile = self._grid.chosen_tile()
        if tile is None or not can_resize(tile):
            return
        held, written = ghosts.of_tile(Kind.RESIZE, tile), self._hand.ghost
        if written is not None and written.tile == tile and written.kind is Kind.RESIZE:
            held = written  # still being written: the next step goes on from there
        self._grid.hold(ghosts.lengthened(held, plan.axis_at(held.column), rows))

    def _carry(self, key: Qt.Key, held: Ghost, plan: Plan, *, by_day: bool) -> None:
        if key == Qt.Key.Key_Escape:
            self._grid.drop_ghost()
        elif not self._hand.by_keys:
            return
        elif key in ENTER:
            self._grid.let_go()
        elif key in ARROWS:
            columns, rows = ARROWS[key]
            if held.kind is Kind.RESIZE:
                self._grid.hold(ghosts.lengthened(held, plan.axis_at(held.column), rows))
            else:
                if by_day and columns:
                    row = plan.axis_at(held.column).snapped(held.starts)
                    there = walking.to_day(plan, Cursor(held.column, row), columns)
                    columns = there.column - held.column
                self._grid.hold(_nudged(held, plan, columns=columns, rows=rows))


def _nudged(held: Ghost, plan: Plan, *, columns: int, rows: int) -> Ghost:
    column = min(max(held.column + columns, 0), plan.columns - 1)
    onto = plan.axis_at(column)
    return ghosts.nudged(held, plan.axis_at(held.column), rows=rows, column=column, onto=onto)
