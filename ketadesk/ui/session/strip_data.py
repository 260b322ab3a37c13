"""What a strip shows, as plain data, and where its lanes lie in a rectangle.

All moments are in the clinic's local time; the words on the strip come in with the data.
"""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from ketadesk.ui import theme
from ketadesk.ui.theme import Role

LEAST_FOR_ALL = 145
"""A lower strip leaves out the saturation, which the table beneath says in figures."""

LABELS = 52
"""Room for the figures and words left of the lanes."""

MARK = 9.0
"""The radius of an event's circle at 100 % text."""


def mark_radius() -> float:
    """It grows with the letter in it."""
    return MARK * theme.current_scale()


@dataclass(frozen=True)
class StripPoint:
    """One reading as drawn and as read out; `attention` colours what the clinic wants seen.

    `low` is about the pressure, of which a warning says which way it is.
    """

    at: datetime
    systolic: int | None = None
    diastolic: int | None = None
    heart_rate: int | None = None
    oxygen_saturation: int | None = None
    words: str = ""
    attention: Role | None = None
    low: bool = False


@dataclass(frozen=True)
class StripMark:
    """Something that happened: a letter in a circle with its words beside it."""

    at: datetime
    letter: str
    words: str
    role: Role = "slate"
    quiet: bool = False
    """Its words are only told when asked for."""


@dataclass(frozen=True)
class StripDose:
    """The infusion: run stretches, and until when it was planned to go on."""

    runs: tuple[tuple[datetime, datetime], ...]
    planned_end: datetime | None
    words: str


@dataclass(frozen=True)
class StripWords:
    """The words beside the lanes."""

    systolic: str
    diastolic: str
    heart_rate: str
    oxygen: str
    dose: str
    unit: str = ""


@dataclass(frozen=True)
class StripData:
    """All moments in the clinic's local time. `earlier` is another session laid on this one."""

    starts: datetime
    ends: datetime
    words: StripWords
    points: tuple[StripPoint, ...] = ()
    marks: tuple[StripMark, ...] = ()
    dose: StripDose | None = None
    now: datetime | None = None
    earlier: tuple[StripPoint, ...] = ()
    earlier_words: str = ""
    chosen: int | None = None
    """The point that is being read out."""


@dataclass(frozen=True)
class StripPlaces:
    """Where things lie: lanes from top to bottom, and the two scales."""

    events: QRectF
    plot: QRectF
    dose: QRectF
    oxygen: QRectF
    axis: QRectF
    starts: datetime
    ends: datetime
    low: int
    high: int

    def x(self, moment: datetime) -> float:
        whole = (self.ends - self.starts).total_seconds()
        return self.plot.left() + self.plot.width() * (
            (moment - self.starts).total_seconds() / whole
        )

    def y(self, value: float) -> float:
        return self.plot.bottom() - self.plot.height() * (
            (value - self.low) / (self.high - self.low)
        )


def places(rectangle: QRectF, data: StripData) -> StripPlaces:
    """The lanes of a strip in this rectangle; the pressure scale grows with what was measured."""
    line = QFontMetricsF(theme.font("small")).height()
    left = rectangle.left() + theme.px(LABELS)
    right = rectangle.right() - theme.px(22)
    width = max(right - left, 10.0)
    axis = QRectF(left, rectangle.bottom() - line - 4, width, line + 4)
    flat = rectangle.height() < theme.px(LEAST_FOR_ALL)
    oxygen = QRectF(left, axis.top() - line - 6, width, line + 4)
    if flat:
        oxygen = QRectF(left, axis.top(), width, 0)
    dose = QRectF(left, oxygen.top() - line - 8, width, line + 4)
    events = QRectF(left, rectangle.top() + 2, width, theme.px(22))
    top = events.bottom() + theme.px(8)
    plot = QRectF(left, top, width, max(dose.top() - theme.px(8) - top, 20.0))
    low, high = _scale(data)
    return StripPlaces(events, plot, dose, oxygen, axis, data.starts, data.ends, low, high)


def nearest_point(rectangle: QRectF, data: StripData, x: float) -> int | None:
    """The reading closest to a horizontal place, if it lies within a finger's width."""
    where = places(rectangle, data)
    distances = [(abs(where.x(point.at) - x), index) for index, point in enumerate(data.points)]
    if not distances:
        return None
    distance, index = min(distances)
    return index if distance <= theme.px(22) else None


def mark_places(where: StripPlaces, data: StripData) -> list[tuple[StripMark, float]]:
    """Each event with the place of its letter: at its time, or beside the one before it."""
    placed: list[tuple[StripMark, float]] = []
    taken = float("-inf")
    for mark in sorted(data.marks, key=lambda one: one.at.replace(second=0, microsecond=0)):
        x = max(where.x(mark.at), taken + 2 * mark_radius() + 3)
        placed.append((mark, x))
        taken = x
    return placed


def mark_at(rectangle: QRectF, data: StripData, place: QPointF) -> StripMark | None:
    """The event under a place in the top lane."""
    where = places(rectangle, data)
    if not where.events.adjusted(-mark_radius(), 0, mark_radius(), 0).contains(place):
        return None
    under = [
        mark for mark, x in mark_places(where, data) if abs(x - place.x()) <= mark_radius() + 1
    ]
    return under[-1] if under else None


def _scale(data: StripData) -> tuple[int, int]:
    taken = [
        value
        for point in (*data.points, *data.earlier)
        for value in (point.systolic, point.diastolic, point.heart_rate)
        if value is not None
    ]
    low = min([40, *((value - 5) // 20 * 20 for value in taken)])
    high = max([200, *(-(-(value + 5) // 20) * 20 for value in taken)])
    return low, high
