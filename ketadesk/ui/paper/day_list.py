"""The left side of Sheets: which day, and whose visit."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.services.sheets import DaySheets, VisitSheets
from ketadesk.ui import theme, waiting_words, words
from ketadesk.ui.paper.room import line_direction
from ketadesk.ui.paper.visits import VisitPainter, VisitsModel
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class DayList(QFrame):
    """`day_wanted(date)` from the arrows, `today_wanted()`, and `visit_chosen(AppointmentId)` when
    a person chose, never from `show_day`.
    """

    day_wanted = Signal(object)
    today_wanted = Signal()
    visit_chosen = Signal(int)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._day: date | None = None
        self._model = VisitsModel(workplace, self)
        self.visits = QListView()
        self.visits.setObjectName("sheet_visits")
        self.visits.setAccessibleName(tr("Visits of the day"))
        self.visits.setProperty("look", "bare")
        self.visits.setModel(self._model)
        self.visits.setItemDelegate(VisitPainter(self.visits))
        self.visits.setUniformItemSizes(True)
        self.visits.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.visits.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.visits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.visits.selectionModel().currentChanged.connect(self._on_current)
        self._lay_out()

    def _lay_out(self) -> None:
        today = Button(tr("Today"), key="T", tip=tr("Go to today"))
        today.setObjectName("sheets_today")
        today.clicked.connect(self.today_wanted)
        back = Button(icon="chevron-left", key="PgUp", name=tr("Day before"), hint=False)
        back.setObjectName("sheets_day_before")
        back.clicked.connect(lambda: self._step(-1))
        on = Button(icon="chevron-right", key="PgDown", name=tr("Day after"), hint=False)
        on.setObjectName("sheets_day_after")
        on.clicked.connect(lambda: self._step(1))
        self.title = ElidedLabel(size="title", strong=True)
        self.title.setObjectName("sheets_day")
        self.note = Label(tone="muted", size="note")
        self.note.setObjectName("sheets_day_note")
        steps = QHBoxLayout()
        steps.setSpacing(6)
        for button in (today, back, on):
            steps.addWidget(button)
        steps.addStretch(1)
        self._head = QBoxLayout(line_direction())
        self._head.setContentsMargins(14, 10, 10, 0)
        self._head.setSpacing(10)
        self._head.addLayout(steps)
        self._head.addWidget(self.title, 1)
        note = QHBoxLayout()
        note.setContentsMargins(14, 0, 10, 6)
        note.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._head)
        column.addLayout(note)
        column.addWidget(self.visits, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_head"):
            self._head.setDirection(line_direction())

    def show_day(self, found: DaySheets, chosen: AppointmentId | None, *, this_year: int) -> None:
        """Shows a day and marks the chosen visit, if it takes place on it."""
        self._day = found.day
        year = found.day.year != this_year
        self.title.setText(words.day(found.day, short=True, year=year))
        self.note.setText(_note(found.entries))
        marks = self.visits.selectionModel()
        marks.blockSignals(True)
        self._model.show_entries(found.entries)
        row = self._model.row_of(chosen)
        self.visits.setCurrentIndex(QModelIndex() if row is None else self._model.index(row))
        marks.blockSignals(False)
        self.visits.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.visit_chosen.emit(self._model.entry(current.row()).visit.appointment.id)

    def _step(self, days: int) -> None:
        if self._day is not None:
            self.day_wanted.emit(self._day + timedelta(days=days))


def _note(entries: tuple[VisitSheets, ...]) -> str:
    due = sum(len(entry.due) for entry in entries)
    visits = (
        tr("no visits")
        if not entries
        else tr("1 visit")
        if len(entries) == 1
        else tr("{count} visits", count=len(entries))
    )
    changed = sum(len(entry.changed) for entry in entries)
    parts = [visits]
    if due:
        parts.append(waiting_words.sheets_to_print(due))
    if changed:
        parts.append(tr("{count} changed", count=changed))
    return " · ".join(parts)
