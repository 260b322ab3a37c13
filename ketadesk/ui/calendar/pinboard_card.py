"""Appointments put aside while one looks for another day; each keeps its place until dropped."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.side_row import RowText, SideRow, lay_rows, rows_in
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle

MIME = "application/x-ketadesk-appointment"
"""What is dragged from the pinboard: the appointment's id, for this program only."""


class PinnedRow(SideRow):
    """One appointment; it can be dragged onto a time."""

    def __init__(self, visit: Visit, text: RowText, parent: QWidget | None = None) -> None:
        super().__init__(text, name="pinned_row", parent=parent)
        self.visit = visit
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it was pressed it comes along."""
        origin = self._pressed
        moved = event.position().toPoint()
        if origin is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (moved - origin).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        self.setDown(False)
        carried = QMimeData()
        carried.setData(MIME, str(int(self.visit.appointment.id)).encode())
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


class PinboardCard(Card):
    """`taken(AppointmentId)` when a row is pressed: it is in hand, or laid down again."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("pinboard_card")
        self._title = SectionTitle(tr("Pinboard"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._hint = Label(size="note", tone="muted", wrap=True)
        self._hint.setObjectName("pinboard_hint")
        self.body.addWidget(self._title)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._hint)
        self.hide()

    def rows(self) -> list[SideRow]:
        """The rows shown, from the top."""
        return rows_in(self._rows)

    def hint(self) -> str:
        """What to do next, as it is said."""
        return self._hint.text()

    def show_pinned(
        self, visits: Sequence[Visit], *, in_hand: AppointmentId | None, local: Local
    ) -> None:
        """What lies here, one of them in hand; nothing is seen of an empty pinboard."""
        rows = []
        for visit in visits:
            row = PinnedRow(visit, _text(visit, local))
            row.mark(visit.appointment.id == in_hand)
            row.clicked.connect(self._pressed)
            rows.append(row)
        lay_rows(self._rows, rows)
        self._title.set_text(self._title.text(), note=str(len(visits) or ""))
        self._hint.setText(
            tr("J takes one in hand; then Enter or a click on a free time puts it there.")
            if in_hand is None
            else tr("Enter or a click on a free time puts it there. Esc: not now.")
        )
        self.setVisible(bool(visits))

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, PinnedRow):
            self.taken.emit(row.visit.appointment.id)


def _text(visit: Visit, local: Local) -> RowText:
    starts = local(visit.appointment.starts)
    return RowText(
        who=words.person(visit.patient_name),
        below=f"{words.day(starts.date(), short=True)} {words.clock(starts)}",
        word=visit.count,
        icon="clipboard-list",
        more=visit.protocol_name,
    )
