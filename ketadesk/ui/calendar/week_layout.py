"""Where the visits of a week lie: seven days side by side, each with its chairs as lanes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ketadesk.domain.day import Schedule
from ketadesk.ui.calendar import day_layout
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
    higher or lower, and still nothing covers anything.
    """

    days: tuple[DayPlan, ...]
    first_row: float
    last_row: float

    def row_of(self, day: int, moment: datetime) -> float:
        axis = self.days[day].axis
        return around_noon(axis, axis.row_of(moment))


@dataclass(frozen=True)
class WeekGeometry:
    """Seven columns in a widget of `width` x `height`; nothing scrolls."""

    plan: WeekPlan
    width: float
    height: float
    gutter: float
    header: float

    @property
    def day_width(self) -> float:
        return (self.width - self.gutter) / DAYS

    def x(self, day: int) -> float:
        return self.gutter + day * self.day_width

    def y_of_row(self, row: float) -> float:
        rows = self.plan.last_row - self.plan.first_row
        return self.header + (row - self.plan.first_row) / rows * (self.height - self.header)

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
            top=max(self.header, midnight),
            bottom=min(self.height, midnight + axis.rows * per_row),
        )

    def box(self, day: int, tile: Tile) -> Box:
        """A tile within its lane, clipped to what is shown."""
        return self.column(day).box(tile)

    def day_at(self, x: float) -> int:
        return min(max(int((x - self.gutter) // self.day_width), 0), DAYS - 1)


class WeekColumn(NamedTuple):
    """One day of the week in pixels: its midnight, rows and lanes, and where it ends."""

    zero: float
    per_row: float
    left: float
    lane: float
    top: float
    bottom: float

    def box(self, tile: Tile) -> Box:
        """A tile within its lane, clipped to the day and to what is shown."""
        starts, ends = tile.rows
        top = max(self.zero + starts * self.per_row, self.top)
        bottom = min(self.zero + ends * self.per_row, self.bottom)
        left = self.left + (tile.column + tile.left) * self.lane
        width = (tile.right - tile.left) * self.lane
        return Box(left + 0.5, top, width - 1, max(bottom - top, 4))


def around_noon(axis: DayAxis, row: float) -> float:
    """A row of one day's own axis, counted as the wall clock of its noon counts."""
    return NOON_ROW + row - axis.noon_row


def told_at(plan: WeekPlan, *, now: datetime, local: Local) -> WeekPlan:
    """The same week a little later."""
    return replace(
        plan, days=tuple(day_layout.told_at(day, now=now, local=local) for day in plan.days)
    )


def plan_week(
    schedule: Schedule, monday: date, zone: ZoneInfo, *, now: datetime, local: Local
) -> WeekPlan:
    """Seven days from `monday` out of a schedule, with the hours that any of them needs."""
    days = tuple(
        plan_day(schedule, DayAxis(monday + timedelta(days=offset), zone), now=now, local=local)
        for offset in range(DAYS)
    )
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
    first = min(tops, default=TYPICAL[0]) - 2
    last = max(bottoms, default=TYPICAL[1]) + 2
    return WeekPlan(days, first, last)
