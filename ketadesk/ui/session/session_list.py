"""The sessions one can open: who has arrived, who is still here, today's, and earlier days'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.appointments import Status
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId, SessionId
from ketadesk.domain.session_record import SessionLine
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.services import calendar, sessions
from ketadesk.ui import theme
from ketadesk.ui import words as screen_words
from ketadesk.ui.table_file import TableFile
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

MOST = 200
WIDTHS = (130, 76, 220, 60, 170, 200, 130)


@dataclass(frozen=True)
class ListRow:
    """A session, or an arrived appointment that has none yet."""

    day: str
    time: str
    patient: str
    count: str
    chair: str
    protocol: str
    nurse: str
    state: str
    tone: Tone
    target: SessionId | AppointmentId
    arrived: bool = False


def sessions_model(parent: QWidget) -> RowsModel[ListRow]:
    """The columns of the list."""
    columns: list[Column[ListRow]] = [
        Column(tr("Day"), lambda row: row.day),
        Column(tr("From"), lambda row: row.time),
        Column(tr("Patient"), lambda row: row.patient, strong=True),
        Column(tr("No."), lambda row: row.count),
        Column(tr("Chair"), lambda row: row.chair),
        Column(tr("Protocol"), lambda row: row.protocol),
        Column(tr("Nurse"), lambda row: row.nurse),
        Column(tr("State"), lambda row: row.state, look=lambda row: Look(row.tone)),
    ]
    return RowsModel(columns, key=lambda row: (row.arrived, row.target), parent=parent)


class SessionList(QWidget):
    """Signals: `session_chosen(SessionId)`, `appointment_chosen(AppointmentId)`."""

    session_chosen = Signal(object)
    appointment_chosen = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session_list")
        self._workplace = workplace
        self._note = Label("", tone="muted")
        self._open = Button(
            tr("Open"), icon="arrow-right", key="Return", bind=False, role="primary"
        )
        self._open.setObjectName("session_list_open")
        self._open.clicked.connect(self._choose)
        self.table = Table(name=tr("Sessions"))
        self.table.setObjectName("session_list_table")
        self.table.setProperty("look", "bare")
        self._model = sessions_model(self)
        self.table.setModel(self._model)
        titles = self.table.horizontalHeader()
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, theme.px(width))
        on_keys(self.table, {"Enter": self._choose})
        self.table.doubleClicked.connect(self._choose)
        empty = EmptyState(
            "activity",
            tr("No sessions yet. Mark a patient as arrived, then open their session here."),
            action=tr("Go to Today"),
            action_icon="layout-dashboard",
            key="T",
        )
        empty.acted.connect(self._to_today)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        bar = QFrame()
        bar.setProperty("look", "bar")
        head = QHBoxLayout(bar)
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(10)
        head.addWidget(Label(tr("Sessions"), size="title", strong=True))
        head.addWidget(self._note, 1)
        table_file = TableFile(
            workplace, self.table, suggestion=lambda: "sessions.csv", parent=self
        )
        head.addWidget(table_file.button())
        head.addWidget(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._stack, 1)

    def reload(self) -> None:
        today = self._workplace.today()
        self._workplace.desk.ask(
            lambda db: (sessions.list_sessions(db, most=MOST), calendar.schedule(db, today).visits),
            receiver=self,
            done=self._show,
            key="list",
        )

    def rows(self) -> tuple[ListRow, ...]:
        return self._model.rows

    def _show(self, read: tuple[tuple[SessionLine, ...], tuple[Visit, ...]]) -> None:
        lines, visits = read
        rows = _rows(lines, visits, self._workplace)
        self._model.show(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._open.setVisible(bool(rows))
        here = sum(row.arrived for row in rows) + sum(
            line.phase is not Phase.RELEASED for line in lines
        )
        self._note.setText(tr("{here} here now", here=here) if here else tr("nobody here now"))
        if self._model.row_at(self.table.currentIndex()) is None:
            self.table.selectRow(0)

    @Slot()
    def _choose(self) -> None:
        row = self._model.row_at(self.table.currentIndex())
        if row is not None:
            (self.appointment_chosen if row.arrived else self.session_chosen).emit(row.target)

    @Slot()
    def _to_today(self) -> None:
        self._workplace.show("today")


def _rows(
    lines: Sequence[SessionLine], visits: Sequence[Visit], workplace: Workplace
) -> tuple[ListRow, ...]:
    """Arrived and not yet opened, then everyone still here, then the rest, newest first."""
    arrived = [
        _arrived_row(visit, workplace)
        for visit in visits
        if visit.appointment.status is Status.ARRIVED and visit.session_id is None
    ]
    here = [line for line in lines if line.phase is not Phase.RELEASED]
    gone = [line for line in lines if line.phase is Phase.RELEASED]
    return (*arrived, *(_session_row(line, workplace) for line in (*here, *gone)))


def _arrived_row(visit: Visit, workplace: Workplace) -> ListRow:
    frame = workplace.clinic_frame
    chairs = {chair.id: chair.name for chair in frame.chairs}
    since = workplace.local(visit.appointment.status_at)
    return ListRow(
        day=tr("Today"),
        time=screen_words.clock(since),
        patient=screen_words.person(visit.patient_name),
        count=visit.count,
        chair=chairs.get(visit.appointment.chair_id, ""),
        protocol=visit.protocol_name,
        nurse=visit.nurse_name,
        state=tr("arrived: Enter opens the session"),
        tone="violet",
        target=visit.appointment.id,
        arrived=True,
    )


def _session_row(line: SessionLine, workplace: Workplace) -> ListRow:
    opened = workplace.local(line.opened_at)
    state, tone = _state(line)
    return ListRow(
        day=_day(opened, workplace.today()),
        time=screen_words.clock(opened),
        patient=screen_words.person(line.patient_name),
        count=line.count,
        chair=line.chair_name,
        protocol=line.protocol_name,
        nurse=line.nurse_name,
        state=state,
        tone=tone,
        target=line.session_id,
    )


def _state(line: SessionLine) -> tuple[str, Tone]:
    if line.signed_at is not None:
        return tr("signed"), "muted"
    if line.phase is Phase.RELEASED:
        return tr("released, not signed"), "amber"
    return screen_words.word(line.phase), screen_words.phase_look(line.phase).role


def _day(opened: datetime, today: date) -> str:
    same_year = opened.year == today.year
    if opened.date() == today:
        return tr("Today")
    return screen_words.day(opened.date(), short=True, year=not same_year)
