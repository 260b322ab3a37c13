"""A visit is shown on the local day and at the hour it was booked for, wherever the clinic is.

The zones lie east and west of UTC, at half hours too; half of the days drawn are around those on
which the clocks change there. What is right is reckoned here with the wall clock alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ketadesk.domain.appointments import Appointment, Reason, Status
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day_load import day_loads
from ketadesk.domain.escorts import Urgency
from ketadesk.domain.ids import AppointmentId, PatientId
from ketadesk.domain.nurse_load import load_through
from ketadesk.domain.patients import CourseDraft, Eligibility
from ketadesk.domain.times import moment_on
from ketadesk.domain.wishes import Wishes
from ketadesk.services import (
    booking,
    calendar,
    clinic,
    escort_follow_up,
    finding,
    judging,
    listing,
    planning,
    proposing,
    sheets,
    today,
    waitlist,
)
from ketadesk.services.planning import FitRequest, Move, PlanRequest
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    AGREED,
    CHAIR_1,
    HARBOR,
    MINUTES,
    MOOD_LOW,
    add_patient,
    draft_for,
    open_harbor,
)
from tests.clinic_day import stamp as any_stamp

ZONES = (
    "America/Los_Angeles",
    "Europe/Madrid",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Pacific/Honolulu",
    "Africa/Casablanca",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Kiritimati",
)
YEAR = 2027
LENGTH = timedelta(minutes=MINUTES.total)
DAY = timedelta(days=1)
EARLY = datetime(2026, 12, 1, tzinfo=UTC)
"""Before every day that is drawn: nothing is in the past."""
ANA = PatientId(1)


@lru_cache
def changing(zone_name: str) -> tuple[date, ...]:
    """The days of the year that are not 24 hours long there."""
    zone = ZoneInfo(zone_name)
    days = [date(YEAR, 1, 5) + n * DAY for n in range(350)]
    return tuple(day for day in days if midnight(day + DAY, zone) - midnight(day, zone) != DAY)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@st.composite
def civil(draw: st.DrawFn) -> tuple[str, date, time]:
    """A zone, a day around one on which its clocks change (if they do) or any, and a time."""
    zone_name = draw(st.sampled_from(ZONES))
    changes = changing(zone_name)
    if changes and draw(st.booleans()):
        day = draw(st.sampled_from(changes)) + draw(st.integers(-2, 2)) * DAY
    else:
        day = date(YEAR, 1, 5) + draw(st.integers(0, 340)) * DAY
    quarter = draw(st.one_of(st.integers(0, 16), st.integers(0, 95)))
    at = time(quarter // 4, quarter % 4 * 15)
    skipped = datetime.combine(day, at, ZoneInfo(zone_name)).astimezone(UTC)
    assume(skipped.astimezone(ZoneInfo(zone_name)).time() == at)
    return zone_name, day, at


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    """One clinic that moves from zone to zone; each example leaves its days empty."""
    db = open_harbor(Path(tmp_path_factory.mktemp("zones")) / "harbor.ketadesk")
    assert add_patient(db, eligibility=Eligibility.APPROVED) == ANA
    clinic.set_hours(db, any_stamp(), tuple(range(7)), ((time(8), time(18)),))
    yield db
    db.close()


def settle(db: SqliteDatabase, zone_name: str) -> ZoneInfo:
    """The clinic lies there now, and nobody is booked."""
    clinic.describe(db, any_stamp(EARLY), replace(HARBOR, zone_name=zone_name))
    for row in db.rows("SELECT id FROM appointments WHERE status = 'booked'"):
        cancel(db, calendar.visit(db, AppointmentId(row["id"])).appointment)
    return ZoneInfo(zone_name)


def cancel(db: SqliteDatabase, one: Appointment) -> None:
    reason, status = Reason.OTHER, Status.CANCELLED_BY_CLINIC
    booking.set_status(db, any_stamp(EARLY), one.id, one.version, status=status, reason=reason)


def book(db: SqliteDatabase, starts: datetime) -> Appointment:
    changes = booking.book(db, any_stamp(EARLY), draft_for(ANA, starts), override=AGREED)
    appointment_id = AppointmentId(changes.row_ids["appointments"])
    return calendar.visit(db, appointment_id).appointment


def shown(db: SqliteDatabase, one: Appointment, first: date, days: int = 1) -> bool:
    visits = calendar.schedule(db, first, days=days).visits
    return one.id in {visit.appointment.id for visit in visits}


examples = settings(max_examples=40, deadline=None)


@examples
@given(booked=civil())
def test_a_visit_is_on_its_local_day_in_every_view(
    db: SqliteDatabase, booked: tuple[str, date, time]
) -> None:
    zone_name, day, at = booked
    zone = settle(db, zone_name)
    one = book(db, moment_on(day, at, zone))
    local, until = one.starts.astimezone(zone), one.ends.astimezone(zone)
    assert (local.date(), local.time()) == (day, at)
    assert one.ends - one.starts == LENGTH
    over_night = until > datetime.combine(day + DAY, time(), zone)
    assert shown(db, one, day)
    assert not shown(db, one, day - DAY)
    assert shown(db, one, day + DAY) is over_night
    monday = day - day.weekday() * DAY
    assert shown(db, one, monday, 7)
    assert not shown(db, one, monday - 7 * DAY, 7)
    month = calendar.schedule(db, day.replace(day=1), days=31)
    loads = day_loads(month, day.replace(day=1), days=31, clinic=calendar.frame(db).clinic)
    assert [on for on, load in loads.items() if load.booked] == [day]
    for listed, expected in ((day, True), (day - DAY, False), (day + DAY, False)):
        entries = sheets.of_day(db, listed).entries
        assert (one.id in {entry.visit.appointment.id for entry in entries}) is expected


@examples
@given(booked=civil())
def test_a_visit_is_on_its_local_day_in_every_list(
    db: SqliteDatabase, booked: tuple[str, date, time]
) -> None:
    zone_name, day, at = booked
    zone = settle(db, zone_name)
    one = book(db, moment_on(day, at, zone))
    (row,) = [
        row for row in listing.list_appointments(db, first=day, last=day) if row["id"] == one.id
    ]
    assert row["starts"].startswith(f"{day.isoformat()}T{at.isoformat('minutes')}")
    assert one.id not in {
        row["id"] for row in listing.list_appointments(db, first=day - DAY, last=day - DAY)
    }
    begins, ends = midnight(day, zone), midnight(day + DAY, zone)
    second = timedelta(seconds=1)
    moments = {begins - second: False, begins: True, ends - second: True, ends: False}
    for now, expected in moments.items():
        arrivals = today.board(db, now).arrivals
        assert (one.id in {here.visit.appointment.id for here in arrivals}) is expected
        still_here = now == ends < one.ends
        assert (ANA in finding.find(db, "", now=now, most=5).today) is (expected or still_here)
    (before,) = escort_follow_up.tasks(db, now=begins - second)
    (on_the_day,) = escort_follow_up.tasks(db, now=begins)
    assert (before.urgency, on_the_day.urgency) == (Urgency.OVERDUE, Urgency.TODAY)
    assert [place.visit.appointment.id for place in escort_follow_up.tasks(db, now=one.starts)]


@examples
@given(booked=civil())
def test_a_nurses_load_lies_at_the_real_minutes_of_the_infusion(
    db: SqliteDatabase, booked: tuple[str, date, time]
) -> None:
    zone_name, day, at = booked
    zone = settle(db, zone_name)
    one = book(db, moment_on(day, at, zone))
    begins = one.starts + timedelta(minutes=MINUTES.check_in)
    ends = begins + timedelta(minutes=MINUTES.infusion)
    days = (day, day + DAY)
    steps = [step for on in days for step in load_through(judging.open_diary(db, on, days=1), on)]
    quarter = timedelta(minutes=15)
    infusing = {step.starts for step in steps if step.infusing}
    expected = {begins + n * quarter for n in range(-1, 4)}
    assert infusing == {start for start in expected if start < ends and begins < start + quarter}


@examples
@given(first=civil(), later=st.integers(1, 21), hour=st.integers(8, 15), whole=st.booleans())
def test_moved_across_a_change_of_the_clocks_the_wall_clock_counts(
    db: SqliteDatabase, first: tuple[str, date, time], later: int, hour: int, whole: bool
) -> None:
    zone_name, day, at = first
    zone = settle(db, zone_name)
    one = book(db, moment_on(day, at, zone))
    other_day = day + later * DAY
    starts = moment_on(other_day, time(hour), zone)
    if whole:
        place = planning.Move(one.id, one.version, proposing.Place(CHAIR_1, one.span))
        span = replace(one.span, starts=starts, ends=starts + LENGTH)
        move = Move(one.id, one.version, replace(place.place, span=span))
        planning.move_visits(db, any_stamp(EARLY), (move,))
    else:
        booking.move(
            db,
            any_stamp(EARLY),
            one.id,
            one.version,
            chair_id=CHAIR_1,
            starts=starts,
            override=AGREED,
        )
    moved = calendar.visit(db, one.id).appointment
    local = moved.starts.astimezone(zone)
    assert (local.date(), local.time()) == (other_day, time(hour))
    assert moved.ends - moved.starts == LENGTH
    assert moved.starts.utcoffset() == timedelta(), "kept in UTC, whatever zone it came in"
    booking.resize(db, any_stamp(EARLY), one.id, moved.version, starts=moved.starts, minutes=150)
    longer = calendar.visit(db, one.id).appointment
    assert longer.ends - longer.starts == timedelta(minutes=150)
    assert longer.starts == moved.starts


@examples
@given(booked=civil(), hour=st.integers(8, 16))
def test_a_place_asked_for_by_the_clock_is_offered_by_the_clock(
    db: SqliteDatabase, booked: tuple[str, date, time], hour: int
) -> None:
    zone_name, day, _ = booked
    zone = settle(db, zone_name)
    wishes = Wishes(at=time(hour), not_before=day, not_after=day)
    answer = planning.fit_in(db, FitRequest(ANA, MOOD_LOW, wishes), now=EARLY)
    local = [offer.place.span.starts.astimezone(zone) for offer in answer.offers]
    assert (local[0].date(), local[0].time()) == (day, time(hour))
    for starts, offer in zip(local, answer.offers, strict=True):
        ends = offer.place.span.ends.astimezone(zone)
        assert starts.date() == ends.date() == day
        assert time(8) <= starts.time() < ends.time() <= time(18)
        assert offer.place.span.ends - offer.place.span.starts == LENGTH
    free = proposing.next_place(db, proposing.LookFor(ANA, MINUTES), after=midnight(day, zone))
    assert free is not None
    first = free.span.starts.astimezone(zone)
    assert (first.date(), first.time()) == (day, time(8))
    looked = proposing.look_at(
        db,
        free,
        now=EARLY,
        who=proposing.LookFor(ANA, MINUTES),
    )
    assert looked.objections == ()


@examples
@given(booked=civil(), hour=st.integers(8, 16), spacing=st.sampled_from([(2, 4), (1, 1), (7, 7)]))
def test_a_course_keeps_its_hour_and_its_days_over_a_change_of_the_clocks(
    db: SqliteDatabase, booked: tuple[str, date, time], hour: int, spacing: tuple[int, int]
) -> None:
    zone_name, day, _ = booked
    zone = settle(db, zone_name)
    course = CourseDraft(MOOD_LOW, 4, *spacing, Wishes(at=time(hour)))
    plan = planning.plan(db, PlanRequest(ANA, course, day), now=EARLY)
    assert plan.bookable
    places = [one.place for one in plan.proposals if one.place is not None]
    local = [place.span.starts.astimezone(zone) for place in places]
    assert {starts.time() for starts in local} == {time(hour)}
    assert [one.day for one in plan.proposals] == [starts.date() for starts in local]
    days = [starts.date() for starts in local]
    assert all(
        spacing[0] <= (after - before).days <= spacing[1] for before, after in pairwise(days)
    )
    visits = tuple(
        planning.PlannedVisit(one.number, one.place) for one in plan.proposals if one.place
    )
    planning.book_course(db, any_stamp(EARLY), ANA, course, visits)
    for on, place in zip(days, places, strict=True):
        (there,) = [
            visit.appointment
            for visit in calendar.schedule(db, on).visits
            if visit.appointment.status.takes_the_chair
        ]
        assert there.span == place.span


@examples
@given(booked=civil(), hour=st.integers(8, 16))
def test_who_waits_is_found_for_a_place_on_the_local_weekday(
    db: SqliteDatabase, booked: tuple[str, date, time], hour: int
) -> None:
    zone_name, day, _ = booked
    one = book(db, moment_on(day, time(hour), settle(db, zone_name)))
    others = frozenset(range(7)) - {day.weekday()}
    for weekdays, expected in ((frozenset({day.weekday()}), True), (others, False)):
        wishes = Wishes(weekdays=weekdays, not_before=day, not_after=day)
        waitlist.add(db, any_stamp(EARLY), ANA, MOOD_LOW, wishes=wishes)
        (entry,) = [waiting.entry for waiting in waitlist.waiting(db)]
        if calendar.visit(db, one.id).appointment.status.takes_the_chair:
            cancel(db, calendar.visit(db, one.id).appointment)
        fits = waitlist.fitting_after(db, one.id, now=EARLY)
        assert bool(fits) is expected
        assert all(fit.place.span.starts == one.starts for fit in fits)
        waitlist.remove(db, any_stamp(EARLY), entry.id, entry.version)


@pytest.mark.parametrize("zone_name", ZONES)
def test_each_zone_that_changes_its_clocks_has_its_short_and_its_long_day(zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    spans = [day_span(day, zone) for day in changing(zone_name)]
    hours = sorted((span.ends - span.starts).total_seconds() / 3600 for span in spans)
    expected = {
        "Asia/Kolkata": [],
        "Pacific/Honolulu": [],
        "Pacific/Kiritimati": [],
        "Australia/Lord_Howe": [23.5, 24.5],
    }
    assert hours == expected.get(zone_name, [23, 25])
