"""Where a time lies on the day's grid and what lies under a point; plain numbers, nothing painted.

A day's rows are the quarter hours that the clinic's clock really shows: 96, and 92 or 100 when
the clocks change. Nine o'clock is nine o'clock on every day, and no hour is drawn twice or lost.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.times import MINUTE, QUARTER_HOUR
from ketadesk.ui.words import clock

ROW = QUARTER_HOUR
ROW_MINUTES = ROW // MINUTE


class Box(NamedTuple):
    """A rectangle in logical pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True)
class DayAxis:
    """The rows of one day on the clinic's wall clock."""

    day: date
    zone: ZoneInfo

    @cached_property
    def starts(self) -> datetime:
        """Local midnight, in UTC, because only there do subtractions tell real time."""
        return day_span(self.day, self.zone).starts.astimezone(UTC)

    @cached_property
    def ends(self) -> datetime:
        return day_span(self.day, self.zone).ends.astimezone(UTC)

    @cached_property
    def noon(self) -> datetime:
        """Local noon, in UTC."""
        return datetime.combine(self.day, time(12), self.zone).astimezone(UTC)

    @cached_property
    def noon_row(self) -> float:
        return self.row_of(self.noon)

    @cached_property
    def rows(self) -> int:
        return int((self.ends - self.starts) / ROW)

    def row_of(self, moment: datetime) -> float:
        """How many rows after midnight a moment lies, with its fraction; not clipped."""
        return (moment.astimezone(UTC) - self.starts) / ROW

    def rows_within(self, span: Span) -> tuple[float, float]:
        """The rows of a stretch of time, from and to, clipped to the day."""
        return max(self.row_of(span.starts), 0.0), min(self.row_of(span.ends), float(self.rows))

    def moment(self, row: int) -> datetime:
        """When a row begins, in UTC."""
        return self.starts + row * ROW

    def local(self, row: int) -> datetime:
        return self.moment(row).astimezone(self.zone)

    def label(self, row: int) -> str:
        """What the clinic's clock shows when the row begins."""
        return clock(self.local(row))

    def snapped(self, moment: datetime) -> int:
        """The row that begins nearest to a moment, within the day."""
        return self.clamped(round(self.row_of(moment)))

    def clamped(self, row: int) -> int:
        return min(max(row, 0), self.rows - 1)

    def row_at_clock(self, hour: int, minute: int = 0) -> int:
        """The first row at which the wall clock shows this time or a later one."""
        wanted = (hour, minute)
        return next(
            (row for row in range(self.rows) if _clock(self.local(row)) >= wanted), self.rows
        )


def _clock(local: datetime) -> tuple[int, int]:
    return local.hour, local.minute


@dataclass(frozen=True)
class Geometry:
    """A viewport of `width` x `height` pixels onto the rows, scrolled down by `scrolled` pixels.

    Hours stand in the `gutter` at the left, chairs in the `header` on top; both stay in place.
    """

    axis: DayAxis
    columns: int
    width: float
    height: float
    row_height: float
    gutter: float
    header: float
    scrolled: float = 0.0
    strip: float = 0.0
    """What the nurses' load keeps at the right."""

    @property
    def right(self) -> float:
        """Where the chairs end."""
        return self.width - self.strip

    @property
    def column_width(self) -> float:
        return (self.right - self.gutter) / max(self.columns, 1)

    @property
    def total_height(self) -> float:
        """What could be scrolled through, without the header."""
        return self.axis.rows * self.row_height

    def y_of_row(self, row: float) -> float:
        return self.header + row * self.row_height - self.scrolled

    def y(self, moment: datetime) -> float:
        return self.y_of_row(self.axis.row_of(moment))

    def x(self, column: int) -> float:
        return self.gutter + column * self.column_width

    def row_at(self, y: float, _column: int = 0) -> int:
        """The row under a height, kept within the day; the same in every column."""
        return self.axis.clamped(int((y - self.header + self.scrolled) // self.row_height))

    def column_at(self, x: float) -> int:
        """The column nearest to a point, so that a drag may leave the grid."""
        column = int((x - self.gutter) // self.column_width)
        return min(max(column, 0), max(self.columns - 1, 0))

    def on_grid(self, x: float, y: float) -> bool:
        return bool(self.columns) and self.gutter <= x < self.right and y >= self.header

    def rows_moved(self, pixels: float) -> int:
        """How many whole rows a drag of so many pixels means."""
        return round(pixels / self.row_height)

    def slot(self, column: int, row: int, rows: int = 1) -> Box:
        return Box(self.x(column), self.y_of_row(row), self.column_width, rows * self.row_height)

    def box(
        self,
        column: int,
        span: tuple[datetime, datetime],
        *,
        left: float = 0.0,
        right: float = 1.0,
        margin: float = 3.0,
    ) -> Box:
        """The rectangle of a stretch of time in a column, clipped to the day, in part of its width.

        `left` and `right` are parts of the column's width inside its margin.
        """
        rows = self.axis.row_of(span[0]), self.axis.row_of(span[1])
        return self.box_of_rows(column, rows, left=left, right=right, margin=margin)

    def box_of_rows(
        self,
        column: int,
        rows: tuple[float, float],
        *,
        left: float = 0.0,
        right: float = 1.0,
        margin: float = 3.0,
    ) -> Box:
        """The same of rows from, to, with their fractions."""
        top, bottom = max(rows[0], 0.0), min(rows[1], float(self.axis.rows))
        inner = self.column_width - 2 * margin
        x = self.x(column) + margin + left * inner
        y = self.y_of_row(top)
        return Box(x, y, (right - left) * inner, (bottom - top) * self.row_height)


def row_height_for(height: float, *, rows: int, least: float) -> float:
    """The height of a row so that `rows` of them fill the view, or `least` when they don't fit."""
    return max(height / max(rows, 1), least)
