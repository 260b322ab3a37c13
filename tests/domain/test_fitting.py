""" "Can I fit her in?": three good places, their reasons, and why not when one would have asked."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ketadesk.domain.diary import Diary
from ketadesk.domain.fitting import Answer, best_of_day, day_candidates, fit, why_not
from ketadesk.domain.guards import Spacing, Wanted, objections, place_at
from ketadesk.domain.ids import ChairId
from ketadesk.domain.merits import Candidate, Good
from ketadesk.domain.objections import Guard
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.wishes import Hours, PartOfDay, Wish, Wishes
from tests.domain.made_diary import (
    ANA,
    CHAIR_2,
    LENA,
    MONDAY,
    NOW,
    PARTS,
    ROSA,
    WANTED,
    ZONE,
    at,
    closure,
    diary,
    visit,
)


def asked(
    seen: Diary, wishes: Wishes | None = None, wanted: Wanted = WANTED, days: int = 28
) -> Answer:
    return fit(seen, wanted, wishes or Wishes(), first=MONDAY, days=days, now=NOW)


def said(answer: Answer) -> list[str]:
    return [
        f"{one.place.span.starts.astimezone(ZONE):%a %d %H:%M} in {one.place.chair_id}"
        for one in answer.offers
    ]


def test_the_soonest_three_that_are_clearly_apart() -> None:
    answer = asked(diary())
    assert said(answer) == ["Mon 10 08:00 in 1", "Mon 10 10:00 in 1", "Mon 10 12:00 in 1"]
    assert answer.refused == ()


def test_each_offer_says_what_speaks_for_it() -> None:
    spacing = Spacing(6, 2, 4, others=(at(9, day=7), at(9, day=14)))
    wanted = replace(WANTED, spacing=spacing, escort_hours=Hours(ends=time(17)))
    wishes = Wishes(frozenset({1, 2}), PartOfDay.MORNING, CHAIR_2, LENA.id)
    seen = diary(visit(at(8, day=11), nurse=LENA), visit(at(8, 15, day=11), nurse=ROSA, chair=2))
    best = asked(seen, wishes, wanted).offers[0]
    assert f"{best.place.span.starts.astimezone(ZONE):%a %H:%M}" == "Tue 10:15"
    assert [(merit.good, merit.values) for merit in best.merits] == [
        (Good.CHAIR_FREE, {"chair": "Chair 2"}),
        (Good.NURSE_LOAD, {"count": 1, "most": 2, "hers": True}),
        (Good.SPACING, {"days": 4}),
        (Good.SPACING, {"days": -3}),
        (Good.ESCORT_HOURS, {"ready_at": int(at(12, 10, day=11).timestamp())}),
        (Good.WISH_MET, {"wish": "weekday"}),
        (Good.WISH_MET, {"wish": "part"}),
        (Good.WISH_MET, {"wish": "nurse"}),
        (Good.WISH_MET, {"wish": "chair"}),
    ]


def test_without_a_nurse_the_load_is_that_of_all() -> None:
    spacing = Spacing(6, 2, 40, others=(at(9, day=20),))
    answer = asked(diary(visit(at(8))), wanted=replace(WANTED, spacing=spacing))
    assert {"count": 2, "most": 4, "hers": False} in [m.values for m in answer.offers[0].merits]
    assert (Good.SPACING, {"days": -10}) in [(m.good, m.values) for m in answer.offers[0].merits]
    (offer, *_) = asked(diary(nurses=())).offers
    assert [merit.good for merit in offer.merits] == [Good.CHAIR_FREE]


def test_one_rather_waits_some_days_than_go_without_a_wish() -> None:
    assert said(asked(diary(), Wishes(frozenset({3}))))[0] == "Thu 13 08:00 in 1"
    assert said(asked(diary(), Wishes(part=PartOfDay.AFTERNOON)))[0] == "Mon 10 12:00 in 1"
    assert said(asked(diary(), Wishes(at=time(13, 30))))[0] == "Mon 10 13:30 in 1"
    shut = diary(closures=(closure(at(12), at(18, day=21)),))
    best = asked(shut, Wishes(part=PartOfDay.AFTERNOON)).offers[0]
    assert best.candidate.missed == (Wish.PART,), "two weeks are too long to wait for one"
    busy = diary(*(visit(at(8 + 2 * n), nurse=ROSA, chair=n % 2 + 1) for n in range(5)))
    best = asked(busy, Wishes(nurse_id=ROSA.id, chair_id=CHAIR_2)).offers[0]
    assert (best.candidate.nurse_id, best.candidate.missed) == (ROSA.id, ())


def test_a_wished_nurse_who_is_busy_is_not_named() -> None:
    rosas = [visit(at(8, 15 * n), nurse=ROSA, chair=n + 1) for n in range(2)]
    seen = diary(*rosas, chairs=3, hours=diary().schedule.hours[:1], days=1)
    (best, *_) = asked(seen, Wishes(nurse_id=ROSA.id), days=1).offers
    assert said(Answer((best,))) == ["Mon 10 08:45 in 3"]
    shut = replace(seen, schedule=replace(seen.schedule, closures=(closure(at(10, 30), at(18)),)))
    (only,) = asked(shut, Wishes(nurse_id=ROSA.id), days=1).offers
    assert (only.candidate.nurse_id, only.candidate.missed) == (None, (Wish.NURSE,))


def test_the_days_wished_for_are_bounds() -> None:
    bounds = Wishes(not_before=date(2027, 5, 12), not_after=date(2027, 5, 12))
    assert said(asked(diary(), bounds)) == [
        "Wed 12 08:00 in 1",
        "Wed 12 10:00 in 1",
        "Wed 12 12:00 in 1",
    ]
    assert asked(diary(), Wishes(not_after=date(2027, 5, 9))) == Answer(())


def test_days_on_which_the_usual_time_is_gone_are_told() -> None:
    seen = diary(
        visit(at(10)),
        visit(at(10), chair=2, name="Cleo Diaz"),
        closures=(closure(at(8, day=11), at(18, day=11)),),
    )
    answer = asked(seen, Wishes(frozenset({0, 1, 2}), PartOfDay.MORNING, at=time(10)))
    assert said(answer)[0] == "Mon 10 08:00 in 1"
    monday = why_not(seen, WANTED, Wishes(at=time(10)), MONDAY, now=NOW)
    assert monday is not None
    assert [one.guard for one in monday.objections] == [Guard.CHAIR_TAKEN, Guard.START_GAP]
    assert monday.place.span.starts == at(10)
    tuesday = why_not(seen, WANTED, Wishes(at=time(10)), date(2027, 5, 11), now=NOW)
    assert answer.refused == (monday, tuesday)
    assert why_not(seen, WANTED, Wishes(at=time(10)), date(2027, 5, 12), now=NOW) is None
    assert why_not(diary(chairs=0), WANTED, Wishes(), MONDAY, now=NOW) is None


def test_a_shut_day_is_told_to_who_wished_for_it() -> None:
    sunday = asked(diary(), Wishes(frozenset({6})), days=7)
    assert [one.objections[0].guard for one in sunday.refused] == [Guard.CLOSED_DAY]
    assert sunday.refused[0].place.span.starts == at(9, day=16)
    evening = asked(diary(), Wishes(frozenset({6}), PartOfDay.EVENING), days=7)
    assert evening.refused[0].place.span.starts == at(17, day=16)
    assert Guard.CLOSED_DAY not in {
        objection.guard for one in asked(diary()).refused for objection in one.objections
    }


def test_the_part_of_the_day_asked_about_is_the_wished_one() -> None:
    full = [visit(at(8 + 2 * n), chair=chair) for n in range(5) for chair in (1, 2)]
    answer = asked(diary(*full), Wishes(part=PartOfDay.AFTERNOON))
    assert answer.refused[0].place.span.starts == at(12)
    evening = asked(diary(*full), Wishes(part=PartOfDay.EVENING))
    assert evening.refused[0].place.span.starts == at(8), "none starts then: what there is"


def test_who_is_not_approved_yet_still_gets_an_answer_that_says_so() -> None:
    new = replace(WANTED, patient=replace(ANA, eligibility=Eligibility.NOT_ASSESSED))
    offer = asked(diary(), wanted=new).offers[0]
    assert [one.guard for one in offer.candidate.objections] == [Guard.NOT_APPROVED]


def test_a_day_too_soon_is_not_offered() -> None:
    spacing = Spacing(6, 2, 4, others=(at(9),))
    answer = asked(diary(), wanted=replace(WANTED, spacing=spacing))
    assert said(answer)[0] == "Wed 12 08:00 in 1"
    assert [one.objections[0].guard for one in answer.refused[:2]] == [
        Guard.TOO_SOON,
        Guard.TOO_SOON,
    ]


def test_more_than_a_handful_of_refused_days_is_not_told() -> None:
    seen = diary(closures=(closure(at(8), at(18, day=28)),))
    answer = asked(seen)
    assert len(answer.refused) == 6
    assert said(answer)[0] == "Mon 31 08:00 in 1"
    assert asked(diary(hours=()), days=1).offers != ()


def the_three_best_of_all(
    seen: Diary, wanted: Wanted, wishes: Wishes, *, days: int
) -> list[Candidate]:
    """Looked for through every day, as the search itself need not."""
    everywhere = [
        (offset + candidate.cost, candidate)
        for offset in range(days)
        for candidate in day_candidates(
            seen, wanted, wishes, MONDAY + timedelta(days=offset), now=NOW
        )
    ]
    best: list[Candidate] = []
    for _, candidate in sorted(everywhere, key=lambda one: one[0]):
        starts = candidate.place.span.starts
        near = [one for one in best if abs(one.place.span.starts - starts) < timedelta(hours=2)]
        if len(best) < 3 and not near:
            best.append(candidate)
    return best


@settings(max_examples=30, deadline=None)
@given(
    booked=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 32), st.integers(1, 3), st.booleans()),
        max_size=40,
    ),
    minutes=st.sampled_from([40, 90]),
    weekdays=st.frozensets(st.integers(0, 6), max_size=2),
    part=st.sampled_from([None, *PartOfDay]),
    escort=st.sampled_from([Hours(), Hours(begins=time(15)), Hours(ends=time(12))]),
    chair=st.sampled_from([None, 1, 2]),
)
def test_every_offer_can_be_had_and_they_differ(
    booked: list[tuple[int, int, int, bool]],
    minutes: int,
    weekdays: frozenset[int],
    part: PartOfDay | None,
    escort: Hours,
    chair: int | None,
) -> None:
    visits = [
        visit(
            at(8) + timedelta(days=day, minutes=15 * quarter),
            chair=number,
            nurse=ROSA if rosas else None,
        )
        for day, quarter, number, rosas in booked
    ]
    seen = diary(*visits, chairs=3)
    wanted = Wanted(SegmentMinutes(15, minutes, 30, 5), ANA, escort_hours=escort)
    chair_id = None if chair is None else ChairId(chair)
    wishes = Wishes(weekdays, part, chair_id, ROSA.id)
    answer = fit(seen, wanted, wishes, first=MONDAY, days=7, now=NOW)
    everywhere = the_three_best_of_all(seen, wanted, wishes, days=7)
    assert [offer.candidate for offer in answer.offers] == everywhere
    starts: list[datetime] = []
    for offer in answer.offers:
        hers = replace(wanted, nurse_id=offer.candidate.nurse_id)
        assert objections(seen, hers, offer.place, now=NOW) == ()
        assert all(abs(offer.place.span.starts - other) >= timedelta(hours=2) for other in starts)
        starts.append(offer.place.span.starts)
        local = offer.place.span.starts.astimezone(ZONE)
        missed = offer.candidate.missed
        assert (Wish.WEEKDAY in missed) == bool(weekdays and local.weekday() not in weekdays)
        assert (Wish.PART in missed) == (part not in (None, PartOfDay.of(local.time())))
        assert (Wish.CHAIR in missed) == (chair_id not in (None, offer.place.chair_id))
    for refused in answer.refused:
        assert refused.objections
    every = day_candidates(seen, wanted, wishes, MONDAY, now=NOW)
    assert best_of_day(seen, wanted, wishes, MONDAY, now=NOW) == next(iter(every), None)
    free = {
        place
        for quarter in range(40)
        for number in (1, 2, 3)
        for place in [place_at(ChairId(number), at(8) + timedelta(
            minutes=15 * quarter), wanted.segments)]
        if not objections(seen, wanted, place, now=NOW)
    }  # fmt: skip
    assert {one.place for one in every} == free, "no free place of the day is left out"
    assert PARTS.total == 120
