"""The key with which time is closed in the day, and opened again where it is closed."""

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.domain.clinic import Closure
from ketadesk.domain.ids import ChairId
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui.calendar.day_grid import DayGrid
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace

KEY = "K"
ROWS_AN_HOUR = 4


class ClosingDoor(QObject):
    """`action` closes from the chosen place on, or opens the closure that lies there."""

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
        grid.addAction(self.action)

    def add_to(self, menu: Menu) -> None:
        """The entry for the chosen place, in the words that fit it."""
        closure = self._closure()
        if closure is None:
            text = tr("Close this chair from here…")
        else:
            text = tr("Open again: {reason}", reason=closure.reason)
        menu.choice(text, key=KEY, name="slot_close").triggered.connect(self._act)

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
        dialog.open_for(chair_id, plan.axis.moment(row), _until(plan, row))

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
