"""Rosa pressed "start" late: the step's time is put right, and every clock follows."""

from datetime import timedelta

import pytest

from ketadesk import i18n
from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.ids import EventId, SessionId
from ketadesk.domain.sessions import Phase
from ketadesk.services import calendar, keeping, phases, sessions, today, undo
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import LENA, add_patient, at, stamp
from tests.services.test_sessions import BASE, infusing, refused, released, take

LATE = "pressed five minutes late"


@pytest.fixture
def session_id(db: SqliteDatabase) -> SessionId:
    """Ana's infusion, which the record says began at 10:15."""
    return infusing(db, add_patient(db))


def step(db: SqliteDatabase, session_id: SessionId, phase: Phase) -> Event:
    """The step into this phase as it stands."""
    events = sessions.load(db, session_id).standing_events
    return next(event for event in events if event.code == phase)


def correct(db: SqliteDatabase, session_id: SessionId, phase: Phase, hour: int, minute: int):
    found = step(db, session_id, phase)
    moment = at(hour, minute)
    return phases.correct_time(
        db, stamp(at(12), staff_id=LENA), session_id, found.id, at=moment, reason=LATE
    )


def test_the_clock_the_plan_and_the_board_follow_the_corrected_start(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    take(db, session_id, 20, BASE)

    changes = correct(db, session_id, Phase.INFUSING, 10, 10)

    record = sessions.load(db, session_id)
    assert record.session.infusion_started_at == at(10, 10)
    assert record.session.infusing_for(at(10, 25)) == timedelta(minutes=15)
    # Marks at 10:15, 10:20, 10:25: the reading at 10:20 answers the second.
    assert record.next_vitals(at(10, 21)) == at(10, 25)
    (card,) = [card for card in today.board(db, at(10, 21)).cards if card.session]
    assert (card.since, card.next_due) == (at(10, 10), at(10, 25))
    assert i18n.sentence(changes.verb, changes.values).count("instead of") == 1
    assert not any(keeping.check(db).values())


def test_both_times_stay_with_who_corrected_and_why(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    pressed = step(db, session_id, Phase.INFUSING)

    correct(db, session_id, Phase.INFUSING, 10, 10)

    record = sessions.load(db, session_id)
    first, second = (event for event in record.events if event.kind is EventKind.PHASE)
    assert {first.at, second.at} == {at(10, 10), at(10, 15)}
    (kept,) = (event for event in record.standing_events if event.kind is EventKind.PHASE)
    assert (kept.at, kept.amends_id, kept.amend_reason) == (at(10, 10), pressed.id, LATE)
    assert record.staff_names[kept.entered_by] == "Lena K."


def test_a_correction_can_be_corrected_but_the_replaced_time_cannot(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    pressed = step(db, session_id, Phase.INFUSING)
    correct(db, session_id, Phase.INFUSING, 10, 10)
    correct(db, session_id, Phase.INFUSING, 10, 12)

    assert sessions.load(db, session_id).session.infusion_started_at == at(10, 12)
    again = refused(
        phases.correct_time, db, stamp(at(12)), session_id, pressed.id, at=at(10, 9), reason=LATE
    )
    assert again.code == "amended_already"


def test_a_corrected_pause_changes_how_long_was_infused(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    sessions.pause(db, stamp(at(10, 25)), session_id, at=at(10, 25))
    correct(db, session_id, Phase.PAUSED, 10, 22)
    assert sessions.load(db, session_id).session.paused_at == at(10, 22)
    sessions.resume(db, stamp(at(10, 30)), session_id, at=at(10, 30))

    session = sessions.load(db, session_id).session
    assert (session.paused_at, session.paused_seconds) == (None, 8 * 60)
    assert session.infusing_for(at(10, 40)) == timedelta(minutes=17)


def test_the_end_and_the_recovery_begin_together_at_the_corrected_time(db: SqliteDatabase) -> None:
    session_id = released(db, add_patient(db))

    correct(db, session_id, Phase.RECOVERING, 10, 58)

    session = sessions.load(db, session_id).session
    assert (session.infusion_ended_at, session.recovery_started_at) == (at(10, 58), at(10, 58))


def test_the_release_is_corrected_in_the_appointment_too(db: SqliteDatabase) -> None:
    session_id = released(db, add_patient(db))

    correct(db, session_id, Phase.RELEASED, 11, 45)

    session = sessions.load(db, session_id).session
    visit = calendar.visit(db, session.appointment_id)
    assert (session.released_at, visit.phase_since) == (at(11, 45), at(11, 45))
    assert visit.appointment.status_at == at(11, 45)


@pytest.mark.parametrize(
    ("hour", "minute", "code"),
    [
        (10, 14, "moment_before_last_step"),
        (11, 41, "moment_after_next_step"),
        (10, 55, "phase_time_same"),
        (13, 0, "moment_in_future"),
    ],
)
def test_a_step_stays_between_its_neighbours(
    db: SqliteDatabase, hour: int, minute: int, code: str
) -> None:
    session_id = released(db, add_patient(db))
    before = sessions.load(db, session_id)

    error = refused(correct, db, session_id, Phase.RECOVERING, hour, minute)

    assert error.code == code
    assert sessions.load(db, session_id) == before


def test_no_infusion_starts_before_its_session_was_opened(db: SqliteDatabase) -> None:
    session_id = released(db, add_patient(db))
    before = sessions.load(db, session_id)
    opened = before.session.opened_at

    error = refused(
        phases.correct_time,
        db,
        stamp(at(12)),
        session_id,
        step(db, session_id, Phase.INFUSING).id,
        at=opened - timedelta(minutes=1),
        reason=LATE,
    )

    assert error.code == "moment_before_opening"
    assert sessions.load(db, session_id) == before


def test_no_reason_no_other_sessions_step_and_nothing_once_signed(db: SqliteDatabase) -> None:
    session_id = released(db, add_patient(db))
    start = step(db, session_id, Phase.INFUSING)
    common = (phases.correct_time, db, stamp(at(12)), session_id)
    assert refused(*common, start.id, at=at(10, 10), reason=" ").code == "amend_needs_reason"
    with pytest.raises(Exception, match="amend_not_found"):
        phases.correct_time(db, stamp(at(12)), session_id, EventId(999), at=at(10, 10), reason=LATE)
    sessions.sign(db, stamp(at(12)), session_id)
    assert refused(*common, start.id, at=at(10, 10), reason=LATE).code == "session_signed"


def test_a_correction_is_not_undone_but_corrected_again(
    db: SqliteDatabase, session_id: SessionId
) -> None:
    changes = correct(db, session_id, Phase.INFUSING, 10, 10)
    assert refused(undo.undo, db, stamp(), changes.action_id).code == "action_not_undoable"
