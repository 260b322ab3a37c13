"""What the calendar asks the desk; of each question only the newest is answered."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from ketadesk.domain.ids import AppointmentId
from ketadesk.services import calendar
from ketadesk.ui.calendar import overview
from ketadesk.ui.workplace import Workplace


class Questions(QObject):
    """Signals: `days_read(Schedule)`, `week_ahead_read(Schedule)`, `month_read({date: DayLoad})`,
    `visit_read(Visit)`.
    """

    days_read = Signal(object)
    week_ahead_read = Signal(object)
    month_read = Signal(object)
    visit_read = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace

    def ask_days(self, first: date, *, days: int = 1) -> None:
        self._workplace.desk.ask(
            lambda db: calendar.schedule(db, first, days=days),
            receiver=self,
            done=self.days_read.emit,
            key="days",
        )

    def ask_week_ahead(self, today: date) -> None:
        self._workplace.desk.ask(
            lambda db: calendar.schedule(db, today, days=7),
            receiver=self,
            done=self.week_ahead_read.emit,
            key="week_ahead",
        )

    def ask_month(self, month: date) -> None:
        clinic = self._workplace.clinic_frame.clinic
        self._workplace.desk.ask(
            lambda db: overview.loads(db, month, clinic),
            receiver=self,
            done=self.month_read.emit,
            key="month",
        )

    def ask_visit(self, appointment_id: AppointmentId) -> None:
        self._workplace.desk.ask(
            lambda db: calendar.visit(db, appointment_id),
            receiver=self,
            done=self.visit_read.emit,
            key="visit",
        )
