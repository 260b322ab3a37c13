"""A session's record: what stands, what is asked for next, what came before."""

from datetime import datetime

from ketadesk.domain.events import (
    CLINICIAN_TOLD,
    Event,
    EventKind,
    SideEffect,
    standing_events,
    untold,
)
from ketadesk.domain.ids import (
    AnswerId,
    EventId,
    PatientId,
    ProtocolId,
    ReadingId,
    SessionId,
    StaffId,
    Uuid,
)
from ketadesk.domain.patients import Patient
from ketadesk.domain.protocols import Protocol, Route, Tier, VitalsInterval
from ketadesk.domain.readings import Reading
from ketadesk.domain.rules import Rules
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Answer, ChecklistAnswer, ChecklistItem, Phase
from tests.domain.made_sessions import MINUTES, at, order, reading, session, visit

BEFORE, DURING, SCORES = (
    reading(at(10, 10), 1),
    reading(at(10, 25), 2),
    reading(at(10, 26), 3, moaas=4),
)


def event(number: int, moment: datetime, **more: object) -> Event:
    return Event(
        id=EventId(number),
        session_id=SessionId(1),
        at=moment,
        entered_at=moment,
        entered_by=StaffId(1),
        **{"kind": EventKind.NOTE, "detail": "calm", **more},  # type: ignore[arg-type]
    )


def record(**more: object) -> SessionRecord:
    plan = (VitalsInterval(Phase.INFUSING, 5),)
    parts = {
        "session": session(Phase.INFUSING, infusion_started_at=at(10, 20)),
        "visit": visit(at(10)),
        "patient": Patient(given_name="Ana", id=PatientId(1), uuid=Uuid("ana")),
        "allergies": (),
        "medications": (),
        "escorts": (),
        "protocol": Protocol(ProtocolId(1), "Mood IV", Route.INTRAVENOUS, Tier.LOW, MINUTES, plan),
        "chair_name": "Chair 1",
        "answers": (),
        "orders": (),
        "readings": (),
        "events": (),
        "previous": None,
        "staff_names": {},
        **more,
    }
    return SessionRecord(**parts)  # type: ignore[arg-type]


def test_an_empty_record_has_everything_still_to_do() -> None:
    empty = record()
    assert empty.order is None
    assert empty.last_reading is None
    assert empty.baseline is None
    assert empty.open_items == tuple(ChecklistItem)
    assert empty.next_vitals(at(10, 21)) == at(10, 25)
    assert empty.ready_about(at(10, 21)) == at(11, 45)


def test_the_newest_order_and_the_standing_readings_count() -> None:
    newest = order(60)
    kept = record(orders=(order(40), newest), readings=(DURING, BEFORE, SCORES))
    assert kept.order == newest
    assert kept.standing_readings == (BEFORE, DURING, SCORES)
    assert kept.last_reading == DURING
    assert kept.baseline == BEFORE
    assert kept.next_vitals(at(10, 26)) == at(10, 30)
    assert kept.ready_about(at(10, 26)) == at(12, 5)


def test_an_amended_reading_gives_way() -> None:
    amended = Reading(**{**vars(reading(at(10, 12), 4)), "amends_id": ReadingId(1)})
    kept = record(readings=(BEFORE, amended, DURING))
    assert kept.baseline == amended
    assert kept.standing_readings == (amended, DURING)


def test_replaced_and_withdrawn_events_do_not_stand() -> None:
    later, sooner = event(1, at(10, 40)), event(2, at(10, 30))
    better = event(3, at(10, 41), amends_id=EventId(1))
    gone = event(4, at(10, 30), amends_id=EventId(2), withdrawn=True)
    assert standing_events((later, sooner)) == (sooner, later)
    assert record(events=(later, sooner, better, gone)).standing_events == (better,)


def side_effect(number: int, code: SideEffect, grade: int) -> Event:
    kind = EventKind.SIDE_EFFECT
    return event(number, at(10, number), kind=kind, code=code.value, grade=grade)


def test_a_side_effect_is_severe_by_its_code_or_from_grade_three_on() -> None:
    assert side_effect(1, SideEffect.AIRWAY, 1).severe
    assert side_effect(2, SideEffect.NAUSEA, 3).severe
    assert not side_effect(3, SideEffect.NAUSEA, 2).severe
    assert not event(4, at(10, 40), code=SideEffect.AIRWAY.value).severe


def test_what_came_after_the_clinician_was_told_is_to_be_told_again() -> None:
    first, second = (side_effect(number, SideEffect.AIRWAY, 4) for number in (1, 3))
    told = event(2, at(10, 2), kind=EventKind.INTERVENTION, code=CLINICIAN_TOLD)
    mild = side_effect(4, SideEffect.NAUSEA, 1)
    assert record(events=(first, mild)).untold == first
    assert untold((first, told, mild)) is None
    assert untold((first, told, second, mild)) == second


def test_the_gate_counts_up_to_the_start_and_a_limit_is_named_once() -> None:
    rules = Rules()
    kept = record(readings=(reading(at(10, 10), 1, systolic=145, diastolic=80),))
    over_gate = reading(at(10, 15), 2, systolic=150, diastolic=95)
    crossed = kept.crossed(over_gate, rules)
    assert [flag.vital for flag in crossed.gate] == ["systolic", "diastolic"]
    assert crossed.limits == ()
    later = reading(at(10, 21), 2, systolic=150, diastolic=95)
    assert kept.crossed(later, rules) == ((), ())
    high = kept.crossed(reading(at(10, 15), 2, systolic=190, diastolic=95), rules)
    assert {flag.rule for flag in high.limits} == {"high_systolic", "rise_systolic"}
    assert [flag.vital for flag in high.gate] == ["diastolic"]


def test_the_weight_of_the_day_is_the_one_weighed_else_the_orders() -> None:
    weighed = ChecklistAnswer(
        id=AnswerId(1),
        session_id=SessionId(1),
        item=ChecklistItem.WEIGHT,
        answer=Answer.MET,
        detail="154.3 lb",
        override_reason="",
        override_by=None,
        at=at(10, 5),
        by=StaffId(1),
    )
    assert record().weight is None
    assert record(orders=(order(),)).weight == 70
    assert str(record(orders=(order(),), answers=(weighed,)).weight) == "69.99"
