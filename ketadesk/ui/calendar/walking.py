"""How the arrow keys walk over a day: by quarter hours where it is free, else by whole tiles."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, floor

from ketadesk.domain.ids import AppointmentId
from ketadesk.ui.calendar.day_layout import DayPlan, Tile, rows_in_sight
from ketadesk.ui.calendar.week_layout import WeekPlan

Plan = DayPlan | WeekPlan
"""What can be walked over: the columns of one day, or those of seven."""


@dataclass(frozen=True)
class Cursor:
    """The chosen place: a column and a row, and the tile that lies there, if any."""

    column: int
    row: int
    tile_id: AppointmentId | None = None


def rows_of(plan: Plan, tile: Tile) -> tuple[int, int]:
    """The rows a tile touches, from and to (exclusive), within the day."""
    axis = plan.axis_at(tile.column)
    first, last = floor(axis.row_of(tile.span[0])), ceil(axis.row_of(tile.span[1]))
    return max(first, 0), min(last, axis.rows)


def at(plan: Plan, column: int, row: int) -> Cursor:
    """The cursor on a place, on the leftmost tile that lies there."""
    row = _within(plan, column, row)
    tiles = plan.tiles_in(column, row, row + 1)
    return Cursor(column, row, tiles[0].id if tiles else None)


def start(plan: Plan, now: datetime | None, *, column: int = 0) -> Cursor:
    """Where the cursor begins in a day's first chair: now, or when the clinic opens."""
    day = plan.day_of(column)
    first, last = rows_in_sight(day)
    row = int(day.axis.row_of(now)) if now is not None else 0
    return at(plan, day.first_column, row if first < row < last else first + 1)


def on_tile(plan: Plan, tile: Tile) -> Cursor:
    row = plan.axis_at(tile.column).clamped(rows_of(plan, tile)[0])
    return Cursor(tile.column, row, tile.id)


def up_or_down(plan: Plan, cursor: Cursor, step: int) -> Cursor:
    """The next place above (-1) or below (1); a tile is left in one step."""
    tile = plan.tile(cursor.tile_id)
    if tile is None:
        return at(plan, cursor.column, cursor.row + step)
    first, last = rows_of(plan, tile)
    row = first - 1 if step < 0 else last
    if row != _within(plan, cursor.column, row):
        return cursor
    return at(plan, cursor.column, row)


def left_or_right(plan: Plan, cursor: Cursor, step: int) -> Cursor:
    """The neighbour in the same chair when two share it, else the same time in the next chair."""
    tile = plan.tile(cursor.tile_id)
    if tile is not None:
        beside = [
            other
            for other in plan.tiles_in(cursor.column, *rows_of(plan, tile))
            if other.id != tile.id and (other.left - tile.left) * step > 0
        ]
        if beside:
            nearest = min(beside, key=lambda other: abs(other.left - tile.left))
            row = max(cursor.row, rows_of(plan, nearest)[0])
            return Cursor(cursor.column, row, nearest.id)
    column = cursor.column + step
    if not 0 <= column < plan.columns:
        return cursor
    row = _same_time(plan, cursor, column)
    there = plan.tiles_in(column, row, row + 1)
    reached = there[0 if step > 0 else -1].id if there else None
    return Cursor(column, row, reached)


def to_day(plan: Plan, cursor: Cursor, step: int) -> Cursor:
    """The same chair and time a day on (1) or back (-1), where days lie side by side."""
    here = plan.day_of(cursor.column)
    beyond = here.first_column + here.columns if step > 0 else here.first_column - 1
    if not 0 <= beyond < plan.columns:
        return cursor
    there = plan.day_of(beyond)
    place = min(cursor.column - here.first_column, there.columns - 1)
    column = there.first_column + place
    return at(plan, column, _same_time(plan, cursor, column))


def _same_time(plan: Plan, cursor: Cursor, column: int) -> int:
    """The row of another column at which its clock shows what the cursor's shows."""
    before, after = plan.axis_at(cursor.column), plan.axis_at(column)
    return _within(plan, column, cursor.row + round(after.noon_row - before.noon_row))


def _within(plan: Plan, column: int, row: int) -> int:
    first, last = plan.rows_at(column)
    return min(max(row, first), last - 1)


def kept(plan: Plan, cursor: Cursor) -> Cursor:
    """The same choice after the day was read again: the visit if still there, else the place."""
    tile = plan.tile(cursor.tile_id)
    if tile is None:
        column = min(cursor.column, max(plan.columns - 1, 0))
        return replace(at(plan, column, cursor.row), tile_id=None)
    first, last = rows_of(plan, tile)
    row = cursor.row if first <= cursor.row < last else first
    return Cursor(tile.column, plan.axis_at(tile.column).clamped(row), tile.id)
