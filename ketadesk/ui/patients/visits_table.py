"""One patient's visits, newest first; Enter goes there."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.day import Visit
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.icons import icon
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
WHEN, CHAIR, PROTOCOL, COUNT, STATUS, ESCORT, NURSE = range(7)
WIDTHS = {WHEN: 156, CHAIR: 80, COUNT: 52, STATUS: 132, NURSE: 84}


class _Visits(QAbstractTableModel):
    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.visits: tuple[Visit, ...] = ()

    def show(self, visits: tuple[Visit, ...]) -> None:
        self.beginResetModel()
        self.visits = visits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.visits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("When"),
                tr("Chair"),
                tr("Protocol"),
                tr("No."),
                tr("Status"),
                tr("Escort"),
                tr("Nurse"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        visit, column = self.visits[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(visit, column)
        if role == Qt.ItemDataRole.FontRole and column == WHEN:
            return theme.font("body", strong=True)
        if column == STATUS:
            look = words.status_look(visit.appointment.status)
            if role == Qt.ItemDataRole.DecorationRole:
                return icon(look.icon, role=look.role, size=16)
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color(look.role)
        return None

    def _text(self, visit: Visit, column: int) -> str:
        appointment = visit.appointment
        if column == WHEN:
            local = self._workplace.local(appointment.starts)
            day = words.date_text(local, short=True)
            return f"{day} {words.clock(local)}"
        if column == CHAIR:
            chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
            return chairs.get(appointment.chair_id, "–").split(" · ")[0]
        if column == PROTOCOL:
            return f"{visit.protocol_name} · {words.word(visit.tier)}"
        if column == COUNT:
            return visit.count or "–"
        if column == STATUS:
            return words.word(appointment.status)
        return (visit.escort_name if column == ESCORT else visit.nurse_name) or "–"


class VisitsTable(QWidget):
    """The table, and the buttons for the visit chosen in it."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._model = _Visits(workplace, self)
        self._table = Table(name=tr("Visits"))
        self._table.setObjectName("visits_table")
        self._table.setModel(self._model)
        self._table.setToolTip(tr("Enter opens the session, or the day in the calendar"))
        header = self._table.horizontalHeader()
        header.setStretchLastSection(False)
        for stretched in (PROTOCOL, ESCORT):
            header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for number, width in WIDTHS.items():
            self._table.setColumnWidth(number, theme.px(width))
        self._table.installEventFilter(self)
        self._table.doubleClicked.connect(self._go)
        empty = EmptyState(
            "calendar-days", tr("No visits yet. Book the first one above, with Ctrl B.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._stack, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        self._open = Button(tr("Go there"), icon="arrow-right", key="Enter", bind=False)
        self._open.setObjectName("visits_open")
        self._open.setEnabled(False)
        self._open.clicked.connect(self._go)
        self._table.selectionModel().selectionChanged.connect(self._show_open)
        foot.addWidget(self._open)
        return foot

    def show_visits(self, visits: tuple[Visit, ...]) -> None:
        """These visits, newest first."""
        row = self._table.currentIndex().row()
        self._model.show(visits)
        self._stack.setCurrentIndex(1 if visits else 0)
        if visits:
            self._table.selectRow(min(max(row, 0), len(visits) - 1))
        self._show_open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the visit."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._go()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _show_open(self) -> None:
        self._open.setEnabled(self._table.selectionModel().hasSelection())

    @Slot()
    def _go(self) -> None:
        row = self._table.currentIndex().row()
        if not 0 <= row < len(self._model.visits):
            return
        visit = self._model.visits[row]
        self._workplace.show(
            "calendar" if visit.session_id is None else "sessions", visit.appointment.id
        )
