"""The day's short lists: each person once, with what the desk does next for them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.board import ChairCard
from ketadesk.domain.day import Visit
from ketadesk.domain.day_lists import (
    ArrivalNeed,
    LateKind,
    PickupStep,
    arrivals,
    late,
    pickups,
    sheets_due,
    sheets_needed,
)
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.domain.rules import Rules
from ketadesk.domain.sessions import Phase, Session
from ketadesk.domain.sheets import SheetKind
from tests.domain.made_sessions import at, session, visit

RULES = Rules()


def card(seen: Visit | None = None, **more: object) -> ChairCard:
    return ChairCard(ChairId(1), "Chair 1", 1, visit=seen, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("coming", "need"),
    [
        (visit(at(11), escort=EscortState.NOT_ASKED), ArrivalNeed.NAME_ESCORT),
        (visit(at(11), escort=EscortState.NAMED), ArrivalNeed.CALL_ESCORT),
        (visit(at(11), status=Status.CONFIRMED), ArrivalNeed.ARRIVE),
        (visit(at(11), status=Status.ARRIVED), ArrivalNeed.OPEN_SESSION),
    ],
)
def test_what_the_desk_does_next_for_an_arrival(coming: Visit, need: ArrivalNeed) -> None:
    (arrival,) = arrivals([coming], RULES, at(10))
    assert (arrival.need, arrival.late) == (need, False)


def test_only_those_still_to_be_treated_by_time() -> None:
    later, sooner = visit(at(13), number=1), visit(at(11), number=2)
    others = [
        visit(at(9), number=3, status=Status.COMPLETED, phase=Phase.RELEASED),
        visit(at(10), number=4, status=Status.NO_SHOW),
        visit(at(10), number=5, status=Status.ARRIVED, phase=Phase.PREPARING),
    ]
    found = arrivals([later, *others, sooner], RULES, at(10))
    assert [arrival.visit for arrival in found] == [sooner, later]


def test_late_by_the_clinic_rule_and_not_once_arrived() -> None:
    due = visit(at(10))
    edge = at(10) + timedelta(minutes=RULES.late_arrival_minutes)
    assert not arrivals([due], RULES, edge)[0].late
    assert arrivals([due], RULES, edge + timedelta(seconds=1))[0].late
    here = visit(at(10), status=Status.ARRIVED)
    assert not arrivals([here], RULES, at(12))[0].late


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (EscortState.CONFIRMED, PickupStep.CALL),
        (EscortState.CALLED, PickupStep.COMING),
        (EscortState.ON_THE_WAY, PickupStep.COMING),
        (EscortState.HERE, PickupStep.HERE),
        (EscortState.HANDED_OVER, PickupStep.DONE),
    ],
)
def test_the_next_step_of_a_pickup(state: EscortState, step: PickupStep) -> None:
    seen = visit(at(10), escort=state, phase=Phase.RECOVERING)
    (pickup,) = pickups([card(seen, ready_about=at(11, 50))], [], RULES, at(11, 35))
    assert (pickup.step, pickup.call_at) == (step, at(11, 35))
    assert (pickup.window.starts, pickup.window.ends) == (at(11, 45), at(12, 5))


def test_nobody_is_called_too_early() -> None:
    seen = visit(at(10), phase=Phase.RECOVERING)
    (pickup,) = pickups([card(seen, ready_about=at(11, 50))], [], RULES, at(11, 34))
    assert pickup.step is PickupStep.LATER


def test_those_who_left_stand_below_those_who_wait() -> None:
    here = visit(at(10), number=1, phase=Phase.RECOVERING)
    gone = visit(at(8), number=2, phase=Phase.RELEASED)
    left = [
        (gone, session(Phase.RELEASED, number=2, released_at=at(10, 5))),
        (gone, session(Phase.RELEASED, number=2)),
    ]
    found = pickups([card(), card(here, ready_about=at(11, 50))], left, RULES, at(11))
    assert [(pickup.visit, pickup.about) for pickup in found] == [
        (here, at(11, 50)),
        (gone, at(10, 5)),
    ]
    assert found[1].step is PickupStep.DONE


def test_sheets_not_printed_yet_in_the_patient_language() -> None:
    here = visit(at(10), number=1, phase=Phase.INFUSING)
    treated = visit(at(8), number=2, phase=Phase.RELEASED)
    sent_home = visit(at(8), number=3, phase=Phase.RELEASED)
    gone = {"released_at": at(9, 50)}
    left = [
        (treated, session(Phase.RELEASED, number=2, **gone, infusion_started_at=at(8, 20))),
        (sent_home, session(Phase.RELEASED, number=3, **gone)),
    ]
    printed = {
        AppointmentId(1): frozenset({("pickup", "es")}),
        AppointmentId(2): frozenset({("aftercare", "en")}),  # the escort's copy
    }
    changed = {AppointmentId(1): frozenset({SheetKind.PICKUP})}
    found = sheets_due([card(), card(here)], left, printed, changed)
    assert [(sheet.visit, sheet.kind, sheet.language, sheet.changed) for sheet in found] == [
        (here, "aftercare", "es", False),
        (here, "pickup", "es", True),
        (treated, "aftercare", "es", False),
    ]


@pytest.mark.parametrize(
    ("seen", "held", "kinds"),
    [
        (visit(at(11)), None, set()),
        (visit(at(11), status=Status.ARRIVED), None, {"aftercare", "pickup"}),
        (visit(at(10)), session(Phase.INFUSING), {"aftercare", "pickup"}),
        (visit(at(8)), session(infusion_started_at=at(8), released_at=at(10)), {"aftercare"}),
        (visit(at(8)), session(released_at=at(10)), set()),
    ],
)
def test_which_sheets_a_visit_needs(seen: Visit, held: Session | None, kinds: set[str]) -> None:
    assert sheets_needed(seen, held) == kinds


def test_what_is_late_by_kind_and_by_how_long() -> None:
    ready = visit(at(8), number=1, phase=Phase.READY)
    waiting = replace(ready, appointment=visit(at(8), escort=EscortState.HERE).appointment)
    missing = visit(at(9), number=2)
    overdue = visit(at(10), number=3, phase=Phase.INFUSING)
    cards = [
        card(),
        card(overdue, next_due=at(10, 40)),
        card(overdue, next_due=at(10, 30)),
        card(overdue, next_due=at(11)),
    ]
    fetched = pickups(
        [card(ready, ready_about=at(10)), card(waiting, ready_about=at(10))], [], RULES, at(10, 50)
    )
    unsigned = [
        (ready, session(Phase.RELEASED, released_at=at(7))),
        (ready, session(Phase.RELEASED)),
    ]
    coming = arrivals([missing, visit(at(11))], RULES, at(10, 50))
    found = late(cards, coming, fetched, unsigned, RULES, at(10, 50))
    assert [(entry.kind, entry.visit, entry.since) for entry in found] == [
        (LateKind.VITALS, overdue, at(10, 30)),
        (LateKind.VITALS, overdue, at(10, 40)),
        (LateKind.ARRIVAL, missing, at(9)),
        (LateKind.PICKUP, ready, at(10, 15)),
        (LateKind.SIGNATURE, ready, at(7)),
    ]
    assert late(cards, (), fetched, (), RULES, at(10, 10)) == ()


def test_nothing_is_late_at_the_very_moment_it_is_due() -> None:
    """Vital signs at their minute and an escort at the window's end are on time."""
    second = timedelta(seconds=1)
    infusing = card(visit(at(10), number=1, phase=Phase.INFUSING), next_due=at(10, 40))
    ready = visit(at(8), number=2, phase=Phase.READY)

    def kinds(now: datetime) -> list[LateKind]:
        fetched = pickups([card(ready, ready_about=at(10, 30))], [], RULES, now)
        return [entry.kind for entry in late([infusing], (), fetched, (), RULES, now)]

    assert RULES.pickup_window_minutes == 20
    assert kinds(at(10, 40)) == []
    assert kinds(at(10, 40) + second) == [LateKind.VITALS]
    assert kinds(at(10, 45)) == [LateKind.VITALS]
    assert kinds(at(10, 45) + second) == [LateKind.VITALS, LateKind.PICKUP]
