"""What the buttons of the day do: arrive, open the session, name and call the escort, print."""

from datetime import datetime

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import EscortId
from ketadesk.domain.patients import Escort
from ketadesk.i18n import tr
from ketadesk.services import booking, patients, sessions
from ketadesk.services.patients import PatientRecord
from ketadesk.ui.workplace import Workplace


class DaySteps(QObject):
    """One method per button; refusals go through the workplace's door."""

    def __init__(self, workplace: Workplace, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view

    def local(self, moment: datetime) -> datetime:
        """The moment on the clinic's wall clock."""
        return self._workplace.local(moment)

    def arrived(self, visit: Visit) -> None:
        """The patient stands at the desk."""
        appointment, stamp = visit.appointment, self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: booking.set_status(
                db, stamp, appointment.id, appointment.version, status=Status.ARRIVED
            ),
            initiator=self,
        )

    def open_session(self, visit: Visit) -> None:
        """Shows the session, and opens it first if there is none yet."""
        appointment = visit.appointment
        if visit.session_id is not None:
            self._workplace.show("sessions", appointment.id)
            return
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: sessions.open_session(db, stamp, appointment.id),
            initiator=self,
            done=lambda _: self._workplace.show("sessions", appointment.id),
        )

    def escort_is(self, visit: Visit, state: EscortState) -> None:
        """The escort was called, is on the way, is here."""
        self._set_escort(visit, visit.appointment.escort_id, state)

    def _set_escort(self, visit: Visit, escort_id: EscortId | None, state: EscortState) -> None:
        appointment, stamp = visit.appointment, self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: booking.set_escort(
                db, stamp, appointment.id, appointment.version, escort_id=escort_id, state=state
            ),
            initiator=self,
        )

    def name_escort(self, visit: Visit, button: QWidget) -> None:
        """Offers the patient's escorts under the button; without any, opens the patient."""
        patient_id = visit.appointment.patient_id
        self._workplace.desk.ask(
            lambda db: patients.record(db, patient_id),
            receiver=button,
            done=lambda record: self._offer_escorts(visit, record, button),
            key="escorts",
        )

    def _offer_escorts(self, visit: Visit, record: PatientRecord, button: QWidget) -> None:
        known = [escort for escort in record.escorts if escort.active]
        if not known:
            self._workplace.show("patients", record.patient.id)
            return
        menu = QMenu(self._view)
        menu.setObjectName("escort_menu")
        for escort in known:
            self._add(menu, _escort_text(escort), self._namer(visit, escort.id))
        menu.addSeparator()
        another = tr("Someone else…")
        self._add(menu, another, lambda: self._workplace.show("patients", record.patient.id))
        _pop_up(menu, button)

    def _namer(self, visit: Visit, escort_id: EscortId):
        return lambda: self._set_escort(visit, escort_id, EscortState.NAMED)

    def call_escort(self, visit: Visit, button: QWidget) -> None:
        """Shows whom to call, and takes what they said."""
        menu = QMenu(self._view)
        menu.setObjectName("call_menu")
        whom = " · ".join(part for part in (visit.escort_name, visit.escort_phone) if part)
        said = menu.addAction(whom.replace("&", "&&"))
        said.setEnabled(False)
        menu.addSeparator()
        confirmed = EscortState.CONFIRMED
        self._add(menu, tr("Escort confirms"), lambda: self.escort_is(visit, confirmed))
        self._add(menu, tr("Name another escort…"), lambda: self.name_escort(visit, button))
        _pop_up(menu, button)

    def sheets(self, visit: Visit) -> None:
        """Shows the visit's sheets, to look at and print."""
        self._workplace.show("sheets", visit.appointment.id)

    def _add(self, menu: QMenu, text: str, run) -> None:
        action = QAction(text, menu)
        action.triggered.connect(run)
        menu.addAction(action)


def _escort_text(escort: Escort) -> str:
    relation = f" ({escort.relation})" if escort.relation else ""
    phone = f" · {escort.phone}" if escort.phone else ""
    return f"{escort.name}{relation}{phone}".replace("&", "&&")


def _pop_up(menu: QMenu, button: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
    first = next((action for action in menu.actions() if action.isEnabled()), None)
    if first is not None:
        menu.setActiveAction(first)
