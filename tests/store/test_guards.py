"""The file's own triggers, met with raw SQL: whatever program writes here, history stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.services import booking, calendar
from ketadesk.store import appointments
from ketadesk.store.actions import Act, current_row
from ketadesk.store.connection import DriverError
from ketadesk.store.database import Row, SqliteDatabase
from tests.clinic_day import (
    AGREED,
    CHAIR_1,
    CHAIR_2,
    add_patient,
    at,
    book,
    draft_for,
    open_harbor,
    stamp,
)
from tests.treated import add_escort, started

AS_WRITTEN = (
    "checklist_answers",
    "orders",
    "readings",
    "events",
    "assessments",
    "sheets",
    "lists_printed",
    "audit",
    "actions",
    "waitlist_offers",
    "escort_contacts",
)
"""Rows of these are never changed, only amended by later ones."""

CHANGEABLE = (
    "settings",
    "staff",
    "chairs",
    "opening_hours",
    "closures",
    "protocols",
    "vitals_intervals",
    "patients",
    "allergies",
    "medications",
    "escorts",
    "courses",
    "appointments",
    "sessions",
    "waitlist",
)
"""Rows of these are changed under a version; like the others they are never removed."""

FURTHER_ROWS: dict[str, dict[str, Any]] = {
    "closures": {"chair_id": 2, "starts": 1, "ends": 2, "reason": "pump service"},
    "allergies": {"patient_id": 1, "substance": "latex"},
    "medications": {"patient_id": 1, "name": "lisinopril"},
    "courses": {
        "patient_id": 1,
        "protocol_id": 1,
        "planned": 6,
        "spacing_min_days": 2,
        "spacing_max_days": 4,
    },
    "assessments": {
        "uuid": "a",
        "patient_id": 1,
        "scale": "phq9",
        "mode": "self",
        "at": 1,
        "by": 1,
    },
    "sheets": {
        "uuid": "s",
        "appointment_id": 1,
        "patient_id": 1,
        "kind": "pickup",
        "language": "en",
        "paper": "letter",
        "template_version": "1",
        "wording_version": "1",
        "input": "{}",
        "digest": "d",
        "how": "printed",
        "at": 1,
        "by": 1,
    },
    "lists_printed": {
        "uuid": "l",
        "kind": "day_list",
        "first_day": "2027-05-10",
        "last_day": "2027-05-10",
        "initials": 0,
        "language": "en",
        "paper": "letter",
        "template_version": "1",
        "wording_version": "1",
        "input": "{}",
        "digest": "d",
        "how": "printed",
        "at": 1,
        "by": 1,
    },
    "waitlist": {"patient_id": 1, "protocol_id": 1, "urgency": "soon", "since": 1},
    "waitlist_offers": {
        "waitlist_id": 1,
        "patient_id": 1,
        "chair_id": 1,
        "starts": 1,
        "answer": "declined",
        "at": 1,
        "by": 1,
    },
    "escort_contacts": {
        "appointment_id": 1,
        "patient_id": 1,
        "about_starts": 1,
        "outcome": "no_answer",
        "at": 1,
        "by": 1,
    },
}


@pytest.fixture(scope="module")
def treated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana is being treated; every table of the schema holds a row."""
    path = tmp_path_factory.mktemp("guards") / "harbor.ketadesk"
    db = open_harbor(path)
    ana = add_patient(db)
    started(db, book(db, ana, at(10), escort_id=add_escort(db, ana)))
    for table, row in FURTHER_ROWS.items():
        insert(db, table, row)
    db.close()
    return path


@pytest.fixture
def treated(treated_file: Path, tmp_path: Path) -> Iterator[SqliteDatabase]:
    copy = tmp_path / "harbor.ketadesk"
    copy.write_bytes(treated_file.read_bytes())
    db = SqliteDatabase(copy)
    yield db
    db.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    made = open_harbor(tmp_path / "harbor.ketadesk")
    yield made
    made.close()


def insert(db: SqliteDatabase, table: str, row: Row, *, instead: bool = False) -> None:
    verb = "INSERT OR REPLACE" if instead else "INSERT"
    names, slots = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.run(f"{verb} INTO {table} ({names}) VALUES ({slots})", **row)


def said(db: SqliteDatabase, sql: str, **values: Any) -> str:
    """What the file answers when it refuses."""
    with pytest.raises(DriverError) as refused:
        db.run(sql, **values)
    return str(refused.value)


def whole(db: SqliteDatabase, table: str) -> list[Row]:
    return db.rows(f"SELECT * FROM {table} ORDER BY id")


def test_every_table_has_its_guard(treated: SqliteDatabase) -> None:
    """A new table belongs into one of the two lists above."""
    found = {
        row["name"]
        for row in treated.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not row["name"].startswith(("sqlite_", "_sqlite_", "patients_found"))
    }
    assert found == {*AS_WRITTEN, *CHANGEABLE}
    assert all(whole(treated, table) for table in found), "each guard needs a row to guard"


@pytest.mark.parametrize("table", AS_WRITTEN)
def test_what_happened_is_never_rewritten(treated: SqliteDatabase, table: str) -> None:
    before = whole(treated, table)
    for column in before[0]:
        assert said(treated, f"UPDATE {table} SET {column} = {column}") == "kept_as_written"
    assert whole(treated, table) == before


@pytest.mark.parametrize("table", [*AS_WRITTEN, *CHANGEABLE])
def test_nothing_is_ever_removed(treated: SqliteDatabase, table: str) -> None:
    before = whole(treated, table)
    assert said(treated, f"DELETE FROM {table} WHERE id = :id", **only_id(before[0])) == (
        "never_removed"
    )
    assert said(treated, f"DELETE FROM {table}") == "never_removed"
    assert whole(treated, table) == before


@pytest.mark.parametrize("table", [*AS_WRITTEN, *CHANGEABLE])
def test_nothing_is_written_over(treated: SqliteDatabase, table: str) -> None:
    """SQLite's "INSERT OR REPLACE" removes the row with the same key without saying so."""
    before = whole(treated, table)
    same = dict(before[0])
    if table == "appointments":
        same["overlap_reason"] = "past the guard of the chair"
    with pytest.raises(DriverError, match="never_removed"):
        insert(treated, table, same, instead=True)
    if "uuid" in same:
        with pytest.raises(DriverError, match="never_removed"):
            insert(treated, table, {**same, "id": 9999}, instead=True)
    assert whole(treated, table) == before


def only_id(row: Row) -> dict[str, Any]:
    return {"id": row["id"]}


def test_a_signed_session_is_locked_in_the_file_too(treated: SqliteDatabase) -> None:
    treated.run("UPDATE sessions SET signed_at = 1, signed_by = 1")
    before = whole(treated, "sessions")
    for column in before[0]:
        assert said(treated, f"UPDATE sessions SET {column} = {column}") == "session_signed"
    assert whole(treated, "sessions") == before


def appointment_values(db: SqliteDatabase, appointment_id: AppointmentId) -> Row:
    return current_row(db, "appointments", appointment_id)


def set_status(db: SqliteDatabase, appointment_id: AppointmentId, status: Status) -> None:
    version = calendar.visit(db, appointment_id).appointment.version
    reason = None if status.takes_the_chair else Reason.OTHER
    booking.set_status(db, stamp(), appointment_id, version, status=status, reason=reason)


def test_a_forced_overlap_cannot_pass_for_an_ordinary_one(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    forced = book(db, add_patient(db, "Ben", "Okafor"), at(11), overlap_reason="short visits")
    clear = "UPDATE appointments SET overlap_reason = '' WHERE id = :id"
    assert said(db, clear, id=forced) == "chair_taken"
    assert calendar.visit(db, forced).appointment.overlap_reason == "short visits"
    set_status(db, forced, Status.CANCELLED_BY_CLINIC)
    db.run(clear, id=forced)
    assert said(db, "UPDATE appointments SET status = 'booked' WHERE id = :id", id=forced) == (
        "chair_taken"
    )


LONG = SegmentMinutes(check_in=0, infusion=20 * 60, recovery=0, turnover=0)
"""A pain infusion over night: from Monday 10:00 to Tuesday 06:00."""


@pytest.fixture
def long(db: SqliteDatabase) -> AppointmentId:
    draft = draft_for(add_patient(db), at(10))
    changes = booking.book(db, stamp(), replace(draft, segments=LONG), override=AGREED)
    return AppointmentId(changes.row_ids["appointments"])


def test_a_long_appointment_takes_its_chair_to_its_last_hour(
    db: SqliteDatabase, long: AppointmentId
) -> None:
    beside = book(db, add_patient(db, "Ben", "Okafor"), at(5, day=11), chair_id=CHAIR_2)
    row = {**appointment_values(db, beside), "id": 99, "uuid": "another", "chair_id": CHAIR_1}
    with pytest.raises(DriverError, match="chair_taken"):
        insert(db, "appointments", row)
    to_its_chair = "UPDATE appointments SET chair_id = 1 WHERE id = :id"
    assert said(db, to_its_chair, id=beside) == "chair_taken"
    with pytest.raises(Refused, match="chair_taken") as refused:
        booking.move(db, stamp(), beside, 1, chair_id=CHAIR_1, starts=at(5, day=11))
    assert refused.value.values["patient"] == "Ana García"


def test_what_touches_a_span_in_a_chair_is_found_however_long_ago_it_began(
    db: SqliteDatabase, long: AppointmentId
) -> None:
    last_hour = Span(at(5, day=11), at(6, day=11))
    assert [one.id for one in appointments.in_chair(db, CHAIR_1, last_hour)] == [long]
    assert appointments.in_chair(db, CHAIR_2, last_hour) == []
    assert appointments.in_chair(db, CHAIR_1, Span(at(6, day=11), at(7, day=11))) == []
    assert appointments.in_chair(db, CHAIR_1, Span(at(9), at(10))) == []
    assert [visit.appointment.id for visit in appointments.visits(db, last_hour)] == [long]


def test_one_second_into_another_appointment_is_too_much_and_none_is_not(
    db: SqliteDatabase,
) -> None:
    first = book(db, add_patient(db), at(10))
    row = {**appointment_values(db, first), "id": 99, "uuid": "another"}
    length = row["ends"] - row["starts"]
    for starts in (row["starts"] - length + 1, row["ends"] - 1):
        with pytest.raises(DriverError, match="chair_taken"):
            insert(db, "appointments", {**row, "starts": starts, "ends": starts + length})
    before = {**row, "starts": row["starts"] - length, "ends": row["starts"]}
    insert(db, "appointments", before)
    insert(
        db,
        "appointments",
        {**row, "id": 100, "uuid": "b", "starts": row["ends"], "ends": row["ends"] + length},
    )


def test_a_row_that_moved_on_meanwhile_is_a_conflict(db: SqliteDatabase) -> None:
    stale = current_row(db, "chairs", 1)
    with db.transaction():
        Act(db, stamp(), "chair_edited").update("chairs", stale, {"name": "Chair 1 · door"})
    now = current_row(db, "chairs", 1)
    assert (now["name"], now["version"]) == ("Chair 1 · door", stale["version"] + 1)
    with pytest.raises(Conflict, match="changed_meanwhile") as conflict, db.transaction():
        Act(db, stamp(), "chair_edited").update("chairs", stale, {"name": "Chair 1 · wall"})
    assert conflict.value.values == {"table": "chairs", "row_id": 1}
    assert current_row(db, "chairs", 1) == now


def test_who_did_not_come_or_will_not_has_no_next_visit(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    days = {
        Status.NO_SHOW: 11,
        Status.CANCELLED_BY_PATIENT: 12,
        Status.CANCELLED_BY_CLINIC: 13,
    }
    for status, day in days.items():
        set_status(db, book(db, ana, at(10, day=day)), status)
    assert appointments.next_visit_of(db, ana, after=at(9)) is None
    assert appointments.next_starts(db, at(9)) == {}
    for status, day in ((Status.CONFIRMED, 17), (Status.BOOKED, 14)):
        booked = book(db, ana, at(10, day=day))
        if status is not Status.BOOKED:
            set_status(db, booked, status)
        found = appointments.next_visit_of(db, ana, after=at(9))
        assert found is not None and found.appointment.id == booked
        assert appointments.next_starts(db, at(9)) == {ana: at(10, day=day)}
    assert appointments.next_visit_of(db, ana, after=at(10, day=17)) is None, "only later ones"
