"""An arrived patient without a session yet: who it is, and the button that opens the record."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.appointments import Status
from ketadesk.domain.board import ChairCard
from ketadesk.domain.changes import Changes
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import AppointmentId, SessionId
from ketadesk.i18n import tr
from ketadesk.services import calendar, sessions
from ketadesk.ui import words
from ketadesk.ui.sending import Sending
from ketadesk.ui.session.chair_watch import ChairWatch
from ketadesk.ui.session.page_keys import PageKeys
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class ArrivalPage(QWidget):
    """Signals: `opened(SessionId)`; `left()` back to the list; `chair_wanted(ChairCard)` to go to
    an open record in another chair.
    """

    opened = Signal(object)
    left = Signal()
    chair_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("arrival_page")
        self._workplace = workplace
        self._visit: Visit | None = None
        self._sending = Sending(
            workplace.desk, self, done=self._on_opened, refused=self._on_refused
        )
        self._name = Label("", size="title", strong=True)
        self._facts = Label("", tone="muted")
        self._said = Label("", tone="amber", wrap=True)
        self._open = Button(
            tr("Open session"), icon="clipboard-check", key="Return", role="primary", bind=False
        )
        self._open.setObjectName("open_session")
        self._open.setAutoDefault(True)
        self._open.clicked.connect(self._do_open)
        back = Button(tr("All sessions"), icon="arrow-left", role="quiet", key="Esc")
        back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(1)
        for widget in (self._name, self._facts, self._said, self._open, back):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._chairs = ChairWatch(self, workplace)
        self._chairs.wanted.connect(self.chair_wanted)
        PageKeys(self, self._chairs.commands())

    def show_appointment(self, appointment_id: AppointmentId) -> None:
        """Opens the session there is, or offers to open one."""
        self._visit = None
        self._chairs.look_from(partial(_waits_in, appointment_id))
        self._open.hide()
        self._workplace.desk.ask(
            lambda db: calendar.visit(db, appointment_id),
            receiver=self,
            done=self._show,
            key="visit",
        )

    def _show(self, visit: Visit) -> None:
        self._visit = visit
        if visit.session_id is not None:
            self.opened.emit(visit.session_id)
            return
        self._sending.renew()
        booked = visit.appointment
        self._name.setText(words.person(visit.patient_name))
        at = words.clock(self._workplace.local(booked.starts))
        parts = (at, visit.protocol_name, visit.count, words.word(booked.status))
        self._facts.setText(" · ".join(part for part in parts if part))
        arrived = booked.status is Status.ARRIVED
        self._said.setText("" if arrived else tr("Mark the patient as arrived first."))
        self._open.setVisible(arrived)
        if arrived:
            self._open.setFocus()

    @Slot()
    def _do_open(self) -> None:
        visit = self._visit
        if visit is None:
            return
        appointment_id = visit.appointment.id
        self._sending.send(
            appointment_id, lambda db, stamp: sessions.open_session(db, stamp, appointment_id)
        )

    def _on_opened(self, changes: Changes) -> None:
        self.opened.emit(SessionId(changes.row_ids["sessions"]))

    def _on_refused(self, error: KnownError) -> None:
        """Someone else was quicker: then theirs is the session."""
        if error.code == "session_exists":
            self.opened.emit(SessionId(int(error.values["session_id"] or 0)))
        else:
            self._said.setText(words.refusal(error))


def _waits_in(appointment_id: AppointmentId, card: ChairCard) -> bool:
    return card.visit is not None and card.visit.appointment.id == appointment_id
