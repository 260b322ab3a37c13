"""The day as a table one can sort: the way in for screen readers, and for those who like lists."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QStackedLayout, QWidget

from ketadesk.domain.clinic import Chair
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar import columns
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.visits_model import SORT, VISIT, Index, VisitsModel
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.table import Table


class _InOrder(QSortFilterProxyModel):
    """Sorts by what a column says it sorts by, which Qt would not know how to compare."""

    def lessThan(self, left: Index, right: Index) -> bool:
        return bool(left.data(SORT) < right.data(SORT))


class VisitTable(Table):
    """The table itself; `opened()` on Enter, `menu_wanted(QPoint)` where on the screen, `resized()`
    when it has another width for its columns.
    """

    opened = Signal()
    menu_wanted = Signal(QPoint)
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the visit's menu; letters are actions, not a search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Not here: letters do things."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class Agenda(QWidget):
    """`choice_changed()` when another visit is chosen; `book_wanted()` from an empty day."""

    choice_changed = Signal()
    visit_opened = Signal(object)
    menu_wanted = Signal(QPoint)
    book_wanted = Signal()

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = VisitsModel(local=local, parent=self)
        self._order = _InOrder(self)
        self._order.setSourceModel(self.model)
        self.table = VisitTable(name=tr("Agenda"))
        self.table.setObjectName("agenda_table")
        self.table.setModel(self._order)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(False)
        self._empty = EmptyState("calendar-days", tr("Nobody is booked on this day."))
        self._waiting: tuple[list[Visit], tuple[Chair, ...], datetime] | None = None
        self._wanted: AppointmentId | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.doubleClicked.connect(self._open)
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._fit_columns)
        self.table.menu_wanted.connect(self.menu_wanted)

    def show_visits(self, visits: list[Visit], chairs: tuple[Chair, ...], now: datetime) -> None:
        """The visits of a day; the chosen one stays chosen. Hidden, it waits: tables are slow."""
        self._waiting = (visits, chairs, now)
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """What was to be shown meanwhile."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if self._waiting is None:
            return
        (visits, chairs, now), self._waiting = self._waiting, None
        chosen, self._wanted = self._wanted or self.chosen(), None
        self.model.show_visits(visits, chairs, now)
        self._stack.setCurrentWidget(self.table if visits else self._empty)
        if visits:
            row = self.model.row_of(chosen)
            index = self.model.index(row, 0) if row is not None else None
            shown = self._order.mapFromSource(index) if index else self._order.index(0, 0)
            if self.table.currentIndex().row() != shown.row():
                self.table.setCurrentIndex(shown)
            self._fit_columns()
        self.choice_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_stack"):
            self._fit_columns()

    @Slot()
    def _fit_columns(self) -> None:
        """As wide as their words; where that is too much, by how much each matters."""
        header = self.table.horizontalHeader()
        wanted = [
            max(self.table.sizeHintForColumn(column), header.sectionSizeHint(column)) + theme.px(4)
            for column in range(self.model.columnCount())
        ]
        widths = columns.fitted(wanted, self.table.viewport().width(), scale=theme.px)
        for column, width in enumerate(widths):
            self.table.setColumnHidden(column, not width)
            if width:
                self.table.setColumnWidth(column, width)

    def set_now(self, now: datetime) -> None:
        """Minutes in the rows count on."""
        self.model.set_now(now)

    def chosen(self) -> AppointmentId | None:
        visit = self.table.currentIndex().data(VISIT)
        return visit.appointment.id if visit is not None else None

    def choose(self, appointment_id: AppointmentId) -> None:
        if self._waiting is not None:
            self._wanted = appointment_id
        row = self.model.row_of(appointment_id)
        if row is not None:
            self.table.setCurrentIndex(self._order.mapFromSource(self.model.index(row, 0)))

    def menu_point(self) -> QPoint:
        """Where a menu for the chosen row belongs, on the screen."""
        box = self.table.visualRect(self.table.currentIndex())
        return self.table.viewport().mapToGlobal(box.bottomLeft() + QPoint(24, 0))

    @Slot()
    def _row_changed(self) -> None:
        self.choice_changed.emit()

    @Slot()
    def _open(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.visit_opened.emit(chosen)
