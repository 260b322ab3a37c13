"""What the calendar asks the desk; of each question only the newest is answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from ketadesk.domain.day import Schedule, coming
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.nurse_load import load_through
from ketadesk.services import calendar, judging
from ketadesk.ui.calendar import overview
from ketadesk.ui.calendar.day_layout import DayPlan, plan_day
from ketadesk.ui.calendar.geometry import DayAxis
from ketadesk.ui.calendar.week_layout import WeekPlan, plan_week
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.services.action import Database


class ReadDays(NamedTuple):
    """A day or a week as it was read, and where everything lies in it at this moment."""

    schedule: Schedule
    plan: DayPlan | WeekPlan
    now: datetime
    facts: str
    """How it stands, in a few words."""


class Questions(QObject):
    """Signals: `days_read(ReadDays)`, `week_ahead_read(Schedule)`, `month_read(MonthPlan)`,
    `visit_read(Visit)`.
    """

    days_read = Signal(object)
    week_ahead_read = Signal(object)
    month_read = Signal(object)
    visit_read = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.hide_absent = False

    def ask_day(self, day: date) -> None:
        """A day, planned on the desk's thread so that the window only has to draw it."""
        clinic, now = self._workplace.clinic_frame.clinic, self._workplace.now()
        hide = self.hide_absent

        def read(db: "Database") -> ReadDays:
            schedule = _seen(calendar.schedule(db, day), hide=hide)
            axis = DayAxis(day, clinic.zone)
            load = load_through(judging.open_diary(db, day, days=1), day)
            plan = plan_day(schedule, axis, now=now, local=clinic.local, load=load)
            return ReadDays(schedule, plan, now, overview.facts(schedule.visits))

        self._ask_days(read)

    def ask_week(self, monday: date) -> None:
        """Seven days, planned like one."""
        clinic, now = self._workplace.clinic_frame.clinic, self._workplace.now()
        hide = self.hide_absent

        def read(db: "Database") -> ReadDays:
            schedule = _seen(calendar.schedule(db, monday, days=7), hide=hide)
            plan = plan_week(schedule, monday, clinic.zone, now=now, local=clinic.local)
            return ReadDays(schedule, plan, now, overview.facts(schedule.visits))

        self._ask_days(read)

    def _ask_days(self, read: "Callable[[Database], ReadDays]") -> None:
        self._workplace.desk.ask(read, receiver=self, done=self.days_read.emit, key="days")

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
            lambda db: overview.read_month(db, month, clinic),
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


def _seen(schedule: Schedule, *, hide: bool) -> Schedule:
    """What is to be seen of it: without those who do not come, if they are to be hidden."""
    return replace(schedule, visits=coming(schedule.visits)) if hide else schedule
