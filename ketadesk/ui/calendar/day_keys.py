"""The keys of the day: arrows walk and carry, Shift stretches, Enter opens or books, 1-6 jump."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import DayPlan, rows_in_sight
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.hand import Hand, can_resize

if TYPE_CHECKING:
    from ketadesk.ui.calendar.day_grid import DayGrid

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DayKeys:
    """Reads keys for a grid and tells it what they mean."""

    def __init__(self, grid: "DayGrid", hand: Hand) -> None:
        self._grid, self._hand = grid, hand

    def press(self, event: QKeyEvent, plan: DayPlan) -> bool:
        """Whether the key meant something here; while something is held the arrows carry it."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        held = self._hand.ghost
        if held is not None and self._hand.busy:
            self._carry(key, held, plan)
        elif key in ARROWS and shift and ARROWS[key][0] == 0:
            self._stretch(ARROWS[key][1], plan)
        elif key in ARROWS:
            self._walk(*ARROWS[key], plan)
        elif key in ENTER:
            self._enter()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first, last = rows_in_sight(plan)
            row = first + 1 if key == Qt.Key.Key_Home else last - 2
            self._grid.set_cursor(walking.at(plan, self._grid.place().column, row))
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

    def _walk(self, columns: int, rows: int, plan: DayPlan) -> None:
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

    def _stretch(self, rows: int, plan: DayPlan) -> None:
        tile = self._grid.chosen_tile()
        if tile is None or not can_resize(tile):
            return
        held, written = ghosts.of_tile(Kind.RESIZE, tile), self._hand.ghost
        if written is not None and written.tile == tile and written.kind is Kind.RESIZE:
            held = written  # still being written: the next step goes on from there
        self._grid.hold(ghosts.lengthened(held, plan.axis, rows))

    def _carry(self, key: Qt.Key, held: Ghost, plan: DayPlan) -> None:
        if key == Qt.Key.Key_Escape:
            self._grid.drop_ghost()
        elif not self._hand.by_keys:
            return
        elif key in ENTER:
            self._grid.let_go()
        elif key in ARROWS:
            columns, rows = ARROWS[key]
            if held.kind is Kind.RESIZE:
                self._grid.hold(ghosts.lengthened(held, plan.axis, rows))
            else:
                column = min(max(held.column + columns, 0), len(plan.chairs) - 1)
                self._grid.hold(ghosts.nudged(held, plan.axis, rows=rows, column=column))
