"""The edges of a session's steps: what they write beside the phase, and what may not pass them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.ids import AppointmentId, EscortId, SessionId
from ketadesk.domain.phase_times import steps_taken
from ketadesk.domain.sessions import AnswerDraft, ChecklistItem, Phase, Release, ReleasePath
from ketadesk.services import booking, calendar, phases, recording, sessions
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import add_patient, at, met, stamp
from tests.services.test_sessions import (
    LOOKED,
    infusing,
    open_for,
    order,
    prepare,
    refused,
    released,
)
from tests.treated import add_escort


def visit_of(db: SqliteDatabase, session_id: SessionId):  # type: ignore[no-untyped-def]
    appointment_id = sessions.load(db, session_id).session.appointment_id
    return calendar.visit(db, AppointmentId(appointment_id)).appointment


def weighed(db: SqliteDatabase, session_id: SessionId, weight: str) -> None:
    draft: AnswerDraft = met(ChecklistItem.WEIGHT, weight=weight)
    sessions.answer(db, stamp(at(10, 11)), session_id, draft)


def ready(db: SqliteDatabase, session_id: SessionId) -> None:
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))
    sessions.mark_ready(db, stamp(at(11, 40)), session_id, at=at(11, 40), **LOOKED)


# Beginning and going on


def test_nothing_that_was_not_paused_is_resumed_least_of_all_before_the_start(
    db: SqliteDatabase,
) -> None:
    """Resuming asks for no checklist and no order: it must not be a second way to begin."""
    session_id = open_for(db, add_patient(db))
    said = refused(sessions.resume, db, stamp(at(10, 12)), session_id, at=at(10, 12))
    assert said.code == "phase_step_unknown"
    assert sessions.load(db, session_id).session.infusion_started_at is None


def test_the_start_is_held_to_the_newest_order_and_the_newest_weight(db: SqliteDatabase) -> None:
    session_id = open_for(db, add_patient(db))
    prepare(db, session_id)
    weighed(db, session_id, "74 kg")
    said = refused(sessions.begin, db, stamp(at(10, 15)), session_id, at=at(10, 15))
    assert said.code == "order_for_other_weight"
    heavier = replace(order(), weight=Decimal(74), dose=Decimal(37))
    recording.write_order(db, stamp(at(10, 12)), session_id, heavier)
    weighed(db, session_id, "70 kg")
    said = refused(sessions.begin, db, stamp(at(10, 15)), session_id, at=at(10, 15))
    assert said.values == {"order_weight": "74", "weight": "70"}
    weighed(db, session_id, "74 kg")
    sessions.begin(db, stamp(at(10, 15)), session_id, at=at(10, 15))
    assert sessions.load(db, session_id).session.phase is Phase.INFUSING


def test_two_steps_in_one_second_are_taken_in_their_order(db: SqliteDatabase) -> None:
    session_id = infusing(db, add_patient(db))
    moment = at(10, 20)
    late, early = moment.replace(microsecond=900_000), moment.replace(microsecond=100_000)
    sessions.pause(db, stamp(late), session_id, at=late)
    sessions.resume(db, stamp(late), session_id, at=early)
    session = sessions.load(db, session_id).session
    assert (session.phase, session.paused_seconds) == (Phase.INFUSING, 0)


# Steps put right


def test_a_corrected_stop_keeps_why_it_was_stopped(db: SqliteDatabase) -> None:
    session_id = infusing(db, add_patient(db))
    sessions.stop(db, stamp(at(10, 30)), session_id, at=at(10, 30), reason="felt unwell")
    (stopped,) = [
        step
        for step in steps_taken(sessions.load(db, session_id).events)
        if step.code == Phase.STOPPED
    ]
    phases.correct_time(
        db, stamp(at(10, 40)), session_id, stopped.id, at=at(10, 28), reason="pressed late"
    )
    newest = steps_taken(sessions.load(db, session_id).events)[-1]
    assert (newest.at, newest.detail, newest.amend_reason) == (
        at(10, 28),
        "felt unwell",
        "pressed late",
    )


def test_a_step_may_lie_at_the_very_time_of_its_neighbours(db: SqliteDatabase) -> None:
    session_id = infusing(db, add_patient(db))
    sessions.pause(db, stamp(at(10, 20)), session_id, at=at(10, 20))
    sessions.resume(db, stamp(at(10, 30)), session_id, at=at(10, 30))
    paused = steps_taken(sessions.load(db, session_id).events)[-2]
    for hour, minute, lasted in ((10, 30, 0), (10, 15, 15)):
        phases.correct_time(
            db, stamp(at(10, 40)), session_id, paused.id, at=at(hour, minute), reason="slip"
        )
        record = sessions.load(db, session_id)
        assert record.session.paused_seconds == lasted * 60
        paused = steps_taken(record.events)[-2]


def test_no_step_of_a_signed_session_is_corrected(db: SqliteDatabase) -> None:
    session_id = released(db, add_patient(db))
    sessions.sign(db, stamp(at(12)), session_id)
    step = steps_taken(sessions.load(db, session_id).events)[0]
    before = db.rows("SELECT count(*) AS rows FROM actions")
    said = refused(
        phases.correct_time,
        db,
        stamp(at(12, 5)),
        session_id,
        step.id,
        at=at(10, 16),
        reason="late",
    )
    assert said.code == "session_signed"
    assert db.rows("SELECT count(*) AS rows FROM actions") == before


def test_back_in_recovery_nobody_is_ready_any_more(db: SqliteDatabase) -> None:
    session_id = infusing(db, add_patient(db))
    ready(db, session_id)
    sessions.back_to_recovery(db, stamp(at(11, 45)), session_id, at=at(11, 45))
    session = sessions.load(db, session_id).session
    assert (session.phase, session.ready_at) == (Phase.RECOVERING, None)
    assert session.recovery_started_at == at(10, 55)


# Releasing


@pytest.fixture
def with_escorts(db: SqliteDatabase) -> tuple[SessionId, EscortId, EscortId]:
    """Ana, ready at 11:40; Marta is planned to take her home, Luis could."""
    ana = add_patient(db)
    marta, luis = add_escort(db, ana), add_escort(db, ana, "Luis García")
    session_id = infusing(db, ana, escort_id=marta)
    ready(db, session_id)
    return session_id, marta, luis


def test_who_took_the_patient_home_is_the_visits_escort_from_then_on(
    db: SqliteDatabase, with_escorts: tuple[SessionId, EscortId, EscortId]
) -> None:
    session_id, marta, luis = with_escorts
    assert visit_of(db, session_id).escort_id == marta
    given = Release(ReleasePath.TO_ESCORT, escort_id=luis)
    sessions.release(db, stamp(at(12)), session_id, given, at=at(11, 50))
    visit = visit_of(db, session_id)
    assert (visit.escort_id, visit.escort_state) == (luis, EscortState.HANDED_OVER)
    assert visit.status_at == at(11, 50), "when it happened, not when it was written down"


def test_a_release_taken_back_leaves_the_escort_here_to_be_handed_over_to(
    db: SqliteDatabase, with_escorts: tuple[SessionId, EscortId, EscortId]
) -> None:
    session_id, marta, _luis = with_escorts
    given = Release(ReleasePath.TO_ESCORT, escort_id=marta)
    sessions.release(db, stamp(at(11, 50)), session_id, given, at=at(11, 50))
    taken = at(11, 50) + timedelta(minutes=2)
    sessions.take_back_release(db, stamp(taken), session_id, at=taken, reason="still in the chair")
    visit = visit_of(db, session_id)
    assert visit.escort_state is EscortState.HERE
    booking.set_escort(
        db,
        stamp(taken),
        visit.id,
        visit.version,
        escort_id=marta,
        state=EscortState.ON_THE_WAY,
    )
