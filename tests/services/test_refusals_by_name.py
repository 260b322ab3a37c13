"""What is refused on an ordinary day, and whether the refusal says who and what is meant."""

from datetime import date

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.patients import CourseDraft
from ketadesk.services import booking, calendar, clinic, sheet_facts
from ketadesk.services.importing.patients import import_patients, read_source
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import DR_SHAH, MOOD_LOW, ROSA, add_patient, at, book, draft_for, stamp


def test_a_threshold_below_nothing_is_refused(db: SqliteDatabase) -> None:
    before = calendar.frame(db).rules
    with pytest.raises(Refused) as refused:
        clinic.set_rule(db, stamp(staff_id=DR_SHAH), "alcohol_hours", -1)
    assert refused.value.code == "rule_negative"
    assert refused.value.values == {"rule": "alcohol_hours", "value": -1}
    assert calendar.frame(db).rules == before
    clinic.set_rule(db, stamp(staff_id=DR_SHAH), "alcohol_hours", 0)
    assert calendar.frame(db).rules.alcohol_hours == 0
    with pytest.raises(Refused, match="rule_unknown"):
        clinic.set_rule(db, stamp(staff_id=DR_SHAH), "alcohol_years", 1)


def cancel(db: SqliteDatabase, appointment_id: AppointmentId) -> None:
    booking.set_status(
        db,
        stamp(),
        appointment_id,
        calendar.visit(db, appointment_id).appointment.version,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.ILL,
    )


def test_a_cancelled_visit_comes_back_unless_someone_has_its_chair(db: SqliteDatabase) -> None:
    anas = book(db, add_patient(db), at(10))
    cancel(db, anas)
    bens = book(db, add_patient(db, "Ben", "Okafor"), at(11))
    with pytest.raises(Refused) as refused:
        booking.set_status(db, stamp(), anas, 2, status=Status.BOOKED)
    assert (refused.value.code, refused.value.may_override) == ("chair_taken", True)
    assert refused.value.values == {
        "patient": "Ben Okafor",
        "starts_at": int(at(11).timestamp()),
        "ends_at": int(at(13).timestamp()),
    }
    assert calendar.visit(db, anas).appointment.status is Status.CANCELLED_BY_PATIENT
    cancel(db, bens)
    booking.set_status(db, stamp(), anas, 2, status=Status.BOOKED)
    assert calendar.visit(db, anas).appointment.status is Status.BOOKED


def test_who_was_given_up_and_comes_after_all_is_received_unless_the_chair_is_taken(
    db: SqliteDatabase,
) -> None:
    anas = book(db, add_patient(db), at(10))
    booking.set_status(db, stamp(), anas, 1, status=Status.NO_SHOW, reason=Reason.FORGOT)
    book(db, add_patient(db, "Ben", "Okafor"), at(10, 30))
    with pytest.raises(Refused) as refused:
        booking.set_status(db, stamp(), anas, 2, status=Status.ARRIVED)
    assert refused.value.values["patient"] == "Ben Okafor"


def test_a_number_and_given_name_with_another_birth_date_is_someone_else(
    db: SqliteDatabase,
) -> None:
    """Father and son of one name, or a slip: a person has to look, so the row is refused."""
    add_patient(db, "Ana", "Roy", record_number="7", birth_date=date(1980, 3, 4))
    report = import_patients(
        db,
        stamp(),
        read_source(
            b"MRN,First name,Last name,DOB\n"
            b"7,Ana,Roy,2004-03-04\n"
            b"7,Ana,Roy,1980-03-04\n"
            b"7,Ana,Hall,\n"
            b"7,Eva,Roy,1980-03-04\n"
        ),
    )
    assert [(row.line, row.code, dict(row.values)) for row in report.refused] == [
        (2, "row_record_number_taken", {"record_number": "7", "patient": "Ana Roy"}),
        (5, "row_record_number_taken", {"record_number": "7", "patient": "Ana Roy"}),
    ]
    assert [(row.line, row.code) for row in report.known] == [
        (3, "known_patient"),
        (4, "known_patient"),
    ]
    assert report.added == 0


def test_a_next_visit_has_its_number_only_within_its_course(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    first = book(db, ana, at(10))

    def following() -> tuple[int | None, int | None]:
        visit = calendar.visit(db, first)
        facts = sheet_facts.aftercare(db, visit, at=at(9), staff_id=ROSA)
        assert facts.next_visit is not None
        return facts.next_visit.number, facts.next_visit.of

    book(db, ana, at(10, day=17))
    assert following() == (None, None)
    course = CourseDraft(MOOD_LOW, planned=6, spacing_min_days=2, spacing_max_days=7)
    booking.begin_course(db, stamp(), draft_for(ana, at(10, day=14)), course)
    assert following() == (1, 6)
    db.run("UPDATE appointments SET course_number = NULL WHERE starts = :starts",
           starts=int(at(10, day=14).timestamp()))  # fmt: skip
    assert following() == (None, 6)
    db.run("UPDATE appointments SET course_number = 3, course_id = NULL WHERE starts = :starts",
           starts=int(at(10, day=14).timestamp()))  # fmt: skip
    assert following() == (None, None), "a number without its course says nothing"
