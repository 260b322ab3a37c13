"""What a grid says of a place or a tile, for tooltips and for the screen reader."""

from datetime import datetime

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.visit_text import Local, description
from ketadesk.ui.calendar.walking import Cursor, Plan


def describe(plan: Plan, tile: Tile, *, now: datetime, local: Local) -> str:
    """The tile in full."""
    return description(tile.visit, chair=plan.chair_at(tile.column).name, now=now, local=local)


def describe_free(plan: Plan, place: Cursor) -> str:
    """A quarter hour without a visit: free, or closed and why."""
    chair = plan.chair_at(place.column).name if plan.columns else ""
    time = words.clock(plan.axis_at(place.column).local(place.row))
    if plan.columns > plan.day_of(place.column).columns:
        time = f"{words.day(plan.axis_at(place.column).day, short=True)} {time}"
    closure = plan.closure_at(place.column, place.row)
    if closure is None:
        return tr("Free: {time}, {chair}", time=time, chair=chair)
    return tr("Closed: {time}, {chair}, {reason}", time=time, chair=chair, reason=closure.reason)


def describe_closed(plan: Plan, place: Cursor) -> str:
    """Why nothing can be booked in a quarter hour; nothing where it can."""
    closed = plan.closure_at(place.column, place.row) is not None
    return describe_free(plan, place) if closed else ""


def announce(widget: QWidget, text: str) -> None:
    """Makes it the widget's description; a screen reader that is here says it when it changed."""
    if text == widget.accessibleDescription():
        return
    widget.setAccessibleDescription(text)
    if widget.hasFocus():
        event = QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
