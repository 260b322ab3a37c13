"""Chair, day and time of a booking, and the length it has there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import ChairId
from ketadesk.domain.places import Place
from ketadesk.domain.times import moment_on, read_time
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.patients.typed import read_typed_day
from ketadesk.ui.widgets.field import choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.workplace import Workplace

STEP_MINUTES = 15


class PlaceFields(QWidget):
    """`changed` when a person chose another chair, day or time."""

    changed = Signal()

    def __init__(
        self, workplace: Workplace, *, names: str = "booking", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._minutes = 0
        self.chair_set = False
        self.time_set = False
        self._chair, chair = choice_box(tr("Chair"), name=f"{names}_chair")
        self._day = ReadingField(
            tr("Day"),
            read=lambda text: read_typed_day(workplace, text),
            show=lambda day: words.day(day, short=True, year=True),
            say=lambda day: days_away(workplace, day),
            step=lambda day, step: day + timedelta(days=step),
            hint=tr("fri, 15 or 5/15"),
            tip=tr("Type fri, +3, 15, 15 may or 5/15; Up and Down change the day"),
        )
        self._day.line.setObjectName(f"{names}_day")
        self._time = ReadingField(
            tr("Time"),
            read=read_time,
            show=words.clock,
            say=words.clock,
            step=quarter_later,
            hint=tr("930 or 14"),
            tip=tr("Type 930, 9:30 or 14; Up and Down change it by 15 minutes"),
        )
        self._time.line.setObjectName(f"{names}_time")
        self._length = Label(tone="muted")
        self._length.setObjectName(f"{names}_length")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(chair, 6)
        row.addWidget(self._day, 5)
        row.addWidget(self._time, 3)
        row.addWidget(self._length, 0, Qt.AlignmentFlag.AlignBottom)
        self._length.setContentsMargins(0, 0, 0, 7)
        self._chair.activated.connect(self._chair_chosen)
        self._day.changed.connect(self._time_typed)
        self._time.changed.connect(self._time_typed)

    def start(self, chair_id: ChairId | None, starts: datetime | None) -> None:
        """What the calendar chose; what it did not choose is proposed later."""
        frame = self._workplace.clinic_frame
        self._chair.fill(((chair.name, chair.id) for chair in frame.chairs), chosen=chair_id)
        self.chair_set, self.time_set = chair_id is not None, starts is not None
        self._minutes = 0
        if starts is None:
            self._day.set_value(self._workplace.today())
            self._time.set_value(None)
        else:
            self._show_moment(starts)
        self._show_length()

    def set_minutes(self, minutes: int) -> None:
        """How long it takes there, with check-in and turnover."""
        self._minutes = minutes
        self._show_length()

    def show_place(self, place: Place | None) -> None:
        """A place that was proposed or taken up; None leaves the time to be typed."""
        if place is not None:
            self._chair.choose(place.chair_id)
            self._show_moment(place.span.starts)
            self._show_length()

    def take_place(self, place: Place) -> None:
        """A place that a person took: from now on it stays."""
        self.show_place(place)
        self.chair_set = self.time_set = True
        self.changed.emit()

    def chair_id(self) -> ChairId | None:
        """The chair that is shown."""
        chair_id: ChairId | None = self._chair.currentData()
        return chair_id

    def day(self) -> date | None:
        """The day that is shown; None while it cannot be read."""
        day: date | None = self._day.value()
        return day

    def starts(self) -> datetime | None:
        """When it starts; None while day or time are missing or cannot be."""
        day, at = self._day.value(), self._time.value()
        if day is None or at is None:
            return None
        try:
            return moment_on(day, at, self._workplace.clinic_frame.clinic.zone)
        except Refused:
            return None

    def place(self) -> Place | None:
        """The whole place; None while something is missing."""
        chair_id, starts = self.chair_id(), self.starts()
        if chair_id is None or starts is None or not self._minutes:
            return None
        return Place(chair_id, Span(starts, starts + timedelta(minutes=self._minutes)))

    def problem(self) -> KnownError | None:
        """What keeps this from being a place, None when nothing does."""
        for field in (self._day, self._time):
            if field.problem() is not None:
                return field.problem()
        if self._day.value() is None or self._time.value() is None:
            return Refused("booking_without_time")
        try:
            moment_on(
                self._day.value(), self._time.value(), self._workplace.clinic_frame.clinic.zone
            )
        except Refused as problem:
            return problem
        return None

    def reject(self) -> None:
        """Go to the field that is wrong or missing."""
        wrong_day = self._day.problem() is not None or self._day.value() is None
        (self._day if wrong_day else self._time).reject()

    def focus_time(self) -> None:
        """The time, ready to be typed over."""
        self._time.line.setFocus()
        self._time.line.selectAll()

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (self._chair, self._day.line, self._time.line)

    def _show_moment(self, moment: datetime) -> None:
        local = self._workplace.local(moment)
        self._day.set_value(local.date())
        self._time.set_value(local.time().replace(second=0, microsecond=0))

    def _show_length(self) -> None:
        place = self.place()
        if place is None:
            self._length.setText("")
            return
        ends = words.clock(self._workplace.local(place.span.ends))
        length = words.minutes(timedelta(minutes=self._minutes))
        self._length.setText(tr("to {ends} · {length}", ends=ends, length=length))

    @Slot()
    def _chair_chosen(self) -> None:
        self.chair_set = True
        self.changed.emit()

    @Slot()
    def _time_typed(self) -> None:
        self.time_set = True
        self._show_length()
        self.changed.emit()


def days_away(workplace: Workplace, day: date) -> str:
    """How near a day is, in words."""
    days = (day - workplace.today()).days
    near = {0: tr("today"), 1: tr("tomorrow")}
    if days in near:
        return near[days]
    return tr("in {days} days", days=days) if days > 0 else words.day(day, short=True)


def quarter_later(at: Any, step: int) -> time:
    """The next or previous quarter of an hour, within the day."""
    minutes = at.hour * 60 + at.minute
    on_quarter = minutes - minutes % STEP_MINUTES
    if step > 0 or on_quarter == minutes:
        on_quarter += step * STEP_MINUTES
    on_quarter = min(max(on_quarter, 0), 24 * 60 - STEP_MINUTES)
    return time(on_quarter // 60, on_quarter % 60)
