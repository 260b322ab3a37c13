"""What a patient would like of a place, as fields: days, part of the day, chair, nurse, time."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Refused
from ketadesk.domain.names import folded
from ketadesk.domain.times import read_time
from ketadesk.domain.wishes import NO_WISHES, Hours, PartOfDay, Wishes
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.booking.fit_words import part_word
from ketadesk.ui.booking.place_fields import days_away, quarter_later
from ketadesk.ui.patients.typed import read_typed_day
from ketadesk.ui.widgets.field import ChoiceField
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.workplace import Workplace


def read_weekdays(text: str) -> frozenset[int]:
    """ "mon wed", "mo, we" or "mon-fri" as weekdays; Refused `weekdays_unreadable`."""
    found: set[int] = set()
    for part in re.split(r"[\s,;]+", folded(text).replace(" - ", "-").strip()):
        edges = [_weekday(name, text) for name in part.split("-")]
        if len(edges) > 2:
            raise Refused("weekdays_unreadable", text=text)
        first, last = edges[0], edges[-1]
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _weekday(name: str, text: str) -> int:
    fitting = [number for number in range(7) if folded(words.weekday(number)).startswith(name)]
    if len(name) < 2 or len(fitting) != 1:
        raise Refused("weekdays_unreadable", text=text)
    return fitting[0]


def weekdays_text(weekdays: frozenset[int]) -> str:
    """ "Mon, Wed"."""
    return ", ".join(words.weekday(number, short=True) for number in sorted(weekdays))


def hours_text(hours: Hours) -> str:
    """ "from 15:00", "until 17:00", "9:00 to 17:00", nothing for any time."""
    begins = "" if hours.begins is None else words.clock(hours.begins)
    ends = "" if hours.ends is None else words.clock(hours.ends)
    if begins and ends:
        return tr("{begins} to {ends}", begins=begins, ends=ends)
    return (
        tr("from {time}", time=begins) if begins else tr("until {time}", time=ends) if ends else ""
    )


def read_hours(text: str) -> Hours:
    """ "15-18", "9:00 to 17:00", "from 15", "15-", "until 17" as hours; Refused
    `hours_unreadable`.
    """
    plain = folded(text).strip()
    for word in (tr("until {time}", time=""), tr("from {time}", time="")):
        if plain.startswith(start := folded(word).strip() + " "):
            plain = plain.removeprefix(start)
            plain = f"-{plain}" if word == tr("until {time}", time="") else f"{plain}-"
    parts = re.split(rf"\s*(?:-|–|\s{tr('to')}\s)\s*", plain)
    if len(parts) > 2 or not any(parts):
        raise Refused("hours_unreadable", text=text)
    try:
        begins, ends = [read_time(part) if part else None for part in (*parts, "")[:2]]
    except Refused as wrong:
        raise Refused("hours_unreadable", text=text) from wrong
    if begins is not None and ends is not None and ends <= begins:
        raise Refused("hours_unreadable", text=text)
    return Hours(begins, ends)


def time_field(caption: str, *, name: str, hint: str = "") -> ReadingField:
    """A line for a time of day, empty for any."""
    field = ReadingField(
        caption,
        read=read_time,
        show=words.clock,
        say=words.clock,
        step=quarter_later,
        hint=hint,
        tip=tr("Type 930, 9:30 or 14; Up and Down change it by 15 minutes"),
    )
    field.line.setObjectName(name)
    return field


def day_field(workplace: Workplace, caption: str, *, name: str, hint: str = "") -> ReadingField:
    """A line for a day."""

    def later(day: date, step: int) -> date:
        return day + timedelta(days=step)

    field = ReadingField(
        caption,
        read=lambda text: read_typed_day(workplace, text),
        show=lambda day: words.day(day, short=True, year=True),
        say=lambda day: days_away(workplace, day),
        step=later,
        hint=hint,
        tip=tr("Type fri, +3, 15, 15 may or 5/15; Up and Down change the day"),
    )
    field.line.setObjectName(name)
    return field


class WishFields(QWidget):
    """`changed` when a person wished otherwise. `names` begins the object names; `across` says how
    many fields stand in a row.
    """

    changed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        names: str,
        *,
        across: int,
        not_before: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._base = NO_WISHES
        self.days = ReadingField(
            tr("Weekdays"),
            read=read_weekdays,
            show=weekdays_text,
            say=weekdays_text,
            hint=tr("any, or mon wed"),
            tip=tr("Type mon wed or mon-fri; empty means any day"),
        )
        self.days.line.setObjectName(f"{names}_days")
        self.part = ChoiceField(tr("Part of the day"), name=f"{names}_part")
        self.chair = ChoiceField(tr("Chair, if possible"), name=f"{names}_chair")
        self.nurse = ChoiceField(tr("Nurse, if possible"), name=f"{names}_nurse")
        self.at = time_field(tr("Near"), name=f"{names}_at", hint=tr("any time"))
        fields: list[QWidget] = [self.days, self.part, self.chair, self.nurse, self.at]
        self.not_before = day_field(
            workplace, tr("Not before"), name=f"{names}_not_before", hint=tr("any day")
        )
        self.not_before.setVisible(False)
        if not_before:
            fields.append(self.not_before)
            self.not_before.setVisible(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(fields):
            grid.addWidget(field, place // across, place % across)
            grid.setColumnStretch(place % across, 1)
        if not not_before:
            self.not_before.setParent(self)
        for choice in (self.part, self.chair, self.nurse):
            choice.changed.connect(self._edited)
        for line in self.lines():
            line.changed.connect(self._edited)

    def lines(self) -> tuple[ReadingField, ...]:
        """The fields that are typed into."""
        return (self.days, self.at, self.not_before)

    def show_wishes(self, wishes: Wishes) -> None:
        """Show these, silently; what there is no field for stays as it is."""
        self._base = wishes
        frame = self._workplace.clinic_frame
        parts = [(part_word(part), part) for part in PartOfDay]
        self.part.fill([(tr("any"), None), *parts], chosen=wishes.part)
        chairs = [(chair.name, chair.id) for chair in frame.chairs]
        self.chair.fill([(tr("any"), None), *chairs], chosen=wishes.chair_id)
        nurses = [(one.name, one.id) for one in frame.staff if one.role is Role.NURSE]
        self.nurse.fill([(tr("any"), None), *nurses], chosen=wishes.nurse_id)
        self.days.set_value(wishes.weekdays or None)
        self.at.set_value(wishes.at)
        self.not_before.set_value(wishes.not_before)

    def wishes(self) -> Wishes:
        """What is wished now; a line that can't be read counts as nothing."""
        at: time | None = self.at.value()
        return replace(
            self._base,
            weekdays=self.days.value() or frozenset(),
            part=self.part.chosen(),
            chair_id=self.chair.chosen(),
            nurse_id=self.nurse.chosen(),
            at=at,
            not_before=self.not_before.value(),
        )

    def problem(self) -> ReadingField | None:
        """The first line that can't be read."""
        return next((line for line in self.lines() if line.problem() is not None), None)

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (
            self.days.line,
            self.part.control,
            self.chair.control,
            self.nurse.control,
            self.at.line,
            self.not_before.line,
        )

    @Slot()
    def _edited(self) -> None:
        self.changed.emit()
