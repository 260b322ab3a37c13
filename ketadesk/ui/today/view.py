"""Today at a glance: the chairs, most overdue first, then who comes, who is fetched, what to print.

The clinic file is asked when something changed and once a minute; the figures tick by themselves.
"""

from collections import Counter
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.board import ChairCard, most_overdue_first
from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day_lists import LateKind
from ketadesk.i18n import tr
from ketadesk.services.today import Board
from ketadesk.ui import theme, waiting_words
from ketadesk.ui.booking import set_up_first
from ketadesk.ui.everywhere import BOOK_KEY
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.today import lines
from ketadesk.ui.today.chair_grid import ChairGrid
from ketadesk.ui.today.day_row import DayList
from ketadesk.ui.today.steps import DaySteps
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

CONCERNING = frozenset(
    {"sessions", "readings", "events", "orders", "sheets", "escorts", "patients", "settings"}
)

LEAST_WIDTH_FOR_THREE = 940
"""Logical pixels that three lists need beside each other."""


class TodayView(QWidget):
    """The day's board."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._board: Board | None = None
        self._minute: datetime | None = None
        self._steps = DaySteps(workplace, self)
        self._note = Label(tone="muted", size="note")
        self._note.setObjectName("today_note")
        self.chairs = ChairGrid(local=workplace.local)
        self.chairs.opened.connect(self._open_chair)
        self.arrivals = DayList(
            tr("Arrivals"), empty=tr("Everyone booked for today is here."), name="arrivals"
        )
        self.pickups = DayList(
            tr("Pickups"), empty=tr("Nobody waits to be fetched."), name="pickups"
        )
        self.sheets = DayList(tr("Sheets to print"), empty=tr("All printed."), name="sheets_due")
        self.unsigned = DayList(tr("To sign"), empty="", name="unsigned")
        self._nobody = EmptyState(
            "calendar-plus",
            tr("Nobody is booked for today. Open the calendar and book the first patient."),
            action=tr("Open the calendar"),
            action_icon="calendar-days",
        )
        self._nobody.acted.connect(self._open_calendar)
        self._set_up = EmptyState(
            "wrench", "", action=tr("Open the settings"), action_icon="settings"
        )
        self._set_up.setObjectName("set_up")
        self._set_up.acted.connect(self._open_settings)
        self._lay_out()
        workplace.board.read.connect(self._on_read)
        Freshness(
            self,
            workplace,
            concerns=self._concerns,
            reload=self.reload,
            asker=workplace.board,
        )
        workplace.ticked.connect(self._on_tick)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(tr("Today"), size="title", strong=True))
        head.addWidget(self._note)
        head.addStretch(1)
        self._book = Button(tr("Book"), icon="plus", key=BOOK_KEY, role="primary", bind=False)
        self._book.setObjectName("today_book")
        self._book.clicked.connect(self._open_booking)
        head.addWidget(self._book)
        self._lists = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._lists)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        people = QHBoxLayout()
        people.setSpacing(12)
        people.addWidget(self.arrivals, 1)
        people.addWidget(self.pickups, 1)
        self._row.addLayout(people, 24)
        last = QVBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.sheets)
        last.addWidget(self.unsigned)
        last.addStretch(1)
        self._row.addLayout(last, 9)
        self._below = QStackedWidget()
        self._below.addWidget(self._lists)
        self._below.addWidget(self._nobody)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.chairs)
        column.addWidget(self._below, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(whole)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._set_up)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three lists side by side only where names still can be read."""
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_pages"):
            self._share_room()

    def _share_room(self) -> None:
        narrow = self.width() < theme.px(LEAST_WIDTH_FOR_THREE)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def show_target(self, target: object) -> None:
        """Today is one page; there is nothing to be led to."""

    @property
    def at_hand(self) -> None:
        """Today is about everybody."""
        return None

    @property
    def stands_at(self) -> None:
        """Today begins where it ends."""
        return None

    @Slot()
    def reload(self) -> None:
        """Asks for the day as it is now."""
        page = set_up_first.missing(self._workplace.clinic_frame)
        if page:
            self._show_missing(page)
            return
        self._workplace.board.ask()

    def _concerns(self, changes: Changes) -> bool:
        zone = self._workplace.clinic_frame.clinic.zone
        span = day_span(self._workplace.today(), zone)
        return bool(changes.tables & CONCERNING) or changes.touch_span(span)

    def _show_missing(self, page: str) -> None:
        self._set_up.set_sentence(set_up_first.sentence(page))
        self._pages.setCurrentWidget(self._set_up)

    @Slot(object)
    def _on_read(self, board: Board) -> None:
        if self.isVisible() and not set_up_first.missing(self._workplace.clinic_frame):
            self._show(board)

    def _show(self, board: Board) -> None:
        self._board = board
        now = self._workplace.now()
        self._minute = now.replace(second=0, microsecond=0)
        self._pages.setCurrentWidget(self._scroll)
        self._steps.refresh(board.visits)
        self.chairs.show_cards(most_overdue_first(board.cards, now), now)
        arrivals = [lines.arrival_line(entry, self._steps, now) for entry in board.arrivals]
        self.arrivals.show_lines(arrivals)
        self.pickups.show_lines([lines.pickup_line(entry, self._steps) for entry in board.pickups])
        sheets = lines.sheet_lines(board.sheets_due, self._steps)
        self.sheets.show_lines(sheets, count=len(board.sheets_due))
        unsigned = [entry for entry in board.late if entry.kind is LateKind.SIGNATURE]
        self.unsigned.show_lines([lines.signature_line(entry, self._steps) for entry in unsigned])
        self.unsigned.setVisible(bool(unsigned))
        nobody = not (board.in_chairs or board.arrivals or board.pickups or unsigned)
        self._below.setCurrentWidget(self._nobody if nobody else self._lists)
        self._note.setText(_note(board))

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        if self._board is None or not self.isVisible():
            return
        if now.replace(second=0, microsecond=0) != self._minute:
            self.reload()
        self.chairs.tick(now)

    @Slot(object)
    def _open_chair(self, card: ChairCard) -> None:
        if card.visit is not None:
            self._steps.open_session(card.visit)
        elif card.next_visit is not None:
            self._workplace.show("calendar", card.next_visit.appointment.id)
        else:
            self._open_calendar()

    @Slot()
    def _open_calendar(self) -> None:
        self._workplace.show("calendar", self._workplace.today())

    @Slot()
    def _open_booking(self) -> None:
        self._workplace.show("book")

    @Slot()
    def _open_settings(self) -> None:
        self._workplace.show("settings", set_up_first.missing(self._workplace.clinic_frame))


def _note(board: Board) -> str:
    parts = [
        tr("most overdue first"),
        tr("{count} in the chairs", count=board.in_chairs),
        tr("{count} still to come", count=board.to_come),
    ]
    late = Counter(entry.kind for entry in board.late)
    parts += [
        waiting_words.vitals_late(late[LateKind.VITALS]),
        waiting_words.arrivals_late(late[LateKind.ARRIVAL]),
        waiting_words.pickups_late(late[LateKind.PICKUP]),
    ]
    return " · ".join(part for part in parts if part)
