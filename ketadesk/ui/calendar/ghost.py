"""What is being moved, resized or marked on the day, in quarter hours; nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from ketadesk.domain.times import MINUTE
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.geometry import ROW, DayAxis


class Kind(Enum):
    MOVE = "move"
    RESIZE = "resize"
    MARK = "mark"


@dataclass(frozen=True)
class Ghost:
    """Where it would lie: a column and a stretch of time in UTC. A mark has no tile."""

    kind: Kind
    column: int
    starts: datetime
    ends: datetime
    tile: Tile | None = None

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts) / MINUTE)

    @property
    def changed(self) -> bool:
        """Whether letting go now would change anything."""
        if self.tile is None:
            return True
        return (self.column, self.starts, self.ends) != (self.tile.column, *self.tile.span)


def of_tile(kind: Kind, tile: Tile) -> Ghost:
    return Ghost(kind, tile.column, *tile.span, tile=tile)


def of_row(axis: DayAxis, column: int, row: int) -> Ghost:
    return Ghost(Kind.MARK, column, axis.moment(row), axis.moment(row + 1))


def moved(
    ghost: Ghost, axis: DayAxis, *, rows: int, column: int, onto: DayAxis | None = None
) -> Ghost:
    """Its tile moved by whole rows from where it lies now; it keeps its start when rows is 0.

    `axis` is that of the day it lies on, `onto` that of the day it goes to, if that is another.
    """
    assert ghost.tile is not None
    starts, ends = ghost.tile.span
    starts = _stepped(starts, axis, onto or axis, rows)
    return replace(ghost, column=column, starts=starts, ends=starts + (ends - ghost.tile.span[0]))


def nudged(
    ghost: Ghost, axis: DayAxis, *, rows: int, column: int, onto: DayAxis | None = None
) -> Ghost:
    """One more step from where the ghost is, for the arrow keys; `onto` as in `moved`."""
    starts = _stepped(ghost.starts, axis, onto or axis, rows)
    return replace(ghost, column=column, starts=starts, ends=starts + (ghost.ends - ghost.starts))


def _stepped(starts: datetime, axis: DayAxis, onto: DayAxis, rows: int) -> datetime:
    """The same time of the other day's clock, then on by whole rows."""
    if onto.day != axis.day:
        starts = onto.noon + (starts - axis.noon)
    return onto.moment(onto.clamped(onto.snapped(starts) + rows)) if rows else starts


def ended(ghost: Ghost, axis: DayAxis, *, row: int) -> Ghost:
    """Its end set to where a row begins; never shorter than a quarter hour, never past the day."""
    least = ghost.starts + ROW
    wanted = axis.moment(min(max(row, 0), axis.rows))
    return replace(ghost, ends=max(least, wanted))


def lengthened(ghost: Ghost, axis: DayAxis, rows: int) -> Ghost:
    """Its end moved by whole rows, onto the quarter hour."""
    return ended(ghost, axis, row=round(axis.row_of(ghost.ends)) + rows)


def marked(axis: DayAxis, column: int, first: int, last: int) -> Ghost:
    """A stretch of free time between two rows, whichever was pressed first."""
    top, bottom = sorted((first, last))
    return Ghost(Kind.MARK, column, axis.moment(top), axis.moment(bottom) + ROW)
