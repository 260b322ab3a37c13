"""Who took the patient home, as it was then and as the sheet says it, whatever changed since."""

import pytest

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.ids import AppointmentId, EscortId, PatientId
from ketadesk.domain.sessions import Release, ReleasePath
from ketadesk.services import booking, calendar, sessions, sheet_facts
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import ROSA, add_patient, at, book, stamp
from tests.treated import Course, add_escort, started, to_escort

Said = tuple[str | None, bool | None]


@pytest.fixture
def ana(db: SqliteDatabase) -> PatientId:
    return add_patient(db)


@pytest.fixture
def marta(db: SqliteDatabase, ana: PatientId) -> EscortId:
    return add_escort(db, ana, "Marta García", stays_overnight=True)


@pytest.fixture
def anas_visit(db: SqliteDatabase, ana: PatientId, marta: EscortId) -> AppointmentId:
    return book(db, ana, escort_id=marta)


def recovered(db: SqliteDatabase, appointment_id: AppointmentId) -> Course:
    course = started(db, appointment_id)
    course.finish_infusion()
    return course


def said(db: SqliteDatabase, appointment_id: AppointmentId) -> Said:
    """The escort's name and whether they stay overnight, as the aftercare sheet has it."""
    visit = calendar.visit(db, appointment_id)
    facts = sheet_facts.aftercare(db, visit, at=at(13), staff_id=ROSA)
    return facts.escort_name, facts.escort_stays_overnight


def rename(db: SqliteDatabase, escort_id: EscortId, name: str) -> None:
    db.run("UPDATE escorts SET name = :name, version = 2 WHERE id = :id", name=name, id=escort_id)


def test_a_release_keeps_who_of_the_escorts_it_was(
    db: SqliteDatabase, ana: PatientId, anas_visit: AppointmentId
) -> None:
    """Not the one who was planned: her brother came instead."""
    luis = add_escort(db, ana, "Luis García", stays_overnight=False)
    course = recovered(db, anas_visit)
    course.release(to_escort(luis))
    kept = sessions.load(db, course.session_id).session.release
    assert kept == Release(ReleasePath.TO_ESCORT, escort_id=luis, to_name="Luis García")
    (row,) = db.rows("SELECT release_escort_id, release_to_name FROM sessions")
    assert dict(row) == {"release_escort_id": luis, "release_to_name": "Luis García"}
    assert said(db, anas_visit) == ("Luis García", False)


def test_before_the_release_the_planned_escort_is_named_and_who_took_her_place(
    db: SqliteDatabase, ana: PatientId, marta: EscortId, anas_visit: AppointmentId
) -> None:
    assert said(db, anas_visit) == ("Marta García", True)
    luis = add_escort(db, ana, "Luis García", stays_overnight=False)
    version = calendar.visit(db, anas_visit).appointment.version
    booking.set_escort(db, stamp(), anas_visit, version, escort_id=luis, state=EscortState.NAMED)
    assert said(db, anas_visit) == ("Luis García", False)
    recovered(db, anas_visit)
    assert said(db, anas_visit) == ("Luis García", False)


def test_an_escort_renamed_since_is_called_as_then_and_promises_nothing(
    db: SqliteDatabase, marta: EscortId, anas_visit: AppointmentId
) -> None:
    """Under another name the record may mean another person by now."""
    recovered(db, anas_visit).release(to_escort(marta))
    assert said(db, anas_visit) == ("Marta García", True)
    rename(db, marta, "Marta Okafor")
    assert said(db, anas_visit) == ("Marta García", None)


def test_an_escort_renamed_before_the_release_is_called_by_the_new_name(
    db: SqliteDatabase, marta: EscortId, anas_visit: AppointmentId
) -> None:
    rename(db, marta, "Marta Okafor")
    assert said(db, anas_visit) == ("Marta Okafor", True)


def test_another_person_who_came_promises_nothing_of_the_planned_one(
    db: SqliteDatabase, marta: EscortId, anas_visit: AppointmentId
) -> None:
    course = recovered(db, anas_visit)
    course.release(Release(ReleasePath.TO_ESCORT, to_name="Marta García's neighbour"))
    assert said(db, anas_visit) == ("Marta García's neighbour", None)


def test_who_is_written_beside_the_escort_came_in_their_place(
    db: SqliteDatabase, marta: EscortId, anas_visit: AppointmentId
) -> None:
    course = recovered(db, anas_visit)
    course.release(Release(ReleasePath.TO_ESCORT, escort_id=marta, to_name="Paul Okafor"))
    kept = sessions.load(db, course.session_id).session.release
    assert kept is not None
    assert (kept.escort_id, kept.to_name) == (marta, "Paul Okafor")
    assert said(db, anas_visit) == ("Paul Okafor", None)


@pytest.mark.parametrize(
    "release",
    [
        Release(ReleasePath.ALONE, reason="did not want to wait"),
        Release(ReleasePath.AGAINST_ADVICE, to_name="a cab", reason="walked out"),
        Release(ReleasePath.TRANSFERRED, to_name="Harbor ER", reason="chest pain"),
    ],
)
def test_who_left_without_an_escort_has_none_on_the_sheet(
    db: SqliteDatabase, anas_visit: AppointmentId, release: Release
) -> None:
    recovered(db, anas_visit).release(release)
    assert said(db, anas_visit) == (None, None)
