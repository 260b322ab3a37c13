"""What the buttons of the day do: arrive, open the session, name and call the escort, print."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.day import Visit
from ketadesk.i18n import tr
from ketadesk.services import sessions
from ketadesk.ui.lobby import person
from ketadesk.ui.visit_writes import VisitWrites
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace


class DaySteps(QObject):
    """One method per button; refusals go through the workplace's door."""

    def __init__(self, workplace: Workplace, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view
        self._writes = VisitWrites(workplace, view)

    def local(self, moment: datetime) -> datetime:
        """The moment on the clinic's wall clock."""
        return self._workplace.local(moment)

    def refresh(self, visits: Iterable[Visit]) -> None:
        """The visits of the day as they stand now."""
        self._writes.refresh(visits)

    def arrived(self, visit: Visit) -> None:
        """The patient stands at the desk."""
        self._writes.set_status(visit.appointment.id, Status.ARRIVED)

    def open_session(self, visit: Visit) -> None:
        """Shows the session, and opens it first if there is none yet."""
        appointment = visit.appointment
        if visit.session_id is not None:
            self._workplace.show("sessions", appointment.id)
            return
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: sessions.open_session(db, stamp, appointment.id),
            receiver=self,
            done=lambda _: self._workplace.show("sessions", appointment.id),
        )

    def escort_is(self, visit: Visit, state: EscortState) -> None:
        """The escort was called, is on the way, is here."""
        self._writes.set_escort(visit.appointment.id, state)

    def name_escort(self, visit: Visit, _button: QWidget) -> None:
        """Asks who takes the patient home."""
        from ketadesk.ui.booking.escort_form import ask_escort

        ask_escort(self._workplace, self._view, visit)

    def call_escort(self, visit: Visit, button: QWidget) -> None:
        """Shows whom to call, and takes what they said."""
        menu = Menu(self._view, name="call_menu")
        whom = " · ".join(part for part in (person(visit.escort_name), visit.escort_phone) if part)
        menu.choice(whom, name="call_whom").setEnabled(False)
        menu.addSeparator()
        confirms = menu.choice(tr("Escort confirms"), key="C", name="call_confirms")
        confirms.triggered.connect(lambda: self.escort_is(visit, EscortState.CONFIRMED))
        another = menu.choice(tr("Name another escort…"), key="E", name="call_another")
        another.triggered.connect(lambda: self.name_escort(visit, button))
        menu.choose_first()
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def sheets(self, visit: Visit) -> None:
        """Shows the visit's sheets, to look at and print."""
        self._workplace.show("sheets", visit.appointment.id)
