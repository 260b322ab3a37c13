"""What the day says of a place or a tile, for tooltips and for the screen reader."""

from datetime import datetime

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.chair_names import tip
from ketadesk.ui.calendar.day_layout import DayPlan, Tile
from ketadesk.ui.calendar.geometry import Geometry
from ketadesk.ui.calendar.visit_text import Local, description
from ketadesk.ui.calendar.walking import Cursor


def describe(plan: DayPlan, tile: Tile, *, now: datetime, local: Local) -> str:
    """The tile in full."""
    return description(tile.visit, chair=plan.chairs[tile.column].name, now=now, local=local)


def describe_free(plan: DayPlan, place: Cursor) -> str:
    """A quarter hour without a visit: free, or closed and why."""
    chair = plan.chairs[place.column].name if plan.chairs else ""
    time = words.clock(plan.axis.local(place.row))
    closure = plan.closure_at(place.column, place.row)
    if closure is None:
        return tr("Free: {time}, {chair}", time=time, chair=chair)
    return tr("Closed: {time}, {chair}, {reason}", time=time, chair=chair, reason=closure.reason)


def tip_of_chair(plan: DayPlan, geometry: Geometry, point: QPoint) -> str:
    """The whole name of the chair whose heading a point is on."""
    if point.y() >= geometry.header or point.x() < geometry.gutter or not plan.chairs:
        return ""
    return tip(plan.chairs, geometry.column_at(point.x()))


def announce(widget: QWidget, text: str) -> None:
    """Makes it the widget's description; a screen reader that is here says it when it changed."""
    if text == widget.accessibleDescription():
        return
    widget.setAccessibleDescription(text)
    if widget.hasFocus():
        event = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
