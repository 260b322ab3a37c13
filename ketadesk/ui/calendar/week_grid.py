"""The week as a grid: seven days side by side, each with its chairs; worked in like a day."""

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.visit_grid import VisitGrid
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.week_layout import WeekPlan
from ketadesk.ui.calendar.week_painter import WeekGround, paint_week
from ketadesk.ui.calendar.week_port import WeekPort


class WeekGrid(VisitGrid):
    """Tells beside what `VisitGrid` tells: `day_chosen(date)` when the cursor goes to another day,
    `day_opened(date)` by a double click on a day's heading.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(
            name="week_grid",
            title=tr("Week"),
            local=local,
            port=WeekPort,
            paint=self._paint_week,
            parent=parent,
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ground = WeekGround()
        self._day: date | None = None
        self.cursor_moved.connect(self._follow)

    def plan(self) -> WeekPlan | None:
        """The week shown."""
        return self._plan

    def show_plan(self, plan: WeekPlan, *, day: date, now: datetime) -> None:
        """A week, with the cursor on one of its days; the chosen visit stays chosen there."""
        before = self._plan
        anew = before is None or before.days[0].axis.day != plan.days[0].axis.day
        turned, self._day = day != self._day, day
        if turned and self._cursor is not None:
            kept = walking.kept(plan, self._cursor) if plan.columns else None
            if anew or kept is None or plan.axis_at(kept.column).day != day:
                self._cursor = None
        self.take_plan(plan, now, anew=anew)
        self._follow()

    def home_column(self) -> int:
        """The first chair of the day."""
        number = self._number()
        return 0 if self._plan is None or number is None else self._plan.days[number].first_column

    def _number(self) -> int | None:
        """Which of the seven days the cursor is on."""
        if self._plan is None or self._day is None:
            return None
        number = (self._day - self._plan.days[0].axis.day).days
        return number if 0 <= number < len(self._plan.days) else None

    def _paint_week(self, *painted: Any, **seen: Any) -> None:
        paint_week(*painted, **seen, day=self._number(), under=self._ground)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_ground"):
            self._ground.renew()

    def _follow(self) -> None:
        if self._plan is None or self._cursor is None:
            return
        day = self._plan.axis_at(self._cursor.column).day
        if day != self._day:
            self._day = day
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a day's heading it opens the day."""
        geometry = self.geometry_now() if self._plan is not None else None
        x, y = event.position().x(), event.position().y()
        if geometry is not None and y < geometry.header and x >= geometry.gutter:
            self.day_opened.emit(self._plan.days[geometry.day_at(x)].axis.day)
        else:
            super().mouseDoubleClickEvent(event)
