"""The clinic's appointments in other calendars: what they show, and that it stays the same."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.calendar_exchange import zone_lines
from ketadesk.domain.calendar_exchange.content_lines import (
    escaped,
    folded,
    taken_apart,
    unescaped,
    unfolded,
)
from ketadesk.domain.calendar_exchange.writing import CalendarEntry, calendar_text
from ketadesk.domain.errors import Refused
from ketadesk.services import booking, clinic
from ketadesk.services.exchange import calendar_out
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_2, HARBOR, ZONE, add_patient, at, book, stamp


def events(made: calendar_out.CalendarFile) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(made.content)
    return list(calendar.walk("VEVENT"))


def test_an_appointment_is_shown_with_initials_chair_and_time(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    (event,) = events(calendar_out.compose(db))
    assert (event["SUMMARY"], event["LOCATION"], event["STATUS"]) == (
        "A.G.", "Chair 1 · window", "CONFIRMED",
    )  # fmt: skip
    assert event["DTSTART"].dt == at(10)
    assert event["DTEND"].dt == at(12)
    assert str(event["DTSTART"].dt.tzinfo) == "America/Los_Angeles"
    made = calendar_out.compose(db).content.decode()
    assert "García" not in made
    assert "Mood" not in made


def test_whole_names_only_when_asked_for(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    (event,) = events(calendar_out.compose(db, names=True))
    assert event["SUMMARY"] == "Ana García"


def test_the_same_appointments_make_the_same_bytes(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10))
    assert calendar_out.compose(db) == calendar_out.compose(db)


def test_a_moved_appointment_keeps_its_uid_and_counts_up(db: SqliteDatabase) -> None:
    booked = book(db, add_patient(db), at(10))
    (before,) = events(calendar_out.compose(db))
    later = stamp(at(11))
    booking.move(db, later, booked, 1, chair_id=CHAIR_2, starts=at(14))
    (after,) = events(calendar_out.compose(db))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == at(11)
    assert after["DTSTART"].dt == at(14)


def test_a_cancelled_appointment_says_so_and_takes_no_time(db: SqliteDatabase) -> None:
    booked = book(db, add_patient(db), at(10))
    status, reason = Status.CANCELLED_BY_PATIENT, Reason.ILL
    booking.set_status(db, stamp(), booked, 1, status=status, reason=reason)
    (event,) = events(calendar_out.compose(db))
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_only_the_days_asked_for(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    for day in (10, 11, 12):
        book(db, ana, at(10, day=day))
    made = calendar_out.compose(db, first=date(2027, 5, 11), last=date(2027, 5, 11))
    assert [event["DTSTART"].dt for event in events(made)] == [at(10, day=11)]
    assert calendar_out.compose(db, first=date(2027, 6, 1)).appointments == 0


def test_an_empty_calendar_is_one_too(db: SqliteDatabase) -> None:
    made = calendar_out.compose(db)
    assert made.appointments == 0
    assert icalendar.Calendar.from_ical(made.content)["X-WR-CALNAME"] == HARBOR.name


def test_a_name_that_looks_like_calendar_lines_stays_a_name(db: SqliteDatabase) -> None:
    book(db, add_patient(db, "Eve\r\nEND:VEVENT", "O;B,c\\d"), at(10))
    (event,) = events(calendar_out.compose(db, names=True))
    assert "END:VEVENT" in event["SUMMARY"]
    assert "O;B,c\\d" in event["SUMMARY"]


def test_another_calendar_is_replaced_and_nothing_else(db: SqliteDatabase, tmp_path: Path) -> None:
    made = calendar_out.compose(db)
    file = tmp_path / "clinic.ics"
    for _ in range(2):
        calendar_out.write(made, file, clinic_file=db.path)
    assert file.read_bytes() == made.content
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana")
    for other, code in ((letter, "over_another_file"), (tmp_path / "no" / "x", "file_folder")):
        with pytest.raises(Refused, match=code):
            calendar_out.write(made, other, clinic_file=db.path)
    with pytest.raises(Refused):
        calendar_out.write(made, db.path, clinic_file=db.path)


@pytest.mark.parametrize(
    ("zone_name", "year"),
    [
        ("America/Los_Angeles", 2027),
        ("Europe/Dublin", 2027),
        ("Australia/Lord_Howe", 2027),
        ("America/Sao_Paulo", 2015),
        ("Africa/Casablanca", 2026),
        ("Asia/Kolkata", 2027),
        ("Pacific/Apia", 2011),
        ("UTC", 2027),
    ],
)
def test_the_zone_in_the_file_is_the_zone(zone_name: str, year: int) -> None:
    """Its own description, read without knowing the zone, gives every hour the right distance."""
    zone = ZoneInfo(zone_name)
    lines = zone_lines.zone_lines(zone, "Here", first=year, last=year)
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    (described,) = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
    other = described.to_tz(lookup_tzid=False)
    moment = datetime(year, 1, 1, 12, tzinfo=UTC)
    while moment.year == year:
        local = moment.astimezone(zone)
        again = local.replace(tzinfo=None)
        if not local.fold and zone.utcoffset(again) == zone.utcoffset(again.replace(fold=1)):
            assert again.replace(tzinfo=other).utcoffset() == local.utcoffset(), local
        moment += timedelta(hours=7)


def test_a_time_that_comes_twice_is_told_apart() -> None:
    first = datetime(2027, 11, 7, 8, 30, tzinfo=UTC)
    entries = [
        CalendarEntry("u", 1, first, moment, moment + timedelta(hours=3), "A.G.", "Chair 1", False)
        for moment in (first, first + timedelta(hours=1))
    ]
    text = calendar_text(entries, name="H", zone=ZONE, zone_name="America/Los_Angeles")
    starts = [event["DTSTART"].dt for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert [moment.astimezone(UTC) for moment in starts] == [first, first + timedelta(hours=1)]


@given(st.text(max_size=200))
def test_any_text_comes_back_from_its_line(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    if "\ud800" <= max(text, default="") <= "\udfff":
        return
    assert all(len(piece.encode()) <= 75 for piece in line.split("\r\n"))
    ((_, whole),) = unfolded(line)
    read = taken_apart(1, whole)
    assert read is not None
    seen = text.replace("\r\n", "\n").replace("\r", "\n")
    wanted = "".join(
        " " if mark != "\n" and (mark < " " or mark == "\x7f") else mark for mark in seen
    )
    assert unescaped(read.value) == wanted


def test_the_clinics_name_and_zone_are_said(db: SqliteDatabase) -> None:
    from dataclasses import replace

    clinic.describe(db, stamp(), replace(HARBOR, zone_name="Europe/Madrid"))
    book(db, add_patient(db), at(10))
    calendar = icalendar.Calendar.from_ical(calendar_out.compose(db).content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Madrid"
