"""How the arrow keys walk over a day: by quarter hours where it is free, else by whole tiles."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, floor

from ketadesk.domain.ids import AppointmentId
from ketadesk.ui.calendar.day_layout import DayPlan, Tile


@dataclass(frozen=True)
class Cursor:
    """The chosen place: a column and a row, and the tile that lies there, if any."""

    column: int
    row: int
    tile_id: AppointmentId | None = None


def rows_of(plan: DayPlan, tile: Tile) -> tuple[int, int]:
    """The rows a tile touches, from and to (exclusive), within the day."""
    first = floor(plan.axis.row_of(tile.span[0]))
    last = ceil(plan.axis.row_of(tile.span[1]))
    return max(first, 0), min(last, plan.axis.rows)


def at(plan: DayPlan, column: int, row: int) -> Cursor:
    """The cursor on a place, on the leftmost tile that lies there."""
    row = plan.axis.clamped(row)
    tiles = plan.tiles_in(column, row, row + 1)
    return Cursor(column, row, tiles[0].id if tiles else None)


def start(plan: DayPlan, now: datetime | None, in_sight: tuple[int, int]) -> Cursor:
    """Where the cursor begins in the first chair: now, or when the clinic opens."""
    row = int(plan.axis.row_of(now)) if now is not None else 0
    return at(plan, 0, row if in_sight[0] < row < in_sight[1] else in_sight[0] + 1)


def on_tile(plan: DayPlan, tile: Tile) -> Cursor:
    return Cursor(tile.column, plan.axis.clamped(rows_of(plan, tile)[0]), tile.id)


def up_or_down(plan: DayPlan, cursor: Cursor, step: int) -> Cursor:
    """The next place above (-1) or below (1); a tile is left in one step."""
    tile = plan.tile(cursor.tile_id)
    if tile is None:
        return at(plan, cursor.column, cursor.row + step)
    first, last = rows_of(plan, tile)
    row = first - 1 if step < 0 else last
    if not 0 <= row < plan.axis.rows:
        return cursor
    return at(plan, cursor.column, row)


def left_or_right(plan: DayPlan, cursor: Cursor, step: int) -> Cursor:
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
    if not 0 <= column < len(plan.chairs):
        return cursor
    there = plan.tiles_in(column, cursor.row, cursor.row + 1)
    reached = there[0 if step > 0 else -1].id if there else None
    return Cursor(column, cursor.row, reached)


def kept(plan: DayPlan, cursor: Cursor) -> Cursor:
    """The same choice after the day was read again: the visit if still there, else the place."""
    tile = plan.tile(cursor.tile_id)
    if tile is None:
        column = min(cursor.column, max(len(plan.chairs) - 1, 0))
        return replace(at(plan, column, cursor.row), tile_id=None)
    first, last = rows_of(plan, tile)
    row = cursor.row if first <= cursor.row < last else first
    return Cursor(tile.column, plan.axis.clamped(row), tile.id)
