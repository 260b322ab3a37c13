"""The sample clinic: the same for a seed and a day, whole, and no different from people's work."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ketadesk.domain.appointments import AppointmentDraft, EscortState, Reason, Status
from ketadesk.domain.changes import Changes, Span, Stamp
from ketadesk.domain.clinic import day_span, open_on
from ketadesk.domain.day import Schedule
from ketadesk.domain.escort_follow_up import Outcome
from ketadesk.domain.events import EventDraft, EventKind
from ketadesk.domain.ids import (
    AppointmentId,
    EscortId,
    PatientId,
    ProtocolId,
    SessionId,
    WaitlistId,
    new_uuid,
)
from ketadesk.domain.patients import (
    AllergyDraft,
    CourseDraft,
    EscortDraft,
    MedicationDraft,
    PatientDraft,
)
from ketadesk.domain.phase_times import phase_times, steps_taken
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.domain.sessions import (
    ChecklistItem,
    OrderDraft,
    Phase,
    Release,
    ReleasePath,
)
from ketadesk.domain.waitlist import OfferAnswer
from ketadesk.sample.cast import CAST
from ketadesk.sample.making import SampleOrder, make
from ketadesk.services import (
    booking,
    calendar,
    clinic,
    closures,
    escort_follow_up,
    keeping,
    missed,
    patients,
    recording,
    sessions,
    waitlist,
)
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import AGREED, met

SUNDAY = date(2026, 11, 22)
ZONE = "America/Los_Angeles"


def made(path: Path, order: SampleOrder) -> SqliteDatabase:
    db = open_clinic(path, create=True)
    make(db, order)
    return db


@pytest.fixture(scope="module")
def order() -> SampleOrder:
    return SampleOrder(SUNDAY, ZONE, patients=40)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, order: SampleOrder) -> Iterator[SqliteDatabase]:
    with closing(made(tmp_path_factory.mktemp("sample") / "sample.ketadesk", order)) as db:
        yield db


def test_every_sessions_moments_are_those_that_its_steps_lead_to(db: SqliteDatabase) -> None:
    numbers = [SessionId(row["id"]) for row in db.rows("SELECT id FROM sessions")]
    assert len(numbers) > 20
    for number in numbers:
        record = sessions.load(db, number)
        for name, value in asdict(phase_times(steps_taken(record.events))).items():
            assert getattr(record.session, name) == value, name


def everything(db: SqliteDatabase) -> list[str]:
    """Every row of every table that people write, and of the audit."""
    tables = ("settings", "staff", "patients", "appointments", "sessions", "readings", "events")
    return [
        json.dumps(row)
        for table in (*tables, "actions", "audit")
        for row in db.rows(f"SELECT * FROM {table} ORDER BY id")
    ]


def test_a_seed_and_a_day_always_make_the_same_clinic(
    db: SqliteDatabase, order: SampleOrder, tmp_path: Path
) -> None:
    with closing(made(tmp_path / "again.ketadesk", order)) as again:
        assert everything(again) == everything(db)


def test_another_seed_makes_another_clinic(
    db: SqliteDatabase, order: SampleOrder, tmp_path: Path
) -> None:
    other = SampleOrder(order.today, order.zone_name, order.patients, seed=2)
    with closing(made(tmp_path / "other.ketadesk", other)) as different:
        assert everything(different) != everything(db)


@pytest.mark.parametrize(
    ("today", "patients", "years"),
    [
        (SUNDAY, 40, 1),
        (date(2026, 3, 9), 25, 1),  # the day after the clocks went forward
        (date(2028, 2, 29), 5, 2),
        (date(2027, 1, 1), 60, 3),
        (SUNDAY, 1, 1),
    ],
)
def test_every_check_of_the_file_finds_nothing(
    today: date, patients: int, years: int, tmp_path: Path
) -> None:
    order = SampleOrder(today, ZONE, patients, years)
    with closing(made(tmp_path / "sample.ketadesk", order)) as db:
        assert keeping.check(db) == {name: [] for name, _ in keeping.CHECKS}
        (counted,) = db.rows("SELECT count(*) AS patients FROM patients")
        # Those whose first visit would be after today's plan are not known yet.
        assert min(patients, len(CAST)) <= counted["patients"] <= patients


def test_a_busy_clinic_of_many_years_fits_its_chairs(tmp_path: Path) -> None:
    order = SampleOrder(SUNDAY, ZONE, patients=900, years=1)
    assert order.visits_per_day > 24
    with closing(made(tmp_path / "busy.ketadesk", order)) as db:
        assert not keeping.check(db)["overlaps"]
        (counted,) = db.rows("SELECT count(*) AS visits FROM appointments")
        assert counted["visits"] > 5 * order.patients
        assert len(calendar.frame(db).chairs) <= 6


def todays(db: SqliteDatabase, order: SampleOrder) -> Schedule:
    return calendar.schedule(db, order.today)


def test_the_day_shows_every_state_that_a_view_must_show(
    db: SqliteDatabase, order: SampleOrder
) -> None:
    visits = {visit.patient_name: visit for visit in todays(db, order).visits}
    assert len(visits) == len(CAST)
    counted = Counter(visit.appointment.status for visit in visits.values())
    assert counted == {
        Status.COMPLETED: 2,
        Status.IN_SESSION: 2,
        Status.ARRIVED: 1,
        Status.CONFIRMED: 4,
        Status.BOOKED: 2,
        Status.NO_SHOW: 1,
        Status.CANCELLED_BY_PATIENT: 1,
    }
    assert visits["Ana García"].phase is Phase.INFUSING
    assert visits["Ana García"].count == "3/6"
    assert visits["Chloé Martin"].escort_name == ""
    assert visits["Ivy O'Brien"].appointment.escort_state is EscortState.HANDED_OVER


def test_the_desk_has_its_own_work(db: SqliteDatabase, order: SampleOrder) -> None:
    now = order.stands_at
    waiting = waitlist.waiting(db)
    assert len(waiting) == 5
    assert any(offer.answer is OfferAnswer.DECLINED for one in waiting for offer in one.offers)
    (closure,) = closures.uncleared(db, now=now)
    assert closures.affected(db, closure.id, now=now)
    assert [one.unanswered for one in escort_follow_up.tasks(db, now=now) if one.contacts] == [2]
    ahead = calendar.schedule(db, order.today, days=30).visits
    (decided,) = (visit for visit in ahead if visit.appointment.override.guards)
    assert decided.appointment.override.reason and decided.override_name == "Jo Alvarado"
    counts = missed.report(db, order.today, months=12).counts
    assert any((one.status, one.reason) == (Status.NO_SHOW, Reason.NO_ESCORT) for one in counts)


def test_the_infusion_under_way_has_its_readings(db: SqliteDatabase, order: SampleOrder) -> None:
    visits = {visit.patient_name: visit for visit in todays(db, order).visits}
    session_id = visits["Ana García"].session_id
    assert session_id is not None
    record = sessions.load(db, session_id)
    assert [reading.vitals.systolic for reading in record.readings] == [
        132, 134, 144, 151, 154, 152,
    ]  # fmt: skip
    assert all(reading.taken_at <= order.stands_at for reading in record.readings)


def test_nothing_happened_after_the_moment_on_which_the_sample_stands(
    db: SqliteDatabase, order: SampleOrder
) -> None:
    (last,) = db.rows("SELECT max(at) AS at FROM actions")
    assert last["at"] <= order.stands_at.timestamp()
    moments = [row["at"] for row in db.rows("SELECT at FROM actions ORDER BY id")]
    assert all(earlier <= later for earlier, later in pairwise(moments))


def test_today_is_always_an_open_day(db: SqliteDatabase, order: SampleOrder) -> None:
    assert open_on(order.today, todays(db, order).hours)


def test_visits_lie_within_opening_hours(db: SqliteDatabase, order: SampleOrder) -> None:
    described = calendar.frame(db).clinic
    for row in db.rows("SELECT starts, ends FROM appointments"):
        starts = described.local(datetime.fromtimestamp(row["starts"], UTC))
        ends = described.local(datetime.fromtimestamp(row["ends"], UTC))
        assert starts.hour >= 8
        assert (ends.hour, ends.minute) <= (18, 0)


def test_a_course_keeps_its_days_apart(db: SqliteDatabase) -> None:
    by_course: dict[int, list[int]] = {}
    for row in db.rows(
        "SELECT course_id, starts FROM appointments WHERE course_id IS NOT NULL ORDER BY starts"
    ):
        by_course.setdefault(row["course_id"], []).append(row["starts"])
    gaps = [later - earlier for days in by_course.values() for earlier, later in pairwise(days)]
    assert gaps
    # Two days less the difference of the hours within them.
    assert min(gaps) > 1.5 * 86400


def test_without_patients_only_the_clinic_is_there(tmp_path: Path) -> None:
    with closing(made(tmp_path / "empty.ketadesk", SampleOrder(SUNDAY, ZONE, patients=0))) as db:
        frame = calendar.frame(db)
        assert (len(frame.chairs), len(frame.staff), len(frame.protocols)) == (4, 5, 5)
        assert patients.find(db, "") == []
        assert keeping.check(db) == {name: [] for name, _ in keeping.CHECKS}


Shape = tuple[int, frozenset[str], tuple[tuple[str, bool, frozenset[str]], ...]]


def shapes(db: SqliteDatabase, *, after: int, until: int) -> dict[str, set[Shape]]:
    """How the rows of each verb look, without their values."""
    found: dict[str, set[Shape]] = {}
    for action in db.rows(
        "SELECT * FROM actions WHERE id > :after AND id <= :until", after=after, until=until
    ):
        entries = db.rows("SELECT * FROM audit WHERE action_id = :id ORDER BY id", id=action["id"])
        details = json.loads(action["details"])
        shape = (
            action["undoable"],
            frozenset(details) | {f"values.{name}" for name in details["values"]},
            tuple(
                (
                    entry["table_name"],
                    entry["before"] is None,
                    frozenset(json.loads(entry["after"])),
                )
                for entry in entries
            ),
        )
        found.setdefault(action["verb"], set()).add(shape)
    return found


def test_what_the_sample_wrote_looks_like_what_people_write(
    db: SqliteDatabase, order: SampleOrder
) -> None:
    (last,) = db.rows("SELECT max(id) AS id FROM actions")
    work(db, order)
    by_people = shapes(db, after=last["id"], until=2**62)
    by_sample = shapes(db, after=0, until=last["id"])
    assert by_people.keys() >= by_sample.keys() - SET_UP - {"visits_carried_over"}
    for verb, forms in by_people.items():
        assert forms & by_sample[verb], verb


SET_UP = {"staff_added", "clinic_described", "chair_added", "hours_added", "protocol_added"}


def work(db: SqliteDatabase, order: SampleOrder) -> None:
    """One new patient's first visit through the real door, from the first call to the signature."""
    frame = calendar.frame(db)
    nurse = next(person for person in frame.staff if person.name == "Rosa M.")
    at = order.stands_at + timedelta(days=60)

    def do(action: Callable[..., Changes], *given: Any, **named: Any) -> Changes:
        nonlocal at
        at += timedelta(minutes=1)
        return action(db, Stamp(nurse.id, at), *given, **named)

    draft = PatientDraft("Vera", "Lund", birth_date=date(1980, 5, 5), phone="310-555-0199")
    patient_id = PatientId(do(patients.add, draft, uuid=new_uuid()).row_ids["patients"])
    do(patients.add_allergy, patient_id, AllergyDraft(substance="latex"))
    do(patients.add_medication, patient_id, MedicationDraft(name="sertraline"))
    added = do(
        patients.add_escort, patient_id, EscortDraft(name="Kai Lund", relation="son", phone="1")
    )
    escort_id = EscortId(added.row_ids["escorts"])
    protocol = frame.protocols[1]
    planned = do(patients.plan_course, patient_id, CourseDraft(ProtocolId(protocol.id), 6, 2, 4))
    booked = do(
        booking.book,
        AppointmentDraft(
            patient_id, frame.chairs[0].id, protocol.id, at, protocol.segments, nurse.id,
            course_id=planned.row_ids["courses"],
        ),
        override=AGREED,
    )  # fmt: skip
    appointment_id = AppointmentId(booked.row_ids["appointments"])

    def version() -> int:
        return calendar.visit(db, appointment_id).appointment.version

    waits = do(waitlist.add, patient_id, ProtocolId(protocol.id))
    entry_id = WaitlistId(waits.row_ids["waitlist"])
    do(waitlist.offered, entry_id, chair_id=frame.chairs[0].id, starts=at,
       answer=OfferAnswer.DECLINED)  # fmt: skip
    do(escort_follow_up.record, appointment_id, version(), outcome=Outcome.NO_ANSWER)
    for state in (EscortState.NAMED, EscortState.CONFIRMED):
        do(booking.set_escort, appointment_id, version(), escort_id=escort_id, state=state)
    for status in (Status.CONFIRMED, Status.ARRIVED):
        do(booking.set_status, appointment_id, version(), status=status)
    opened = do(sessions.open_session, appointment_id, nurse_id=nurse.id)
    session_id = SessionId(opened.row_ids["sessions"])
    for item in ChecklistItem:
        do(sessions.answer, session_id, met(item))
    dose_per_kg = protocol.dose_low or Decimal(1)
    do(
        recording.write_order, session_id,
        OrderDraft("Dr. Shah", Decimal(70), dose_per_kg, 70 * dose_per_kg, 40, "iv"),
    )  # fmt: skip
    do(sessions.begin, session_id, at=at)
    do(recording.record_reading, session_id, ReadingDraft(at, Vitals(132, 84, 78, 98, 16)))
    do(recording.record_event, session_id, EventDraft(EventKind.NOTE, at, detail="Music on"))
    do(sessions.to_recovery, session_id, at=at)
    do(sessions.mark_ready, session_id, at=at, override_reason="as on paper")
    do(sessions.release, session_id, Release(ReleasePath.TO_ESCORT, escort_id), at=at)
    do(sessions.sign, session_id)
    zone = frame.clinic.zone
    whole_day = day_span(order.today + timedelta(days=300), zone)
    do(clinic.close, chair_id=frame.chairs[0].id, span=Span(whole_day.starts, whole_day.ends),
       reason="Painting")  # fmt: skip
