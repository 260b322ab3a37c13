"""One open session: header, steps, the page of the step, the line at the bottom, the side panel.

It reads the session anew after every change, its own or another window's, and sends what a person
does down the desk. It decides nothing itself.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.events import CLINICIAN_TOLD, Event, EventDraft, EventKind
from ketadesk.domain.ids import ReadingId, SessionId
from ketadesk.domain.readings import Reading
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.services import recording, sessions
from ketadesk.services.today import board
from ketadesk.ui import theme
from ketadesk.ui.session.checklist_page import ChecklistPage
from ketadesk.ui.session.entry_line import EntryLine
from ketadesk.ui.session.event_forms import Addition
from ketadesk.ui.session.event_line import EventLine
from ketadesk.ui.session.events_panel import WIDTH as PANEL_WIDTH
from ketadesk.ui.session.events_panel import EventsPanel
from ketadesk.ui.session.header import Header
from ketadesk.ui.session.order_page import OrderPage
from ketadesk.ui.session.other_chairs import other_chair
from ketadesk.ui.session.phase_bar import PhaseBar
from ketadesk.ui.session.readings_table import ReadingsTable
from ketadesk.ui.session.severe_banner import SevereBanner
from ketadesk.ui.session.steps import Steps
from ketadesk.ui.session.strip import Strip
from ketadesk.ui.session.strip_story import reading_rows, strip_data
from ketadesk.ui.workplace import Workplace

LINE_HEIGHT = 58
TABLE_HEIGHT = 194
"""Room for the titles and six readings; the splitter above it gives more."""

LOOK_AROUND_SECONDS = 15
"""How often the other chairs are asked for when nothing changes: lateness grows by itself."""


class SessionPage(QWidget):
    """Signals: `left()` to go back to the list; `shown(SessionRecord)` after each reading anew."""

    left = Signal()
    shown = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session_page")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self.record: SessionRecord | None = None
        self._page = ""
        self._minute: datetime | None = None
        self._ticks = 0
        self._make_parts()
        self._lay_out()
        self._connect()
        self._steps = Steps(self, workplace)

    def _make_parts(self) -> None:
        workplace = self._workplace
        self.header = Header(workplace)
        self.phase_bar = PhaseBar()
        self.banner = SevereBanner(workplace)
        self.checklist = ChecklistPage(workplace)
        self.order = OrderPage(workplace)
        self.strip = Strip(name=tr("Strip of the session"))
        self.table = ReadingsTable(workplace.local)
        self.entry = EntryLine(workplace)
        self.event_line = EventLine(workplace)
        self.panel = EventsPanel(workplace)

    def _lay_out(self) -> None:
        chart = QSplitter(Qt.Orientation.Vertical)
        chart.setChildrenCollapsible(False)
        chart.setHandleWidth(5)
        chart.addWidget(self.strip)
        chart.addWidget(self.table)
        chart.setStretchFactor(0, 1)
        chart.setStretchFactor(1, 0)
        self._chart = chart
        self._share_height()
        self._pages = QStackedWidget()
        self._order_room, self._chart_room = _scrolling(self.order), _scrolling(chart)
        for page in (self.checklist, self._order_room, self._chart_room):
            self._pages.addWidget(page)
        self._bottom = QStackedWidget()
        self._bottom.addWidget(self.entry)
        self._bottom.addWidget(self.event_line)
        self._bottom.setFixedHeight(theme.px(LINE_HEIGHT))
        self._bottom.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._pages, 1)
        left.addWidget(_line())
        left.addWidget(self._bottom)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(_line(upright=True))
        self._side = _scrolling(self.panel)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFixedWidth(_side_width())
        body.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.header, _line(), self.phase_bar, _line(), self.banner):
            whole.addWidget(part)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.header.left.connect(self.left)
        self.phase_bar.page_wanted.connect(self.show_page)
        self.phase_bar.wanted.connect(self._on_action)
        self.banner.told.connect(self._on_told)
        self.checklist.answered.connect(self._on_answered)
        self.checklist.override_wanted.connect(self._on_override)
        self.order.written.connect(self._on_order)
        self.table.amend_wanted.connect(self._on_amend)
        self.table.withdraw_wanted.connect(self._on_withdraw)
        self.table.row_chosen.connect(self._on_row)
        self.strip.point_chosen.connect(self._on_point)
        self.entry.left.connect(self.table.setFocus)
        self.event_line.saved.connect(self._end_event)
        self.event_line.left.connect(self._end_event)
        self.panel.addition_wanted.connect(self.begin_event)
        self.panel.withdraw_wanted.connect(self._on_withdraw_event)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.focus_entry)
        self._workplace.ticked.connect(self._on_tick)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the side and the line as large as the text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_side"):
            self._side.setFixedWidth(_side_width())
            self._share_height()
            for line in (self.entry, self.event_line, self._bottom):
                line.setFixedHeight(theme.px(LINE_HEIGHT))

    def _share_height(self) -> None:
        """The table gets what six readings need, the strip all the rest."""
        self._chart.setSizes([theme.px(2000), theme.px(TABLE_HEIGHT)])

    # what is shown

    def open(self, session_id: SessionId) -> None:
        """Shows a session; the page of its present step comes up with it."""
        if session_id != self._session_id:
            self._session_id, self.record, self._page = session_id, None, ""
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
        self._look_around()

    def _show(self, record: SessionRecord) -> None:
        before, self.record = self.record, record
        self.header.show_record(record)
        self.checklist.show_record(record)
        self.order.show_record(record)
        self.banner.show_record(record)
        self.panel.show_record(record)
        self.table.show_rows(reading_rows(record, self._workplace))
        last = record.last_reading
        self.entry.set_session(record.session.id, last.vitals if last else None)
        self.entry.lock(signed=record.session.signed)
        self._show_strip()
        moved_on = before is None or before.session.phase is not record.session.phase
        if moved_on or not self._page:
            self.show_page(self._step_page(record))
        else:
            self.phase_bar.show_record(record, self._page)
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
        widget = {"checklist": self.checklist, "order": self._order_room}.get(
            page, self._chart_room
        )
        self._pages.setCurrentWidget(widget)
        self.phase_bar.show_record(self.record, page)
        if page == "checklist":
            self.checklist.focus_open(self.record)
        elif page == "order":
            self.order.focus_first()
        else:
            self.focus_entry()

    def _show_strip(self) -> None:
        if self.record is not None:
            self.strip.show_data(strip_data(self.record, self._workplace))

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        """The strip moves once a minute, the other chairs are looked at now and then."""
        if not self.isVisible() or self.record is None:
            return
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._show_strip()
        self._ticks += 1
        if self._ticks % LOOK_AROUND_SECONDS == 0:
            self._look_around()

    def _look_around(self) -> None:
        now = self._workplace.desk.clock()
        self._workplace.desk.ask(
            lambda db: board(db, now).cards, receiver=self, done=self._show_others, key="others"
        )

    def _show_others(self, cards: tuple) -> None:
        record = self.record
        if record is not None:
            now = self._workplace.desk.clock()
            self.panel.show_others(*other_chair(cards, record.session.id, now))

    @Slot()
    def focus_entry(self) -> None:
        """F2: into the line, wherever the focus is."""
        if self._bottom.currentWidget() is self.entry:
            self.entry.line.setFocus()

    # what a person does

    def do(self, work: Callable[[Any, Stamp], Changes], **callbacks: Any) -> None:
        """Sends a write of this page down the desk with a fresh stamp."""
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do(lambda db: work(db, stamp), initiator=self, **callbacks)

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

    @Slot(object, object, str)
    def _on_answered(self, item: Any, answer: Any, detail: str) -> None:
        self._steps.answer(item, answer, detail)

    @Slot(object, str)
    def _on_override(self, item: Any, detail: str) -> None:
        self._steps.override(item, detail)

    @Slot(object)
    def _on_order(self, draft: Any) -> None:
        self._steps.write_order(draft)

    @Slot(object)
    def _on_amend(self, reading: Reading) -> None:
        if self.record is not None and not self.record.session.signed:
            self._bottom.setCurrentWidget(self.entry)
            self.entry.amend(reading)

    @Slot(object)
    def _on_withdraw(self, reading: Reading) -> None:
        if self.record is not None and not self.record.session.signed:
            self._bottom.setCurrentWidget(self.entry)
            self.entry.withdraw(reading)

    @Slot(object)
    def _on_withdraw_event(self, event: Event) -> None:
        if self.record is not None and not self.record.session.signed:
            self._steps.withdraw_event(event)

    @Slot(object)
    def begin_event(self, addition: Addition) -> None:
        """Opens the form of an addition in the place of the entry line."""
        if self._session_id is not None:
            self._bottom.setCurrentWidget(self.event_line)
            self.event_line.begin(self._session_id, addition)

    @Slot()
    def _end_event(self, _changes: object = None) -> None:
        self._bottom.setCurrentWidget(self.entry)
        QTimer.singleShot(0, self, self.entry.line.setFocus)

    @Slot(str)
    def _on_told(self, name: str) -> None:
        session_id = self._session_id
        at = self._workplace.desk.clock()
        detail = tr("Told {name}", name=name)
        draft = EventDraft(EventKind.INTERVENTION, at, code=CLINICIAN_TOLD, detail=detail)
        if session_id is not None:
            self.do(lambda db, stamp: recording.record_event(db, stamp, session_id, draft))

    @Slot(int)
    def _on_point(self, index: int) -> None:
        """The table shows which reading the strip reads out."""
        if self.record is None or not self.strip.hasFocus():
            return
        drawn = [kept for kept in self.record.standing_readings if kept.vitals.measured]
        self.table.selectRow(self.table.model().row_of(drawn[index].id))

    @Slot(object)
    def _on_row(self, reading_id: ReadingId) -> None:
        if self.record is None or not self.table.hasFocus():
            return
        drawn = [kept.id for kept in self.record.standing_readings if kept.vitals.measured]
        self.strip.choose(drawn.index(reading_id) if reading_id in drawn else None)


def _side_width() -> int:
    """Grows with the text, but leaves most of the room to the strip."""
    return min(theme.px(PANEL_WIDTH), round(PANEL_WIDTH * 1.4))


def _scrolling(inner: QWidget) -> QScrollArea:
    """Room that scrolls only when large text needs more than there is."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inner)
    return made


def _line(*, upright: bool = False) -> QFrame:
    made = QFrame()
    made.setProperty("look", "line")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made
