"""Which part of the day is in sight: how high its rows are, and how far it is scrolled."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea

from ketadesk.ui import theme
from ketadesk.ui.calendar.chair_names import header_height, tip
from ketadesk.ui.calendar.day_layout import DayPlan, rows_in_sight
from ketadesk.ui.calendar.geometry import Geometry, row_height_for
from ketadesk.ui.calendar.ghost import Ghost
from ketadesk.ui.calendar.load_painter import describe_load

GUTTER = 58
STRIP = 48
LEAST_ROW = 12
LARGEST_ROW = 26


class DayPort:
    """Looks onto a day through a scroll area; hours and names of chairs stay in place."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area
        self._header = 0
        self._top_row: float = 0

    def geometry(self, plan: DayPlan) -> Geometry:
        """Where everything lies at this moment."""
        viewport = self._area.viewport()
        return Geometry(
            plan.axis,
            columns=len(plan.chairs),
            width=viewport.width(),
            height=viewport.height(),
            row_height=self._row_height(plan),
            gutter=theme.px(GUTTER),
            header=self._header,
            scrolled=self._area.verticalScrollBar().value(),
            strip=theme.px(STRIP) if plan.load else 0.0,
        )

    def begin(self, plan: DayPlan) -> None:
        """Another day: from where it opens, or its first visit."""
        self._top_row = rows_in_sight(plan)[0]

    def measure(self, plan: DayPlan) -> None:
        """Fits what can be scrolled to the size, with the same row on top as before."""
        viewport, bar = self._area.viewport(), self._area.verticalScrollBar()
        strip = theme.px(STRIP) if plan.load else 0
        column_width = (viewport.width() - theme.px(GUTTER) - strip) / max(len(plan.chairs), 1)
        self._header = header_height(plan.chairs, column_width)
        geometry, top = self.geometry(plan), self._top_row
        room = round(viewport.height() - geometry.header)
        bar.setRange(0, max(0, round(geometry.total_height - room)))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(round(4 * geometry.row_height))
        bar.setValue(round(top * geometry.row_height))
        self._top_row = top
        viewport.update()

    def scroll(self, plan: DayPlan, dy: int) -> None:
        """What is under the header moves as it was painted; only what comes into sight is new."""
        viewport = self._area.viewport()
        self._top_row = self._area.verticalScrollBar().value() / self._row_height(plan)
        viewport.scroll(0, dy, viewport.rect().adjusted(0, self._header, 0, 0))

    def show_rows(self, plan: DayPlan, first: float, last: float) -> None:
        """Scrolls so that these rows can be seen whole, or at least their top."""
        height, bar = self._row_height(plan), self._area.verticalScrollBar()
        room = self._area.viewport().height() - self._header
        top = min(bar.value(), int(first * height))
        if last * height > top + room:
            top = min(round(last * height - room), int(first * height))
        bar.setValue(max(top, 0))

    def show_ghost(self, plan: DayPlan, held: Ghost) -> None:
        """Scrolls to where something is being carried."""
        geometry, bar = self.geometry(plan), self._area.verticalScrollBar()
        if geometry.y(held.starts) < geometry.header:
            bar.setValue(round(bar.value() - geometry.header + geometry.y(held.starts)))
        elif geometry.y(held.ends) > geometry.height:
            bar.setValue(round(bar.value() + geometry.y(held.ends) - geometry.height))

    def tip(self, plan: DayPlan, point: QPoint) -> str:
        """The whole name of the chair whose heading a point is on, or the load at that time."""
        geometry = self.geometry(plan)
        if point.x() >= geometry.right and plan.load:
            return describe_load(plan, geometry.row_at(max(point.y(), geometry.header)))
        if point.y() >= geometry.header or point.x() < geometry.gutter or not plan.chairs:
            return ""
        return tip(plan.chairs, geometry.column_at(point.x()))

    def _row_height(self, plan: DayPlan) -> float:
        first, last = rows_in_sight(plan)
        room = self._area.viewport().height() - self._header
        height = row_height_for(room, rows=last - first, least=theme.px(LEAST_ROW))
        return min(height, theme.px(LARGEST_ROW))
