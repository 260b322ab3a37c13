"""Dragging between day or week and the pinboard: a tile let go over the card is put aside there, a
card's row let go over a time is dropped there. The grid itself knows nothing of it.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ketadesk.domain.ids import AppointmentId
from ketadesk.ui.calendar.ghost import Kind
from ketadesk.ui.calendar.pinboard import Pinboard
from ketadesk.ui.calendar.pinboard_card import MIME
from ketadesk.ui.calendar.visit_grid import VisitGrid
from ketadesk.ui.calendar.walking import Cursor


class PinboardDrag(QObject):
    """Watches the mouse of a grid; `side` is where tiles may be let go."""

    def __init__(self, pinboard: Pinboard, grid: VisitGrid, side: QWidget) -> None:
        super().__init__(grid)
        self._pinboard, self._grid, self._side = pinboard, grid, side
        grid.viewport().setAcceptDrops(True)
        grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before the grid sees it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return self._let_go(event)
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._drop(event)
        if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if not event.mimeData().hasFormat(MIME):
                return False
            self._point_at(event)
            event.acceptProposedAction()
            return True
        return False

    def _let_go(self, event: QMouseEvent) -> bool:
        held = self._grid.ghost()
        if held is None or held.kind is not Kind.MOVE or held.tile is None:
            return False
        where = self._side.mapFromGlobal(event.globalPosition().toPoint())
        if not (self._side.isVisible() and self._side.rect().contains(where)):
            return False
        visit = held.tile.visit
        self._grid.drop_ghost()
        self._pinboard.put(visit)
        return True

    def _point_at(self, event: QDragMoveEvent) -> None:
        """The cursor goes along, so that one sees where it would be dropped."""
        place = self._place(event)
        if place is not None:
            self._grid.set_cursor(Cursor(*place))

    def _drop(self, event: QDropEvent) -> bool:
        data, place, plan = event.mimeData(), self._place(event), self._grid.plan()
        if not data.hasFormat(MIME) or place is None or plan is None:
            return False
        column, row = place
        appointment_id = AppointmentId(int(bytes(data.data(MIME).data()).decode()))
        if appointment_id not in self._pinboard.ids:
            return False
        event.acceptProposedAction()
        starts = plan.axis_at(column).moment(row)
        self._pinboard.drop(appointment_id, plan.chair_at(column).id, starts)
        return True

    def _place(self, event: QDropEvent) -> tuple[int, int] | None:
        plan, point = self._grid.plan(), event.position()
        if plan is None or not self._grid.geometry_now().on_grid(point.x(), point.y()):
            return None
        geometry = self._grid.geometry_now()
        column = geometry.column_at(point.x())
        return column, geometry.row_at(point.y(), column)
