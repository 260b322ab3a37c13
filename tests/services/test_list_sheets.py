"""The lists of the clinic's day: who is on them, what the door may know, what is noted."""

import json
from datetime import date
from pathlib import Path

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.errors import Refused
from ketadesk.domain.list_sheets import ListKind
from ketadesk.paper.render import sheet_again
from ketadesk.services import booking, keeping, list_sheets
from ketadesk.services.list_sheets import ListRequest
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_2, MONDAY_TEN, ROSA, add_patient, at, book, stamp
from tests.paper.reading_pdfs import text

MONDAY = date(2027, 5, 10)


def gathered(db: SqliteDatabase, request: ListRequest) -> list_sheets.GatheredList:
    return list_sheets.gather(db, request, at=MONDAY_TEN, staff_id=ROSA)


def test_a_day_has_its_chairs_and_those_who_take_one(db: SqliteDatabase) -> None:
    ana, luis = add_patient(db), add_patient(db, "Luis", "Ortiz")
    book(db, ana, at(10))
    called_off = book(db, luis, at(10), chair_id=CHAIR_2)
    book(db, luis, at(14, day=11))
    status, reason = Status.CANCELLED_BY_PATIENT, Reason.ILL
    booking.set_status(db, stamp(), called_off, 1, status=status, reason=reason)
    facts = gathered(db, ListRequest(ListKind.DAY, MONDAY)).facts
    assert facts.chairs == ("Chair 1 · window", "Chair 2")
    assert [(one.name, one.chair) for one in facts.visits] == [("Ana García", "Chair 1 · window")]
    week = gathered(db, ListRequest(ListKind.WEEK, date(2027, 5, 12))).facts
    assert (week.first, week.last) == (MONDAY, date(2027, 5, 16))
    assert [one.name for one in week.visits] == ["Ana García", "Luis Ortiz"]


def test_the_list_for_the_door_names_nobody_and_nothing_medical(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    said = text(
        list_sheets.draw(gathered(db, ListRequest(ListKind.DAY, MONDAY, initials=True))).pdf
    )
    assert "A.G." in said
    assert not any(word in said for word in ("Ana", "García", "MoodIV"))


def test_what_left_the_program_is_kept_and_comes_out_the_same(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    book(db, add_patient(db), at(10))
    request = ListRequest(ListKind.AGENDA, MONDAY, date(2027, 5, 14))
    file = tmp_path / "agenda.pdf"
    sheet = list_sheets.write(gathered(db, request), file, clinic_file=db.path)
    changes = list_sheets.record_printed(db, stamp(), request, sheet, how="saved")
    assert changes.values["list"] == "agenda_list"
    (kept,) = db.rows("SELECT * FROM lists_printed")
    assert (kept["first_day"], kept["last_day"], kept["how"]) == (
        "2027-05-10",
        "2027-05-14",
        "saved",
    )
    assert sheet_again(kept["input"]).pdf == sheet.pdf == file.read_bytes()
    assert json.loads(kept["input"])["kind"] == "agenda_list"
    assert not any(keeping.check(db).values())


def test_a_list_of_a_year_is_refused(db: SqliteDatabase) -> None:
    with pytest.raises(Refused, match="list_too_long"):
        gathered(db, ListRequest(ListKind.AGENDA, MONDAY, date(2028, 5, 10)))
