"""A place became free: who could come, the most urgent and longest waiting first."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from ketadesk.domain.diary import Diary
from ketadesk.domain.guards import Spacing, Wanted, place_at
from ketadesk.domain.ids import PatientId, ProtocolId, WaitlistId
from ketadesk.domain.merits import Good
from ketadesk.domain.objections import Guard
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.waitlist import (
    Fits,
    Waiting,
    WaitlistEntry,
    WaitUrgency,
    by_rank,
    who_fits,
)
from ketadesk.domain.wishes import PartOfDay, Wishes
from tests.domain.made_diary import ANA, CHAIR_1, CHAIR_2, NOW, PARTS, ROSA, at, diary, visit

FREED = place_at(CHAIR_1, at(10), PARTS)


def waiting(
    number: int,
    *,
    wishes: Wishes | None = None,
    urgency: WaitUrgency = WaitUrgency.ROUTINE,
    since: datetime | None = None,
    until: date | None = None,
    **more: object,
) -> Waiting:
    patient = replace(ANA, id=PatientId(number + 10))
    entry = WaitlistEntry(
        WaitlistId(number),
        patient.id,
        ProtocolId(1),
        wishes or Wishes(),
        urgency,
        since or at(9, day=number),
        until,
    )
    return Waiting(entry, replace(Wanted(PARTS, patient), **more))  # type: ignore[arg-type]


def fitting(seen: Diary, *those: Waiting) -> list[Fits]:
    return list(who_fits(seen, FREED, those, now=NOW))


def test_the_most_urgent_first_then_who_has_waited_longest() -> None:
    those = (
        waiting(4),
        waiting(2),
        waiting(3, urgency=WaitUrgency.SOON),
        waiting(9, urgency=WaitUrgency.URGENT),
    )
    assert [one.entry.id for one in fitting(diary(), *those)] == [9, 3, 2, 4]
    assert [one.id for one in by_rank(one.entry for one in those)] == [9, 3, 2, 4]


def test_each_is_told_with_why() -> None:
    (fits,) = fitting(diary(), waiting(1, wishes=Wishes(frozenset({0}), nurse_id=ROSA.id)))
    assert (fits.place, fits.objections) == (FREED, ())
    assert [merit.good for merit in fits.merits] == [
        Good.CHAIR_FREE,
        Good.NURSE_LOAD,
        Good.WISH_MET,
        Good.WISH_MET,
    ]


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(frozenset({1})),
        Wishes(part=PartOfDay.EVENING),
        Wishes(not_before=date(2027, 5, 11)),
        Wishes(not_after=date(2027, 5, 9)),
    ],
)
def test_who_wished_otherwise_is_not_rung(wishes: Wishes) -> None:
    assert fitting(diary(), waiting(1, wishes=wishes)) == []


def test_who_no_longer_waits_is_not_rung() -> None:
    gone = waiting(1)
    assert fitting(diary(), replace(gone, entry=replace(gone.entry, active=False))) == []
    assert fitting(diary(), waiting(1, until=date(2027, 5, 9))) == []
    assert len(fitting(diary(), waiting(1, until=date(2027, 5, 10)))) == 1


def test_the_rules_are_kept_and_what_stays_is_told() -> None:
    spaced = waiting(1, spacing=Spacing(6, 2, 4, (at(9, day=9),)))
    assert fitting(diary(), spaced) == []
    too_long = waiting(2, segments=SegmentMinutes(30, 120, 45, 5))
    neighbour = diary(visit(at(12)))
    assert fitting(neighbour, too_long) == []
    new = waiting(3)
    assert new.wanted.patient is not None
    unapproved = replace(new.wanted.patient, eligibility=Eligibility.ASSESSED)
    (fits,) = fitting(diary(), replace(new, wanted=replace(new.wanted, patient=unapproved)))
    assert [one.guard for one in fits.objections] == [Guard.NOT_APPROVED]


def test_a_shorter_one_comes_at_the_first_time_that_suits() -> None:
    short = waiting(1, segments=SegmentMinutes(15, 20, 20, 5), wishes=Wishes(
        part=PartOfDay.MORNING, at=time(10)))  # fmt: skip
    busy = diary(visit(at(10), chair=2, nurse=ROSA), visit(at(10), chair=3, nurse=ROSA), chairs=3)
    (fits,) = fitting(busy, replace(short, entry=replace(short.entry,
                      wishes=replace(short.entry.wishes, nurse_id=ROSA.id))))  # fmt: skip
    assert fits.place == place_at(CHAIR_1, at(11), SegmentMinutes(15, 20, 20, 5))
    assert fits.place.chair_id != CHAIR_2
