"""When the clinic is open: each weekday, with a break at noon where there is one."""

from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import QTime, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from ketadesk.domain.clinic import OpeningHours
from ketadesk.domain.day import Schedule
from ketadesk.i18n import tr
from ketadesk.services import calendar, clinic
from ketadesk.ui import words
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.settings.list_with_form import ListWithForm, SaveButton
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.rows_model import Column, Look
from ketadesk.ui.widgets.spin_fields import TimeField
from ketadesk.ui.workplace import Workplace

DEFAULTS = ((time(8), time(12)), (time(13), time(17)))
"""What the fields start from when a day is opened for the first time."""

Times = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Day:
    """A weekday (0 is Monday) and when the clinic is open on it."""

    weekday: int
    times: Times

    def said(self) -> str:
        """The times in words."""
        spans = [f"{words.clock(opens)}–{words.clock(closes)}" for opens, closes in self.times]
        return ", ".join(spans) if spans else tr("closed")


class HoursPage(QWidget):
    """The week as a table, one weekday in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
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
        self.list = self._make_list(workplace)
        self.list.form.addLayout(grid)
        self.save_button = SaveButton("hours_save")
        self.save_button.clicked.connect(self.save)
        self.week_button = Button(tr("Save for Monday to Friday"))
        self.week_button.setObjectName("hours_save_week")
        self.week_button.clicked.connect(self._save_week)
        self.list.buttons.addWidget(self.save_button)
        self.list.buttons.addWidget(self.week_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        Freshness(
            self,
            workplace,
            concerns=lambda changes: "opening_hours" in changes.tables,
            reload=self.reload,
        )

    def _make_list(self, workplace: Workplace) -> ListWithForm[Day]:
        def quiet(day: Day) -> Look | None:
            return None if day.times else Look("muted")

        made = ListWithForm[Day](
            workplace,
            (
                Column(tr("Weekday"), lambda day: words.weekday(day.weekday), strong=True),
                Column(tr("Open"), Day.said, look=quiet),
            ),
            key=lambda day: day.weekday,
            name=tr("Opening hours"),
            title=lambda day: "" if day is None else words.weekday(day.weekday),
            typed=self._dirty,
            stretch=1,
        )
        made.shown.connect(self._show)
        return made

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
        self.list.show_rows([_day(schedule.hours, weekday) for weekday in range(7)])

    @Slot(object)
    def _show(self, day: Day | None) -> None:
        spans = day.times if day is not None else ()
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
        if self.list.current is not None:
            self._set((self.list.current.weekday,))

    @Slot()
    def _save_week(self) -> None:
        self._set((0, 1, 2, 3, 4))

    @property
    def unsaved(self) -> bool:
        """Whether the form holds other hours than the day has."""
        return self._dirty()

    def _dirty(self) -> bool:
        day = self.list.current
        return day is not None and self._typed() != day.times

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
        self.list.send(
            (weekdays, spans), lambda db, stamp: clinic.set_hours(db, stamp, weekdays, spans)
        )


def _day(hours: tuple[OpeningHours, ...], weekday: int) -> Day:
    spans = tuple((one.opens, one.closes) for one in hours if one.weekday == weekday)
    return Day(weekday, spans)
