"""A calendar file of any kind, broken or made to harm, is told apart within bounds.

Bounds are counts, not times: what a file may ask for is limited before it is done.
"""

from collections.abc import Callable

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketadesk.domain.calendar_exchange import events
from ketadesk.domain.calendar_exchange.occurrences import in_range
from ketadesk.domain.errors import Refused
from ketadesk.i18n import known_codes
from ketadesk.services.exchange import calendar_in
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import ZONE, add_patient
from tests.services.test_calendar_in import MAY, calendar, codes, event, take_in

LINES = st.sampled_from(
    [
        *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM"),
        *("END:VALARM", "BEGIN:VTIMEZONE", "TZID:Here", "BEGIN:STANDARD", "END:STANDARD"),
        *("END:VTIMEZONE", "TZOFFSETTO:-0800", "TZOFFSETFROM:+9999", "UID:1", "UID:2", "UID:"),
        *("DTSTART:20270512T100000", "DTSTART;TZID=Here:20270512T100000", "DTSTART:00010101"),
        *("DTSTART;TZID=../../etc/passwd:20270512T100000", "DTSTART:99991231T235959Z"),
        *("DTSTART;VALUE=DATE:20270512", "DTEND:99991231T235959Z", "DTEND:20270512T120000"),
        *("DURATION:PT2H", "DURATION:P99999W", "DURATION:-P1D", "SUMMARY:Ana García", "SUMMARY"),
        *("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=SECONDLY"),
        *("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:UNTIL", "EXDATE:20270513T100000"),
        *("RDATE;TZID=Here:20270520T100000,x", "RDATE:20270520/P1D", "EXDATE;VALUE=DATE:20270512"),
        *("RECURRENCE-ID:20270512T100000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270512T100000"),
        *(
            "STATUS:CANCELLED",
            "SEQUENCE:٣",
            "SEQUENCE:99999999999",
            " folded",
            "\tfolded",
            "\0",
            "",
        ),
        *("LOCATION:chair 1\\", 'DTSTART;X="a:b;c":20270512T100000', ":", ";", "DTSTART;:"),
    ]
)


def judged(source: bytes) -> list[str]:
    """The codes that a file is answered with; anything but a known error fails the test."""
    try:
        found = in_range(calendar_in.read(source, own=ZONE), MAY)
    except Refused as error:
        return [error.code]
    return [fault.code for fault in found.faults]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=60))
def test_lines_in_any_order_are_told_apart(lines: list[str]) -> None:
    source = "\r\n".join(["BEGIN:VCALENDAR", *lines]).encode()
    assert set(judged(source)) <= known_codes()


@settings(max_examples=300)
@given(st.binary(max_size=2000), st.integers(0, 400))
def test_any_bytes_within_a_calendar_are_told_apart(noise: bytes, place: int) -> None:
    whole = calendar(event("Ana García", "20270512T100000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert set(judged(whole[:place] + noise + whole[place:])) <= known_codes()
    assert set(judged(noise)) <= known_codes()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_a_title_arrives_as_another_library_wrote_it(title: str) -> None:
    calendar_ = icalendar.Calendar()
    one = icalendar.Event()
    one.add("summary", title)
    one.add("dtstart", MAY.starts)
    one.add("uid", "u")
    calendar_.add_component(one)
    (read,) = calendar_in.read(calendar_.to_ical(), own=ZONE).events
    assert read.title == " ".join(title.split())[:500]


def many(lines: str, times: int) -> Callable[[], bytes]:
    return lambda: b"BEGIN:VCALENDAR\n" + lines.encode() * times


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "calendar_is_none"),
        (lambda: b"\0" * 100_000, "calendar_is_none"),
        (lambda: b"Dear Ana,\n", "calendar_is_none"),
        (lambda: b"BEGIN:VCALENDAR\n" + b"X" * 50_000_000, "calendar_too_large"),
        (many("BEGIN:VEVENT\nEND:VEVENT\n", 1_000_000), "calendar_too_large"),
        (many("BEGIN:VEVENT\nEND:VEVENT\n", 50_001), "calendar_too_many_events"),
        (many("BEGIN:VEVENT\n", 1_000_000), "calendar_too_many_events"),
        (many("BEGIN:X\n", 1_000_000), "calendar_too_many_events"),
    ],
)
def test_a_file_that_asks_too_much_is_refused_whole(make: Callable[[], bytes], code: str) -> None:
    assert judged(make()) == [code]


def test_all_rules_of_a_file_share_one_bound() -> None:
    endless = "RRULE:FREQ=DAILY;COUNT=999999999"
    answer = judged(
        calendar(*(event("A", "00010101T100000", endless, uid=str(n)) for n in range(50)))
    )
    assert answer == ["event_recurs_too_long"] * 50


def test_more_times_than_one_import_takes_are_refused_before_anything_is_booked(
    db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_patient(db)
    monkeypatch.setattr("ketadesk.domain.calendar_exchange.occurrences.MOST_IN_RANGE", 3)
    with pytest.raises(Refused, match="calendar_too_many_in_range"):
        take_in(db, calendar(event("Ana García", "20270503T100000", "RRULE:FREQ=DAILY")))
    assert events.MOST_IN_RANGE > 1000


def test_a_zone_that_names_a_file_is_no_zone(db: SqliteDatabase) -> None:
    add_patient(db)
    lines = event("Ana García")
    lines[2] = "DTSTART;TZID=../../../etc/passwd:20270512T100000"
    assert codes(take_in(db, calendar(lines))) == ["event_zone_unknown"]


def test_letters_of_windows_and_marks_of_order_are_read(db: SqliteDatabase) -> None:
    add_patient(db)
    whole = calendar(event("Ana García")).decode()
    for number, source in enumerate((whole.encode("cp1252"), whole.encode("utf-16"))):
        report = take_in(db, source)
        assert (report.booked, report.already_there) == ((1, 0), (0, 1))[number]
