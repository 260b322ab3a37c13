"""Whatever a nurse presses in whatever order: the record stays one that can be explained."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketadesk.domain.appointments import Status
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import SessionId, StaffId
from ketadesk.domain.phase_times import phase_times, steps_taken
from ketadesk.domain.sessions import (
    NEXT_PHASE,
    ChecklistItem,
    Phase,
    Release,
    ReleasePath,
)
from ketadesk.services import booking, phases, recording, sessions
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import MONDAY_TEN, ROSA, add_patient, book, met, open_harbor, stamp
from tests.services.test_recording import order

STEPS = (
    "begin",
    "pause",
    "resume",
    "stop",
    "to_recovery",
    "mark_ready",
    "back",
    "release",
    "take_back",
    "correct",
    "sign",
)
STAY = ("correct", "sign")
"""What leaves the phase as it is."""
USUAL = ("begin", "pause", "resume", "to_recovery", "mark_ready", "back", "mark_ready", "release")
ANY = st.tuples(st.sampled_from(STEPS), st.integers(0, 20), st.integers(-10, 0))
PRESSED = st.builds(
    lambda so_far, more: [*((step, 5, 0) for step in USUAL[:so_far]), *more],
    st.integers(0, len(USUAL)),
    st.lists(ANY, max_size=8),
)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    """One clinic for all examples: each opens a session of its own on a later day."""
    folder: Path = tmp_path_factory.mktemp("steps")
    db = open_harbor(folder / "harbor.ketadesk")
    add_patient(db)
    yield db
    db.close()


def open_next(db: SqliteDatabase) -> tuple[SessionId, datetime]:
    day = db.rows("SELECT count(*) AS sessions FROM sessions")[0]["sessions"]
    opened_at = MONDAY_TEN + timedelta(days=day)
    appointment_id = book(db, 1, opened_at)  # type: ignore[arg-type]
    booking.set_status(db, stamp(opened_at), appointment_id, 1, status=Status.ARRIVED)
    changes = sessions.open_session(db, stamp(opened_at), appointment_id, nurse_id=StaffId(ROSA))
    session_id = SessionId(changes.row_ids["sessions"])
    for item in ChecklistItem:
        sessions.answer(db, stamp(opened_at), session_id, met(item))
    recording.write_order(db, stamp(opened_at), session_id, order())
    return session_id, opened_at


def press(db: SqliteDatabase, session_id: SessionId, step: str, now: datetime, at: datetime):
    made = stamp(now)
    match step:
        case "stop":
            return sessions.stop(db, made, session_id, at=at, reason="asked to")
        case "release":
            to_marta = Release(ReleasePath.TO_ESCORT, to_name="Marta")
            return sessions.release(db, made, session_id, to_marta, at=at)
        case "sign":
            return sessions.sign(db, made, session_id)
        case "back":
            return sessions.back_to_recovery(db, made, session_id, at=at)
        case "take_back":
            return sessions.take_back_release(db, made, session_id, at=at, reason="still here")
        case "correct":
            steps = steps_taken(sessions.load(db, session_id).events)
            if not steps:
                raise Refused("nothing to correct")
            step = steps[at.minute % len(steps)]
            return phases.correct_time(
                db, made, session_id, step.id, at=at, reason="pressed too late"
            )
        case _:
            return getattr(sessions, step)(db, made, session_id, at=at)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pressed=PRESSED)
def test_any_order_of_steps_leaves_a_record_that_adds_up(
    busy: SqliteDatabase, pressed: list[tuple[str, int, int]]
) -> None:
    session_id, now = open_next(busy)
    for step, minutes, back in pressed:
        now += timedelta(minutes=minutes)
        before = sessions.load(busy, session_id)
        try:
            press(busy, session_id, step, now, now + timedelta(minutes=back))
        except Refused:
            assert sessions.load(busy, session_id) == before
            continue
        after = sessions.load(busy, session_id)
        assert step in STAY or after.session.phase in NEXT_PHASE[before.session.phase]

    record = sessions.load(busy, session_id)
    session = record.session
    assert record.visit.phase_since == session.phase_since
    steps = steps_taken(record.events)
    times = [step.at for step in steps]
    assert times == sorted(times)
    lead_to = phase_times(steps)
    assert lead_to.phase is session.phase
    assert all(value == getattr(session, name) for name, value in asdict(lead_to).items())
    amended = [event for event in record.events if event.amends_id is not None]
    assert len(record.events) == len(steps) + len(amended)
    ended = session.infusion_ended_at or max([now, *times])
    assert timedelta() <= session.infusing_for(now) <= ended - (times[0] if times else ended)
    assert (session.paused_at is not None) == (session.phase is Phase.PAUSED)
    released = session.phase is Phase.RELEASED
    assert (record.visit.appointment.status is Status.COMPLETED) == released
    assert not session.signed or released
