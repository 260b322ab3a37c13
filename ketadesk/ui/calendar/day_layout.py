"""Which tile lies where on a day: chairs become columns, visits become tiles side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import ceil, floor
from typing import NamedTuple

from ketadesk.domain import packing
from ketadesk.domain.appointments import Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, open_on
from ketadesk.domain.day import Schedule, Visit, coming
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.domain.nurse_load import LoadStep
from ketadesk.domain.protocols import Segment
from ketadesk.i18n import tr
from ketadesk.ui.calendar.geometry import DayAxis
from ketadesk.ui.calendar.visit_text import Local, TileText, counts_minutes, tile_text

SLIM = 0.1
"""The part of the width that cancelled visits keep at the right when others took their time."""


class Sight(NamedTuple):
    """How a tile is seen: `absent` takes no chair, `over` is done, `lifted` is being moved."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    absent: bool = False
    over: bool = False
    lifted: bool = False


class TilePart(NamedTuple):
    """A segment within what the day shows of its tile: from 0, its top, to 1, its bottom."""

    segment: Segment
    top: float
    bottom: float


@dataclass(frozen=True)
class Tile:
    """A visit in its column, between two parts of the column's width, with what it says.

    `rows` are from, to on the day's axis, clipped to the day.
    `sight` is how it is seen while nobody points at it.
    `slim`: the visit takes no chair any more and another one does, so only its edge is shown.
    """

    visit: Visit
    text: TileText
    column: int
    left: float
    right: float
    rows: tuple[float, float]
    parts: tuple[TilePart, ...]
    sight: Sight
    slim: bool = False

    @property
    def id(self) -> AppointmentId:
        return self.visit.appointment.id

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.visit.appointment.starts, self.visit.appointment.ends


@dataclass(frozen=True)
class DayPlan:
    """One day ready to be drawn."""

    axis: DayAxis
    chairs: tuple[Chair, ...]
    tiles: tuple[Tile, ...]
    closures: tuple[Closure, ...]
    open_rows: tuple[tuple[int, int], ...]
    """Opening hours as rows from, to; none when the clinic is closed that day, the whole day
    when it has never said when it is open."""

    booked: int = 0
    """How many come."""

    first_column: int = 0
    """The column of its first chair: another than the first where days lie side by side."""

    load: tuple[LoadStep, ...] = ()
    """How many infusions the nurses watch, by the quarter hour."""

    @property
    def columns(self) -> int:
        """One for each chair."""
        return len(self.chairs)

    def day_of(self, _column: int) -> "DayPlan":
        """The day that a column belongs to."""
        return self

    def axis_at(self, _column: int) -> DayAxis:
        return self.axis

    def chair_at(self, column: int) -> Chair:
        return self.chairs[column - self.first_column]

    def rows_at(self, _column: int) -> tuple[int, int]:
        """The rows, from and to, that a person may go to."""
        return 0, self.axis.rows

    @cached_property
    def _by_id(self) -> dict[AppointmentId, Tile]:
        return {tile.id: tile for tile in self.tiles}

    def tile(self, appointment_id: AppointmentId | None) -> Tile | None:
        return None if appointment_id is None else self._by_id.get(appointment_id)

    def tiles_in(self, column: int, first_row: float, last_row: float) -> list[Tile]:
        """The tiles of a column that touch these rows, from the left."""
        found = [
            tile
            for tile in self.tiles
            if tile.column == column and tile.rows[0] < last_row and tile.rows[1] > first_row
        ]
        return sorted(found, key=lambda tile: (tile.left, tile.span[0]))

    def closure_at(self, column: int, row: int) -> Closure | None:
        """The closure, of the chair or of the whole clinic, that a quarter hour lies in."""
        place = column - self.first_column
        chair_id = self.chairs[place].id if place < len(self.chairs) else None
        here = Span(self.axis.moment(row), self.axis.moment(row + 1))
        for closure in self.closures:
            if closure.chair_id in (None, chair_id) and closure.span.overlaps(here):
                return closure
        return None

    def column_of(self, chair_id: ChairId) -> int | None:
        places = enumerate(self.chairs, start=self.first_column)
        return next((column for column, chair in places if chair.id == chair_id), None)

    def told_at(self, *, now: datetime, local: Local) -> "DayPlan":
        """The same day a little later: minutes on tiles have counted on."""
        tiles = tuple(
            replace(tile, text=tile_text(tile.visit, now=now, local=local))
            if counts_minutes(tile.visit)
            else tile
            for tile in self.tiles
        )
        return replace(self, tiles=tiles)


def plan_day(
    schedule: Schedule,
    axis: DayAxis,
    *,
    now: datetime,
    local: Local,
    first_column: int = 0,
    load: tuple[LoadStep, ...] = (),
) -> DayPlan:
    """The day of the axis out of a schedule; a chair no longer in use keeps its column that day.

    Nothing here touches a widget: the plan may be made on any thread.
    """
    visits = [
        visit
        for visit in schedule.visits
        if visit.appointment.starts < axis.ends and visit.appointment.ends > axis.starts
    ]
    chairs = with_former_chairs(schedule.chairs, visits)
    tiles: list[Tile] = []
    for column, chair in enumerate(chairs, start=first_column):
        here = [visit for visit in visits if visit.appointment.chair_id == chair.id]
        for visit, left, right, slim in _side_by_side(here):
            text = tile_text(visit, now=now, local=local)
            tiles.append(_tile(axis, visit, text, place=(column, left, right), slim=slim))
    tiles.sort(key=lambda tile: (tile.column, tile.span[0], tile.left))
    open_rows = tuple(
        (
            axis.row_at_clock(entry.opens.hour, entry.opens.minute),
            axis.row_at_clock(entry.closes.hour, entry.closes.minute),
        )
        for entry in open_on(axis.day, schedule.hours)
    )
    if not schedule.hours:
        open_rows = ((0, axis.rows),)
    closures = tuple(
        closure
        for closure in schedule.closures
        if closure.span.starts < axis.ends and closure.span.ends > axis.starts
    )
    booked = len(coming(visits))
    return DayPlan(
        axis,
        chairs,
        tuple(tiles),
        closures,
        open_rows,
        booked,
        first_column=first_column,
        load=load,
    )


def with_former_chairs(chairs: tuple[Chair, ...], visits: Iterable[Visit]) -> tuple[Chair, ...]:
    """The chairs, and one more for each chair that only visits still know."""
    known = {chair.id for chair in chairs}
    former = sorted({visit.appointment.chair_id for visit in visits} - known)
    return chairs + tuple(
        Chair(chair_id, tr("Former chair"), len(chairs) + place, active=False)
        for place, chair_id in enumerate(former, start=1)
    )


def rows_in_sight(plan: DayPlan) -> tuple[int, int]:
    """The rows that should be in sight: opening hours and visits, a quarter hour around."""
    axis = plan.axis
    spans = [tile.rows for tile in plan.tiles]
    spans += [(top, bottom) for top, bottom in plan.open_rows if bottom - top < axis.rows]
    if not spans:
        spans = [(axis.row_at_clock(8), axis.row_at_clock(18))]
    first = floor(min(top for top, _ in spans))
    last = ceil(max(bottom for _, bottom in spans))
    return max(first - 1, 0), min(max(last, first + 1) + 1, axis.rows)


def _tile(
    axis: DayAxis, visit: Visit, text: TileText, *, place: tuple[int, float, float], slim: bool
) -> Tile:
    column, left, right = place
    appointment, status = visit.appointment, visit.appointment.status
    top, bottom = axis.rows_within(appointment.span)
    parts = tuple(
        TilePart(segment, (starts - top) / (bottom - top), (ends - top) / (bottom - top))
        for segment, span in appointment.segment_spans()
        for starts, ends in [axis.rows_within(span)]
        if ends > starts
    )
    return Tile(
        visit,
        text,
        column,
        left,
        right,
        rows=(top, bottom),
        parts=parts,
        sight=Sight(absent=status.cancelled, over=status is Status.COMPLETED),
        slim=slim,
    )


def _side_by_side(visits: list[Visit]) -> list[tuple[Visit, float, float, bool]]:
    """Each with its part of the width, left and right, and whether it is slim."""
    present = [visit for visit in visits if visit.appointment.status.takes_the_chair]
    absent = [visit for visit in visits if not visit.appointment.status.takes_the_chair]
    slim = [visit for visit in absent if _meets(visit, present)]
    placed = []
    for visit, place in _placed(present + [visit for visit in absent if visit not in slim]):
        room = 1.0 - SLIM if _meets(visit, slim) else 1.0
        placed.append((visit, place.left, min(place.right, room), False))
    for visit, place in _placed(slim):
        left, right = 1.0 - SLIM + place.left * SLIM, 1.0 - SLIM + place.right * SLIM
        placed.append((visit, left, right, True))
    return placed


def _meets(visit: Visit, others: Iterable[Visit]) -> bool:
    return any(visit.appointment.span.overlaps(other.appointment.span) for other in others)


def _placed(visits: list[Visit]) -> list[tuple[Visit, packing.Place]]:
    places = packing.pack(
        packing.Box(made.id, _minute(made.starts), _minute(made.ends))
        for made in (visit.appointment for visit in visits)
    )
    return [(visit, places[visit.appointment.id]) for visit in visits]


def _minute(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp()) // 60
