"""One patient's visits, newest first; Enter goes there."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.appointments import Reason
from ketadesk.domain.day import Visit
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.booking.decided import decided_otherwise
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

WHEN, CHAIR, PROTOCOL, COUNT, STATUS, ESCORT, NURSE = range(7)
GIVE_WAY = (NURSE, CHAIR, ESCORT, COUNT)
"""Which columns leave first where they would be cut; the whole visit stays in the tooltip."""


class VisitsTable(QWidget):
    """The table, and the buttons for the visit chosen in it."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._model = RowsModel[Visit](
            self._columns(),
            key=lambda visit: visit.appointment.id,
            describe=self._said,
            parent=self,
        )
        self._table = Table(name=tr("Visits"))
        self._table.setObjectName("visits_table")
        self._table.setModel(self._model)
        self._table.setToolTip(tr("Enter opens the session, or the day in the calendar"))
        header = self._table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PROTOCOL, QHeaderView.ResizeMode.Stretch)
        on_keys(self._table, {"Enter": self._go})
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
        self._decided = ElidedLabel(size="note", tone="amber")
        self._decided.setObjectName("visits_decided")
        foot.addWidget(self._decided, 1)
        self._open = Button(tr("Go there"), icon="arrow-right", key="Enter", bind=False)
        self._open.setObjectName("visits_open")
        self._open.setEnabled(False)
        self._open.clicked.connect(self._go)
        self._table.selectionModel().selectionChanged.connect(self._show_open)
        foot.addWidget(self._open)
        return foot

    def show_visits(self, visits: tuple[Visit, ...]) -> None:
        """These visits, newest first."""
        self._model.show(visits)
        self._stack.setCurrentIndex(1 if visits else 0)
        if visits and not self._table.selectionModel().hasSelection():
            self._table.selectRow(0)
        self._share_width()
        self._show_open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """A column that would be cut leaves whole; when, what and how it went keep their room."""
        header, shown = self._table.horizontalHeader(), set(range(7))
        wanted = [
            max(self._table.sizeHintForColumn(number), header.sectionSizeHint(number))
            for number in range(7)
        ]
        for column in GIVE_WAY:
            if sum(wanted[number] for number in shown) > self._table.viewport().width():
                shown.discard(column)
        for column in range(7):
            self._table.setColumnHidden(column, column not in shown)

    def _columns(self) -> tuple[Column[Visit], ...]:
        return (
            Column(tr("When"), self._when, strong=True),
            Column(tr("Chair"), self._chair),
            Column(tr("Protocol"), lambda one: f"{one.protocol_name} · {words.word(one.tier)}"),
            Column(tr("No."), lambda visit: visit.count or "–"),
            Column(tr("Status"), _status_word, look=_status),
            Column(tr("Escort"), lambda visit: words.person(visit.escort_name) or "–"),
            Column(tr("Nurse"), lambda visit: visit.nurse_name or "–"),
        )

    def _when(self, visit: Visit) -> str:
        local = self._workplace.local(visit.appointment.starts)
        same_year = local.year == self._workplace.today().year
        day = words.day(local.date(), short=True, year=not same_year)
        return f"{day} {words.clock(local)}"

    def _chair(self, visit: Visit) -> str:
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        return chairs.get(visit.appointment.chair_id, "–").split(" · ")[0]

    def _said(self, visit: Visit) -> str:
        parts = [column.text(visit) for column in self._columns()]
        parts.append(decided_otherwise(visit))
        return " · ".join(part for part in parts if part not in ("", "–"))

    @Slot()
    def _show_open(self) -> None:
        self._open.setEnabled(self._table.selectionModel().hasSelection())
        visit = self._model.row_at(self._table.currentIndex())
        self._decided.setText("" if visit is None else decided_otherwise(visit))

    @Slot()
    def _go(self) -> None:
        visit = self._model.row_at(self._table.currentIndex())
        if visit is None:
            return
        self._workplace.show(
            "calendar" if visit.session_id is None else "sessions", visit.appointment.id
        )


def _status_word(visit: Visit) -> str:
    """A booking that was undone is nobody's cancellation."""
    appointment = visit.appointment
    return words.word(Reason.BOOKED_BY_MISTAKE if appointment.mistaken else appointment.status)


def _status(visit: Visit) -> Look:
    look = words.status_look(visit.appointment.status)
    return Look(look.role, look.icon)
