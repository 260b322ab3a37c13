"""The key with which time is closed in the day, and opened again where it is closed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.domain.clinic import Closure
from ketadesk.domain.ids import ChairId, ClosureId
from ketadesk.i18n import tr
from ketadesk.services import clinic, closures
from ketadesk.ui.calendar.day_grid import DayGrid
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace

KEY = "K"
CLEAR_KEY = "Shift+K"
ROWS_AN_HOUR = 4


class ClosingDoor(QObject):
    """`action` closes from the chosen place on, or opens the closure that lies there; `clear` lists
    those who are booked where it is closed. `pinned(Visit)` when one of them is put aside.
    """

    pinned = Signal(object)

    def __init__(self, workplace: Workplace, grid: DayGrid, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._grid = grid
        self._view = view
        self.action = QAction(tr("Close a chair, or open it again…"), view)
        self.action.setObjectName("close_here")
        self.action.setShortcut(QKeySequence(KEY))
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.action.setAutoRepeat(False)
        self.action.triggered.connect(self._act)
        self.clear = QAction(tr("Booked where it is closed…"), view)
        self.clear.setObjectName("clear_closures")
        self.clear.setShortcut(QKeySequence(CLEAR_KEY))
        self.clear.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.clear.setAutoRepeat(False)
        self.clear.triggered.connect(self._look_for_booked)
        grid.addActions([self.action, self.clear])

    def add_to(self, menu: Menu) -> None:
        """The entry for the chosen place, in the words that fit it."""
        closure = self._closure()
        if closure is None:
            text = tr("Close this chair from here…")
        else:
            text = tr("Open again: {reason}", reason=closure.reason)
        menu.choice(text, key=KEY, name="slot_close").triggered.connect(self._act)
        if closure is not None:
            text = tr("Move those booked here…")
            choice = menu.choice(text, key=CLEAR_KEY, name="slot_clear")
            choice.triggered.connect(self._look_for_booked)

    @Slot()
    def _act(self) -> None:
        plan, closure = self._grid.plan(), self._closure()
        if closure is not None:
            self._open_again(closure)
        elif plan is not None and plan.chairs:
            self._ask(plan)

    def _closure(self) -> Closure | None:
        plan, place = self._grid.plan(), self._grid.cursor_place()
        return plan.closure_at(place.column, place.row) if plan and place else None

    def _open_again(self, closure: Closure) -> None:
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: clinic.reopen(db, stamp, closure.id), receiver=self._view
        )

    def _ask(self, plan: DayPlan) -> None:
        from ketadesk.ui.calendar.closing import ClosingDialog

        chair_id, row = self._from(plan)
        dialog = ClosingDialog(self._workplace, self._view)
        dialog.closed.connect(self._look_for_booked_in)
        dialog.open_for(chair_id, plan.axis.moment(row), _until(plan, row))

    @Slot()
    def _look_for_booked(self) -> None:
        closure = self._closure()
        self._ask_uncleared(partial(self._clear, None if closure is None else closure.id))

    @Slot(object)
    def _look_for_booked_in(self, closure_id: ClosureId) -> None:
        """After closing: only when somebody is booked there."""
        self._ask_uncleared(partial(self._clear_if_needed, closure_id))

    def _ask_uncleared(self, done: Callable[[tuple[Closure, ...]], None]) -> None:
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: closures.uncleared(db, now=now), receiver=self, done=done, key="uncleared"
        )

    def _clear_if_needed(self, closure_id: ClosureId, found: tuple[Closure, ...]) -> None:
        if any(one.id == closure_id for one in found):
            self._clear(closure_id, found)

    def _clear(self, chosen: ClosureId | None, found: tuple[Closure, ...]) -> None:
        if not found:
            self._workplace.tell(tr("Nobody is booked where it is closed."))
            return
        from ketadesk.ui.calendar.clearing import ClearingDialog

        dialog = ClearingDialog(self._workplace, self._view)
        dialog.pinned.connect(self.pinned)
        dialog.show_closures(found, chosen)

    def _from(self, plan: DayPlan) -> tuple[ChairId, int]:
        """The chosen place; without one the first chair, now or when the day opens."""
        place = self._grid.cursor_place()
        if place is not None and place.column < len(plan.chairs):
            return plan.chairs[place.column].id, place.row
        axis, now = plan.axis, self._workplace.now()
        if axis.starts <= now < axis.ends:
            return plan.chairs[0].id, int(axis.row_of(now))
        return plan.chairs[0].id, plan.open_rows[0][0] if plan.open_rows else axis.row_at_clock(9)


def _until(plan: DayPlan, row: int) -> datetime:
    """When the clinic closes that day; an hour later when it is closed already."""
    ends = (bottom for top, bottom in reversed(plan.open_rows) if bottom > row)
    return plan.axis.moment(next(ends, row + ROWS_AN_HOUR))
