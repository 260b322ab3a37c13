"""Which part of a week is in sight: all of it; its rows are as high as the window lets them be."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea

from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.ghost import Ghost
from ketadesk.ui.calendar.week_layout import WeekGeometry, WeekPlan

GUTTER = 58
HEADER = 44


class WeekPort:
    """Looks onto a whole week: nothing scrolls."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area

    def geometry(self, plan: WeekPlan) -> WeekGeometry:
        """Where everything lies at this moment."""
        viewport = self._area.viewport()
        return WeekGeometry(
            plan,
            width=viewport.width(),
            height=viewport.height(),
            gutter=theme.px(GUTTER),
            header=theme.px(HEADER),
        )

    def begin(self, plan: WeekPlan) -> None:
        """Every week is shown from its first hour."""

    def measure(self, plan: WeekPlan) -> None:
        """It fits whatever room there is."""
        self._area.viewport().update()

    def scroll(self, plan: WeekPlan, dy: int) -> None:
        """Never: all of it is in sight."""

    def show_rows(self, plan: WeekPlan, first: float, last: float) -> None:
        """They are in sight already."""

    def show_ghost(self, plan: WeekPlan, held: Ghost) -> None:
        """It is in sight already."""

    def tip(self, plan: WeekPlan, point: QPoint) -> str:
        """The day and its chair of the heading that a point is on."""
        geometry = self.geometry(plan)
        if point.y() >= geometry.header or point.x() < geometry.gutter or not plan.columns:
            return ""
        column = geometry.column_at(point.x())
        day = plan.day_of(column)
        booked = tr("{number} booked", number=day.booked)
        return f"{words.day(day.axis.day)} · {booked}\n{plan.chair_at(column).name}"
