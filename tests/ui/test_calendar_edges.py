"""At the day's ends: nothing begins outside the day, nothing is drawn outside it."""

from datetime import UTC, date, timedelta

import pytest

from ketadesk.domain.changes import Span
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import rows_in_sight
from ketadesk.ui.calendar.geometry import DayAxis, row_height_for
from ketadesk.ui.calendar.walking import Cursor
from tests.ui.test_calendar_geometry import LONG, ORDINARY, SHORT, ZONE, at, grid, plan, visit

EVERY_DAY = pytest.mark.parametrize("day", [ORDINARY, SHORT, LONG])


@EVERY_DAY
def test_no_row_lies_outside_the_day(day: date) -> None:
    axis = DayAxis(day, ZONE)
    last = axis.rows - 1
    assert [axis.clamped(row) for row in (-1, 0, last, last + 1, 9999)] == [0, 0, last, last, last]
    assert axis.label(last) == "23:45"
    assert axis.snapped(axis.ends - timedelta(minutes=1)) == last
    assert axis.snapped(axis.starts - timedelta(hours=3)) == 0
    assert axis.row_at_clock(23, 50) == axis.rows, "no row begins so late"


def test_a_point_below_or_above_the_day_means_its_last_or_first_row() -> None:
    geometry = grid(scrolled=96 * 15.0 - 600)
    assert geometry.row_at(geometry.height + 9999) == 95
    assert geometry.row_at(-9999) == 0
    assert geometry.y_of_row(96) == geometry.height


def test_a_visit_over_midnight_is_drawn_to_the_end_of_one_day_and_from_the_start_of_the_next() -> (
    None
):
    span = (at(23).astimezone(UTC), at(23).astimezone(UTC) + timedelta(hours=2))
    today, tomorrow = grid(), grid(ORDINARY + timedelta(days=1))
    evening, morning = today.box(0, span), tomorrow.box(0, span)
    assert (evening.bottom, evening.height) == (today.y_of_row(96), 4 * 15)
    assert (morning.y, morning.height) == (tomorrow.y_of_row(0), 4 * 15)
    assert today.axis.rows_within(Span(*span)) == (92, 96)
    assert tomorrow.axis.rows_within(Span(*span)) == (0, 4)


def test_opening_hours_and_visits_are_in_sight_with_a_quarter_hour_around() -> None:
    assert rows_in_sight(plan()) == (8 * 4 - 1, 18 * 4 + 1)
    assert rows_in_sight(plan(visit(1, at(23), 120))) == (8 * 4 - 1, 96)
    sunday = ORDINARY + timedelta(days=6 - ORDINARY.weekday())
    assert rows_in_sight(plan(day=sunday)) == (8 * 4 - 1, 18 * 4 + 1)


def test_a_row_is_high_enough_to_read_and_else_fills_the_view() -> None:
    assert row_height_for(960, rows=40, least=15) == 24
    assert row_height_for(300, rows=40, least=15) == 15
    assert row_height_for(300, rows=0, least=15) == 300


def test_what_is_moved_begins_within_the_day_and_keeps_its_length() -> None:
    tile = plan(visit(1, at(22), 60)).tiles[0]
    held, axis = ghosts.of_tile(ghosts.Kind.MOVE, tile), DayAxis(ORDINARY, ZONE)
    late = ghosts.moved(held, axis, rows=500, column=0)
    assert (axis.label(95), late.starts, late.minutes) == ("23:45", axis.moment(95), 60)
    early = ghosts.moved(held, axis, rows=-500, column=0)
    assert (early.starts, early.minutes) == (axis.starts, 60)
    assert ghosts.nudged(late, axis, rows=1, column=0).starts == axis.moment(95)
    assert ghosts.nudged(early, axis, rows=-1, column=0).starts == axis.starts
    assert ghosts.nudged(late, axis, rows=-1, column=1).starts == axis.moment(94)
    assert ghosts.nudged(late, axis, rows=0, column=1).column == 1


def test_what_is_marked_or_lengthened_ends_with_the_day_at_the_latest() -> None:
    axis = DayAxis(ORDINARY, ZONE)
    assert ghosts.marked(axis, 0, 95, 94).ends == axis.ends
    assert ghosts.of_row(axis, 0, 95).ends == axis.ends
    held = ghosts.of_row(axis, 0, 94)
    assert ghosts.ended(held, axis, row=97).ends == axis.ends
    assert ghosts.ended(held, axis, row=-4).minutes == 15
    assert ghosts.lengthened(held, axis, 9).ends == axis.ends


def test_the_arrows_stop_at_the_day_s_ends() -> None:
    free = plan()
    assert walking.up_or_down(free, Cursor(0, 95), 1) == Cursor(0, 95)
    assert walking.up_or_down(free, Cursor(0, 0), -1) == Cursor(0, 0)
    over_midnight = plan(visit(1, at(23), 120), visit(2, at(0), 60))
    last, first = over_midnight.tile(visit(1, at(23)).appointment.id), over_midnight.tiles[0]
    assert last is not None
    assert walking.rows_of(over_midnight, last) == (92, 96)
    on_last, on_first = walking.on_tile(over_midnight, last), walking.on_tile(over_midnight, first)
    assert walking.up_or_down(over_midnight, on_last, 1) == on_last
    assert walking.up_or_down(over_midnight, on_first, -1) == on_first
    assert walking.kept(over_midnight, Cursor(9, 200)) == Cursor(1, 95)
