"""The calendar's widgets laid out: bar on top, one of four pages below, the column beside."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.calendar.agenda import Agenda
from ketadesk.ui.calendar.bar import CalendarBar
from ketadesk.ui.calendar.day_grid import DayGrid
from ketadesk.ui.calendar.month_grid import MonthGrid
from ketadesk.ui.calendar.side import WIDTH as SIDE_WIDTH
from ketadesk.ui.calendar.side import CalendarSide
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.week_grid import WeekGrid

LEAST_PAGE = 420
"""Logical pixels that the day needs before the column beside it may have its own."""


class CalendarParts:
    """The calendar's widgets; what they do is the view's."""

    def __init__(self, *, local: Local) -> None:
        self.bar = CalendarBar()
        self.grid = DayGrid(local=local)
        self.week = WeekGrid(local=local)
        self.month = MonthGrid(local=local)
        self.agenda = Agenda(local=local)
        self.side = CalendarSide()
        self.pages = QStackedWidget()
        self.pages.setMinimumSize(1, 1)  # a page may shrink; the window must not grow for it
        for page in (self.grid, self.week, self.month, self.agenda):
            self.pages.addWidget(page)

    def lay_out(self, view: QWidget) -> None:
        """Puts them into the view."""
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.pages, 1)
        below.addWidget(_line(vertical=True))
        below.addWidget(self.side)
        whole = QVBoxLayout(view)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(_line(vertical=False))
        whole.addLayout(below, 1)

    def share_room(self, width: int) -> None:
        """The column beside gives way when the day would become too narrow to read."""
        room = width - theme.px(SIDE_WIDTH)
        self.side.setVisible(room >= theme.px(LEAST_PAGE))


def _line(*, vertical: bool) -> QFrame:
    line = QFrame()
    line.setProperty("look", "line")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
