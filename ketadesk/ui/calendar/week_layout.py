"""Where the visits of a week lie: seven days side by side, each with its chairs as lanes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from math import ceil, floor
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ketadesk.domain.clinic import Chair, Closure
from ketadesk.domain.day import Schedule
from ketadesk.domain.ids import AppointmentId
from ketadesk.ui.calendar.day_layout import DayPlan, Tile, plan_day
from ketadesk.ui.calendar.geometry import Box, DayAxis
from ketadesk.ui.calendar.visit_text import Local

DAYS = 7
NOON_ROW = 48
TYPICAL = (8 * 4, 18 * 4)


@dataclass(frozen=True)
class WeekPlan:
    """Seven days that share their hours, counted in quarter hours around noon.

    All days agree on their noon. When the clocks change at night, that day's night is an hour
    higher or lower, and still nothing covers anything. Its columns are the chairs of all days.
    """

    days: tuple[DayPlan, ...]
    first_row: float
    last_row: float

    def row_of(self, day: int, moment: datetime) -> float:
        axis = self.days[day].axis
        return around_noon(axis, axis.row_of(moment))

    @cached_property
    def _day_of(self) -> tuple[int, ...]:
        return tuple(number for number, day in enumerate(self.days) for _ in day.chairs)

    @property
    def columns(self) -> int:
        """One for each chair of each day."""
        return len(self._day_of)

    @property
    def tiles(self) -> Iterator[Tile]:
        """All of the week."""
        return chain.from_iterable(day.tiles for day in self.days)

    def number_of(self, column: int) -> int:
        """Which of the seven days a column belongs to."""
        return self._day_of[column]

    def day_of(self, column: int) -> DayPlan:
        """The day that a column belongs to."""
        return self.days[self._day_of[column]]

    def axis_at(self, column: int) -> DayAxis:
        return self.day_of(column).axis

    def chair_at(self, column: int) -> Chair:
        return self.day_of(column).chair_at(column)

    def rows_at(self, column: int) -> tuple[int, int]:
        """The rows of a column's day that are in sight, from and to."""
        axis = self.axis_at(column)
        shift = around_noon(axis, 0)
        first, last = ceil(self.first_row - shift), floor(self.last_row - shift)
        return max(first, 0), min(last, axis.rows)

    def tile(self, appointment_id: AppointmentId | None) -> Tile | None:
        found = (day.tile(appointment_id) for day in self.days)
        return next((tile for tile in found if tile is not None), None)

    def tiles_in(self, column: int, first_row: float, last_row: float) -> list[Tile]:
        """As for a day."""
        return self.day_of(column).tiles_in(column, first_row, last_row)

    def closure_at(self, column: int, row: int) -> Closure | None:
        """As for a day."""
        return self.day_of(column).closure_at(column, row)

    def told_at(self, *, now: datetime, local: Local) -> "WeekPlan":
        """The same week a little later."""
        return replace(self, days=tuple(day.told_at(now=now, local=local) for day in self.days))


@dataclass(frozen=True)
class WeekGeometry:
    """Seven days in a widget of `width` x `height`, each with its chairs as columns.

    Nothing scrolls. It answers what the geometry of a day answers.
    """

    plan: WeekPlan
    width: float
    height: float
    gutter: float
    header: float

    @property
    def columns(self) -> int:
        return self.plan.columns

    @property
    def axis(self) -> DayAxis:
        """Of the first day; a place needs the axis of its own column."""
        return self.plan.days[0].axis

    @property
    def row_height(self) -> float:
        return (self.height - self.header) / (self.plan.last_row - self.plan.first_row)

    @property
    def column_width(self) -> float:
        """Of the narrowest column."""
        most = max((len(day.chairs) for day in self.plan.days), default=1)
        return (self.day_width - 4) / max(most, 1)

    @property
    def day_width(self) -> float:
        return (self.width - self.gutter) / DAYS

    def x(self, day: int) -> float:
        return self.gutter + day * self.day_width

    def y_of_row(self, row: float) -> float:
        """Where a row lies, counted around noon."""
        return self.header + (row - self.plan.first_row) * self.row_height

    def y(self, day: int, moment: datetime) -> float:
        return self.y_of_row(self.plan.row_of(day, moment))

    def lane(self, day: int, lane: float) -> float:
        """Where a chair's lane begins; days keep a small gap at their edges."""
        lanes = max(len(self.plan.days[day].chairs), 1)
        return self.x(day) + 2 + lane / lanes * (self.day_width - 4)

    def column(self, day: int) -> "WeekColumn":
        """Where a day's tiles lie."""
        axis = self.plan.days[day].axis
        midnight = self.y_of_row(around_noon(axis, 0))
        per_row = self.y_of_row(around_noon(axis, 1)) - midnight
        return WeekColumn(
            zero=midnight,
            per_row=per_row,
            left=self.lane(day, 0),
            lane=self.lane(day, 1) - self.lane(day, 0),
            first=self.plan.days[day].first_column,
            top=max(self.header, midnight),
            bottom=min(self.height, midnight + axis.rows * per_row),
        )

    def box_of_rows(
        self,
        column: int,
        rows: tuple[float, float],
        *,
        left: float = 0.0,
        right: float = 1.0,
        margin: float = 0.5,
    ) -> Box:
        """Rows from, to of a column, in part of its width, clipped to what is shown."""
        day = self.column(self.plan.number_of(column))
        return day.box(column, rows, left=left, right=right, margin=margin)

    def box(self, column: int, span: tuple[datetime, datetime]) -> Box:
        """The rectangle of a stretch of time in a column."""
        axis = self.plan.axis_at(column)
        return self.box_of_rows(column, (axis.row_of(span[0]), axis.row_of(span[1])))

    def slot(self, column: int, row: int, rows: int = 1) -> Box:
        return self.box_of_rows(column, (row, row + rows), margin=0.0)

    def column_at(self, x: float) -> int:
        """The column nearest to a point, so that a drag may leave the grid."""
        number = self.day_at(x)
        day, lane = self.plan.days[number], self.column(number)
        place = int((x - lane.left) // lane.lane)
        return day.first_column + min(max(place, 0), max(day.columns - 1, 0))

    def row_at(self, y: float, column: int = 0) -> int:
        """The row of a column's day under a height, kept to what is shown."""
        shift = around_noon(self.plan.axis_at(column), 0)
        row = floor((y - self.header) / self.row_height + self.plan.first_row - shift)
        first, last = self.plan.rows_at(column)
        return min(max(row, first), last - 1)

    def on_grid(self, x: float, y: float) -> bool:
        return bool(self.columns) and x >= self.gutter and y >= self.header

    def rows_moved(self, pixels: float) -> int:
        """How many whole rows a drag of so many pixels means."""
        return round(pixels / self.row_height)

    def day_at(self, x: float) -> int:
        return min(max(int((x - self.gutter) // self.day_width), 0), DAYS - 1)


class WeekColumn(NamedTuple):
    """One day of the week in pixels: its midnight, rows and lanes, and where it ends."""

    zero: float
    per_row: float
    left: float
    lane: float
    first: int
    top: float
    bottom: float

    def box(
        self,
        column: int,
        rows: tuple[float, float],
        *,
        left: float,
        right: float,
        margin: float = 0.5,
    ) -> Box:
        """Part of a lane, clipped to the day and to what is shown."""
        top = max(self.zero + rows[0] * self.per_row, self.top)
        bottom = min(self.zero + rows[1] * self.per_row, self.bottom)
        x = self.left + (column - self.first + left) * self.lane
        width = (right - left) * self.lane
        return Box(x + margin, top, width - 2 * margin, max(bottom - top, 4))


def around_noon(axis: DayAxis, row: float) -> float:
    """A row of one day's own axis, counted as the wall clock of its noon counts."""
    return NOON_ROW + row - axis.noon_row


def plan_week(
    schedule: Schedule, monday: date, zone: ZoneInfo, *, now: datetime, local: Local
) -> WeekPlan:
    """Seven days from `monday` out of a schedule, with the hours that any of them needs."""
    days: list[DayPlan] = []
    for offset in range(DAYS):
        axis = DayAxis(monday + timedelta(days=offset), zone)
        first = sum(day.columns for day in days)
        days.append(plan_day(schedule, axis, now=now, local=local, first_column=first))
    tops: list[float] = []
    bottoms: list[float] = []
    for plan in days:
        axis = plan.axis
        for tile in plan.tiles:
            tops.append(around_noon(axis, tile.rows[0]))
            bottoms.append(around_noon(axis, tile.rows[1]))
        for opens, closes in plan.open_rows:
            if closes - opens < axis.rows:
                tops.append(around_noon(axis, opens))
                bottoms.append(around_noon(axis, closes))
    first_row = min(tops, default=TYPICAL[0]) - 2
    last_row = max(bottoms, default=TYPICAL[1]) + 2
    return WeekPlan(tuple(days), first_row, last_row)
