"""What a booking form starts from: course, last visit, usual escort, next free place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.ids import PatientId, ProtocolId, StaffId, new_uuid
from ketadesk.domain.objections import Guard
from ketadesk.domain.patients import CourseDraft, EscortDraft, PatientDraft
from ketadesk.domain.places import Place
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier
from ketadesk.services import booking, clinic, patients, proposing
from ketadesk.services.proposing import LookFor
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    AGREED,
    CHAIR_1,
    CHAIR_2,
    LENA,
    MINUTES,
    MONDAY_TEN,
    MOOD_LOW,
    add_patient,
    at,
    book,
    draft_for,
    open_harbor,
    stamp,
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    made = open_harbor(tmp_path / "harbor.ketadesk")
    yield made
    made.close()


@pytest.fixture
def ana(db: SqliteDatabase) -> PatientId:
    return add_patient(db)


def propose(db: SqliteDatabase, patient_id: PatientId, **more):
    return proposing.propose(db, patient_id, now=MONDAY_TEN, **more)


def plan(db: SqliteDatabase, patient_id: PatientId, planned: int = 6) -> None:
    patients.plan_course(
        db,
        stamp(),
        patient_id,
        CourseDraft(protocol_id=MOOD_LOW, planned=planned, spacing_min_days=2, spacing_max_days=4),
    )


def escort(db: SqliteDatabase, patient_id: PatientId, name: str) -> None:
    patients.add_escort(db, stamp(), patient_id, EscortDraft(name=name))


def test_somebody_new_gets_the_first_protocol_and_the_next_free_place(db, ana) -> None:
    proposal = propose(db, ana)
    assert proposal.protocol_id == MOOD_LOW
    assert (proposal.course, proposal.number) == (None, None)
    assert (proposal.nurse_id, proposal.escort_id) == (None, None)
    assert proposal.place == Place(CHAIR_1, Span(at(10), at(12)))


def add_protocol(db: SqliteDatabase, name: str, route: Route) -> ProtocolId:
    added = clinic.add_protocol(
        db,
        stamp(),
        name=name,
        route=route,
        tier=Tier.MID,
        segments=SegmentMinutes(15, 30, 30, 15),
        vitals_plan=(),
    )
    return ProtocolId(added.row_ids["protocols"])


def book_as(
    db: SqliteDatabase, patient_id: PatientId, starts: datetime, protocol_id: ProtocolId
) -> None:
    draft = replace(draft_for(patient_id, starts), protocol_id=protocol_id)
    booking.book(db, stamp(), draft, override=AGREED)


def test_a_booster_is_never_proposed_for_a_first_visit(db, ana) -> None:
    booster = add_protocol(db, "A booster", Route.INTRAMUSCULAR)
    assert propose(db, ana).protocol_id == MOOD_LOW
    wei = add_patient(db, "Wei", "Zhang")
    book_as(db, wei, at(8), MOOD_LOW)
    for day in (11, 12, 13):
        book_as(db, wei, at(8, day=day), booster)
    assert propose(db, ana).protocol_id == MOOD_LOW


def test_a_first_visit_is_what_first_visits_lately_were(db, ana) -> None:
    pain = add_protocol(db, "Pain IV", Route.INTRAVENOUS)
    for hour, (given, protocol_id) in enumerate(
        [("Wei", pain), ("Omar", pain), ("Ivy", MOOD_LOW)], start=8
    ):
        patient_id = add_patient(db, given, "Zhang")
        book_as(db, patient_id, at(2 * hour - 8, day=12), protocol_id)
    assert propose(db, ana).protocol_id == pain


def test_the_running_course_gives_protocol_and_number(db, ana) -> None:
    clinic.add_protocol(
        db,
        stamp(),
        name="A pain protocol",
        route=Route.INTRAVENOUS,
        tier=Tier.HIGH,
        segments=SegmentMinutes(30, 240, 60, 15),
        vitals_plan=(),
    )
    plan(db, ana)
    course = patients.record(db, ana).courses[0]
    book(db, ana, at(9, day=4), course_id=course.id, nurse_id=LENA)
    missed = book(db, ana, at(9, day=6), course_id=course.id)
    booking.set_status(db, stamp(), missed, 1, status=Status.NO_SHOW, reason=Reason.NO_ESCORT)
    proposal = propose(db, ana)
    assert proposal.protocol_id == MOOD_LOW
    assert (proposal.course, proposal.number) == (course, 2)
    assert proposal.nurse_id == LENA


def test_a_course_that_is_full_is_over(db, ana) -> None:
    plan(db, ana, planned=1)
    course = patients.record(db, ana).courses[0]
    book(db, ana, at(9, day=4), course_id=course.id)
    assert propose(db, ana).course is None
    plan(db, ana, planned=2)
    assert propose(db, ana).number == 1


def test_the_usual_escort_is_who_came_last(db, ana) -> None:
    escort(db, ana, "Marta")
    assert propose(db, ana).escort_id == patients.record(db, ana).escorts[0].id
    escort(db, ana, "Pablo")
    marta, pablo = patients.record(db, ana).escorts
    assert propose(db, ana).escort_id is None
    book(db, ana, at(9, day=4), escort_id=marta.id)
    book(db, ana, at(9, day=6), escort_id=pablo.id)
    assert propose(db, ana).escort_id == pablo.id
    patients.take_off_escort(db, stamp(), pablo.id, pablo.version)
    assert propose(db, ana).escort_id == marta.id


def test_what_was_chosen_is_kept_and_the_rest_is_found(db, ana) -> None:
    luis = add_patient(db, "Luis", "Ibáñez")
    book(db, luis, at(11), chair_id=CHAIR_1)
    taken = propose(db, ana, chair_id=CHAIR_1, starts=at(11))
    assert taken.place == Place(CHAIR_1, Span(at(11), at(13)))
    any_chair = propose(db, ana, starts=at(11))
    assert any_chair.place == Place(CHAIR_2, Span(at(11), at(13)))
    this_chair = propose(db, ana, chair_id=CHAIR_1)
    assert this_chair.place == Place(CHAIR_1, Span(at(13), at(15)))


def test_the_next_free_place_may_be_on_another_day(db) -> None:
    evening = at(17, 30, day=14)
    found = proposing.next_place(db, LookFor(None, MINUTES), after=evening)
    assert found == Place(CHAIR_1, Span(at(8, day=17), at(10, day=17)))
    whole_day = LookFor(None, replace(MINUTES, recovery=600))
    assert proposing.next_place(db, whole_day, after=evening) is None


def test_the_next_place_is_one_that_no_rule_speaks_against(db, ana) -> None:
    """Lena starts one infusion at a time: with the same nurse the next place is later."""
    book(db, add_patient(db, "Luis", "Ibáñez"), at(10), nurse_id=LENA)
    hers = LookFor(ana, MINUTES, nurse_id=LENA)
    place = proposing.next_place(db, hers, after=MONDAY_TEN)
    assert place == Place(CHAIR_2, Span(at(10, 15), at(12, 15)))
    after = at(10, 1)
    assert proposing.next_place(db, hers, after=after).span.starts == at(10, 15)


def test_looking_at_a_place_offers_another_when_it_is_taken(db, ana) -> None:
    luis = add_patient(db, "Luis", "Ibáñez")
    book(db, luis, at(11), chair_id=CHAIR_1)
    book(db, ana, at(16), chair_id=CHAIR_2)
    place = Place(CHAIR_1, Span(at(11, 30), at(13, 30)))
    answer = proposing.look_at(db, place, LookFor(ana, MINUTES), now=MONDAY_TEN)
    assert [one.guard for one in answer.objections] == [Guard.CHAIR_TAKEN, Guard.SAME_DAY]
    assert answer.objections[0].values["patient"] == "Luis Ibáñez"
    assert answer.instead == Place(CHAIR_1, Span(at(11, 30, day=11), at(13, 30, day=11)))
    anybody = proposing.look_at(db, place, LookFor(None, MINUTES), now=MONDAY_TEN)
    assert anybody.instead == Place(CHAIR_2, Span(at(11, 30), at(13, 30)))
    later = Place(CHAIR_1, Span(at(14), at(14) + timedelta(hours=2)))
    assert proposing.look_at(db, later, LookFor(None, MINUTES), now=MONDAY_TEN).instead is None


def test_a_clinic_without_protocols_proposes_no_place(tmp_path: Path) -> None:
    db = open_clinic(tmp_path / "empty.ketadesk", create=True)
    nobody = stamp(staff_id=StaffId(0))
    added = patients.add(db, nobody, PatientDraft("Ana"), uuid=new_uuid())
    proposal = propose(db, PatientId(added.row_ids["patients"]))
    assert (proposal.protocol_id, proposal.place) == (None, None)
    db.close()


def test_the_list_says_when_each_comes_next(db, ana) -> None:
    luis = add_patient(db, "Luis", "Ibáñez")
    book(db, ana, at(9, day=4))
    gone = book(db, ana, at(9, day=11))
    booking.set_status(db, stamp(), gone, 1, status=Status.CANCELLED_BY_PATIENT, reason=Reason.ILL)
    book(db, ana, at(9, day=14))
    listed = patients.listed(db, "", now=MONDAY_TEN)
    assert [patient.id for patient in listed.found] == [ana, luis]  # García, Ibáñez
    assert dict(listed.next_starts) == {ana: at(9, day=14)}
    assert listed.total == 2


def test_the_next_place_keeps_the_courses_days_apart(db, ana) -> None:
    """Two days apart at least: after Monday's appointment the next one is offered on Wednesday."""
    plan(db, ana)
    course = patients.record(db, ana).courses[0]
    book(db, ana, at(10), course_id=course.id)

    place = propose(db, ana).place

    assert course.spacing_min_days == 2
    assert place is not None and place.span.starts == at(8, day=12)
