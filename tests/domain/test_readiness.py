"""What speaks against calling a patient ready, at each edge."""

from datetime import datetime

import pytest

from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.readiness import Doubt, doubts
from ketadesk.domain.readings import Reading
from ketadesk.domain.sessions import Phase, Session
from tests.domain.made_sessions import at, reading, session

PLANNED = SegmentMinutes(check_in=15, infusion=40, recovery=45, turnover=10)
RECOVERING = session(
    Phase.RECOVERING,
    infusion_started_at=at(10, 30),
    infusion_ended_at=at(11, 10),
    recovery_started_at=at(11, 10),
)
MEASURED = {"systolic": 120, "diastolic": 80}


PLANNED_END = at(11, 55)


def found(
    *readings: Reading, moment: datetime = PLANNED_END, of: Session = RECOVERING
) -> tuple[Doubt, ...]:
    return doubts(of, readings, PLANNED, moment)


def test_nothing_speaks_against_who_rested_as_planned_and_was_measured() -> None:
    calm = reading(at(11, 50), **MEASURED, moaas=5, dissociation=0)
    assert found(calm) == ()


def test_recovery_is_as_long_as_planned_to_the_second() -> None:
    measured = reading(at(11, 10), **MEASURED)
    assert found(measured) == ()
    assert found(measured, moment=at(11, 54, 59)) == (Doubt.RECOVERY_SHORT,)


@pytest.mark.parametrize(
    ("readings", "without"),
    [
        ([reading(at(11, 10), **MEASURED)], False),
        ([reading(at(11, 9, 59), **MEASURED)], True),
        ([reading(at(11, 20), moaas=5)], True),
        ([reading(at(11, 20), note="asleep")], True),
        ([reading(at(11, 56), **MEASURED)], True),
        ([], True),
    ],
)
def test_something_must_be_measured_since_recovery_began(
    readings: list[Reading], without: bool
) -> None:
    assert found(*readings) == ((Doubt.NO_VITALS,) if without else ())


@pytest.mark.parametrize(("first", "newest", "doubted"), [(5, 4, True), (3, 5, False)])
def test_only_the_newest_alertness_counts(first: int, newest: int, doubted: bool) -> None:
    taken = (
        reading(at(11, 20), 1, **MEASURED, moaas=first),
        reading(at(11, 40), 2, **MEASURED, moaas=newest),
        reading(at(11, 50), 3, **MEASURED),
    )
    assert found(*taken) == ((Doubt.NOT_AWAKE,) if doubted else ())


@pytest.mark.parametrize(
    ("before", "newest", "doubted"),
    [
        (None, 0, False),
        (None, 1, True),
        (2, 2, False),
        (2, 3, True),
        (2, None, False),
        (None, None, False),
    ],
)
def test_dissociation_is_held_against_what_it_was_before_the_infusion(
    before: int | None, newest: int | None, doubted: bool
) -> None:
    taken = (
        reading(at(10, 30), 1, **MEASURED, dissociation=before),
        reading(at(10, 50), 2, **MEASURED, dissociation=None if newest is None else 9),
        reading(at(11, 40), 3, **MEASURED, dissociation=newest),
    )
    assert found(*taken) == ((Doubt.DISSOCIATED,) if doubted else ())


def test_all_doubts_at_once_stand_in_one_order() -> None:
    far_off = reading(at(11), moaas=2, dissociation=8)
    assert found(far_off, moment=at(11, 20)) == tuple(Doubt)


def test_without_an_infusion_or_before_recovery_there_is_nothing_to_doubt() -> None:
    assert found(of=session(Phase.INFUSING, infusion_started_at=at(10, 30))) == ()
    assert found(of=session(Phase.RECOVERING, recovery_started_at=at(11))) == ()
