"""Sessions: the list of those that are open, and the one in which a nurse works."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import AppointmentId, SessionId
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.session.arrival_page import ArrivalPage
from ketadesk.ui.session.session_list import SessionList
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.workplace import Workplace

TABLES = frozenset(
    {
        "sessions",
        "checklist_answers",
        "orders",
        "readings",
        "events",
        "appointments",
        "patients",
        "allergies",
        "medications",
        "escorts",
        "sheets",
        "staff",
        "chairs",
        "settings",
        "protocols",
    }
)


@dataclass(frozen=True)
class SessionTarget:
    """Which session to show; for callers, because both ids are plain numbers at run time."""

    session_id: SessionId


@dataclass(frozen=True)
class AppointmentTarget:
    """For which appointment to show or open the session."""

    appointment_id: AppointmentId


Target = SessionTarget | AppointmentTarget | None


class SessionsView(QWidget):
    """`show_target(SessionTarget | AppointmentTarget | None)`; None shows the list.

    A bare number is taken for an AppointmentId: every session has its appointment.
    """

    session_shown = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sessions_view")
        self._workplace = workplace
        self.list = SessionList(workplace)
        self.arrival = ArrivalPage(workplace)
        self.page = SessionPage(workplace)
        self._stack = QStackedWidget()
        for part in (self.list, self.arrival, self.page):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.list.session_chosen.connect(self._open)
        self.list.appointment_chosen.connect(self._arrive)
        self.arrival.opened.connect(self._open)
        self.arrival.left.connect(self.show_list)
        self.page.left.connect(self.show_list)
        self.page.shown.connect(self.session_shown)
        for part in (self.page, self.arrival):
            part.chair_wanted.connect(self._go_to_chair)
        self._freshness = Freshness(self, workplace, concerns=self._concerns, reload=self._reload)

    def show_target(self, target: object = None) -> None:
        """A session, an appointment, or the list."""
        if isinstance(target, SessionTarget):
            self._open(target.session_id)
        elif isinstance(target, AppointmentTarget):
            self._arrive(target.appointment_id)
        elif isinstance(target, int):
            self._arrive(AppointmentId(target))
        else:
            self.show_list()

    @property
    def at_hand(self) -> AppointmentId | None:
        """Whose session is shown, None for the list: another view may go on with them."""
        record = self.page.record if self._stack.currentWidget() is self.page else None
        return None if record is None else record.visit.appointment.id

    @property
    def stands_at(self) -> AppointmentId | None:
        """Whose session is shown."""
        return self.at_hand

    @Slot()
    def show_list(self) -> None:
        """Back to all sessions (Alt Left)."""
        self._stack.setCurrentWidget(self.list)
        if self._workplace.frame is not None:
            self.list.reload()
        self.list.table.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming back to Sessions, the keys go on where they were, so that one types at once."""
        super().focusInEvent(event)
        part = self._stack.currentWidget()
        last = part.focusWidget() if part is not None else None
        if part is self.list:
            self.list.table.setFocus()
        elif last is not None and last.isVisible() and last.isEnabled():
            last.setFocus()
        elif part is self.page:
            self.page.show_page(self.page.shown_page())

    @Slot(object)
    def _open(self, session_id: SessionId) -> None:
        self._stack.setCurrentWidget(self.page)
        self.page.open(session_id)

    @Slot(object)
    def _arrive(self, appointment_id: AppointmentId) -> None:
        self._stack.setCurrentWidget(self.arrival)
        self.arrival.show_appointment(appointment_id)

    @Slot(object)
    def _go_to_chair(self, card: ChairCard) -> None:
        if card.session is not None:
            self._open(card.session.id)
        elif card.visit is not None:
            self._arrive(card.visit.appointment.id)

    def _concerns(self, changes: Changes) -> bool:
        return bool(changes.tables & TABLES)

    def _reload(self) -> None:
        if self._stack.currentWidget() is self.page:
            self.page.reload()
        elif self._stack.currentWidget() is self.list:
            self.list.reload()
