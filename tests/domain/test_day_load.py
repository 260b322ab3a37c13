"""How full a day is, as the small month shows it."""

from datetime import UTC, date, datetime, time

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Closure, OpeningHours
from ketadesk.domain.day import Schedule, Visit, coming
from ketadesk.domain.day_load import DayLoad, day_loads
from ketadesk.domain.ids import ClosureId
from tests.clinic_day import HARBOR
from tests.domain.made_sessions import CHAIRS, visit

FRIDAY = date(2027, 5, 14)
HOURS = (OpeningHours(4, time(8), time(12)), OpeningHours(4, time(13), time(17)))
MINUTES_OF_A_VISIT = 110


def utc(day: int, hour: int) -> datetime:
    return datetime(2027, 5, day, hour, tzinfo=UTC)


def loads(*visits: Visit, hours: tuple[OpeningHours, ...] = HOURS) -> dict[date, DayLoad]:
    schedule = Schedule(Span(utc(14, 7), utc(16, 7)), CHAIRS, hours, (), visits)
    return day_loads(schedule, FRIDAY, days=2, clinic=HARBOR)


def test_the_share_is_of_the_open_time_of_all_chairs() -> None:
    cancelled = visit(utc(14, 17), number=3, status=Status.CANCELLED_BY_PATIENT)
    alone = visit(utc(14, 18), number=2, escort=EscortState.NOT_ASKED)
    found = loads(visit(utc(14, 17)), alone, cancelled)
    share = 2 * MINUTES_OF_A_VISIT / (8 * 60 * len(CHAIRS))
    minutes, room = 2 * MINUTES_OF_A_VISIT, 8 * 60 * len(CHAIRS)
    assert found == {FRIDAY: DayLoad(2, 1, share, minutes, room), date(2027, 5, 15): DayLoad()}
    assert len(coming([alone, cancelled])) == 1


def test_a_visit_counts_on_the_clinics_own_day() -> None:
    late_evening_in_los_angeles = visit(utc(16, 3))
    assert loads(late_evening_in_los_angeles)[date(2027, 5, 15)].booked == 1


def test_a_closed_day_with_someone_on_it_is_full_and_no_day_is_more_than_full() -> None:
    assert loads(visit(utc(15, 17)))[date(2027, 5, 15)].share == 1.0
    short = (OpeningHours(4, time(8), time(8, 30)),)
    assert loads(visit(utc(14, 17)), hours=short)[FRIDAY].share == 1.0


def test_open_time_is_real_also_when_the_clocks_change_within_it() -> None:
    """14 March 2027 has 23 hours in Los Angeles, 7 November has 25; both are Sundays."""
    nights = (OpeningHours(6, time(0), time(6)),)
    chairs = len(CHAIRS)
    for day, open_hours, whole in ((date(2027, 3, 14), 5, 23), (date(2027, 11, 7), 7, 25)):
        ten = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        span = Span(ten, ten)
        for hours, room in ((nights, open_hours), ((), whole)):
            schedule = Schedule(span, CHAIRS, hours, (), (visit(ten),))
            (load,) = day_loads(schedule, day, days=1, clinic=HARBOR).values()
            assert load.share == MINUTES_OF_A_VISIT / (room * 60 * chairs)


def test_a_closed_chair_and_a_closed_clinic_leave_less_room_and_what_overlaps_counts_once() -> None:
    """Eight open hours from 8 to 17 in Los Angeles, which is 15 to 24 UTC, but for the lunch."""
    chair = CHAIRS[0].id
    closures = (
        Closure(ClosureId(1), chair, Span(utc(14, 16), utc(14, 18)), "pump service"),
        Closure(ClosureId(2), None, Span(utc(14, 17), utc(14, 21)), "power cut"),
        Closure(ClosureId(3), None, Span(utc(13, 0), utc(14, 15)), "the day before"),
    )
    schedule = Schedule(Span(utc(14, 7), utc(15, 7)), CHAIRS, HOURS, closures, ())
    (load,) = day_loads(schedule, FRIDAY, days=1, clinic=HARBOR).values()
    # Of 15 to 19 and 20 to 24 the clinic loses 17 to 19 and 20 to 21, the chair also 16 to 17.
    assert load.room == (8 - 3) * 60 * len(CHAIRS) - 60
