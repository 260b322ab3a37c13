"""A nurse's Monday: Ana's infusion with a pause, an amendment, a release and a signature."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Conflict, NotFound, Refused
from ketadesk.domain.events import EventDraft, EventKind, MedicinePurpose, SideEffect
from ketadesk.domain.ids import AppointmentId, EscortId, PatientId, SessionId, StaffId
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistItem,
    OrderDraft,
    Phase,
    Release,
    ReleasePath,
)
from ketadesk.services import booking, calendar, clinic, patients, recording, sessions, undo
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_2,
    DR_SHAH,
    LENA,
    MONDAY_TEN,
    ROSA,
    add_patient,
    at,
    book,
    met,
    stamp,
)

BASE = Vitals(132, 84, 78, 98, 16)
TO_MARTA = Release(ReleasePath.TO_ESCORT, to_name="Marta")


LOOKED = {"override_reason": "Dr. Shah looked"}
"""Nothing was measured in recovery on these days: a person decides, and says so."""


def order() -> OrderDraft:
    return OrderDraft("Dr. Shah", Decimal(70), Decimal("0.5"), Decimal(35), 40, "iv")


def arrive(db: SqliteDatabase, appointment_id: AppointmentId) -> None:
    version = calendar.visit(db, appointment_id).appointment.version
    booking.set_status(db, stamp(), appointment_id, version, status=Status.ARRIVED)


def open_for(
    db: SqliteDatabase, patient_id: PatientId, *, minutes: int = 0, **more: object
) -> SessionId:
    """A session opened at ten for a patient who arrived in time."""
    appointment_id = book(db, patient_id, MONDAY_TEN, **more)
    arrive(db, appointment_id)
    when = stamp(MONDAY_TEN + timedelta(minutes=minutes))
    changes = sessions.open_session(db, when, appointment_id, nurse_id=ROSA)
    return SessionId(changes.row_ids["sessions"])


def prepare(db: SqliteDatabase, session_id: SessionId) -> None:
    """Everything asked, ordered and measured: only the start is missing."""
    for item in ChecklistItem:
        sessions.answer(db, stamp(at(10, 5)), session_id, met(item))
    recording.write_order(db, stamp(at(10, 8)), session_id, order())
    take(db, session_id, 10, BASE)


def take(db: SqliteDatabase, session_id: SessionId, minute: int, vitals: Vitals) -> int:
    draft = ReadingDraft(at(10, minute), vitals)
    changes = recording.record_reading(db, stamp(at(10, minute)), session_id, draft)
    return changes.row_ids["readings"]


def infusing(db: SqliteDatabase, patient_id: PatientId, **more: object) -> SessionId:
    session_id = open_for(db, patient_id, **more)
    prepare(db, session_id)
    sessions.begin(db, stamp(at(10, 15)), session_id, at=at(10, 15))
    return session_id


def released(db: SqliteDatabase, patient_id: PatientId) -> SessionId:
    session_id = infusing(db, patient_id)
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))
    sessions.mark_ready(
        db, stamp(at(11, 40)), session_id, at=at(11, 40), override_reason="Dr. Shah looked"
    )
    sessions.release(db, stamp(at(11, 50)), session_id, TO_MARTA, at=at(11, 50))
    return session_id


def refused(action, *values: object, **named: object) -> Refused:
    with pytest.raises(Refused) as error:
        action(*values, **named)
    return error.value


@pytest.fixture
def ana(db: SqliteDatabase) -> PatientId:
    return add_patient(db)


def test_an_infusion_from_checklist_to_signature(db: SqliteDatabase, ana: PatientId) -> None:
    marta = EscortId(
        patients.add_escort(
            db,
            stamp(),
            ana,
            EscortDraft(name="Marta", relation="sister", phone="", stays_overnight=True),
        ).row_ids["escorts"]
    )
    session_id = open_for(db, ana, escort_id=marta)
    prepare(db, session_id)
    sessions.begin(db, stamp(at(10, 15)), session_id, at=at(10, 15))
    assert sessions.load(db, session_id).next_vitals(at(10, 15)) == at(10, 20)
    take(db, session_id, 20, Vitals(144, 90, 86, 97, 16, moaas=5, dissociation=3))
    sessions.pause(db, stamp(at(10, 25)), session_id, at=at(10, 25), reason="restroom")
    sessions.resume(db, stamp(at(10, 31)), session_id, at=at(10, 31))
    assert sessions.load(db, session_id).ready_about(at(10, 31)) == at(11, 46)
    sessions.to_recovery(db, stamp(at(11, 1)), session_id, at=at(11, 1))
    sessions.mark_ready(
        db, stamp(at(11, 40)), session_id, at=at(11, 40), override_reason="Dr. Shah looked"
    )
    sessions.back_to_recovery(db, stamp(at(11, 42)), session_id, at=at(11, 42))
    sessions.mark_ready(
        db, stamp(at(11, 48)), session_id, at=at(11, 48), override_reason="Dr. Shah looked"
    )
    handed = Release(ReleasePath.TO_ESCORT, escort_id=marta)
    sessions.release(db, stamp(at(11, 50)), session_id, handed, at=at(11, 50))
    sessions.sign(db, stamp(at(11, 55), staff_id=LENA), session_id)

    record = sessions.load(db, session_id)
    session = record.session
    assert (session.phase, session.signed_by) == (Phase.RELEASED, LENA)
    assert session.paused_seconds == 6 * 60
    assert session.infusing_for(at(12)) == timedelta(minutes=40)
    assert session.release == Release(ReleasePath.TO_ESCORT, marta, "Marta")
    assert [(event.code, event.at) for event in record.events] == [
        ("infusing", at(10, 15)),
        ("paused", at(10, 25)),
        ("infusing", at(10, 31)),
        ("recovering", at(11, 1)),
        ("ready", at(11, 40)),
        ("recovering", at(11, 42)),
        ("ready", at(11, 48)),
        ("released", at(11, 50)),
    ]
    assert record.events[1].detail == "restroom"
    appointment = record.visit.appointment
    assert (appointment.status, appointment.status_at) == (Status.COMPLETED, at(11, 50))
    assert appointment.escort_state is EscortState.HANDED_OVER
    assert record.staff_names == {ROSA: "Rosa M.", LENA: "Lena K."}
    assert (record.baseline.vitals, record.order.dose) == (BASE, Decimal(35))


def test_the_desk_opens_a_session_for_the_planned_nurse_only(
    db: SqliteDatabase, ana: PatientId
) -> None:
    hired = clinic.add_staff(db, stamp(), name="Jo Alvarado", role=Role.RECEPTIONIST)
    jo = StaffId(hired.row_ids["staff"])
    appointment_id = book(db, ana)
    arrive(db, appointment_id)
    by_jo = stamp(staff_id=jo)
    assert refused(sessions.open_session, db, by_jo, appointment_id).code == "session_needs_nurse"
    version = calendar.visit(db, appointment_id).appointment.version
    booking.edit(db, stamp(), appointment_id, version, nurse_id=LENA, note="")
    opened = sessions.open_session(db, by_jo, appointment_id)
    record = sessions.load(db, SessionId(opened.row_ids["sessions"]))
    assert record.session.nurse_id == LENA


def test_a_session_opens_once_and_only_for_who_has_arrived(
    db: SqliteDatabase, ana: PatientId
) -> None:
    appointment_id = book(db, ana)
    early = refused(sessions.open_session, db, stamp(), appointment_id, nurse_id=ROSA)
    assert (early.code, early.values["status"]) == ("session_needs_arrival", "booked")
    arrive(db, appointment_id)
    click = stamp()
    opened = sessions.open_session(db, click, appointment_id, nurse_id=ROSA)
    assert sessions.open_session(db, click, appointment_id, nurse_id=ROSA) == opened
    assert calendar.visit(db, appointment_id).appointment.status is Status.IN_SESSION
    again = refused(sessions.open_session, db, stamp(), appointment_id, nurse_id=LENA)
    assert again.code == "session_exists"
    assert again.values["session_id"] == opened.row_ids["sessions"]


def test_the_start_waits_for_the_checklist_and_the_order(
    db: SqliteDatabase, ana: PatientId
) -> None:
    session_id = open_for(db, ana)
    start = stamp(at(10, 15))
    error = refused(sessions.begin, db, start, session_id, at=at(10, 15))
    assert (error.code, error.values["count"]) == ("checklist_open", len(ChecklistItem))
    for item in ChecklistItem:
        fed = item is ChecklistItem.FASTING
        draft = AnswerDraft(item, Answer.NOT_MET) if fed else met(item)
        sessions.answer(db, stamp(at(10, 5)), session_id, draft)
    error = refused(sessions.begin, db, start, session_id, at=at(10, 15))
    assert error.values["items"] == "fasting"

    nobody = AnswerDraft(ChecklistItem.FASTING, Answer.NOT_MET, "tea 07:30", "small cup")
    error = refused(sessions.answer, db, stamp(at(10, 6)), session_id, nobody)
    assert error.code == "override_needs_person"
    named = AnswerDraft(ChecklistItem.FASTING, Answer.NOT_MET, "tea 07:30", "small cup", DR_SHAH)
    sessions.answer(db, stamp(at(10, 7)), session_id, named)
    error = refused(sessions.begin, db, start, session_id, at=at(10, 15))
    assert error.code == "order_missing"
    recording.write_order(db, stamp(at(10, 8)), session_id, order())
    sessions.begin(db, start, session_id, at=at(10, 15))

    record = sessions.load(db, session_id)
    assert record.session.phase is Phase.INFUSING
    assert record.answers[-1].override_by == DR_SHAH
    assert record.staff_names[DR_SHAH] == "Dr. Shah"
    assert len(record.answers) == len(ChecklistItem) + 1
    error = refused(sessions.begin, db, stamp(at(10, 20)), session_id, at=at(10, 20))
    assert error.code == "phase_step_unknown"


def test_an_answer_sent_twice_is_kept_once(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = open_for(db, ana)
    draft = AnswerDraft(ChecklistItem.CONSENT, Answer.MET)
    click = stamp(at(10, 5))
    assert sessions.answer(db, click, session_id, draft) == sessions.answer(
        db, click, session_id, draft
    )
    error = refused(sessions.answer, db, stamp(at(10, 6)), session_id, draft)
    assert error.code == "recorded_already"
    assert len(sessions.load(db, session_id).answers) == 1


def test_steps_happen_in_order_and_not_in_the_future(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = infusing(db, ana)
    now = stamp(at(10, 30))
    error = refused(sessions.pause, db, now, session_id, at=at(10, 32))
    assert error.code == "moment_in_future"
    error = refused(sessions.pause, db, now, session_id, at=at(10, 14))
    assert error.code == "moment_before_last_step"
    error = refused(sessions.resume, db, now, session_id, at=at(10, 30))
    assert error.code == "phase_step_unknown"
    error = refused(sessions.back_to_recovery, db, now, session_id, at=at(10, 30))
    assert error.code == "phase_step_unknown"
    error = refused(sessions.begin, db, stamp(at(10)), open_for_other(db), at=at(10, day=8))
    assert error.code == "moment_too_early"
    assert sessions.load(db, session_id).session.phase is Phase.INFUSING


def open_for_other(db: SqliteDatabase) -> SessionId:
    session_id = open_for(db, add_patient(db, "Luis", "Ibáñez"), chair_id=CHAIR_2)
    prepare(db, session_id)
    return session_id


def test_a_pause_sent_twice_pauses_once(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = infusing(db, ana)
    click = stamp(at(10, 25))
    first = sessions.pause(db, click, session_id, at=at(10, 25))
    assert sessions.pause(db, click, session_id, at=at(10, 25)) == first
    sessions.resume(db, stamp(at(10, 30)), session_id, at=at(10, 30))
    assert sessions.pause(db, click, session_id, at=at(10, 25)) == first
    record = sessions.load(db, session_id)
    assert record.session.phase is Phase.INFUSING
    assert [event.code for event in record.events] == ["infusing", "paused", "infusing"]


def test_a_stop_during_a_pause_counts_what_ran_before_it(
    db: SqliteDatabase, ana: PatientId
) -> None:
    session_id = infusing(db, ana)
    sessions.pause(db, stamp(at(10, 25)), session_id, at=at(10, 25))
    error = refused(sessions.stop, db, stamp(at(10, 33)), session_id, at=at(10, 33), reason=" ")
    assert error.code == "stop_needs_reason"
    sessions.stop(db, stamp(at(10, 33)), session_id, at=at(10, 33), reason="wants to stop")
    session = sessions.load(db, session_id).session
    assert session.infusing_for(at(12)) == timedelta(minutes=10)
    assert (session.phase, session.paused_at) == (Phase.STOPPED, None)
    error = refused(sessions.release, db, stamp(at(10, 40)), session_id, TO_MARTA, at=at(10, 40))
    assert error.code == "release_before_ready"
    sessions.to_recovery(db, stamp(at(10, 34)), session_id, at=at(10, 34))
    session = sessions.load(db, session_id).session
    assert (session.infusion_ended_at, session.recovery_started_at) == (at(10, 33), at(10, 34))


def test_nothing_given_today(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = open_for(db, ana)
    sessions.stop(db, stamp(at(10, 20)), session_id, at=at(10, 20), reason="BP 168/104 twice")
    sessions.release(db, stamp(at(10, 40)), session_id, TO_MARTA, at=at(10, 40))
    record = sessions.load(db, session_id)
    assert record.session.infusion_started_at is None
    assert record.visit.appointment.status is Status.COMPLETED
    assert [event.code for event in record.events] == ["stopped", "released"]
    sessions.sign(db, stamp(at(10, 45)), session_id)


def test_an_ambulance_does_not_wait_until_someone_is_ready(
    db: SqliteDatabase, ana: PatientId
) -> None:
    session_id = infusing(db, ana)
    sessions.stop(db, stamp(at(10, 25)), session_id, at=at(10, 25), reason="chest pain")
    unsaid = Release(ReleasePath.TRANSFERRED, to_name="Harbor ER")
    error = refused(sessions.release, db, stamp(at(10, 40)), session_id, unsaid, at=at(10, 40))
    assert error.code == "release_needs_reason"
    transferred = Release(ReleasePath.TRANSFERRED, to_name="Harbor ER", reason="chest pain")
    sessions.release(db, stamp(at(10, 40)), session_id, transferred, at=at(10, 40))
    record = sessions.load(db, session_id)
    assert record.session.release == transferred
    assert record.visit.appointment.escort_state is not EscortState.HANDED_OVER


def test_a_release_names_the_patient_own_escort(db: SqliteDatabase, ana: PatientId) -> None:
    luis = add_patient(db, "Luis", "Ibáñez")
    carmen = EscortId(
        patients.add_escort(
            db,
            stamp(),
            luis,
            EscortDraft(name="Carmen", relation="wife", phone="", stays_overnight=None),
        ).row_ids["escorts"]
    )
    session_id = infusing(db, ana)
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))
    sessions.mark_ready(
        db, stamp(at(11, 40)), session_id, at=at(11, 40), override_reason="Dr. Shah looked"
    )
    for release, code in (
        (Release(ReleasePath.TO_ESCORT), "release_needs_escort"),
        (Release(ReleasePath.TO_ESCORT, carmen), "escort_of_another_patient"),
        (Release(ReleasePath.ALONE), "release_needs_reason"),
    ):
        error = refused(sessions.release, db, stamp(at(11, 50)), session_id, release, at=at(11, 50))
        assert error.code == code
    assert sessions.load(db, session_id).session.phase is Phase.READY


def test_a_signed_record_takes_addenda_and_nothing_else(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = infusing(db, ana)
    error = refused(sessions.sign, db, stamp(at(10, 20)), session_id)
    assert error.code == "sign_before_release"
    error = refused(sessions.addendum, db, stamp(at(10, 20)), session_id, "slept well")
    assert error.code == "addendum_before_signing"
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))
    sessions.mark_ready(
        db, stamp(at(11, 40)), session_id, at=at(11, 40), override_reason="Dr. Shah looked"
    )
    sessions.release(db, stamp(at(11, 50)), session_id, TO_MARTA, at=at(11, 50))
    late = ReadingDraft(at(11, 30), Vitals(128, 80))
    recording.record_reading(db, stamp(at(11, 52)), session_id, late)
    sessions.sign(db, stamp(at(11, 55)), session_id)

    before = sessions.load(db, session_id)
    first = before.readings[0]
    now = stamp(at(12))
    note = EventDraft(EventKind.NOTE, at(11, 30), detail="calm")
    replaced = ReadingDraft(at(10, 10), BASE, amends_id=first.id, amend_reason="typo")
    answer = AnswerDraft(ChecklistItem.MOOD, Answer.MET)
    for action, given in (
        (recording.record_reading, late),
        (recording.amend_reading, replaced),
        (recording.record_event, note),
        (recording.write_order, order()),
        (sessions.answer, answer),
    ):
        assert refused(action, db, now, session_id, given).code == "session_signed"
    assert refused(sessions.sign, db, now, session_id).code == "session_signed"
    error = refused(sessions.release, db, now, session_id, TO_MARTA, at=at(12))
    assert error.code == "session_signed"

    assert refused(sessions.addendum, db, now, session_id, "  ").code == "event_empty"
    sessions.addendum(db, stamp(at(16), staff_id=LENA), session_id, "Called: slept well")
    after = sessions.load(db, session_id)
    assert after.session == before.session
    assert after.readings == before.readings
    (added,) = [event for event in after.events if event not in before.events]
    assert (added.code, added.detail, added.entered_by) == ("addendum", "Called: slept well", LENA)


def test_a_session_is_not_undone_and_its_appointment_not_moved(
    db: SqliteDatabase, ana: PatientId
) -> None:
    session_id = open_for(db, ana)
    record = sessions.load(db, session_id)
    appointment = record.visit.appointment
    error = refused(
        booking.move,
        db,
        stamp(),
        appointment.id,
        appointment.version,
        chair_id=CHAIR_2,
        starts=at(13),
    )
    assert error.code == "appointment_under_way"
    newest = undo.next_to_undo(db, ROSA)
    assert newest is not None
    assert newest.verb == "appointment_status_set"
    with pytest.raises(Conflict):
        undo.undo(db, stamp(), newest.action_id)
    cancelled = {"status": Status.CANCELLED_BY_CLINIC, "reason": Reason.OTHER}
    error = refused(
        booking.set_status, db, stamp(), appointment.id, appointment.version, **cancelled
    )
    assert error.code == "status_step_unknown"


def test_the_session_before_lies_under_this_one(db: SqliteDatabase, ana: PatientId) -> None:
    first = released(db, ana)
    appointment_id = book(db, ana, MONDAY_TEN + timedelta(days=2))
    arrive(db, appointment_id)
    second = SessionId(
        sessions.open_session(db, stamp(at(10, 30)), appointment_id, nurse_id=LENA).row_ids[
            "sessions"
        ]
    )
    assert sessions.load(db, first).previous is None
    previous = sessions.load(db, second).previous
    assert previous is not None
    assert previous.session_id == first
    assert previous.infusion_started_at == at(10, 15)
    assert [reading.vitals for reading in previous.readings] == [BASE]
    assert previous.order is not None
    assert previous.order.dose == Decimal(35)


def test_lists_of_sessions_by_day_and_by_patient(db: SqliteDatabase, ana: PatientId) -> None:
    first = released(db, ana)
    luis = open_for(db, add_patient(db, "Luis", "Ibáñez"), chair_id=CHAIR_2, minutes=5)
    monday = MONDAY_TEN.date()
    assert [line.session_id for line in sessions.list_sessions(db)] == [luis, first]
    assert [line.patient_name for line in sessions.list_sessions(db, day=monday)] == [
        "Luis Ibáñez",
        "Ana García",
    ]
    (line,) = sessions.list_sessions(db, patient_id=ana)
    assert (line.session_id, line.phase, line.released_at) == (first, Phase.RELEASED, at(11, 50))
    assert (line.chair_name, line.nurse_name) == ("Chair 1 · window", "Rosa M.")
    assert sessions.list_sessions(db, day=monday, patient_id=ana) == (line,)
    assert sessions.list_sessions(db, day=monday + timedelta(days=1)) == ()


def test_an_unknown_session_is_not_found(db: SqliteDatabase) -> None:
    with pytest.raises(NotFound):
        sessions.load(db, SessionId(404))
    with pytest.raises(NotFound):
        sessions.begin(db, stamp(), SessionId(404), at=at(10))


def test_what_happens_is_written_down_with_its_own_time(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = infusing(db, ana)
    nausea = EventDraft(EventKind.SIDE_EFFECT, at(10, 37), code=SideEffect.NAUSEA, grade=1)
    given = EventDraft(
        EventKind.MEDICINE,
        at(10, 38),
        code=MedicinePurpose.NAUSEA,
        medicine="ondansetron",
        detail="4 mg IV, Dr. Shah",
    )
    for draft in (given, nausea):
        recording.record_event(db, stamp(at(10, 41)), session_id, draft)
    told = [event for event in sessions.load(db, session_id).events if event.code != "infusing"]
    assert [(event.at, event.entered_at) for event in told] == [
        (at(10, 37), at(10, 41)),
        (at(10, 38), at(10, 41)),
    ]
    assert (told[1].medicine, told[1].detail) == ("ondansetron", "4 mg IV, Dr. Shah")


def test_ready_is_doubted_until_someone_decides(db: SqliteDatabase, ana: PatientId) -> None:
    """Two minutes of recovery, MOAA/S 4, nothing measured since: three doubts, named."""
    session_id = infusing(db, ana)
    drowsy = ReadingDraft(at(10, 50), Vitals(128, 80, moaas=4, dissociation=0))
    recording.record_reading(db, stamp(at(10, 50)), session_id, drowsy)
    sessions.to_recovery(db, stamp(at(10, 55)), session_id, at=at(10, 55))

    error = refused(sessions.mark_ready, db, stamp(at(10, 57)), session_id, at=at(10, 57))
    assert error.code == "not_ready_yet" and error.may_override
    assert error.values["doubts"] == "no_vitals,recovery_short,not_awake"

    awake = ReadingDraft(at(11, 35), Vitals(122, 76, moaas=5, dissociation=0))
    recording.record_reading(db, stamp(at(11, 35)), session_id, awake)
    sessions.mark_ready(db, stamp(at(11, 41)), session_id, at=at(11, 41))
    assert sessions.load(db, session_id).session.phase is Phase.READY


def test_a_release_by_mistake_is_taken_back_with_a_reason(
    db: SqliteDatabase, ana: PatientId
) -> None:
    session_id = released(db, ana)
    late = stamp(at(11, 55))
    error = refused(sessions.take_back_release, db, late, session_id, at=at(11, 55), reason=" ")
    assert error.code == "take_back_needs_reason"

    sessions.take_back_release(db, late, session_id, at=at(11, 55), reason="wrong patient")

    record = sessions.load(db, session_id)
    assert (record.session.phase, record.session.release) == (Phase.READY, None)
    assert record.visit.appointment.status is Status.IN_SESSION
    assert record.standing_events[-1].detail == "wrong patient"
    sessions.release(db, stamp(at(12)), session_id, TO_MARTA, at=at(12))
    sessions.sign(db, stamp(at(12, 5)), session_id)
    again = refused(
        sessions.take_back_release, db, stamp(at(12, 6)), session_id, at=at(12, 6), reason="late"
    )
    assert again.code == "session_signed"


def test_an_order_for_another_weight_does_not_start(db: SqliteDatabase, ana: PatientId) -> None:
    session_id = open_for(db, ana)
    for item in ChecklistItem:
        sessions.answer(db, stamp(at(10, 5)), session_id, met(item, weight="165 lb"))
    recording.write_order(db, stamp(at(10, 8)), session_id, order())
    error = refused(sessions.begin, db, stamp(at(10, 15)), session_id, at=at(10, 15))
    assert error.code == "order_for_other_weight"
    assert (error.values["order_weight"], error.values["weight"]) == ("70", "74.84")


def test_a_weight_is_typed_and_one_far_from_the_last_is_asked_about(
    db: SqliteDatabase, ana: PatientId
) -> None:
    released(db, ana)
    second = open_for(db, ana, chair_id=CHAIR_2)
    empty = AnswerDraft(ChecklistItem.WEIGHT, Answer.MET)
    assert refused(sessions.answer, db, stamp(at(10, 30)), second, empty).code == ("weight_missing")
    pounds_as_kilograms = met(ChecklistItem.WEIGHT, weight="165")
    error = refused(sessions.answer, db, stamp(at(10, 30)), second, pounds_as_kilograms)
    assert (error.code, error.values["last"]) == ("weight_far_from_last", "70")
    sessions.answer(db, stamp(at(10, 30)), second, pounds_as_kilograms, sure=True)
