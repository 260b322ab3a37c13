"""The week as text: the right hours on every clock, also when it changes; walking and carrying."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import OpeningHours
from ketadesk.domain.day import Schedule
from ketadesk.domain.ids import AppointmentId
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.overview import months_on
from ketadesk.ui.calendar.walking import Cursor
from ketadesk.ui.calendar.week_layout import WeekGeometry, WeekPlan, plan_week
from tests.ui.test_calendar_geometry import CHAIRS, visit

HOURS = tuple(OpeningHours(weekday, time(8), time(18)) for weekday in range(7))
WEEKS = [
    ("America/Los_Angeles", date(2027, 3, 8)),  # 23 hours on its Sunday
    ("America/Los_Angeles", date(2027, 11, 1)),  # 25 hours on its Sunday
    ("Europe/Madrid", date(2027, 10, 25)),
    ("Pacific/Auckland", date(2027, 9, 20)),
    ("America/St_Johns", date(2027, 5, 10)),  # half an hour beside the others
    ("Asia/Kathmandu", date(2027, 5, 10)),  # three quarters
    ("Pacific/Kiritimati", date(2027, 5, 10)),  # fourteen hours ahead
    ("Pacific/Pago_Pago", date(2027, 5, 10)),  # eleven behind
]


def week(zone_name: str, monday: date) -> WeekPlan:
    """Every day at half past nine in chair 1, on Sunday also at 14:00 in chair 2."""
    zone = ZoneInfo(zone_name)

    def at(day: int, *clock: int) -> datetime:
        return datetime.combine(monday + timedelta(days=day), time(*clock), zone)

    visits = [visit(number + 1, at(number, 9, 30), name=f"P{number}") for number in range(7)]
    visits.append(visit(9, at(6, 14), chair=2, name="Late"))
    schedule = Schedule(Span(at(0), at(6, 23)), CHAIRS, HOURS, (), tuple(visits))
    return plan_week(
        schedule, monday, zone, now=at(0, 12), local=lambda moment: moment.astimezone(zone)
    )


def drawn(plan: WeekPlan) -> list[str]:
    """A line for each day: its first hour in sight, then who lies when in which chair."""
    lines = []
    for day in plan.days:
        first, _ = plan.rows_at(day.first_column)
        here = [
            f"{day.axis.label(int(tile.rows[0]))} {plan.chair_at(tile.column).name} "
            f"{tile.visit.patient_name}"
            for tile in day.tiles
        ]
        lines.append(f"{day.axis.label(first)} | {', '.join(here)}")
    return lines


@pytest.mark.parametrize(("zone", "monday"), WEEKS)
def test_a_week_shows_the_clinics_own_clock_on_every_day(zone: str, monday: date) -> None:
    lines = drawn(week(zone, monday))
    assert lines[:6] == [f"07:30 | 09:30 Chair 1 P{number}" for number in range(6)]
    assert lines[6] == "07:30 | 09:30 Chair 1 P6, 14:00 Chair 2 Late"


@pytest.mark.parametrize(("zone", "monday"), WEEKS)
def test_what_is_under_a_point_is_what_is_drawn_there(zone: str, monday: date) -> None:
    plan = week(zone, monday)
    geometry = WeekGeometry(plan, width=1000, height=640, gutter=58, header=44)
    boxes = [geometry.slot(column, plan.axis_at(column).row_at_clock(10)) for column in range(14)]
    assert len({round(box.y, 6) for box in boxes}) == 1
    for column, box in enumerate(boxes):
        x, y = box.x + box.width / 2, box.y + 1
        assert geometry.column_at(x) == column
        row = geometry.row_at(y, column)
        assert plan.axis_at(column).label(row) == "10:00"


@pytest.mark.parametrize(("zone", "monday"), WEEKS)
def test_a_visit_carried_to_another_day_keeps_its_time_and_length(zone: str, monday: date) -> None:
    plan = week(zone, monday)
    tile = plan.tile(AppointmentId(1))
    assert tile is not None
    held = ghosts.of_tile(ghosts.Kind.MOVE, tile)
    length = held.minutes
    for column in range(14):
        onto = plan.axis_at(column)
        for carried in (
            ghosts.moved(held, plan.axis_at(0), rows=0, column=column, onto=onto),
            ghosts.nudged(held, plan.axis_at(0), rows=0, column=column, onto=onto),
        ):
            local = carried.starts.astimezone(onto.zone)
            assert (local.date(), local.time()) == (onto.day, time(9, 30))
            assert carried.minutes == length
        later = ghosts.moved(held, plan.axis_at(0), rows=2, column=column, onto=onto)
        assert later.starts.astimezone(onto.zone).time() == time(10)


@pytest.mark.parametrize(("zone", "monday"), WEEKS)
def test_the_arrows_walk_from_chair_to_chair_and_day_to_day_at_the_same_time(
    zone: str, monday: date
) -> None:
    plan = week(zone, monday)
    cursor = walking.at(plan, 0, plan.axis_at(0).row_at_clock(14))
    said = []
    for _ in range(13):
        cursor = walking.left_or_right(plan, cursor, 1)
        axis = plan.axis_at(cursor.column)
        said.append((axis.day.weekday(), axis.label(cursor.row)))
    assert said == [(column // 2, "14:00") for column in range(1, 14)]
    assert cursor.tile_id == AppointmentId(9)
    assert walking.left_or_right(plan, cursor, 1) == cursor
    days = [cursor := walking.to_day(plan, cursor, -1) for _ in range(6)]
    assert [plan.axis_at(one.column).label(one.row) for one in days] == ["14:00"] * 6
    assert {plan.chair_at(one.column).name for one in days} == {"Chair 2"}
    assert walking.to_day(plan, cursor, -1) == cursor


def test_the_cursor_stays_within_the_hours_in_sight() -> None:
    plan = week(*WEEKS[0])
    first, last = plan.rows_at(13)
    assert walking.up_or_down(plan, Cursor(13, first), -1) == Cursor(13, first)
    assert walking.up_or_down(plan, Cursor(13, last - 1), 1) == Cursor(13, last - 1)


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2027, 5, 10), 0, date(2027, 5, 10)),
    ],
)
def test_a_month_further_is_the_same_day_or_the_last(day: date, months: int, reached: date) -> None:
    assert months_on(day, months) == reached
