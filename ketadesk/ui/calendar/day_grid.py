"""The day as a grid: its chairs as columns, its quarter hours scrolled, the nurses' load beside."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.ui.calendar.day_layout import DayPlan
from ketadesk.ui.calendar.day_painter import paint_day
from ketadesk.ui.calendar.day_port import DayPort
from ketadesk.ui.calendar.visit_grid import VisitGrid
from ketadesk.ui.calendar.visit_text import Local


class DayGrid(VisitGrid):
    """One day; see `VisitGrid` for what it tells."""

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(
            name="day_grid",
            title=tr("Day"),
            local=local,
            port=DayPort,
            paint=paint_day,
            parent=parent,
        )

    def plan(self) -> DayPlan | None:
        """The day shown."""
        return self._plan

    def show_plan(self, plan: DayPlan, now: datetime) -> None:
        """A day, or the same day read again: choice and scroll position stay."""
        before = self._plan
        self.take_plan(plan, now, anew=before is None or before.axis.day != plan.axis.day)
