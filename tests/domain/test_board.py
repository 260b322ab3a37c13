"""The chairs at a glance: nobody who is here is hidden, and the most overdue come first."""

from datetime import datetime, timedelta

import pytest

from ketadesk.domain.appointments import Status
from ketadesk.domain.board import CardState, ChairCard, Running, cards, most_overdue_first
from ketadesk.domain.ids import ChairId
from ketadesk.domain.sessions import Phase, Session
from tests.domain.made_sessions import CHAIRS, at, order, reading, session, visit


def running(phase: Phase = Phase.INFUSING, *, number: int = 1, **moments: object) -> Running:
    started = session(phase, number=number, **{"infusion_started_at": at(10, 20), **moments})
    return Running(
        visit=visit(at(10), number=number, chair=number, status=Status.IN_SESSION, phase=phase),
        session=started,
        order=order(),
        last_reading=reading(at(10, 35)),
        next_due=at(10, 40),
        ready_about=at(11, 45),
        chair_name=f"Chair {number}",
    )


def card(**more: object) -> ChairCard:
    return ChairCard(**{"chair_id": ChairId(1), "chair_name": "1", "position": 1, **more})  # type: ignore[arg-type]


def test_one_card_for_everyone_here_and_one_for_each_free_chair() -> None:
    arrived = visit(at(10, 30), number=5, chair=2, status=Status.ARRIVED)
    coming = visit(at(13), number=6, chair=3)
    cancelled = visit(at(11), number=7, chair=3, status=Status.CANCELLED_BY_PATIENT)
    made = cards(CHAIRS, [running()], [coming, cancelled, arrived], {ChairId(3): at(9, 50)})
    assert [one.state for one in made] == [CardState.INFUSING, CardState.ARRIVED, CardState.FREE]
    infusing, waiting, free = made
    assert infusing.last_reading == reading(at(10, 35))
    assert (infusing.next_due, infusing.ready_about) == (at(10, 40), at(11, 45))
    assert waiting.visit == arrived
    assert waiting.since == at(10, 30)
    assert waiting.minutes(at(10, 36)) == 6
    assert (free.next_visit, free.free_since) == (coming, at(9, 50))
    assert free.minutes(at(10, 20)) == 30


def test_two_in_one_chair_have_two_cards() -> None:
    sharing = visit(at(10, 30), number=5, chair=1, status=Status.ARRIVED)
    made = cards(CHAIRS[:1], [running()], [sharing], {})
    assert [one.visit.appointment.id for one in made if one.visit] == [1, 5]


def test_a_chair_out_of_use_keeps_who_still_sits_in_it() -> None:
    arrived = visit(at(10, 30), number=5, chair=3, status=Status.ARRIVED)
    made = cards(CHAIRS[:1], [running(number=2)], [arrived], {})
    assert [(one.chair_id, one.state) for one in made] == [
        (1, CardState.FREE),
        (2, CardState.INFUSING),
        (3, CardState.ARRIVED),
    ]


def test_a_visit_in_session_is_shown_by_its_session_alone() -> None:
    seen = visit(at(10), number=1, status=Status.ARRIVED, phase=Phase.PREPARING)
    assert len(cards(CHAIRS, [running()], [seen], {})) == len(CHAIRS)


@pytest.mark.parametrize(
    ("held", "since", "minutes"),
    [
        (session(), at(10), 60),
        (session(Phase.INFUSING, infusion_started_at=at(10, 20)), at(10, 20), 40),
        (
            session(
                Phase.PAUSED,
                infusion_started_at=at(10, 20),
                paused_at=at(10, 50),
                paused_seconds=300,
            ),
            at(10, 20),
            25,
        ),
        (session(Phase.STOPPED, infusion_ended_at=at(10, 50)), at(10, 50), 10),
        (session(Phase.STOPPED), at(10), 60),
        (session(Phase.RECOVERING, recovery_started_at=at(10, 55)), at(10, 55), 5),
        (session(Phase.READY, ready_at=at(10, 58)), at(10, 58), 2),
    ],
)
def test_minutes_count_from_the_start_of_what_is_going_on(
    held: Session, since: datetime, minutes: int
) -> None:
    shown = card(session=held, visit=visit(at(10)))
    assert shown.since == since
    assert shown.minutes(at(11)) == minutes
    assert shown.state.value == held.phase.value


def test_a_chair_that_was_never_used_has_no_minutes() -> None:
    assert card().minutes(at(11)) is None


def test_late_from_the_moment_after_it_is_due() -> None:
    shown = card(next_due=at(10, 40))
    assert shown.late_by(at(10, 39)) is None
    assert shown.late_by(at(10, 40)) is None
    assert shown.late_by(at(10, 42)) == timedelta(minutes=2)
    assert card().late_by(at(10, 42)) is None


def test_most_overdue_first_then_waiting_then_free() -> None:
    late = card(position=3, visit=visit(at(9)), next_due=at(10, 40))
    soon = card(position=1, visit=visit(at(10)), next_due=at(10, 45))
    waiting = card(position=2, visit=visit(at(10, 30)))
    next_up = card(position=5, next_visit=visit(at(11, 15)))
    empty = card(position=4)
    unsorted = (empty, waiting, soon, next_up, late)
    assert most_overdue_first(unsorted, at(10, 42)) == (late, soon, waiting, next_up, empty)
