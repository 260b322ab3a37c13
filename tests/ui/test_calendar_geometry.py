"""Where times lie: quarter hours by the clinic's clock, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, OpeningHours
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    ClosureId,
    PatientId,
    ProtocolId,
    Uuid,
)
from ketadesk.domain.protocols import SegmentMinutes, Tier
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.day_layout import DayPlan, plan_day
from ketadesk.ui.calendar.geometry import DayAxis, Geometry
from ketadesk.ui.calendar.walking import Cursor
from ketadesk.ui.calendar.week_layout import WeekGeometry, plan_week

ZONE = ZoneInfo("America/Los_Angeles")
ORDINARY = date(2027, 5, 14)
SHORT = date(2027, 3, 14)
LONG = date(2027, 11, 7)
CHAIRS = (Chair(ChairId(1), "Chair 1", 1), Chair(ChairId(2), "Chair 2", 2))


def visit(
    number: int,
    starts: datetime,
    minutes: int = 120,
    *,
    chair: int = 1,
    status: Status = Status.BOOKED,
    name: str = "",
) -> Visit:
    segments = SegmentMinutes(0, minutes, 0, 0)
    appointment = Appointment(
        AppointmentId(number),
        Uuid(str(number)),
        PatientId(number),
        ChairId(chair),
        ProtocolId(1),
        Span(starts.astimezone(UTC), starts.astimezone(UTC) + timedelta(minutes=minutes)),
        segments,
        status,
        starts,
        EscortState.NOT_ASKED,
    )
    name = name or f"Patient {number}"
    return Visit(appointment, name, "", "Mood IV", Tier.LOW, "", "", "", "", None, "en")


def at(hour: int, minute: int = 0, *, day: date = ORDINARY) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def plan(*visits: Visit, day: date = ORDINARY, closures: tuple[Closure, ...] = ()) -> DayPlan:
    axis = DayAxis(day, ZONE)
    hours = tuple(OpeningHours(weekday, time(8), time(18)) for weekday in range(5))
    schedule = Schedule(Span(axis.starts, axis.ends), CHAIRS, hours, closures, visits)
    return plan_day(schedule, axis, now=axis.noon, local=lambda moment: moment.astimezone(ZONE))


def grid(day: date = ORDINARY, **more: float) -> Geometry:
    sizes = {"width": 658.0, "height": 632.0, "row_height": 15.0, "gutter": 58.0, "header": 32.0}
    return Geometry(DayAxis(day, ZONE), columns=2, **{**sizes, **more})


def drawn(day_plan: DayPlan) -> list[str]:
    """The day as text: a line for each row in which something begins, a column for each chair."""
    rows = sorted({int(day_plan.axis.row_of(tile.span[0])) for tile in day_plan.tiles})
    lines = []
    for row in rows:
        cells = []
        for column in range(len(day_plan.chairs)):
            here = [
                f"{tile.visit.patient_name}[{round(tile.left * 100)}-{round(tile.right * 100)}]"
                for tile in day_plan.tiles_in(column, row, row + 1)
            ]
            cells.append(" ".join(here))
        lines.append("|".join([day_plan.axis.label(row), *cells]))
    return lines


@pytest.mark.parametrize(("day", "rows"), [(ORDINARY, 96), (SHORT, 92), (LONG, 100)])
def test_a_day_has_the_rows_its_clock_has(day: date, rows: int) -> None:
    axis = DayAxis(day, ZONE)
    assert axis.rows == rows
    assert axis.moment(axis.rows) == axis.ends
    assert all(axis.row_of(axis.moment(row)) == row for row in range(rows))


def test_when_clocks_go_forward_the_missing_hour_has_no_row() -> None:
    axis = DayAxis(SHORT, ZONE)
    labels = [axis.label(row) for row in range(axis.rows)]
    assert labels[7:9] == ["01:45", "03:00"]
    assert not any(label.startswith("02") for label in labels)
    assert axis.label(axis.row_at_clock(9)) == "09:00"
    assert axis.row_at_clock(2, 30) == axis.row_at_clock(3)


def test_when_clocks_go_back_the_hour_comes_twice_and_each_has_its_place() -> None:
    axis = DayAxis(LONG, ZONE)
    labels = [axis.label(row) for row in range(axis.rows)]
    assert labels.count("01:30") == 2
    first, second = at(1, 30, day=LONG), at(1, 30, day=LONG).replace(fold=1)
    assert axis.row_of(second) - axis.row_of(first) == 4
    assert axis.label(axis.row_at_clock(9)) == "09:00"


@pytest.mark.parametrize("day", [ORDINARY, SHORT, LONG])
def test_a_move_keeps_wall_clock_and_length_on_every_day(day: date) -> None:
    tile = plan(visit(1, at(9, 5, day=day), 50), day=day).tiles[0]
    held = ghosts.of_tile(ghosts.Kind.MOVE, tile)
    axis = DayAxis(day, ZONE)
    later = ghosts.moved(held, axis, rows=4, column=1)
    assert f"{later.starts.astimezone(ZONE):%H:%M}" == "10:00"
    assert later.minutes == 50
    assert not ghosts.moved(held, axis, rows=0, column=0).changed


@given(st.integers(0, 100 * 15 - 1), st.sampled_from([ORDINARY, SHORT, LONG]))
def test_heights_and_times_are_each_others_inverse(minute: int, day: date) -> None:
    geometry = grid(day)
    axis = geometry.axis
    minute = min(minute, axis.rows * 15 - 1)
    moment = axis.starts + timedelta(minutes=minute)
    assert geometry.row_at(geometry.y(moment) + 1e-6) == minute // 15
    assert axis.moment(geometry.row_at(geometry.y(moment) + 1e-6)) <= moment


def test_columns_and_slots_lie_under_their_points() -> None:
    geometry = grid(scrolled=480.0)
    assert [geometry.column_at(x) for x in (0, 59, 357, 359, 9999)] == [0, 0, 0, 1, 1]
    box = geometry.slot(1, geometry.axis.row_at_clock(9))
    assert box.holds(box.x + 1, box.y + 1)
    assert not box.holds(box.right, box.y)
    assert geometry.row_at(box.y + 1) == 36
    assert not geometry.on_grid(30, 100)
    assert not geometry.on_grid(100, 20)


def test_overlapping_visits_lie_side_by_side_and_nothing_is_covered() -> None:
    shown = plan(
        visit(1, at(9), name="Ana"),
        visit(2, at(10), name="Ben"),
        visit(3, at(11), name="Cleo"),
        visit(4, at(9), chair=2, name="Dan"),
    )
    assert drawn(shown) == [
        "09:00|Ana[0-50]|Dan[0-100]",
        "10:00|Ana[0-50] Ben[50-100]|Dan[0-100]",
        "11:00|Cleo[0-50] Ben[50-100]|",
    ]


def test_a_cancelled_visit_gives_way_to_who_took_its_time() -> None:
    gone = Status.CANCELLED_BY_PATIENT
    alone = plan(visit(1, at(9), status=gone, name="Ana"))
    assert drawn(alone) == ["09:00|Ana[0-100]|"]
    taken = plan(visit(1, at(9), status=gone, name="Ana"), visit(2, at(9), name="Ben"))
    assert drawn(taken) == ["09:00|Ben[0-90] Ana[90-100]|"]
    assert [tile.slim for tile in taken.tiles] == [False, True]


def test_a_chair_no_longer_used_keeps_its_column_while_someone_is_booked_there() -> None:
    shown = plan(visit(1, at(9), chair=7, name="Ana"))
    assert [chair.name for chair in shown.chairs] == ["Chair 1", "Chair 2", "Former chair"]
    assert drawn(shown) == ["09:00|||Ana[0-100]"]


def test_opening_hours_are_rows_and_a_closed_day_has_none() -> None:
    assert plan().open_rows == ((32, 72),)
    assert plan(day=date(2027, 5, 15)).open_rows == ()
    assert plan(day=date(2027, 3, 15)).open_rows == ((32, 72),)


def test_only_closures_of_the_day_are_shown() -> None:
    span = Span(at(14).astimezone(UTC), at(15, 30).astimezone(UTC))
    closure = Closure(ClosureId(1), ChairId(2), span, "pump service")
    assert plan(closures=(closure,)).closures == (closure,)
    assert plan(day=date(2027, 5, 13), closures=(closure,)).closures == ()


def test_the_arrows_walk_slots_and_whole_tiles() -> None:
    shown = plan(
        visit(1, at(9), name="Ana"), visit(2, at(10), name="Ben"), visit(3, at(9), chair=2)
    )
    nine, ana, ben = shown.axis.row_at_clock(9), AppointmentId(1), AppointmentId(2)
    above = Cursor(0, nine - 1)
    on_ana = walking.up_or_down(shown, above, 1)
    assert on_ana == Cursor(0, nine, ana)
    on_ben = walking.left_or_right(shown, on_ana, 1)
    assert on_ben.tile_id == ben
    assert walking.left_or_right(shown, on_ben, -1).tile_id == ana
    assert walking.left_or_right(shown, on_ben, 1) == Cursor(1, on_ben.row, AppointmentId(3))
    below = walking.up_or_down(shown, on_ben, 1)
    assert (below.tile_id, shown.axis.label(below.row)) == (None, "12:00")
    assert walking.up_or_down(shown, on_ana, -1) == above
    edge = Cursor(0, 0)
    assert walking.left_or_right(shown, edge, -1) == edge
    assert walking.up_or_down(shown, edge, -1).row == 0


def test_the_choice_follows_a_visit_that_was_moved() -> None:
    before = Cursor(0, 36, AppointmentId(1))
    moved = plan(visit(1, at(13), chair=2))
    assert walking.kept(moved, before) == Cursor(1, 52, AppointmentId(1))
    assert walking.kept(plan(), before) == Cursor(0, 36, None)


def test_a_ghost_is_never_shorter_than_a_quarter_hour_nor_longer_than_the_day() -> None:
    tile = plan(visit(1, at(22), 60)).tiles[0]
    held = ghosts.of_tile(ghosts.Kind.RESIZE, tile)
    axis = DayAxis(ORDINARY, ZONE)
    assert ghosts.lengthened(held, axis, -20).minutes == 15
    assert ghosts.lengthened(held, axis, 20).minutes == 120
    backwards = ghosts.marked(axis, 0, 40, 36)
    assert (backwards.starts, backwards.minutes) == (axis.moment(36), 75)


@pytest.mark.parametrize("day", [SHORT, LONG])
def test_a_week_agrees_on_its_hours_when_the_clocks_change(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    visits = [
        visit(number, at(9, day=monday + timedelta(days=number - 1))) for number in range(1, 8)
    ]
    night = [visit(8, at(1, day=day), 60), visit(9, at(1, day=day).replace(fold=1), 60)]
    if day == SHORT:
        night = [visit(8, at(1, day=day), 60), visit(9, at(3, day=day), 60)]
    axis = DayAxis(day, ZONE)
    schedule = Schedule(Span(axis.starts, axis.ends), CHAIRS, (), (), (*visits, *night))
    week = plan_week(
        schedule, monday, ZONE, now=axis.noon, local=lambda moment: moment.astimezone(ZONE)
    )
    geometry = WeekGeometry(week, width=760, height=600, gutter=60, header=40)
    tops = {
        round(geometry.y(index, each.appointment.starts), 6) for index, each in enumerate(visits)
    }
    assert len(tops) == 1
    sunday = [tile for tile in week.days[6].tiles if tile.id in (8, 9)]
    boxes = sorted(geometry.box_of_rows(tile.column, tile.rows) for tile in sunday)
    assert len(boxes) == 2
    first, second = sorted(boxes, key=lambda box: box.y)
    assert first.bottom <= second.y + 1e-6
    assert first.y >= geometry.header
