"""The first booking of a course plans it, and may name an escort: all of it, or nothing."""

import pytest

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.changes import Stamp
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.patients import CourseDraft, EscortDraft
from ketadesk.i18n import sentence
from ketadesk.services import booking, calendar, patients, proposing, undo
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import MONDAY_TEN, MOOD_LOW, ROSA, add_patient, at, draft_for, stamp

SIX = CourseDraft(MOOD_LOW, planned=6, spacing_min_days=2, spacing_max_days=4)
MARTA = EscortDraft("Marta Ruiz", relation=" sister ", phone="310-555-0142")


def begin(db: SqliteDatabase, patient_id, *, given: Stamp | None = None, **more):
    draft = draft_for(patient_id, at(10))
    return booking.begin_course(db, given or stamp(), draft, SIX, **more)


def test_the_first_of_a_new_course_is_one_of_six_in_one_action(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    changes = begin(db, ana, escort=MARTA)
    (visit,) = calendar.schedule(db, MONDAY_TEN.date()).visits
    record = patients.record(db, ana)
    assert visit.count == "1/6"
    assert [(one.planned, one.active) for one in record.courses] == [(6, True)]
    assert [(one.name, one.relation) for one in record.escorts] == [("Marta Ruiz", "sister")]
    assert (visit.escort_name, visit.appointment.escort_state) == ("Marta Ruiz", EscortState.NAMED)
    assert sentence(changes.verb, changes.values).endswith("Chair 1 · window: 1 of 6")


def test_what_comes_next_is_two_of_six_when_the_spacing_allows(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    begin(db, ana)
    proposal = proposing.propose(db, ana, now=MONDAY_TEN)
    assert proposal.number == 2
    assert proposal.place is not None and proposal.place.span.starts == at(8, day=12)


def test_sent_twice_it_is_planned_and_booked_once(db: SqliteDatabase) -> None:
    ana, given = add_patient(db), Stamp(ROSA, MONDAY_TEN)
    draft = draft_for(ana, at(10))
    for _ in range(2):
        booking.begin_course(db, given, draft, SIX, escort=MARTA)
    record = patients.record(db, ana)
    assert (len(record.courses), len(record.escorts)) == (1, 1)
    assert len(calendar.visits_of(db, ana)) == 1


def test_where_the_chair_is_taken_nothing_is_planned_either(db: SqliteDatabase) -> None:
    booking.book(db, stamp(), draft_for(add_patient(db, "Luis"), at(10)))
    ana = add_patient(db)
    with pytest.raises(Refused, match="chair_taken"):
        begin(db, ana, escort=MARTA)
    record = patients.record(db, ana)
    assert (record.courses, record.escorts) == ((), ())


def test_one_undo_takes_booking_course_and_escort_back_together(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    changes = begin(db, ana, escort=MARTA)
    undone = undo.undo(db, stamp(), changes.action_id)
    (visit,) = calendar.visits_of(db, ana)
    record = patients.record(db, ana)
    assert visit.appointment.status is Status.CANCELLED_BY_CLINIC
    assert ([one.active for one in record.courses], record.escorts) == ([False], ())
    undo.undo(db, stamp(), undone.action_id)
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.status is Status.BOOKED
    assert [one.active for one in patients.record(db, ana).courses] == [True]


def test_undoing_the_first_booking_keeps_the_course_and_escort_of_the_visits_after_it(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    first = begin(db, ana, escort=MARTA)
    record = patients.record(db, ana)
    course, marta = record.courses[0].id, record.escorts[0].id
    second = draft_for(ana, at(10, day=12), course_id=course, escort_id=marta)
    booking.book(db, stamp(), second)

    undone = undo.undo(db, stamp(), first.action_id)

    record = patients.record(db, ana)
    assert [one.active for one in record.courses] == [True]
    assert [one.name for one in record.escorts] == ["Marta Ruiz"]
    later, earlier = calendar.visits_of(db, ana)
    assert (later.count, later.escort_name) == ("2/6", "Marta Ruiz")
    assert earlier.appointment.status is Status.CANCELLED_BY_CLINIC
    undo.undo(db, stamp(), undone.action_id)
    assert [visit.count for visit in calendar.visits_of(db, ana)] == ["2/6", "1/6"]


def test_a_plan_in_which_visits_are_booked_is_not_undone(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    planned = patients.plan_course(db, stamp(), ana, SIX)
    course = patients.record(db, ana).courses[0].id
    booked = booking.book(db, stamp(), draft_for(ana, at(10), course_id=course))
    with pytest.raises(Refused, match="needed_since"):
        undo.undo(db, stamp(), planned.action_id)
    undo.undo(db, stamp(), booked.action_id)
    undo.undo(db, stamp(), planned.action_id)
    assert [one.active for one in patients.record(db, ana).courses] == [False]


@pytest.mark.parametrize("wrong", [(0, 2, 4), (6, -1, 4), (6, 4, 2)])
def test_a_course_that_cannot_be_books_nobody(db: SqliteDatabase, wrong) -> None:
    ana = add_patient(db)
    with pytest.raises(Refused, match="course_impossible"):
        booking.begin_course(db, stamp(), draft_for(ana), CourseDraft(MOOD_LOW, *wrong))
    assert calendar.visits_of(db, ana) == ()


def test_a_single_visit_may_name_an_escort_too(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    booking.book(db, stamp(), draft_for(ana), escort=MARTA)
    (visit,) = calendar.visits_of(db, ana)
    assert (visit.escort_name, visit.count) == ("Marta Ruiz", "")


def test_an_escort_without_a_name_is_refused(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    with pytest.raises(Refused, match="entry_without_text"):
        booking.book(db, stamp(), draft_for(ana), escort=EscortDraft(" ", phone="310-555-0142"))
    assert calendar.visits_of(db, ana) == ()


def test_a_course_planned_otherwise_keeps_what_is_booked(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    begin(db, ana)
    (course,) = patients.record(db, ana).courses
    given = {"protocol_id": MOOD_LOW, "spacing_min_days": 3, "spacing_max_days": 5}
    patients.change_course(db, stamp(), course.id, course.version, CourseDraft(planned=8, **given))
    assert [visit.count for visit in calendar.visits_of(db, ana)] == ["1/8"]
    with pytest.raises(Conflict, match="entry_changed_meanwhile"):
        patients.change_course(
            db, stamp(), course.id, course.version, CourseDraft(planned=9, **given)
        )
    with pytest.raises(Refused, match="course_impossible"):
        patients.change_course(
            db, stamp(), course.id, course.version + 1, CourseDraft(planned=0, **given)
        )
