"""Sheets: the day's visits on the left, the chosen one's sheet on the right."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.services import sheets
from ketadesk.services.sheets import DaySheets, VisitSheets
from ketadesk.settings import SettingsFile
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.paper.day_list import DayList
from ketadesk.ui.paper.output import Output
from ketadesk.ui.paper.target import OfPatient, OfVisit
from ketadesk.ui.paper.work import SheetWork
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.workplace import Workplace

CONCERNS = frozenset(
    {
        *("appointments", "patients", "escorts", "courses", "sheets"),
        *("sessions", "readings", "events", "orders"),
    }
)
NEAREST_TO_THE_DOOR = {
    Phase.READY: 0,
    Phase.RELEASED: 0,
    Phase.STOPPED: 0,
    Phase.RECOVERING: 1,
    Phase.INFUSING: 2,
    Phase.PAUSED: 2,
}
"""Who leaves first needs a sheet first; who is not being treated yet comes last."""


class SheetsView(QWidget):
    """`settings` remembers this machine's paper; without it the choice lasts until the end."""

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget | None = None,
        *,
        settings: SettingsFile | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._day: date | None = None
        self._appointment: AppointmentId | None = None
        self._came_back = False
        self._lay_out(settings)
        self.days.day_wanted.connect(self._go_to_day)
        self.days.today_wanted.connect(self._go_to_today)
        self.days.visit_chosen.connect(self._choose_visit)
        self._empty.acted.connect(self._open_calendar)
        self._freshness = Freshness(self, workplace, concerns=_concerned, reload=self._reload)

    @property
    def output(self) -> Output:
        """The way out of the program: printer and PDF."""
        return self.work.output

    def show_target(self, target: object) -> None:
        """Shows a visit's sheet, that of a patient's nearest visit, or a day."""
        self.work.forget_choices()
        self._came_back = False
        if isinstance(target, date):
            self._go_to_day(target)
        elif isinstance(target, OfPatient):
            self._ask(partial(sheets.around_patient, patient_id=target.patient_id))
        elif isinstance(target, OfVisit):
            self.work.forget_choices(kind=target.kind)
            self._choose_visit(target.appointment_id)
        elif isinstance(target, int):
            self._choose_visit(AppointmentId(target))

    @property
    def at_hand(self) -> None:
        """Nobody goes on from here with whom it is about."""
        return None

    @property
    def stands_at(self) -> AppointmentId | date | None:
        """The visit whose sheet is shown, or the day."""
        return self._appointment or self._day

    def hideEvent(self, event: QHideEvent) -> None:
        """Coming back, whose sheets are done makes room for who needs one."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._came_back = True
            self._freshness.mark_stale()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go to the visits. No focus proxy: Tab would leap over the days to them."""
        super().focusInEvent(event)
        self.days.visits.setFocus()

    def _lay_out(self, settings: SettingsFile | None) -> None:
        self.days = DayList(self._workplace)
        self.work = SheetWork(self._workplace, settings)
        self._empty = EmptyState(
            "printer",
            tr("No one is booked on this day. Sheets are made for a booked visit."),
            action=tr("Open the calendar"),
            action_icon="calendar-days",
            key="O",
        )
        self._pages = QStackedWidget()
        self._blank = QWidget()
        for page in (self._blank, self._empty, self.work):
            self._pages.addWidget(page)
        between = QFrame()
        between.setProperty("look", "line")
        between.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.days, 5)
        row.addWidget(between)
        row.addWidget(self._pages, 15)

    def _reload(self) -> None:
        if self._appointment is not None:
            self._ask(partial(sheets.around, appointment_id=self._appointment))
        else:
            self._ask(partial(sheets.of_day, day=self._day or self._workplace.today()))

    def _ask(self, read: Callable[..., DaySheets]) -> None:
        asked = partial(read, at=self._workplace.now())
        self._workplace.desk.ask(asked, receiver=self, done=self._take_day, key="day")

    def _take_day(self, found: DaySheets) -> None:
        entry = found.around or most_wanted(found.entries)
        came_back, self._came_back = self._came_back, False
        if came_back and entry is not None and not wants(entry):
            entry = most_wanted(found.entries, else_first=entry)
        self._day = found.day
        self._appointment = None if entry is None else entry.visit.appointment.id
        self.days.show_day(found, self._appointment, this_year=self._workplace.today().year)
        if entry is None:
            self._pages.setCurrentWidget(self._empty)
            return
        self._pages.setCurrentWidget(self.work)
        self.work.show_visit(entry)

    @Slot(object)
    def _go_to_day(self, day: date) -> None:
        self._day, self._appointment = day, None
        self._reload()

    @Slot()
    def _go_to_today(self) -> None:
        self._go_to_day(self._workplace.today())

    @Slot(int)
    def _choose_visit(self, appointment_id: int) -> None:
        self._appointment = AppointmentId(appointment_id)
        self._reload()

    @Slot()
    def _open_calendar(self) -> None:
        self._workplace.show("calendar", self._day)


def _concerned(changes: Changes) -> bool:
    return bool(changes.tables & CONCERNS)


def wants(entry: VisitSheets) -> bool:
    """Whether a sheet of this visit is to print, or to print again."""
    return bool(entry.due or entry.changed)


def most_wanted(
    entries: tuple[VisitSheets, ...], *, else_first: VisitSheets | None = None
) -> VisitSheets | None:
    """Whose sheet is wanted next: who leaves soonest without one, else the first of the day."""
    wanting = [entry for entry in entries if wants(entry)]
    if wanting:
        return min(wanting, key=_leaves)
    return else_first or next(iter(entries), None)


def _leaves(entry: VisitSheets) -> tuple[bool, int, datetime]:
    """What is due goes before what is to be printed again, then by who leaves first."""
    phase = entry.visit.phase
    rank = len(NEAREST_TO_THE_DOOR) if phase is None else NEAREST_TO_THE_DOOR.get(phase, 3)
    return not entry.due, rank, entry.visit.appointment.ready_about
