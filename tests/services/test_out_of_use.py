"""Who and what is out of use, under way or needed stays as it is: booked anew or brought back."""

from collections.abc import Callable

import pytest

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import AppointmentId, CourseId, PatientId, ProtocolId, new_uuid
from ketadesk.domain.patients import CourseDraft, PatientDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier
from ketadesk.services import booking, calendar, clinic, keeping, patients, undo
from ketadesk.services.importing.patients import import_patients, read_source
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    LENA,
    MOOD_LOW,
    ROSA,
    VITALS_PLAN,
    add_patient,
    at,
    book,
    draft_for,
    stamp,
)
from tests.treated import add_escort, started, to_escort


def refused(code: str, act: Callable[[], object]) -> KnownError:
    with pytest.raises(Refused) as raised:
        act()
    assert raised.value.code == code
    return raised.value


def now(db: SqliteDatabase, visit: AppointmentId) -> tuple[int, int, Status]:
    appointment = calendar.visit(db, visit).appointment
    return appointment.version, appointment.chair_id, appointment.status


def take_out_chair_2(db: SqliteDatabase) -> None:
    chair = next(one for one in calendar.frame(db).chairs if one.id == CHAIR_2)
    clinic.edit_chair(db, stamp(), CHAIR_2, chair.version, name=chair.name, active=False)


def moved_and_begun(db: SqliteDatabase) -> tuple[Changes, AppointmentId]:
    """Booked in chair 2 for Tuesday, moved to chair 1 today; the infusion runs."""
    visit = book(db, add_patient(db), at(10, day=11), chair_id=CHAIR_2)
    moved = booking.move(db, stamp(), visit, 1, chair_id=CHAIR_1, starts=at(10))
    return moved, visit


# Undo of what is under way


def test_a_move_is_not_taken_back_once_the_session_is_open_nor_when_all_is_over(
    db: SqliteDatabase,
) -> None:
    moved, visit = moved_and_begun(db)
    course = started(db, visit)
    refused("appointment_under_way", lambda: undo.undo(db, stamp(), moved.action_id))
    course.finish_infusion()
    ana = calendar.visit(db, visit).appointment.patient_id
    course.release(to_escort(add_escort(db, ana)))
    refused("appointment_under_way", lambda: undo.undo(db, stamp(), moved.action_id))
    assert now(db, visit)[1:] == (CHAIR_1, Status.COMPLETED)


def test_a_move_taken_back_is_not_done_again_once_the_session_is_open(
    db: SqliteDatabase,
) -> None:
    moved, visit = moved_and_begun(db)
    back = undo.undo(db, stamp(), moved.action_id)
    started(db, visit)
    refused("appointment_under_way", lambda: undo.undo(db, stamp(), back.action_id))
    assert now(db, visit)[1] == CHAIR_2


def test_a_longer_visit_is_shortened_again_during_the_infusion_but_not_afterwards(
    db: SqliteDatabase,
) -> None:
    visit = book(db, add_patient(db))
    course = started(db, visit)
    longer = booking.resize(db, stamp(), visit, now(db, visit)[0], starts=at(10), minutes=150)
    shorter = undo.undo(db, stamp(), longer.action_id)
    assert calendar.visit(db, visit).appointment.segments.total == 120
    course.finish_infusion()
    ana = calendar.visit(db, visit).appointment.patient_id
    course.release(to_escort(add_escort(db, ana)))
    refused("appointment_under_way", lambda: undo.undo(db, stamp(), shorter.action_id))


def test_a_changed_protocol_is_not_taken_back_from_one_who_came(db: SqliteDatabase) -> None:
    other = clinic.add_protocol(
        db,
        stamp(),
        name="Pain IV",
        route=Route.INTRAVENOUS,
        tier=Tier.HIGH,
        segments=SegmentMinutes(check_in=30, infusion=60, recovery=45, turnover=5),
        vitals_plan=VITALS_PLAN,
    )
    pain = ProtocolId(other.row_ids["protocols"])
    visit = book(db, add_patient(db))
    changed = booking.change_protocol(db, stamp(), visit, 1, protocol_id=pain)
    booking.set_status(db, stamp(), visit, 2, status=Status.ARRIVED)
    refused("protocol_of_who_came", lambda: undo.undo(db, stamp(), changed.action_id))
    assert calendar.visit(db, visit).appointment.protocol_id == pain


# Undo of what is needed since


def test_a_patient_who_was_booked_since_is_not_undone_until_the_visit_is_cancelled(
    db: SqliteDatabase,
) -> None:
    added = patients.add(db, stamp(), PatientDraft("Zed", "Young"), uuid=new_uuid())
    zed = PatientId(added.row_ids["patients"])
    visit = book(db, zed)
    refused("needed_since", lambda: undo.undo(db, stamp(), added.action_id))
    assert [one.id for one in patients.find(db, "Zed")] == [zed]

    cancel(db, visit)
    undo.undo(db, stamp(), added.action_id)
    assert patients.find(db, "Zed") == []
    refused("patient_out_of_use", lambda: book(db, zed))
    version = now(db, visit)[0]
    refused(
        "patient_out_of_use",
        lambda: booking.set_status(db, stamp(), visit, version, status=Status.BOOKED),
    )


def test_a_patient_brought_back_by_redo_and_booked_is_not_hidden_again(
    db: SqliteDatabase,
) -> None:
    added = patients.add(db, stamp(), PatientDraft("Zed", "Young"), uuid=new_uuid())
    gone = undo.undo(db, stamp(), added.action_id)
    back = undo.undo(db, stamp(), gone.action_id)
    book(db, PatientId(added.row_ids["patients"]))
    refused("needed_since", lambda: undo.undo(db, stamp(), back.action_id))


def test_an_import_of_which_one_is_booked_is_not_undone(db: SqliteDatabase) -> None:
    source = read_source(b"First Name,Last Name,DOB\nImp,One,1980-01-15\nImp,Two,1981-01-15\n")
    imported = import_patients(db, stamp(), source).changes
    assert imported is not None
    one, two = sorted(patient.id for patient in patients.find(db, "Imp"))
    visit = book(db, two)
    refused("needed_since", lambda: undo.undo(db, stamp(), imported.action_id))
    assert {patient.id for patient in patients.find(db, "Imp")} == {one, two}
    cancel(db, visit)
    undo.undo(db, stamp(), imported.action_id)
    assert patients.find(db, "Imp") == []


# Booking what is out of use, or somebody else's


def cancel(db: SqliteDatabase, visit: AppointmentId) -> Changes:
    return booking.set_status(
        db,
        stamp(),
        visit,
        now(db, visit)[0],
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.ILL,
    )


def test_a_chair_out_of_the_calendar_takes_nobody_however_they_would_come_there(
    db: SqliteDatabase,
) -> None:
    ana, ben = add_patient(db), add_patient(db, "Ben", "Okafor")
    elsewhere = book(db, ana, at(10), chair_id=CHAIR_2)
    moved = booking.move(db, stamp(), elsewhere, 1, chair_id=CHAIR_1, starts=at(10))
    given_up = book(db, ben, at(10), chair_id=CHAIR_2)
    cancelled = cancel(db, given_up)
    take_out_chair_2(db)

    said = refused("chair_out_of_use", lambda: book(db, ben, at(14), chair_id=CHAIR_2))
    assert said.values == {"chair": "Chair 2"}
    refused(
        "chair_out_of_use",
        lambda: booking.move(db, stamp(), elsewhere, 2, chair_id=CHAIR_2, starts=at(14)),
    )
    refused(
        "chair_out_of_use",
        lambda: booking.set_status(db, stamp(), given_up, 2, status=Status.BOOKED),
    )
    refused("chair_out_of_use", lambda: undo.undo(db, stamp(), moved.action_id))
    refused("chair_out_of_use", lambda: undo.undo(db, stamp(), cancelled.action_id))
    assert now(db, elsewhere)[1] == CHAIR_1
    assert all(found == [] for found in keeping.check(db).values())


def test_a_chair_brought_back_and_booked_does_not_go_again_by_undo(db: SqliteDatabase) -> None:
    take_out_chair_2(db)
    version = db.rows("SELECT version FROM chairs WHERE id = 2")[0]["version"]
    back = clinic.edit_chair(db, stamp(), CHAIR_2, version, name="Chair 2", active=True)
    book(db, add_patient(db), chair_id=CHAIR_2)
    refused("chair_still_booked", lambda: undo.undo(db, stamp(), back.action_id))


def test_who_no_longer_works_here_is_not_named_anew_and_writes_nothing(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    visit = book(db, ana, nurse_id=LENA)
    said = refused(
        "nurse_still_booked",
        lambda: clinic.edit_staff(
            db, stamp(), LENA, 1, name="Lena K.", role=Role.NURSE, active=False
        ),
    )
    assert said.values == {"name": "Lena K.", "count": 1}
    clinic.edit_staff(
        db, stamp(), LENA, 1, name="Lena K.", role=Role.NURSE, active=False, sure=True
    )
    assert calendar.visit(db, visit).nurse_name == "Lena K."
    booking.edit(db, stamp(), visit, 1, nurse_id=LENA, note="window seat")

    refused("nurse_gone", lambda: book(db, ana, at(14), nurse_id=LENA))
    other = book(db, ana, at(14))
    refused(
        "nurse_gone",
        lambda: booking.edit(db, stamp(), other, 1, nurse_id=LENA, note=""),
    )
    refused(
        "works_here_no_longer",
        lambda: booking.book(db, stamp(staff_id=LENA), draft_for(ana, at(16))),
    )


def test_a_nurse_taken_off_a_visit_who_left_does_not_come_back_by_undo(
    db: SqliteDatabase,
) -> None:
    visit = book(db, add_patient(db), nurse_id=LENA)
    freed = booking.edit(db, stamp(), visit, 1, nurse_id=ROSA, note="")
    clinic.edit_staff(db, stamp(), LENA, 1, name="Lena K.", role=Role.NURSE, active=False)
    refused("nurse_gone", lambda: undo.undo(db, stamp(), freed.action_id))


def test_another_patients_escort_or_course_is_never_booked(db: SqliteDatabase) -> None:
    ana, ben = add_patient(db), add_patient(db, "Ben", "Okafor")
    bens_wife = add_escort(db, ben, "Ada Okafor")
    refused("escort_of_another_patient", lambda: book(db, ana, escort_id=bens_wife))
    planned = patients.plan_course(db, stamp(), ben, CourseDraft(MOOD_LOW, 6, 2, 5))
    bens_course = CourseId(planned.row_ids["courses"])
    refused("course_of_another_patient", lambda: book(db, ana, course_id=bens_course))
    visit = book(db, ben, escort_id=bens_wife, course_id=bens_course)
    assert calendar.visit(db, visit).appointment.escort_state is EscortState.NAMED


def test_a_booking_in_years_that_the_calendar_has_no_days_for_is_refused(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    for year in (1800, 2200, 9998):
        refused("day_beyond_calendar", lambda year=year: book(db, ana, at(10).replace(year=year)))
    book(db, ana, at(10).replace(year=2199))


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31mred", "\u202eevil", "bell\x07"])
def test_what_no_keyboard_types_and_no_sheet_prints_is_not_kept(
    db: SqliteDatabase, text: str
) -> None:
    ana = add_patient(db)
    visit = book(db, ana)
    for act in (
        lambda: add_patient(db, text),
        lambda: add_escort(db, ana, text),
        lambda: clinic.add_chair(db, stamp(), name=text),
        lambda: booking.edit(db, stamp(), visit, 1, nurse_id=None, note=text),
    ):
        refused("text_unwritable", act)
    booking.edit(db, stamp(), visit, 1, nurse_id=None, note="two lines\nand a\ttab, محمد 👩‍👩‍👧")


@pytest.mark.parametrize("name", ["\u200b", "\n\n", " \ufeff "])
def test_a_name_that_nobody_could_see_is_missing(db: SqliteDatabase, name: str) -> None:
    refused("name_missing", lambda: clinic.add_chair(db, stamp(), name=name))
    refused("patient_without_name", lambda: add_patient(db, name, name))
    refused("entry_without_text", lambda: add_escort(db, add_patient(db), name))
