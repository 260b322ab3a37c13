"""A course planned at once: spacing kept, nobody clashed with, what stays stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketadesk.domain.appointments import Status
from ketadesk.domain.course_plan import (
    CoursePlan,
    CourseRequest,
    Scope,
    Verdict,
    in_scope,
    plan_course,
    shift,
)
from ketadesk.domain.diary import Diary
from ketadesk.domain.fitting import TOLERATED
from ketadesk.domain.guards import place_at
from ketadesk.domain.objections import Guard
from ketadesk.domain.wishes import Hours, PartOfDay, Wish, Wishes
from tests.domain.made_diary import (
    CHAIR_1,
    CHAIR_2,
    MONDAY,
    NOW,
    PARTS,
    WANTED,
    ZONE,
    at,
    closure,
    diary,
    visit,
)


def request(planned: int = 6, **more: object) -> CourseRequest:
    given_ = {"wanted": WANTED, "wishes": Wishes(), "least": 2, "most": 4, "begin": MONDAY, **more}
    return CourseRequest(planned=planned, **given_)  # type: ignore[arg-type]


def planned(seen: Diary, wanted: CourseRequest) -> CoursePlan:
    return plan_course(seen, wanted, now=NOW)


def said(plan: CoursePlan) -> list[str]:
    lines = []
    for one in plan.proposals:
        when = f"{one.day:%a %d}"
        if one.place is not None:
            when += f" {one.place.span.starts.astimezone(ZONE):%H:%M} in {one.place.chair_id}"
        lines.append(f"{one.number} {one.verdict} {when}")
    return lines


def test_six_mornings_two_to_four_days_apart() -> None:
    plan = planned(diary(), request(wishes=Wishes(part=PartOfDay.MORNING, chair_id=CHAIR_2)))
    assert said(plan) == [
        "1 ok Mon 10 08:00 in 2",
        "2 ok Wed 12 08:00 in 2",
        "3 ok Fri 14 08:00 in 2",
        "4 ok Mon 17 08:00 in 2",
        "5 ok Wed 19 08:00 in 2",
        "6 ok Fri 21 08:00 in 2",
    ]
    assert plan.bookable


def test_what_is_in_the_way_moves_one_and_is_told() -> None:
    seen = diary(
        *(visit(at(8 + 2 * n, day=12), chair=2, name="Cleo Diaz") for n in range(5)),
        closures=(closure(at(8, day=14), at(18, day=14)),),
    )
    plan = planned(seen, request(3, wishes=Wishes(part=PartOfDay.MORNING, chair_id=CHAIR_2)))
    assert said(plan) == [
        "1 ok Mon 10 08:00 in 2",
        "2 moved Thu 13 08:00 in 2",
        "3 ok Mon 17 08:00 in 2",
    ]
    (why,) = plan.proposals[1].skipped
    assert why.objections[0].guard is Guard.CHAIR_TAKEN
    assert why.objections[0].values["patient"] == "Cleo Diaz"


def test_a_wish_that_cannot_be_met_is_named() -> None:
    late_escort = replace(WANTED, escort_hours=Hours(begins=time(15)))
    plan = planned(diary(), request(2, wanted=late_escort, wishes=Wishes(part=PartOfDay.MORNING)))
    assert said(plan) == ["1 moved Mon 10 13:15 in 1", "2 moved Wed 12 13:15 in 1"]
    assert [one.missed for one in plan.proposals] == [(Wish.PART,), (Wish.PART,)]


def test_days_are_chosen_together() -> None:
    """Taking the first day that is free would leave the third without one."""
    shut = [closure(at(0, day=day), at(23, day=day)) for day in (14, 16, 17, 18, 19)]
    week = tuple(replace(WANTED_HOURS, weekday=day) for day in range(7))
    plan = planned(diary(closures=tuple(shut), hours=week), request(3, most=2))
    assert said(plan)[0] == "1 moved Tue 11 08:00 in 1" or plan.bookable
    assert [one.day.day for one in plan.proposals] == [11, 13, 15]
    assert plan.bookable


WANTED_HOURS = diary().schedule.hours[0]


def test_a_closure_in_the_middle_makes_it_late_and_says_so() -> None:
    seen = diary(closures=(closure(at(0, day=11), at(0, day=24)),))
    plan = planned(seen, request(2, kept={1: at(8)}))
    assert said(plan) == ["1 kept Mon 10", "2 moved Mon 24 08:00 in 1"]
    (late,) = plan.proposals[1].objections
    assert (late.guard, late.values["days"], late.values["most"]) == (Guard.TOO_LATE, 14, 4)
    assert {why.objections[0].guard for why in plan.proposals[1].skipped} == {Guard.CLINIC_CLOSED}


def test_a_course_begins_later_rather_than_being_torn_apart() -> None:
    seen = diary(closures=(closure(at(0, day=11), at(0, day=24)),))
    assert said(planned(seen, request(2))) == [
        "1 moved Mon 24 08:00 in 1",
        "2 ok Wed 26 08:00 in 1",
    ]


def test_nothing_within_reach_is_impossible_and_says_why() -> None:
    seen = diary(closures=(closure(at(0, day=11), at(0, day=30, month=6)),))
    plan = planned(seen, request(2))
    assert not plan.bookable
    assert plan.proposals[1].verdict is Verdict.IMPOSSIBLE
    assert plan.proposals[1].place is None
    (why,) = plan.proposals[1].skipped
    assert why.objections[0].guard is Guard.CLINIC_CLOSED
    until = planned(diary(), request(3, wishes=Wishes(not_after=date(2027, 5, 12))))
    assert [one.verdict for one in until.proposals] == ["ok", "ok", "impossible"]
    assert planned(diary(), request(0)).proposals == ()


def test_beyond_the_days_looked_up_nothing_is_promised() -> None:
    plan = planned(diary(days=7), request(4))
    assert [one.verdict for one in plan.proposals] == ["ok", "ok", "ok", "impossible"]


def test_one_fixed_by_a_person_stays_and_the_rest_follows() -> None:
    thursday = place_at(CHAIR_1, at(14, day=13), PARTS)
    plan = planned(diary(), request(4, fixed={2: thursday}))
    assert said(plan) == [
        "1 ok Mon 10 08:00 in 1",
        "2 ok Thu 13 14:00 in 1",
        "3 ok Mon 17 08:00 in 1",
        "4 ok Wed 19 08:00 in 1",
    ]
    assert plan.proposals[1].fixed
    taken = planned(diary(visit(at(14, day=13))), request(4, fixed={2: thursday}))
    assert taken.proposals[1].verdict is Verdict.IMPOSSIBLE
    assert [one.guard for one in taken.proposals[1].objections] == [Guard.CHAIR_TAKEN]
    too_near = planned(diary(), request(3, fixed={1: thursday, 2: place_at(CHAIR_1, at(14, day=14),
                                                                           PARTS)}))  # fmt: skip
    assert [one.verdict for one in too_near.proposals[:2]] == ["impossible", "impossible"]


def test_what_was_treated_stays_and_the_rest_is_planned_after_it() -> None:
    kept = {1: at(9, day=3), 2: at(9, day=7)}
    plan = planned(diary(), request(4, kept=kept, begin=date(2027, 5, 11)))
    assert said(plan) == [
        "1 kept Mon 03",
        "2 kept Fri 07",
        "3 ok Tue 11 08:00 in 1",
        "4 ok Thu 13 08:00 in 1",
    ]
    long_ago = planned(diary(), request(2, kept={1: at(9, day=1, month=3)}))
    assert said(long_ago)[1] == "2 moved Mon 10 08:00 in 1"
    between = planned(diary(), request(3, kept={1: at(9, day=10), 3: at(9, day=18)}))
    assert said(between)[1] == "2 ok Fri 14 08:00 in 1"


def test_this_one_this_and_the_following_or_all_that_are_still_a_plan() -> None:
    visits = [
        visit(at(9, day=day), status=status).appointment
        for day, status in (
            (3, Status.COMPLETED),
            (5, Status.NO_SHOW),
            (12, Status.CONFIRMED),
            (14, Status.BOOKED),
            (17, Status.BOOKED),
            (6, Status.BOOKED),
        )
    ]
    chosen = visits[3].id

    def days(scope: Scope) -> list[int]:
        found = in_scope(reversed(visits), scope, chosen, now=NOW)
        return [one.starts.astimezone(ZONE).day for one in found]

    assert days(Scope.THIS) == [14]
    assert days(Scope.FOLLOWING) == [14, 17]
    assert days(Scope.ALL) == [12, 14, 17]
    assert in_scope(visits, Scope.ALL, visits[0].id, now=NOW) == tuple(visits[2:5])
    assert in_scope((), Scope.FOLLOWING, chosen, now=NOW) == ()
    went_by = visits[5]
    assert in_scope(visits, Scope.THIS, went_by.id, now=NOW) == (went_by,)


def test_all_are_shifted_as_far_as_the_chosen_one_also_over_a_change_of_the_clock() -> None:
    """Clocks went back on 7 November 2027: nine o'clock stays nine o'clock."""
    nine = [datetime(2027, 11, day, 9, tzinfo=ZONE).astimezone(UTC) for day in (3, 5)]
    visits = [
        replace(visit(moment).appointment, course_number=number)
        for number, moment in enumerate(nine, start=1)
    ]
    to = place_at(CHAIR_2, datetime(2027, 11, 5, 9, 30, tzinfo=ZONE), PARTS)
    found = shift(visits, visits[0].id, to, ZONE)
    local = [one.span.starts.astimezone(ZONE) for one in found.values()]
    assert [f"{moment:%d %H:%M}" for moment in local] == ["05 09:30", "07 09:30"]
    assert {one.chair_id for one in found.values()} == {CHAIR_2}
    assert shift(visits[1:], visits[0].id, to, ZONE) == {}


booked = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 32), st.integers(1, 3)), max_size=60)


@settings(max_examples=40, deadline=None)
@given(
    booked=booked,
    number=st.integers(1, 6),
    spacing=st.sampled_from([(0, 3), (2, 4), (7, 7), (1, 1)]),
    part=st.sampled_from([None, *PartOfDay]),
    escort=st.sampled_from([Hours(), Hours(begins=time(15)), Hours(ends=time(13))]),
    closed=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 72)), max_size=3),
    fixed_on=st.sampled_from([None, (1, 12), (2, 14)]),
    kept_on=st.sampled_from([None, 3, 7]),
)
def test_a_plan_keeps_spacing_hours_closures_and_everybody_else(
    booked: list[tuple[int, int, int]],
    number: int,
    spacing: tuple[int, int],
    part: PartOfDay | None,
    escort: Hours,
    closed: list[tuple[int, int]],
    fixed_on: tuple[int, int] | None,
    kept_on: int | None,
) -> None:
    visits = [
        visit(at(8) + timedelta(days=day, minutes=15 * quarter), chair=chair)
        for day, quarter, chair in booked
    ]
    closures = tuple(
        closure(at(8) + timedelta(days=day), at(8) + timedelta(days=day, hours=hours))
        for day, hours in closed
    )
    seen = diary(*visits, chairs=3, closures=closures)
    kept = {} if kept_on is None else {1: at(9, day=kept_on)}
    fixed = {}
    if fixed_on is not None and fixed_on[0] not in kept and fixed_on[0] <= number:
        fixed = {fixed_on[0]: place_at(CHAIR_1, at(10, day=fixed_on[1]), PARTS)}
    asked = request(
        number,
        wanted=replace(WANTED, escort_hours=escort),
        wishes=Wishes(part=part),
        least=spacing[0],
        most=spacing[1],
        kept=kept,
        fixed=fixed,
    )
    plan = planned(seen, asked)

    assert [one.number for one in plan.proposals] == list(range(1, number + 1))
    for one in plan.proposals:
        if one.number in kept:
            assert one.verdict is Verdict.KEPT
            assert one.place is None
        if one.number in fixed:
            assert one.place == fixed[one.number]
    days: list[date] = [one.day for one in plan.proposals]
    for one, before in zip(plan.proposals[1:], days, strict=False):
        gap = (one.day - before).days
        if one.verdict in (Verdict.OK, Verdict.MOVED):
            assert gap >= max(spacing[0], 1) or plan.proposals[one.number - 2].place is None
            late = Guard.TOO_LATE in {objection.guard for objection in one.objections}
            previous = plan.proposals[one.number - 2]
            if previous.place is not None or previous.verdict is Verdict.KEPT:
                assert gap <= spacing[1] or late
    for one in plan.proposals:
        if one.verdict in (Verdict.OK, Verdict.MOVED):
            assert one.place is not None
            assert {objection.guard for objection in one.objections} <= TOLERATED
            assert_free(seen, one.place.chair_id, one.place.span.starts)
        elif one.verdict is Verdict.IMPOSSIBLE:
            reasons = [*one.objections, *(o for why in one.skipped for o in why.objections)]
            assert reasons or one.place is None


def assert_free(seen: Diary, chair: int, starts: datetime) -> None:
    """Looked at without the plan's own means: visits, closures, opening hours."""
    ends = starts + timedelta(minutes=PARTS.total)
    local, until = starts.astimezone(ZONE), ends.astimezone(ZONE)
    assert local.weekday() < 5
    assert time(8) <= local.time() < until.time() <= time(18)
    for one in seen.schedule.visits:
        if one.appointment.chair_id == chair:
            assert ends <= one.appointment.starts or one.appointment.ends <= starts
    for one in seen.schedule.closures:
        assert ends <= one.span.starts or one.span.ends <= starts


@pytest.mark.parametrize("least", [0, 1])
def test_two_of_a_course_never_fall_on_one_day(least: int) -> None:
    plan = planned(diary(), request(3, least=least, most=1))
    assert [one.day.day for one in plan.proposals] == [10, 11, 12]
