"""Everything that speaks against a place is told, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.appointments import Status
from ketadesk.domain.clinic import OpeningHours, Role, Staff
from ketadesk.domain.diary import Diary, watching
from ketadesk.domain.guards import Spacing, Wanted, objections, place_at
from ketadesk.domain.ids import ChairId, StaffId
from ketadesk.domain.objections import (
    Guard,
    Objected,
    Objection,
    Override,
    objection,
    standing,
)
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.rules import Rules
from ketadesk.domain.wishes import Hours
from tests.domain.made_diary import (
    ANA,
    CHAIR_1,
    CHAIR_2,
    LENA,
    NOW,
    NURSES,
    PARTS,
    ROSA,
    WANTED,
    at,
    closure,
    diary,
    visit,
)


def told(
    seen: Diary, starts: datetime, wanted: Wanted = WANTED, chair: ChairId = CHAIR_1
) -> list[Objection]:
    place = place_at(chair, starts, wanted.segments)
    return list(objections(seen, wanted, place, now=NOW))


def guards(
    seen: Diary, starts: datetime, wanted: Wanted = WANTED, chair: ChairId = CHAIR_1
) -> list[str]:
    return [one.guard.value for one in told(seen, starts, wanted, chair)]


def test_an_empty_day_has_nothing_against_it() -> None:
    assert guards(diary(), at(8)) == []
    assert guards(diary(), at(16)) == []


def test_a_taken_chair_is_told_with_who_has_it() -> None:
    seen = diary(visit(at(10), nurse=LENA))
    (first, *_) = told(seen, at(11))
    assert first == objection(
        Guard.CHAIR_TAKEN,
        patient="Ben Okafor",
        starts_at=int(at(10).timestamp()),
        ends_at=int(at(12).timestamp()),
    )
    assert guards(seen, at(11), chair=CHAIR_2) == []


def test_turnover_may_touch_the_next_check_in_but_not_meet_it() -> None:
    seen = diary(visit(at(10)))
    assert guards(seen, at(12)) == []
    assert guards(seen, at(8)) == []
    assert guards(seen, at(11, 59)) == ["chair_taken"]
    assert guards(seen, at(8, 1)) == ["chair_taken"]


@pytest.mark.parametrize("status", list(Status))
def test_who_does_not_come_takes_no_chair(status: Status) -> None:
    seen = diary(visit(at(10), status=status))
    assert bool(guards(seen, at(10))) == status.takes_the_chair


def test_a_closed_chair_and_a_closed_clinic_are_two_things() -> None:
    seen = diary(closures=(closure(at(10), at(12), chair=1),))
    assert guards(seen, at(11)) == ["chair_closed"]
    assert guards(seen, at(11), chair=CHAIR_2) == []
    assert guards(seen, at(12)) == []
    shut = diary(closures=(closure(at(0, day=1, month=1), at(12, day=20)),))
    assert guards(shut, at(11, day=14), chair=CHAIR_2) == ["clinic_closed"]
    assert guards(shut, at(12, day=20)) == []


def test_hours_are_kept_from_check_in_to_turnover() -> None:
    split = (OpeningHours(0, time(8), time(12)), OpeningHours(0, time(13), time(18)))
    seen = diary(hours=split)
    assert guards(seen, at(10)) == []
    (over_lunch,) = told(seen, at(11))
    assert over_lunch.guard is Guard.OUTSIDE_HOURS
    assert over_lunch.values == {
        "opens_at": int(at(8).timestamp()),
        "closes_at": int(at(18).timestamp()),
        "ends_at": int(at(13).timestamp()),
    }
    assert guards(seen, at(7, 45)) == ["outside_hours"]
    assert guards(seen, at(10, day=11)) == ["closed_day"]
    assert guards(diary(hours=()), at(23, day=16)) == [], "no hours set: open all day"


def test_the_past_is_a_quarter_of_an_hour_old() -> None:
    hours = tuple(OpeningHours(day, time(0), time(23)) for day in range(7))
    assert guards(diary(hours=hours), NOW - timedelta(minutes=15)) == []
    assert guards(diary(hours=hours), NOW - timedelta(minutes=16)) == ["in_the_past"]


def test_nobody_is_at_two_places_nor_comes_twice_a_day() -> None:
    seen = diary(visit(at(10), chair=2, patient=1, name="Ana García"))
    assert guards(seen, at(11)) == ["patient_elsewhere"]
    assert guards(seen, at(14)) == ["same_day"]
    assert guards(seen, at(14, day=11)) == []
    night = diary(visit(at(23), chair=2, patient=1))
    assert guards(night, at(14, day=11)) == [], "a night that began the day before"
    assert guards(seen, at(11), Wanted(PARTS)) == [], "nobody chosen yet: nothing to say"


def test_what_is_moved_does_not_stand_in_its_own_way() -> None:
    mine = visit(at(10), patient=1)
    seen = diary(mine)
    assert guards(seen, at(10, 30)) == ["chair_taken", "patient_elsewhere"]
    assert guards(seen.without([mine.appointment.id]), at(10, 30)) == []


def test_a_nurse_watches_so_many_infusions_at_once() -> None:
    hers = [visit(at(10, minute), chair=chair, nurse=ROSA) for chair, minute in ((1, 0), (2, 15))]
    seen = diary(*hers, chairs=4)
    rosas = replace(WANTED, nurse_id=ROSA.id)
    (load,) = told(seen, at(10, 30), rosas, ChairId(3))
    assert load == objection(
        Guard.NURSE_LOAD, nurse="Rosa M.", count=3, most=2, peak_at=int(at(11).timestamp())
    )
    assert guards(seen, at(10, 30), replace(WANTED, nurse_id=LENA.id), ChairId(3)) == []
    assert guards(seen, at(10, 30), chair=ChairId(3)) == [], "four may be watched by two"
    assert guards(seen, at(10, 40), rosas, ChairId(3)) == [], "the first has ended by then"
    assert guards(seen, at(10, 39), rosas, ChairId(3)) == ["nurse_load"]


def test_all_together_watch_no_more_than_each_of_them() -> None:
    rules = Rules(start_gap_minutes=0)
    visits = [visit(at(10), chair=chair) for chair in (1, 2, 3, 4)]
    seen = diary(*visits, chairs=6, rules=rules)
    (load,) = told(seen, at(10), chair=ChairId(5))
    assert load.values == {
        "nurse": "",
        "count": 5,
        "most": 4,
        "peak_at": int(at(10, 30).timestamp()),
    }
    lenas = replace(WANTED, nurse_id=LENA.id)
    assert guards(seen, at(10), lenas, ChairId(5)) == ["nurse_load"], "the unnamed count too"
    assert guards(diary(*visits, chairs=6, rules=rules, nurses=()), at(10), chair=ChairId(5)) == []
    four = SegmentMinutes(0, 20, 0, 100)
    one_after_another = [visit(at(10, 20 * n), chair=n, parts=four) for n in (1, 2)]
    alone = diary(*one_after_another, chairs=3, rules=replace(rules, infusions_per_nurse=1),
                  nurses=(ROSA,))  # fmt: skip
    assert guards(alone, at(9, 55), chair=ChairId(3)) == ["nurse_load"]
    two_each = replace(alone, rules=replace(rules, infusions_per_nurse=2))
    assert guards(two_each, at(9, 55), chair=ChairId(3)) == [], "two in a row are not at once"


def test_one_nurse_starts_one_infusion_at_a_time() -> None:
    seen = diary(visit(at(10), nurse=ROSA), chairs=4)
    rosas = replace(WANTED, nurse_id=ROSA.id)
    (gap,) = told(seen, at(10, 14), rosas, CHAIR_2)
    assert gap == objection(
        Guard.START_GAP, patient="Ben Okafor", starts_at=int(at(10, 30).timestamp()), least=15
    )
    assert guards(seen, at(10, 15), rosas, CHAIR_2) == []
    assert guards(seen, at(9, 46), rosas, CHAIR_2) == ["start_gap"]
    assert guards(seen, at(10), chair=CHAIR_2) == [], "the other nurse can start it"
    both = diary(visit(at(10)), visit(at(10), chair=2), chairs=4)
    assert guards(both, at(10, 5), chair=ChairId(3)) == ["start_gap"]
    before_and_after = diary(visit(at(10)), visit(at(10, 20), chair=2), chairs=4)
    assert guards(before_and_after, at(10, 10), chair=ChairId(3)) == []


def test_spacing_is_kept_to_the_visits_before_and_after() -> None:
    spacing = Spacing(6, least=2, most=4, others=(at(10), at(9, day=18)))
    wanted = replace(WANTED, spacing=spacing)
    seen = diary()
    assert guards(seen, at(10, day=14), wanted) == []
    (soon, late) = told(seen, at(16, day=11), wanted)
    assert soon.values == {"days": 1, "other_at": int(at(10).timestamp()), "least": 2}
    assert late == objection(
        Guard.TOO_LATE, days=7, other_at=int(at(9, day=18).timestamp()), most=4
    )
    assert guards(seen, at(10, day=17), wanted) == ["too_late", "too_soon"]
    assert guards(seen, at(8, day=13), wanted) == ["too_late"], "days count, not hours"
    assert guards(seen, at(12), wanted) == ["too_soon", "too_late"]
    first = replace(WANTED, spacing=Spacing(6, 2, 4))
    assert guards(seen, at(10), first) == []


def test_a_full_course_is_told() -> None:
    spacing = Spacing(2, least=0, most=30, others=(at(10), at(10, day=12)))
    (full,) = told(diary(), at(10, day=14), replace(WANTED, spacing=spacing))
    assert full == objection(Guard.COURSE_COMPLETE, planned=2)


@pytest.mark.parametrize(
    ("eligibility", "expires", "expected"),
    [
        (Eligibility.APPROVED, None, []),
        (Eligibility.APPROVED, date(2027, 5, 10), []),
        (Eligibility.APPROVED, date(2027, 5, 9), ["approval_expired"]),
        (Eligibility.ASSESSED, None, ["not_approved"]),
        (Eligibility.NOT_ASSESSED, None, ["not_approved"]),
        (Eligibility.DECLINED, date(2027, 5, 9), ["approval_declined"]),
    ],
)
def test_the_approval_stands_on_the_day_of_the_visit(
    eligibility: Eligibility, expires: date | None, expected: list[str]
) -> None:
    patient = replace(ANA, eligibility=eligibility, approval_expires_on=expires)
    assert guards(diary(), at(10), replace(WANTED, patient=patient)) == expected


def test_the_escort_can_come_when_the_patient_is_ready() -> None:
    def wanted(begins: time | None = None, ends: time | None = None) -> Wanted:
        return replace(WANTED, escort_hours=Hours(begins, ends))

    seen = diary()
    assert guards(seen, at(13, 5), wanted(time(15))) == []
    (early,) = told(seen, at(13), wanted(time(15)))
    assert early == objection(
        Guard.ESCORT_AWAY,
        ready_at=int(at(14, 55).timestamp()),
        begins_at=int(at(15).timestamp()),
        ends_at=None,
    )
    assert guards(seen, at(10), wanted(ends=time(11, 55))) == []
    assert guards(seen, at(10), wanted(ends=time(11, 54))) == ["escort_away"]


def test_a_night_over_midnight_sees_both_days() -> None:
    late = (OpeningHours(0, time(8), time(23, 59)),)
    seen = diary(
        visit(at(0, 30, day=11)),
        hours=late,
        closures=(closure(at(0, day=11), at(6, day=11), chair=2),),
    )
    assert guards(seen, at(23)) == ["chair_taken", "outside_hours"]
    assert guards(seen, at(23), chair=CHAIR_2) == ["chair_closed", "outside_hours"]


def test_the_day_on_which_the_clocks_change_has_its_real_minutes() -> None:
    """14 March 2027: 02:00 is 03:00. Open 1 to 5 is three real hours."""
    hours = (OpeningHours(6, time(1), time(5)),)
    spring = diary(hours=hours, first=date(2027, 3, 14), days=1)
    now = at(0, day=14, month=3)

    def seen(starts: datetime, minutes: int) -> list[str]:
        wanted = Wanted(SegmentMinutes(0, minutes, 0, 0))
        place = place_at(CHAIR_1, starts, wanted.segments)
        return [one.guard.value for one in objections(spring, wanted, place, now=now)]

    assert seen(at(1, day=14, month=3), 180) == []
    assert seen(at(1, day=14, month=3), 181) == ["outside_hours"]
    berlin = diary(hours=hours, first=date(2027, 10, 31), days=1, zone=ZoneInfo("Europe/Berlin"))
    place = place_at(CHAIR_1, datetime(2027, 10, 30, 23, tzinfo=UTC), SegmentMinutes(0, 300, 0, 0))
    wanted = Wanted(SegmentMinutes(0, 300, 0, 0))
    assert objections(berlin, wanted, place, now=now) == (), "open 1 to 5 is five real hours"


def test_the_desk_decides_about_places_and_others_about_the_treatment() -> None:
    assert objection(Guard.OUTSIDE_HOURS).may_override(Role.RECEPTIONIST)
    assert not objection(Guard.NURSE_LOAD).may_override(Role.RECEPTIONIST)
    for role in (Role.NURSE, Role.CLINICIAN, Role.MANAGER):
        assert all(objection(guard).may_override(role) for guard in Guard)
    assert [guard for guard in Guard if guard.hard] == [Guard.CHAIR_TAKEN]


def test_a_decision_needs_its_reason() -> None:
    both = (objection(Guard.TOO_SOON, days=1), objection(Guard.IN_THE_PAST))
    decided = frozenset({Guard.TOO_SOON})
    assert standing(both, Override(decided, "  ")) == both
    assert standing(both, Override(decided, "leaves on Friday")) == both[1:]
    refusal = Objected(both, may_override=True)
    assert (refusal.code, refusal.values, refusal.may_override) == ("too_soon", {"days": 1}, True)
    assert refusal.objections == both


def test_nurses_watch_and_where_there_is_none_clinicians_do() -> None:
    shah = Staff(StaffId(3), "Dr. Shah", Role.CLINICIAN)
    desk = Staff(StaffId(4), "Kim", Role.RECEPTIONIST)
    gone = replace(ROSA, active=False)
    assert watching((ROSA, shah, desk)) == (ROSA,)
    assert watching((gone, shah, desk)) == (shah,)


spans = st.tuples(
    st.integers(0, 13 * 4), st.sampled_from([1, 2, 3]), st.sampled_from([None, *NURSES])
)


@given(booked=st.lists(spans, max_size=14), start=st.integers(0, 40), chair=st.integers(1, 3))
def test_the_chair_is_taken_exactly_when_somebody_is_in_it(
    booked: list[tuple[int, int, Staff | None]], start: int, chair: int
) -> None:
    """The day index answers as a look at every visit would."""
    visits = [
        visit(at(7) + timedelta(minutes=15 * quarter), chair=number, nurse=nurse)
        for quarter, number, nurse in booked
    ]
    wanted = place_at(ChairId(chair), at(7) + timedelta(minutes=15 * start), PARTS)
    expected = any(
        one.appointment.chair_id == chair and one.appointment.span.overlaps(wanted.span)
        for one in visits
    )
    found = objections(diary(*visits, chairs=3), WANTED, wanted, now=NOW)
    assert (Guard.CHAIR_TAKEN in {one.guard for one in found}) == expected
