"""Who of an export is whom, where it is close: nobody becomes another, nobody comes twice."""

from datetime import date

import pytest

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import Field
from ketadesk.services.importing.patients import import_patients, read_source, with_mapping
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import add_patient, stamp
from tests.services.test_importing import assert_whole, by_name, take_in

HEAD = b"First Name,Last Name,DOB,MRN\n"


def test_a_record_number_of_a_namesake_born_on_another_day_is_refused(db: SqliteDatabase) -> None:
    """The wrong Ana would get the right number."""
    take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,77\n")
    report = take_in(db, HEAD + b"Ana,Ruiz,1991-06-30,77\n")
    assert [row.code for row in report.refused] == ["row_record_number_taken"]
    assert report.already_there == 0
    twice = take_in(db, HEAD + b"Bea,Sol,1980-01-15,78\nBea,Sol,1991-06-30,78\n")
    assert (twice.added, len(twice.refused)) == (1, 1)


def test_namesakes_born_on_one_day_with_two_numbers_are_two_people(db: SqliteDatabase) -> None:
    report = take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,77\nAna,Ruiz,1980-01-15,78\n")
    assert report.added == 2
    again = take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,79\n")
    assert again.added == 1
    assert_whole(db)


def test_one_without_a_number_is_the_one_who_has_it_and_comes_once(db: SqliteDatabase) -> None:
    take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,\n")
    report = take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,77\n")
    assert (report.added, report.already_there) == (0, 1)


def test_rows_of_one_identifier_who_are_two_people_do_not_break_the_import(
    db: SqliteDatabase,
) -> None:
    """Ana without a number was renamed here; her row comes again, and is somebody new."""
    take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,77\n")
    db.run("UPDATE patients SET record_number = '99', version = version + 1")
    report = take_in(db, HEAD + b"Ana,Ruiz,1980-01-15,77\n")
    assert (report.added, len(report.refused)) == (1, 0)
    numbers = {row["record_number"] for row in db.rows("SELECT record_number FROM patients")}
    assert numbers == {"77", "99"}


def test_the_second_of_two_namesakes_is_seen_too(db: SqliteDatabase) -> None:
    add_patient(db, "Ana", "Ruiz", birth_date=date(1940, 2, 3))
    add_patient(db, "Ana", "Ruiz", birth_date=date(1980, 1, 16))
    report = take_in(db, b"First Name,Last Name,DOB\nAna,Ruiz,1980-01-15\n")
    assert [found.code for found in report.look_at] == ["same_name"]


def test_who_was_born_today_is_taken_in_and_tomorrow_is_refused(db: SqliteDatabase) -> None:
    report = take_in(db, b"First Name,Last Name,DOB\nNew,Born,2027-05-10\nNot,Yet,2027-05-11\n")
    assert set(by_name(db)) == {"New Born"}
    assert [row.code for row in report.refused] == ["row_born_in_future"]


def test_dates_of_which_a_good_part_can_be_read_both_ways_are_asked_about(
    db: SqliteDatabase,
) -> None:
    rows = [f"A{number},B,1980-01-{number + 10}" for number in range(6)]
    rows += [f"C{number},D,0{number + 1}/0{number + 3}/1980" for number in range(4)]
    source = read_source(("First Name,Last Name,DOB\n" + "\n".join(rows) + "\n").encode())
    with pytest.raises(Refused, match="import_dates_ambiguous"):
        import_patients(db, stamp(), source)
    assert take_in(db, "\n".join(["First Name,Last Name,DOB", *rows]).encode(),
                   date_order="mdy").added == 10  # fmt: skip


def test_a_heading_settles_dates_that_could_be_both_but_not_dates_that_are_mixed() -> None:
    head = "First Name,Last Name,DOB (mm/dd/yyyy)\n"
    both = read_source((head + "Ana,Ruiz,03/04/1980\n").encode())
    assert both.date_order == "mdy"
    mixed = read_source((head + "Ana,Ruiz,03/14/1980\nBea,Sol,14/03/1980\n").encode())
    assert mixed.date_order is None
    assert mixed.date_doubt is not None and mixed.date_doubt.code == "import_dates_mixed"
    assert with_mapping(mixed, dict(mixed.mapping)).date_order is None
    assert Field.BIRTH_DATE in mixed.mapping.values()
