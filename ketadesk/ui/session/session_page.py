"""One open session: header, steps, the page of the step, the line at the bottom, the side panel.

It reads the session anew after every change, its own or another window's, and sends what a person
does down the desk. It decides nothing itself.
"""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.domain.events import Event
from ketadesk.domain.ids import SessionId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.services import sessions
from ketadesk.ui.session.bottom_line import BottomLine
from ketadesk.ui.session.chair_watch import ChairWatch
from ketadesk.ui.session.chart import Chart
from ketadesk.ui.session.checklist_page import ChecklistPage
from ketadesk.ui.session.entries import Entries
from ketadesk.ui.session.event_forms import Addition
from ketadesk.ui.session.events_panel import EventsPanel
from ketadesk.ui.session.header import Header
from ketadesk.ui.session.order_page import OrderPage
from ketadesk.ui.session.page_keys import Command, PageKeys
from ketadesk.ui.session.page_rooms import PageRooms
from ketadesk.ui.session.phase_bar import PAGES, TIME_KEY, PhaseBar
from ketadesk.ui.session.severe_banner import SevereBanner
from ketadesk.ui.session.steps import Steps
from ketadesk.ui.widgets.hairline import Hairline
from ketadesk.ui.workplace import Workplace


class SessionPage(QWidget):
    """Signals: `left()` to go back to the list; `shown(SessionRecord)` after each reading anew;
    `chair_wanted(ChairCard)` to go to whoever sits in another chair.
    """

    left = Signal()
    shown = Signal(object)
    chair_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session_page")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self.record: SessionRecord | None = None
        self._page = ""
        self._minute: datetime | None = None
        self._make_parts()
        self._lay_out()
        self._steps = Steps(self, workplace)
        self._chairs = ChairWatch(self, workplace)
        self._entries = Entries(
            self,
            workplace,
            checklist=self.checklist,
            order=self.order,
            bottom=self.bottom,
        )
        self._connect()
        PageKeys(self, self._keys())

    def _make_parts(self) -> None:
        workplace = self._workplace
        self.header = Header(workplace)
        self.phase_bar = PhaseBar()
        self.banner = SevereBanner(workplace)
        self.checklist = ChecklistPage(workplace)
        self.order = OrderPage(workplace)
        self.chart = Chart(workplace)
        self.strip, self.table = self.chart.strip, self.chart.table
        self.bottom = BottomLine(workplace)
        self.entry, self.event_line = self.bottom.entry, self.bottom.event_line
        self.panel = EventsPanel(workplace)

    def _lay_out(self) -> None:
        self._rooms = PageRooms(
            checklist=self.checklist,
            order=self.order,
            chart=self.chart,
            bottom=self.bottom,
            side=self.panel,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.header, Hairline(), self.phase_bar, Hairline(), self.banner):
            whole.addWidget(part)
        whole.addWidget(self._rooms, 1)

    def _connect(self) -> None:
        self.header.left.connect(self.left)
        self.phase_bar.page_wanted.connect(self.show_page)
        self.phase_bar.wanted.connect(self._on_action)
        self.panel.addition_wanted.connect(self.begin_event)
        self.panel.chair_wanted.connect(self.chair_wanted)
        self._chairs.wanted.connect(self.chair_wanted)
        self._chairs.found.connect(self.panel.show_others)
        self.panel.time_wanted.connect(self._correct_time)
        self._workplace.ticked.connect(self._on_tick)
        entries, steps = self._entries, self._steps
        self.banner.told.connect(entries.tell_clinician)
        self.table.amend_wanted.connect(entries.amend_reading)
        self.table.withdraw_wanted.connect(entries.withdraw_reading)
        self.panel.amend_wanted.connect(entries.amend_event)
        self.panel.withdraw_wanted.connect(entries.withdraw_event)
        entries.page_wanted.connect(self.show_page)
        entries.baseline_taken.connect(self._go_on_after_baseline)
        steps.start_refused.connect(self._on_start_refused)
        for part in (entries, steps):
            part.keys_back.connect(self.take_keys_back)
            part.line_wanted.connect(self.focus_entry)

    def _keys(self) -> tuple[Command, ...]:
        pages = {"checklist": tr("Checklist"), "order": tr("Order"), "infusing": tr("Infusion")}
        return (
            *((pages[page], (key,), partial(self.show_page, page)) for page, key in PAGES.items()),
            (tr("Type a reading"), ("F2",), self.focus_entry),
            (tr("Go to the readings"), ("F8",), self.focus_readings),
            (tr("Amend the last reading"), ("Ctrl+Shift+A",), self.amend_last),
            (tr("Correct a time"), (TIME_KEY,), self.correct_newest_time),
            *self._chairs.commands(),
        )

    # what is shown

    def open(self, session_id: SessionId) -> None:
        """Shows a session; the page of its present step comes up with it."""
        if session_id != self._session_id:
            self._session_id, self.record, self._page = session_id, None, ""
            self._entries.show_record(None)
        self.reload()

    def session_id(self) -> SessionId | None:
        return self._session_id

    def shown_page(self) -> str:
        """Which of the pages of `show_page` is up; nothing before a session was read."""
        return self._page

    def reload(self) -> None:
        session_id = self._session_id
        if session_id is None:
            return
        self._workplace.desk.ask(
            lambda db: sessions.load(db, session_id), receiver=self, done=self._show, key="session"
        )
        self._chairs.look_from(partial(_lies_in, session_id))

    def _show(self, record: SessionRecord) -> None:
        before, self.record = self.record, record
        self.header.show_record(record)
        self.checklist.show_record(record)
        self.order.show_record(record)
        self.banner.show_record(record)
        self.panel.show_record(record)
        self.chart.show_record(record)
        self.bottom.show_record(record)
        moved_on = before is None or before.session.phase is not record.session.phase
        if moved_on or not self._page:
            self.show_page(self._step_page(record))
        else:
            self.phase_bar.show_record(record, self._page)
        self._entries.show_record(record)
        self.shown.emit(record)

    def _step_page(self, record: SessionRecord) -> str:
        if record.session.phase is not Phase.PREPARING:
            return "infusing"
        if record.open_items:
            return "checklist"
        return "order" if record.order is None else "infusing"

    @Slot(str)
    def show_page(self, page: str) -> None:
        """One of "checklist", "order", "infusing" (the chart), and the focus where hands go."""
        if self.record is None:
            return
        self._page = page
        self._rooms.show_page(page)
        self.phase_bar.show_record(self.record, page)
        if page == "checklist":
            self.checklist.focus_open(self.record)
        elif page == "order":
            self.order.focus_first()
        else:
            self.focus_entry()

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        """The strip moves once a minute."""
        if not self.isVisible() or self.record is None:
            return
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self.chart.show_time()

    # where the keys go

    @Slot()
    def focus_entry(self) -> None:
        """F2: into the line, wherever the focus is; a signed record is only read."""
        if not self.bottom.take_keys():
            self.table.setFocus()

    @Slot()
    def focus_readings(self) -> None:
        """F8: into the table of readings, from where A amends."""
        self.show_page("infusing")
        self.table.setFocus()

    @Slot()
    def take_keys_back(self) -> None:
        """After a dialog: into the line, or where they were on the page that is up."""
        if not self.isVisible():
            return
        last = self.focusWidget()
        if last is not None and self._page != "infusing" and self._rooms.on_page(last):
            last.setFocus()
        else:
            self.focus_entry()

    # what a person does

    @Slot(str)
    def _on_action(self, action: str) -> None:
        if self.record is None:
            return
        if action == "begin" and self.record.open_items:
            self.show_page("checklist")
            return
        if action == "begin" and self.record.order is None:
            self.show_page("order")
            return
        self._steps.take(action, self.record)

    @Slot()
    def _go_on_after_baseline(self) -> None:
        """The keys answer the checklist again, unless another line is begun already."""
        if self.record is not None and self._page == "checklist" and self.entry.empty():
            self.show_page(self._step_page(self.record))

    @Slot(str)
    def _on_start_refused(self, said: str) -> None:
        """The order was written for another weight: it comes up, and says so."""
        self.show_page("order")
        self.order.said.setText(said)
        self.phase_bar.tell(said)

    @Slot(object)
    def _correct_time(self, step: Event) -> None:
        if self.record is not None:
            self._steps.correct_time(self.record, step.id)

    @Slot()
    def correct_newest_time(self) -> None:
        """Alt T: when was the last step really taken?"""
        if self.record is not None and not self.record.session.signed:
            self._steps.correct_time(self.record)

    @Slot()
    def amend_last(self) -> None:
        """Takes the newest reading into the line, from wherever the keys are."""
        if self.record is not None and self.record.standing_readings:
            self.show_page("infusing")
            self._entries.amend_reading(self.record.standing_readings[-1])

    @Slot(object)
    def begin_event(self, addition: Addition) -> None:
        """Opens the form of an addition in the place of the entry line."""
        if self.record is not None and not self.record.session.signed:
            self.bottom.add_event(addition)


def _lies_in(session_id: SessionId, card: ChairCard) -> bool:
    return card.session is not None and card.session.id == session_id
