"""Where an appointment fits: within hours, past closures, in the first chair that is free."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, OpeningHours, day_span
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    ClosureId,
    PatientId,
    ProtocolId,
    Uuid,
)
from ketadesk.domain.places import Place, closed_by, free_place, judge, taken_by
from ketadesk.domain.protocols import SegmentMinutes, Tier

ZONE = ZoneInfo("America/Los_Angeles")
MONDAY = date(2027, 5, 10)
CHAIRS = (Chair(ChairId(1), "One", 1), Chair(ChairId(2), "Two", 2))
HOURS = (OpeningHours(0, time(8), time(12)), OpeningHours(0, time(13), time(17)))
TWO_HOURS = timedelta(hours=2)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 5, 10, hour, minute, tzinfo=ZONE).astimezone(UTC)


def visit(starts: datetime, minutes: int, chair: int = 1, status: Status = Status.BOOKED) -> Visit:
    appointment = Appointment(
        id=AppointmentId(1),
        uuid=Uuid("u"),
        patient_id=PatientId(1),
        chair_id=ChairId(chair),
        protocol_id=ProtocolId(1),
        span=Span(starts, starts + timedelta(minutes=minutes)),
        segments=SegmentMinutes(0, minutes, 0, 0),
        status=status,
        status_at=starts,
        escort_state=EscortState.NOT_ASKED,
    )
    return Visit(appointment, "Ana", "", "Mood", Tier.LOW, "", "", "", "", None, "en")


def schedule(
    *visits: Visit,
    hours: tuple[OpeningHours, ...] = HOURS,
    closures: tuple[Closure, ...] = (),
) -> Schedule:
    ordered = tuple(sorted(visits, key=lambda one: one.appointment.starts))
    return Schedule(day_span(MONDAY, ZONE), CHAIRS, hours, closures, ordered)


def free(seen: Schedule, after: datetime, chair: int | None = None) -> tuple[int, str] | None:
    place = free_place(
        seen,
        MONDAY,
        zone=ZONE,
        length=TWO_HOURS,
        after=after,
        chair_id=None if chair is None else ChairId(chair),
    )
    if place is None:
        return None
    return place.chair_id, place.span.starts.astimezone(ZONE).strftime("%H:%M")


def test_the_next_quarter_of_an_hour_is_offered() -> None:
    assert free(schedule(), at(6)) == (1, "08:00")
    assert free(schedule(), at(9, 1)) == (1, "09:15")
    assert free(schedule(), at(9, 15)) == (1, "09:15")


def test_it_ends_before_the_clinic_closes() -> None:
    assert free(schedule(), at(10, 1)) == (1, "13:00")
    assert free(schedule(), at(15)) == (1, "15:00")
    assert free(schedule(), at(15, 1)) is None


def test_another_chair_is_taken_before_a_later_time() -> None:
    seen = schedule(visit(at(8), 120), visit(at(13), 120, status=Status.NO_SHOW))
    assert free(seen, at(8)) == (2, "08:00")
    assert free(seen, at(8), chair=1) == (1, "10:00")
    assert free(seen, at(13), chair=1) == (1, "13:00")


def test_closures_are_passed_over() -> None:
    pump = Closure(ClosureId(1), ChairId(1), Span(at(8), at(10)), "pump service")
    assert free(schedule(closures=(pump,)), at(8)) == (2, "08:00")
    assert free(schedule(closures=(pump,)), at(8), chair=1) == (1, "10:00")
    all_day = Closure(ClosureId(2), None, day_span(MONDAY, ZONE), "holiday")
    assert free(schedule(closures=(all_day,)), at(8)) is None


def test_without_any_opening_hours_the_whole_day_counts() -> None:
    assert free(schedule(hours=()), at(6, 20)) == (1, "06:30")
    tuesday_only = (OpeningHours(1, time(8), time(12)),)
    assert free(schedule(hours=tuesday_only), at(6)) is None


def test_what_speaks_against_a_place() -> None:
    pump = Closure(ClosureId(1), ChairId(2), Span(at(15), at(16)), "pump service")
    seen = schedule(visit(at(9), 60), closures=(pump,))
    place = Place(ChairId(1), Span(at(9, 30), at(11, 30)))
    judgement = judge(seen, place, zone=ZONE, now=at(8))
    assert judgement.taken_by is not None and not judgement.free
    assert not judgement.outside_hours and not judgement.in_the_past
    over_lunch = judge(seen, Place(ChairId(1), Span(at(11), at(14))), zone=ZONE, now=at(12))
    assert over_lunch.free and over_lunch.outside_hours and over_lunch.in_the_past
    closed = judge(seen, Place(ChairId(2), Span(at(14), at(16))), zone=ZONE, now=at(12))
    assert closed.closed_by is pump and not closed.free


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.integers(1, 12),
            st.integers(1, 2),
            st.sampled_from([Status.BOOKED, Status.COMPLETED, Status.CANCELLED_BY_CLINIC]),
        ),
        max_size=12,
    ),
    st.integers(0, 23),
)
def test_what_is_offered_is_free_and_nothing_earlier_was(booked, hour) -> None:
    seen = schedule(
        *(
            visit(at(7) + timedelta(minutes=15 * quarter), 15 * length, chair, status)
            for quarter, length, chair, status in booked
        )
    )
    place = free_place(seen, MONDAY, zone=ZONE, length=TWO_HOURS, after=at(hour))

    def fits(candidate: Place) -> bool:
        return taken_by(seen.visits, candidate) is None and closed_by(seen, candidate) is None

    earlier = (
        Place(chair.id, Span(starts, starts + TWO_HOURS))
        for opens, closes in ((at(8), at(12)), (at(13), at(17)))
        for starts in (opens + timedelta(minutes=15 * step) for step in range(9))
        for chair in CHAIRS
        if starts >= at(hour) and starts + TWO_HOURS <= closes
    )
    fitting = [candidate for candidate in earlier if fits(candidate)]
    if place is None:
        assert fitting == []
    else:
        assert fits(place)
        assert place == fitting[0]


def test_a_place_may_end_when_the_clinic_closes_and_not_a_second_later() -> None:
    def outside(starts: datetime, ends: datetime) -> bool:
        place = Place(ChairId(1), Span(starts, ends))
        return judge(schedule(), place, zone=ZONE, now=at(8)).outside_hours

    second = timedelta(seconds=1)
    assert not outside(at(10), at(12))
    assert outside(at(10), at(12) + second)
    assert not outside(at(8), at(10))
    assert outside(at(8) - second, at(10))


def test_what_began_within_the_last_quarter_hour_is_not_in_the_past() -> None:
    def past(now: datetime) -> bool:
        place = Place(ChairId(1), Span(at(9), at(11)))
        return judge(schedule(), place, zone=ZONE, now=now).in_the_past

    assert not past(at(9))
    assert not past(at(9, 15))
    assert past(at(9, 15) + timedelta(seconds=1))
