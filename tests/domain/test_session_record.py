"""A session's record: what stands, what is asked for next, what came before."""

from datetime import datetime

from ketadesk.domain.events import Event, EventKind, standing_events
from ketadesk.domain.ids import EventId, PatientId, ProtocolId, ReadingId, SessionId, StaffId, Uuid
from ketadesk.domain.patients import Patient
from ketadesk.domain.protocols import Protocol, Route, Tier, VitalsInterval
from ketadesk.domain.readings import Reading
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import ChecklistItem, Phase
from tests.domain.made_sessions import MINUTES, at, order, reading, session, visit

BEFORE, DURING, SCORES = (
    reading(at(10, 10), 1),
    reading(at(10, 25), 2),
    reading(at(10, 26), 3, moaas=4),
)


def event(number: int, moment: datetime, **more: object) -> Event:
    return Event(
        kind=EventKind.NOTE,
        at=moment,
        detail="calm",
        id=EventId(number),
        session_id=SessionId(1),
        entered_at=moment,
        entered_by=StaffId(1),
        **more,  # type: ignore[arg-type]
    )


def record(**more: object) -> SessionRecord:
    plan = (VitalsInterval("infusing", 5),)
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
