"""A receptionist's Monday: booking, moving, cancelling, and what the program will not do."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ketadesk import i18n
from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Conflict, NotFound, Refused
from ketadesk.domain.ids import EscortId, PatientId, ProtocolId, StaffId, new_uuid
from ketadesk.domain.patients import CourseDraft, EscortDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier
from ketadesk.services import booking, calendar, clinic, keeping, patients, undo
from ketadesk.services.watching import changes_since, latest_action, open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    AGREED,
    CHAIR_1,
    CHAIR_2,
    LENA,
    MINUTES,
    MONDAY_TEN,
    MOOD_LOW,
    VITALS_PLAN,
    ZONE,
    add_patient,
    at,
    book,
    draft_for,
    stamp,
)

MONDAY = MONDAY_TEN.date()


def visit_of(db: SqliteDatabase, appointment_id):
    return calendar.visit(db, appointment_id)


def status_of(db: SqliteDatabase, appointment_id) -> Status:
    return visit_of(db, appointment_id).appointment.status


def test_a_booking_stands_in_the_day_with_the_names_people_need(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    patients.add_escort(
        db, stamp(), ana, EscortDraft(name="Marta", relation="sister", phone="310-555-0142")
    )
    marta = patients.record(db, ana).escorts[0]
    book(db, ana, at(10), nurse_id=LENA, escort_id=marta.id)

    (visit,) = calendar.schedule(db, MONDAY).visits

    assert (visit.patient_name, visit.protocol_name, visit.nurse_name) == (
        "Ana García",
        "Mood IV",
        "Lena K.",
    )
    assert (visit.escort_name, visit.escort_relation) == ("Marta", "sister")
    assert visit.appointment.escort_state is EscortState.NAMED
    assert visit.appointment.ends - visit.appointment.starts == timedelta(minutes=120)


def test_the_same_form_sent_twice_books_once(db: SqliteDatabase) -> None:
    draft = draft_for(add_patient(db))
    once = stamp()

    first = booking.book(db, once, draft)
    again = booking.book(db, once, draft)

    assert first == again
    assert len(calendar.schedule(db, MONDAY).visits) == 1


def test_a_taken_chair_is_refused_by_name_and_time(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    omar = add_patient(db, "Omar", "Haddad")

    with pytest.raises(Refused) as refused:
        book(db, omar, at(11))

    assert refused.value.code == "chair_taken"
    assert refused.value.may_override
    assert refused.value.values["patient"] == "Ana García"


def test_a_chair_is_shared_only_with_a_reason_that_stays(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    omar = add_patient(db, "Omar", "Haddad")

    shared = book(db, omar, at(11), overlap_reason="twins, one nurse each")

    assert visit_of(db, shared).appointment.overlap_reason == "twins, one nurse each"
    assert keeping.check(db)["overlaps"] == []


def test_the_next_patient_may_begin_when_the_last_one_ends(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    book(db, add_patient(db, "Omar", "Haddad"), at(12))
    assert len(calendar.schedule(db, MONDAY).visits) == 2


def test_moving_says_from_where_to_where(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))

    changes = booking.move(
        db, stamp(), appointment_id, 1, chair_id=CHAIR_2, starts=at(11, 30, day=11)
    )

    moved = visit_of(db, appointment_id).appointment
    assert (moved.chair_id, moved.starts) == (CHAIR_2, at(11, 30, day=11))
    assert changes.values["from_chair"] == "Chair 1 · window"
    assert changes.values["chair"] == "Chair 2"
    assert {span.starts for span in changes.spans} == {at(10), at(11, 30, day=11)}


def book_with_escort(db: SqliteDatabase, state: EscortState):
    """At ten in chair 1, with an escort in this state; the version to write over is 2."""
    ana = add_patient(db)
    patients.add_escort(db, stamp(), ana, EscortDraft(name="Marta", relation="sister"))
    marta = patients.record(db, ana).escorts[0].id
    appointment_id = book(db, ana, at(10), escort_id=marta)
    booking.set_escort(db, stamp(), appointment_id, 1, escort_id=marta, state=state)
    return appointment_id


@pytest.mark.parametrize("state", [EscortState.CONFIRMED, EscortState.ON_THE_WAY])
def test_at_another_time_the_escort_is_to_be_asked_again(
    db: SqliteDatabase, state: EscortState
) -> None:
    appointment_id = book_with_escort(db, state)

    moved = booking.move(db, stamp(), appointment_id, 2, chair_id=CHAIR_1, starts=at(10, day=11))

    kept = visit_of(db, appointment_id)
    assert (kept.appointment.escort_state, kept.escort_name) == (EscortState.NAMED, "Marta")
    assert i18n.sentence(moved.verb, moved.values).endswith("; escort to be asked again")
    undo.undo(db, stamp(), moved.action_id)
    assert visit_of(db, appointment_id).appointment.escort_state is state


def test_in_another_chair_at_the_same_time_the_escort_stays_confirmed(db: SqliteDatabase) -> None:
    appointment_id = book_with_escort(db, EscortState.CONFIRMED)

    moved = booking.move(db, stamp(), appointment_id, 2, chair_id=CHAIR_2, starts=at(10))

    assert visit_of(db, appointment_id).appointment.escort_state is EscortState.CONFIRMED
    assert i18n.sentence(moved.verb, moved.values).endswith("Chair 2")


def test_a_move_asks_nobody_who_was_never_asked(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))

    booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_1, starts=at(15))

    assert visit_of(db, appointment_id).appointment.escort_state is EscortState.NOT_ASKED


def test_a_forced_overlap_does_not_follow_the_appointment_to_its_next_place(
    db: SqliteDatabase,
) -> None:
    book(db, add_patient(db), at(10))
    book(db, add_patient(db, "Wei", "Zhang"), at(14))
    shared = book(db, add_patient(db, "Omar", "Haddad"), at(11), overlap_reason="agreed")

    with pytest.raises(Refused):
        booking.move(db, stamp(), shared, 1, chair_id=CHAIR_1, starts=at(15))
    booking.move(db, stamp(), shared, 1, chair_id=CHAIR_1, starts=at(12))

    assert visit_of(db, shared).appointment.overlap_reason == ""


def test_two_people_changing_one_appointment_the_second_is_told(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_1, starts=at(11))

    with pytest.raises(Conflict):
        booking.move(db, stamp(staff_id=LENA), appointment_id, 1, chair_id=CHAIR_1, starts=at(12))

    assert visit_of(db, appointment_id).appointment.starts == at(11)


@pytest.mark.parametrize(("minutes", "recovery"), [(150, 75), (90, 15), (75, 0)])
def test_resizing_gives_way_in_recovery_alone(
    db: SqliteDatabase, minutes: int, recovery: int
) -> None:
    appointment_id = book(db, add_patient(db), at(10))

    booking.resize(db, stamp(), appointment_id, 1, starts=at(10), minutes=minutes)

    segments = visit_of(db, appointment_id).appointment.segments
    assert segments == replace(MINUTES, recovery=recovery)
    assert segments.total == minutes


def test_an_appointment_is_never_cut_into_its_infusion(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    with pytest.raises(Refused, match="appointment_too_short") as refused:
        booking.resize(db, stamp(), appointment_id, 1, starts=at(10), minutes=60)
    assert refused.value.values["least"] == 75
    assert visit_of(db, appointment_id).appointment.segments == MINUTES


LONGER = SegmentMinutes(check_in=30, infusion=120, recovery=60, turnover=10)


def add_protocol(db: SqliteDatabase, segments: SegmentMinutes = LONGER) -> ProtocolId:
    changes = clinic.add_protocol(
        db,
        stamp(),
        name="Pain IV",
        route=Route.INTRAVENOUS,
        tier=Tier.MID,
        segments=segments,
        vitals_plan=VITALS_PLAN,
    )
    return ProtocolId(changes.row_ids["protocols"])


def test_another_protocol_keeps_the_start_and_says_anew_when_the_chair_is_free(
    db: SqliteDatabase,
) -> None:
    appointment_id = book(db, add_patient(db), at(10), note="window seat")
    pain = add_protocol(db)

    changes = booking.change_protocol(db, stamp(), appointment_id, 1, protocol_id=pain)

    visit = visit_of(db, appointment_id)
    assert (visit.protocol_name, visit.tier) == ("Pain IV", Tier.MID)
    assert (visit.appointment.span, visit.appointment.segments) == (
        Span(at(10), at(13, 40)),
        LONGER,
    )
    assert visit.appointment.note == "window seat"
    assert ": Pain IV instead of Mood IV, until " in i18n.sentence(changes.verb, changes.values)

    undo.undo(db, stamp(), changes.action_id)
    back = visit_of(db, appointment_id)
    assert (back.protocol_name, back.appointment.ends) == ("Mood IV", at(12))
    assert not any(keeping.check(db).values())


def test_a_longer_protocol_is_refused_where_the_next_patient_sits(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    book(db, add_patient(db, "Omar", "Haddad"), at(12))
    pain = add_protocol(db)

    with pytest.raises(Refused, match="chair_taken") as refused:
        booking.change_protocol(db, stamp(), appointment_id, 1, protocol_id=pain)
    assert refused.value.may_override
    assert visit_of(db, appointment_id).protocol_name == "Mood IV"

    booking.change_protocol(
        db, stamp(), appointment_id, 1, protocol_id=pain, overlap_reason="Omar waits in the lounge"
    )
    assert visit_of(db, appointment_id).appointment.ends == at(13, 40)


def test_going_back_to_the_longer_protocol_finds_the_freed_time_taken(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    short = add_protocol(db, SegmentMinutes(check_in=10, infusion=40, recovery=10, turnover=0))
    changes = booking.change_protocol(db, stamp(), appointment_id, 1, protocol_id=short)
    book(db, add_patient(db, "Omar", "Haddad"), at(11))

    with pytest.raises(Refused, match="chair_taken"):
        undo.undo(db, stamp(), changes.action_id)

    assert visit_of(db, appointment_id).protocol_name == "Pain IV"


def test_the_protocol_of_who_came_stays_and_one_out_of_use_is_not_taken(
    db: SqliteDatabase,
) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    pain = add_protocol(db)
    clinic.edit_protocol(
        db,
        stamp(),
        pain,
        1,
        name="Pain IV",
        route=Route.INTRAVENOUS,
        tier=Tier.MID,
        segments=LONGER,
        vitals_plan=VITALS_PLAN,
        active=False,
    )
    with pytest.raises(Refused, match="protocol_out_of_use"):
        booking.change_protocol(db, stamp(), appointment_id, 1, protocol_id=pain)
    booking.set_status(db, stamp(), appointment_id, 1, status=Status.ARRIVED)
    with pytest.raises(Conflict):
        booking.change_protocol(db, stamp(), appointment_id, 1, protocol_id=MOOD_LOW)
    with pytest.raises(Refused, match="protocol_of_who_came"):
        booking.change_protocol(db, stamp(), appointment_id, 2, protocol_id=MOOD_LOW)


def test_a_cancellation_keeps_the_row_the_reason_and_frees_the_chair(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))

    with pytest.raises(Refused, match="status_needs_reason"):
        booking.set_status(db, stamp(), appointment_id, 1, status=Status.CANCELLED_BY_PATIENT)
    booking.set_status(
        db,
        stamp(),
        appointment_id,
        1,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.NO_ESCORT,
    )
    book(db, add_patient(db, "Omar", "Haddad"), at(10))

    kept = visit_of(db, appointment_id).appointment
    assert (kept.status, kept.status_reason) == (Status.CANCELLED_BY_PATIENT, Reason.NO_ESCORT)
    with pytest.raises(Refused, match="chair_taken"):
        booking.set_status(db, stamp(), appointment_id, 2, status=Status.BOOKED)


def test_a_wrong_step_can_be_taken_back_by_status(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    booking.set_status(db, stamp(), appointment_id, 1, status=Status.ARRIVED)
    booking.set_status(db, stamp(), appointment_id, 2, status=Status.CONFIRMED)
    assert status_of(db, appointment_id) is Status.CONFIRMED


def test_only_the_session_record_takes_an_appointment_into_session(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    with pytest.raises(Refused, match="status_follows_session"):
        booking.set_status(db, stamp(), appointment_id, 1, status=Status.IN_SESSION)


def test_the_escort_of_another_patient_is_refused(db: SqliteDatabase) -> None:
    appointment_id = book(db, add_patient(db), at(10))
    omar = add_patient(db, "Omar", "Haddad")
    patients.add_escort(db, stamp(), omar, EscortDraft(name="Sami"))
    sami = patients.record(db, omar).escorts[0]

    with pytest.raises(Refused, match="escort_of_another_patient"):
        booking.set_escort(
            db, stamp(), appointment_id, 1, escort_id=sami.id, state=EscortState.NAMED
        )
    with pytest.raises(Refused, match="escort_state_without_escort"):
        booking.set_escort(
            db, stamp(), appointment_id, 1, escort_id=None, state=EscortState.CONFIRMED
        )


def test_a_handover_is_not_written_by_hand_and_a_new_escort_starts_from_being_named(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    marta = patients.add_escort(db, stamp(), ana, EscortDraft(name="Marta")).row_ids["escorts"]
    sami = patients.add_escort(db, stamp(), ana, EscortDraft(name="Sami")).row_ids["escorts"]
    appointment_id = book(db, ana, at(10), escort_id=EscortId(marta))
    for escort, state, code in (
        (marta, EscortState.HANDED_OVER, "escort_handed_over_by_release"),
        (sami, EscortState.HERE, "escort_not_named_yet"),
    ):
        with pytest.raises(Refused, match=code):
            booking.set_escort(
                db, stamp(), appointment_id, 1, escort_id=EscortId(escort), state=state
            )
    here = EscortState.HERE
    booking.set_escort(db, stamp(), appointment_id, 1, escort_id=EscortId(marta), state=here)
    assert calendar.visit(db, appointment_id).appointment.escort_state is here


def test_course_numbers_fill_the_gap_a_cancellation_left(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    patients.plan_course(
        db,
        stamp(),
        ana,
        CourseDraft(protocol_id=MOOD_LOW, planned=6, spacing_min_days=2, spacing_max_days=4),
    )
    course = patients.record(db, ana).courses[0]
    first = book(db, ana, at(10, day=10), course_id=course.id)
    book(db, ana, at(10, day=12), course_id=course.id)
    booking.set_status(
        db, stamp(), first, 1, status=Status.CANCELLED_BY_CLINIC, reason=Reason.CLINIC
    )

    again = book(db, ana, at(10, day=14), course_id=course.id)

    assert visit_of(db, again).count == "1/6"


def test_two_receptionists_after_one_slot_one_gets_it(tmp_path: Path, db: SqliteDatabase) -> None:
    """Twenty pairs of bookings at the same moment from two connections: never a double booking."""
    people = [add_patient(db, f"Patient{number}", "Twin") for number in range(2)]
    outcomes: list[str] = []

    def receptionist(patient_id, day: int) -> None:
        own = open_clinic(db.path)
        try:
            draft = draft_for(patient_id, at(10, day=day))
            booking.book(own, stamp(), draft, override=AGREED)
            outcomes.append("booked")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            own.close()

    for day in range(1, 21):
        threads = [threading.Thread(target=receptionist, args=(who, day)) for who in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert outcomes.count("booked") == 20
    assert outcomes.count("chair_taken") == 20
    assert keeping.check(db) == {"integrity": [], "schema": [], "overlaps": [], "audit": []}


def test_the_file_itself_refuses_a_double_booking_whatever_the_program_does(
    db: SqliteDatabase,
) -> None:
    book(db, add_patient(db), at(10))
    row = db.rows("SELECT * FROM appointments")[0]
    values = {**row, "id": 99, "uuid": new_uuid()}
    names = ", ".join(values)
    slots = ", ".join(f":{name}" for name in values)
    with pytest.raises(Exception, match="chair_taken"):
        db.run(f"INSERT INTO appointments ({names}) VALUES ({slots})", **values)


def test_another_window_learns_what_was_done(db: SqliteDatabase) -> None:
    other = open_clinic(db.path)
    seen = latest_action(other)
    book(db, add_patient(db), at(10))

    verbs = [changes.verb for changes in changes_since(other, seen)]

    other.close()
    assert verbs == ["patient_added", "appointment_booked"]


def test_unknown_patients_and_escorts_are_refused_not_guessed(db: SqliteDatabase) -> None:
    with pytest.raises(NotFound):
        book(db, PatientId(404))
    ana = add_patient(db)
    with pytest.raises(NotFound):
        booking.book(db, stamp(), replace(draft_for(ana), protocol_id=ProtocolId(404)))
    appointment_id = book(db, ana)
    with pytest.raises(NotFound):
        booking.set_escort(
            db, stamp(), appointment_id, 1, escort_id=EscortId(404), state=EscortState.NAMED
        )


def test_nothing_is_done_by_nobody(db: SqliteDatabase) -> None:
    with pytest.raises(Refused, match="nobody_working"):
        booking.book(db, stamp(staff_id=StaffId(0)), draft_for(add_patient(db)))


def test_an_appointment_across_the_clock_change_is_as_long_as_its_segments(
    db: SqliteDatabase,
) -> None:
    """On 1 November 2026 the clocks in Los Angeles go back from two to one."""
    before_the_change = datetime(2026, 11, 1, 0, 30, tzinfo=ZONE)
    appointment_id = book(db, add_patient(db), before_the_change)
    appointment = visit_of(db, appointment_id).appointment
    assert appointment.ends - appointment.starts == timedelta(minutes=120)
    assert appointment.ends.astimezone(ZONE).strftime("%H:%M") == "01:30"
    later = before_the_change.replace(hour=1)
    booking.move(db, stamp(), appointment_id, 1, chair_id=CHAIR_1, starts=later, override=AGREED)
    moved = visit_of(db, appointment_id).appointment
    assert moved.ends - moved.starts == timedelta(minutes=120)
