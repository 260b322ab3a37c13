"""When the clinic is open: each weekday, with a break at noon where there is one."""

from datetime import time

from PySide6.QtCore import QTime, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import OpeningHours
from ketadesk.domain.day import Schedule
from ketadesk.i18n import tr
from ketadesk.services import calendar, clinic
from ketadesk.ui import words
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.settings.rows import Row, TableWithForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.spin_fields import TimeField
from ketadesk.ui.workplace import Workplace

DEFAULTS = ((time(8), time(12)), (time(13), time(17)))
"""What the fields start from when a day is opened for the first time."""

Times = tuple[tuple[time, time], ...]


class HoursPage(QWidget):
    """The week as a table, one weekday in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._hours: tuple[OpeningHours, ...] = ()
        self.list = TableWithForm((tr("Weekday"), tr("Open")), name=tr("Opening hours"), stretch=1)
        self.list.chosen.connect(self._show)
        self._title = SectionTitle("")
        self.boxes = [QCheckBox(tr("Open")), QCheckBox(tr("and again"))]
        self.times = [
            (TimeField(name=tr("Opens")), TimeField(name=tr("Closes"))),
            (TimeField(name=tr("Opens again")), TimeField(name=tr("Closes again"))),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (box, (opens, closes)) in enumerate(zip(self.boxes, self.times, strict=True)):
            box.setObjectName(f"open_{row}")
            opens.setObjectName(f"opens_{row}")
            closes.setObjectName(f"closes_{row}")
            box.toggled.connect(self._on_toggled)
            grid.addWidget(box, row, 0)
            grid.addWidget(opens, row, 1)
            grid.addWidget(Label(tr("to"), tone="muted"), row, 2)
            grid.addWidget(closes, row, 3)
        self.save_button = Button(tr("Save"), icon="save", key="Ctrl+S", role="primary")
        self.save_button.setObjectName("hours_save")
        self.save_button.clicked.connect(self.save)
        self.week_button = Button(tr("Save for Monday to Friday"))
        self.week_button.setObjectName("hours_save_week")
        self.week_button.clicked.connect(self._save_week)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.week_button)
        buttons.addStretch(1)
        body = self.list.card.body
        body.addWidget(self._title)
        body.addLayout(grid)
        body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        Freshness(
            self,
            workplace,
            concerns=lambda changes: "opening_hours" in changes.tables,
            reload=self.reload,
        )

    @Slot()
    def reload(self) -> None:
        """Asks for the hours as the clinic file has them."""
        today = self._workplace.today()
        self._workplace.desk.ask(
            lambda db: calendar.schedule(db, today),
            receiver=self,
            done=self._take,
            key="hours",
        )

    def _take(self, schedule: Schedule) -> None:
        self._hours = schedule.hours
        rows = []
        for weekday in range(7):
            spans = [
                f"{words.clock(opens)}–{words.clock(closes)}"
                for opens, closes in self._times_of(weekday)
            ]
            shown = ", ".join(spans) if spans else tr("closed")
            rows.append(Row(weekday, (words.weekday(weekday), shown), "ink" if spans else "muted"))
        self.list.show_rows(rows)

    def _times_of(self, weekday: int) -> Times:
        return tuple(
            (entry.opens, entry.closes) for entry in self._hours if entry.weekday == weekday
        )

    @Slot(object)
    def _show(self, weekday: int) -> None:
        spans = self._times_of(weekday)
        self._title.set_text(words.weekday(weekday))
        for number, (box, (opens, closes)) in enumerate(zip(self.boxes, self.times, strict=True)):
            shown = spans[number] if number < len(spans) else DEFAULTS[number]
            opens.setTime(QTime(shown[0].hour, shown[0].minute))
            closes.setTime(QTime(shown[1].hour, shown[1].minute))
            box.setChecked(number < len(spans))
        self._on_toggled()

    @Slot()
    def _on_toggled(self) -> None:
        self.boxes[1].setEnabled(self.boxes[0].isChecked())
        for number, (opens, closes) in enumerate(self.times):
            usable = all(box.isChecked() for box in self.boxes[: number + 1])
            opens.setEnabled(usable)
            closes.setEnabled(usable)

    @Slot()
    def save(self) -> None:
        """Sets the hours of the day in the form."""
        weekday = self.list.current()
        if isinstance(weekday, int):
            self._set((weekday,))

    @Slot()
    def _save_week(self) -> None:
        self._set((0, 1, 2, 3, 4))

    @property
    def unsaved(self) -> bool:
        """Whether the form holds other hours than the day has."""
        weekday = self.list.current()
        return isinstance(weekday, int) and self._typed() != self._times_of(weekday)

    def _typed(self) -> Times:
        return tuple(
            (
                time(opens.time().hour(), opens.time().minute()),
                time(closes.time().hour(), closes.time().minute()),
            )
            for opens, closes in self.times
            if opens.isEnabled()
        )

    def _set(self, weekdays: tuple[int, ...]) -> None:
        spans = self._typed()
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: clinic.set_hours(db, stamp, weekdays, spans),
            initiator=self,
            done=self._saved,
        )

    def _saved(self, _changes: Changes) -> None:
        self.list.table.setFocus()
