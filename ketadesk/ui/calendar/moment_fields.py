"""A day and a time, typed side by side as one moment of the clinic."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.times import moment_on, read_time
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.booking.place_fields import days_away, quarter_later
from ketadesk.ui.patients.typed import read_typed_day
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.workplace import Workplace


class MomentFields(QWidget):
    """A day and a time of it; `changed` while one types."""

    changed = Signal()

    def __init__(self, workplace: Workplace, captions: tuple[str, str], *, names: str) -> None:
        super().__init__()
        self._workplace = workplace
        self.day = ReadingField(
            captions[0],
            read=lambda text: read_typed_day(workplace, text),
            show=lambda day: words.day(day, short=True, year=True),
            say=lambda day: days_away(workplace, day),
            step=lambda day, step: day + timedelta(days=step),
            hint=tr("fri, 15 or 5/15"),
            tip=tr("Type fri, +3, 15, 15 may or 5/15; Up and Down change the day"),
        )
        self.time = ReadingField(
            captions[1],
            read=read_time,
            show=words.clock,
            say=words.clock,
            step=quarter_later,
            hint=tr("930 or 14"),
            tip=tr("Type 930, 9:30 or 14; Up and Down change it by 15 minutes"),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, name, share in ((self.day, "day", 3), (self.time, "time", 2)):
            field.line.setObjectName(f"{names}_{name}")
            field.changed.connect(self.changed)
            row.addWidget(field, share)

    def show_moment(self, moment: datetime) -> None:
        """Show a moment, silently."""
        local = self._workplace.local(moment)
        self.day.set_value(local.date())
        self.time.set_value(local.time().replace(second=0, microsecond=0))

    def moment(self) -> datetime | None:
        """The moment typed, None while it is none; see `problem`."""
        return None if self.problem() is not None else self._read()

    def problem(self) -> KnownError | None:
        """What keeps this from being a moment."""
        for field in (self.day, self.time):
            if field.problem() is not None:
                return field.problem()
            if field.value() is None:
                return Refused("booking_without_time")
        try:
            self._read()
        except Refused as problem:
            return problem
        return None

    def reject(self) -> None:
        """Go to what is wrong or missing."""
        wrong_day = self.day.value() is None
        (self.day if wrong_day else self.time).reject()

    def _read(self) -> datetime:
        day: date = self.day.value()
        return moment_on(day, self.time.value(), self._workplace.clinic_frame.clinic.zone)
