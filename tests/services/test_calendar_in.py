"""A clinic comes from a shared calendar: whose appointments are found, and what is left to do."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused
from ketadesk.domain.patients import CourseDraft
from ketadesk.services import booking, keeping, patients, undo
from ketadesk.services.calendar import frame as calendar_frame
from ketadesk.services.exchange import calendar_in, calendar_out, calendar_report
from ketadesk.services.exchange.calendar_report import CalendarReport
from ketadesk.store import appointments
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    MOOD_LOW,
    ZONE,
    add_patient,
    at,
    book,
    stamp,
)

MAY = Span(at(0, day=1), at(0, day=31))


def event(
    title: str,
    start: str = "20270512T100000",
    *more: str,
    uid: str = "",
    end: str = "",
) -> list[str]:
    name = uid or f"{title}-{start}@elsewhere"
    ends = [f"DTEND:{end}"] if end else []
    lines = [f"UID:{name}", f"DTSTART:{start}", *ends, f"SUMMARY:{title}", *more]
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def calendar(*events: Sequence[str]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *(line for one in events for line in one)]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def take_in(db: SqliteDatabase, source: bytes, span: Span = MAY, **more: object) -> CalendarReport:
    read = calendar_in.read(source, own=ZONE)
    return calendar_in.import_calendar(db, stamp(), read, span, **more)  # type: ignore[arg-type]


def booked(db: SqliteDatabase, span: Span = MAY) -> list[str]:
    """Who comes when in which chair, of those who stand."""
    return [
        f"{visit.patient_name} {visit.appointment.starts.astimezone(ZONE):%d %H:%M} "
        f"chair {visit.appointment.chair_id}"
        for visit in appointments.visits(db, span)
        if visit.appointment.status.takes_the_chair
    ]


def codes(report: CalendarReport) -> list[str]:
    return [one.code for one in report.left]


@pytest.mark.parametrize(
    "title",
    [
        "Ana García",
        "garcia, ana",
        "ANA GARCIA - infusion 3",
        "Ketamine: Ana M. García (driver Luis)",
        "García Ana",
    ],
)
def test_a_title_that_names_a_patient_becomes_an_appointment(
    db: SqliteDatabase, title: str
) -> None:
    add_patient(db)
    add_patient(db, "Luis", "Ortiz")
    report = take_in(db, calendar(event(title)))
    assert (report.booked, report.left) == (1, ())
    assert booked(db) == ["Ana García 12 10:00 chair 1"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Ana G.", "event_names_nobody"),
        ("Staff meeting", "event_names_nobody"),
        ("", "event_names_nobody"),
        ("Anabel García", "event_names_nobody"),
        ("Ana García and Luis Ortiz", "event_names_several"),
    ],
)
def test_a_title_that_names_nobody_for_certain_is_left_to_a_person(
    db: SqliteDatabase, title: str, code: str
) -> None:
    add_patient(db)
    add_patient(db, "Luis", "Ortiz")
    report = take_in(db, calendar(event(title)))
    assert (report.booked, codes(report)) == (0, [code])
    assert booked(db) == []


def test_two_of_one_name_are_told_apart_by_the_person_at_the_desk(db: SqliteDatabase) -> None:
    """The list names both; one of the labels is written beside the event, and it is booked."""
    add_patient(db, birth_date=date(1985, 3, 14))
    add_patient(db, birth_date=date(1990, 1, 2), record_number="0042")
    source = calendar(event("Ana García"), event("Ana G", "20270513T100000", uid="two"))
    first = take_in(db, source)
    assert codes(first) == ["event_names_several", "event_names_nobody"]
    assert first.left[0].candidates == (
        "Ana García · 1985-03-14",
        "Ana García · 1990-01-02 · 0042",
    )
    listed = calendar_report.list_bytes(first).decode("utf-8-sig").splitlines()
    filled = [
        listed[0],
        listed[1].replace(",,Ana García-", ",Ana García · 1985-03-14,Ana García-"),
        listed[2].replace(",,two", ",0042,two"),
    ]
    matches = calendar_report.read_matches("\r\n".join(filled).encode(), name="list.csv")
    assert len(matches) == 2
    second = take_in(db, source, matches=matches)
    assert (second.booked, second.left) == (2, ())
    assert {visit.appointment.patient_id for visit in appointments.visits(db, MAY)} == {1, 2}


def test_a_match_that_is_nobody_is_said(db: SqliteDatabase) -> None:
    report = take_in(db, calendar(event("X", uid="x")), matches={("x", "X"): "Nobody Here"})
    assert codes(report) == ["event_match_unknown"]


def test_the_longer_name_is_meant_where_it_is_written(db: SqliteDatabase) -> None:
    add_patient(db, "Ana", "García")
    add_patient(db, "Ana", "García López")
    assert take_in(db, calendar(event("Ana García López"))).booked == 1
    assert booked(db) == ["Ana García López 12 10:00 chair 1"]


def test_the_same_file_again_books_nobody_twice(db: SqliteDatabase) -> None:
    add_patient(db)
    weekly = event("Ana García", "20270503T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
    source = calendar(weekly, event("Ana García", "20270506T100000"))
    assert take_in(db, source).booked == 4
    again = take_in(db, source)
    assert (again.booked, again.already_there, again.changes) == (0, 4, None)
    assert len(booked(db)) == 4


def test_what_was_exported_from_here_is_known_here(db: SqliteDatabase) -> None:
    """Even though its title is only initials."""
    book(db, add_patient(db), at(10, day=12))
    report = take_in(db, calendar_out.compose(db).content)
    assert (report.booked, report.already_there, report.left) == (0, 1, ())


def test_what_was_booked_by_hand_at_that_time_is_not_booked_again(db: SqliteDatabase) -> None:
    book(db, add_patient(db), at(10, day=12))
    report = take_in(db, calendar(event("Ana García")))
    assert (report.booked, report.already_there) == (0, 1)


def test_an_event_that_moved_over_there_stays_here_and_is_told(db: SqliteDatabase) -> None:
    add_patient(db)
    take_in(db, calendar(event("Ana García", uid="one")))
    report = take_in(db, calendar(event("Ana García", "20270512T140000", uid="one")))
    assert (report.booked, report.already_there, len(report.elsewhere)) == (0, 1, 1)
    assert booked(db) == ["Ana García 12 10:00 chair 1"]


def test_the_chair_is_the_one_named_else_the_first_free_one(db: SqliteDatabase) -> None:
    add_patient(db)
    add_patient(db, "Luis", "Ortiz")
    add_patient(db, "Mia", "Chen")
    add_patient(db, "Tom", "Reed")
    report = take_in(
        db,
        calendar(
            event("Ana García", "20270512T100000", "LOCATION:Harbor\\, chair 2"),
            event("Luis Ortiz", "20270512T100000"),
            event("Mia Chen", "20270512T103000", "LOCATION:Chair 2"),
            event("Tom Reed", "20270512T103000", "LOCATION:room 7"),
        ),
    )
    assert booked(db) == ["Luis Ortiz 12 10:00 chair 1", "Ana García 12 10:00 chair 2"]
    assert codes(report) == ["event_chair_taken", "event_no_chair_free"]
    assert report.left[0].values["patient"] == "Ana García"


def test_the_length_is_the_events_where_only_recovery_gives_way(db: SqliteDatabase) -> None:
    for name in ("Ana", "Bea", "Cal"):
        add_patient(db, name, "Ruiz")
    take_in(
        db,
        calendar(
            event("Ana Ruiz", "20270512T080000", end="20270512T093000"),
            event("Bea Ruiz", "20270512T100000", end="20270512T103000"),
            event("Cal Ruiz", "20270512T130000", "DURATION:PT3H"),
        ),
    )
    lengths = [
        (one.appointment.ends - one.appointment.starts) for one in appointments.visits(db, MAY)
    ]
    assert lengths == [timedelta(minutes=90), timedelta(minutes=120), timedelta(hours=3)]


def test_the_running_course_counts_it(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    patients.plan_course(db, stamp(), ana, CourseDraft(MOOD_LOW, 2, 2, 10))
    take_in(db, calendar(event("Ana García", "20270512T100000", "RRULE:FREQ=DAILY;COUNT=3")))
    counts = [visit.count for visit in appointments.visits(db, MAY)]
    assert counts == ["1/2", "2/2", ""]


def test_what_the_title_and_the_description_say_more_is_kept_in_the_note(
    db: SqliteDatabase,
) -> None:
    add_patient(db)
    said = event("Ana García (driver Luis)", "20270512T100000", "DESCRIPTION:call\\nat 9\\, please")
    take_in(db, calendar(said))
    (visit,) = appointments.visits(db, MAY)
    assert visit.appointment.note == "Ana García (driver Luis)\ncall\nat 9, please"


def test_a_series_with_one_moved_one_left_out_and_one_more(db: SqliteDatabase) -> None:
    add_patient(db)
    series = event(
        "Ana García",
        "20270503T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270520T000000Z",
        "EXDATE:20270505T100000",
        "RDATE:20270522T090000",
        uid="s",
    )
    moved = event("Ana García", "20270511T150000", "RECURRENCE-ID:20270510T100000", uid="s")
    called_off = event(
        "Ana García",
        "20270517T100000",
        "RECURRENCE-ID:20270517T100000",
        "STATUS:CANCELLED",
        uid="s",
    )
    report = take_in(db, calendar(series, moved, called_off))
    assert booked(db) == [
        "Ana García 03 10:00 chair 1",
        "Ana García 11 15:00 chair 1",
        "Ana García 12 10:00 chair 1",
        "Ana García 19 10:00 chair 1",
        "Ana García 22 09:00 chair 1",
    ]
    assert (report.cancelled, report.left) == (1, ())


def test_one_that_was_moved_into_the_range_comes_along(db: SqliteDatabase) -> None:
    add_patient(db)
    series = event("Ana García", "20270401T100000", "RRULE:FREQ=WEEKLY;COUNT=2", uid="s")
    moved = event("Ana García", "20270511T150000", "RECURRENCE-ID:20270408T100000", uid="s")
    assert take_in(db, calendar(series, moved)).booked == 1
    assert booked(db) == ["Ana García 11 15:00 chair 1"]


def test_other_zones_and_none_and_the_files_own(db: SqliteDatabase) -> None:
    """10:00 in Los Angeles is 13:00 in New York and 17:00 UTC; Outlook describes its own zone."""
    for name in ("Ana", "Bea", "Cal", "Dan", "Eve"):
        add_patient(db, name, "Ruiz")
    outlook = [
        "BEGIN:VTIMEZONE", "TZID:Eastern Standard Time",
        "BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]  # fmt: skip

    def start(day: int, zone: str, hour: str) -> list[str]:
        name = ("Ana", "Bea", "Cal", "Dan", "Eve")[day - 10]
        lines = event(f"{name} Ruiz")
        lines[2] = f"DTSTART{zone}:202705{day}T{hour}"
        return lines

    report = take_in(
        db,
        calendar(
            outlook,
            start(10, "", "100000"),
            start(11, "", "170000Z"),
            start(12, ";TZID=America/New_York", "130000"),
            start(13, ';TZID="Eastern Standard Time"', "130000"),
            start(14, ";TZID=/example.org/2025_1/America/New_York", "130000"),
        ),
    )
    assert report.left == ()
    assert [line.split()[2:4] for line in booked(db)] == [
        [str(day), "10:00"] for day in range(10, 15)
    ]


def test_a_series_keeps_its_local_time_when_the_clocks_change(db: SqliteDatabase) -> None:
    add_patient(db)
    source = calendar(event("Ana García", "20271105T100000", "RRULE:FREQ=DAILY;COUNT=4"))
    november = Span(datetime(2027, 11, 1, tzinfo=ZONE), datetime(2027, 12, 1, tzinfo=ZONE))
    assert take_in(db, source, november).booked == 4
    assert [line.split()[3] for line in booked(db, november)] == ["10:00"] * 4


def test_broken_events_are_named_one_by_one_and_the_others_booked(db: SqliteDatabase) -> None:
    add_patient(db)
    no_start = ["BEGIN:VEVENT", "UID:n", "SUMMARY:Ana García", "END:VEVENT"]
    report = take_in(
        db,
        calendar(
            event("Ana García"),
            no_start,
            event("Ana García", "2027-05-13"),
            event("Ana García", "20270230T100000"),
            event("Ana García", "20270513T100000", "RRULE:FREQ=SECONDLY"),
            event("Ana García", "20270514T100000", "RRULE:FREQ=WEEKLY;BYDAY=XX"),
            event("Ana García", "20270515T100000", end="20270514T100000"),
            event("Ana García", "20270516"),
            ["BEGIN:VEVENT", "UID:broken", "DTSTART:20270518T100000", "SUMMARY:Ana García"],
        ),
    )
    assert report.booked == 1
    assert codes(report) == [
        "event_without_start",
        "event_date_unreadable",
        "event_date_unreadable",
        "event_recurs_too_often",
        "event_recurrence_unknown",
        "event_ends_before_start",
        "event_all_day",
        "event_unfinished",
    ]
    lines = [one.line for one in report.left]
    assert lines == sorted(lines)
    assert lines[0] == 8


def test_cancelled_ones_and_those_of_other_days_are_passed_over(db: SqliteDatabase) -> None:
    add_patient(db)
    report = take_in(
        db,
        calendar(
            event("Ana García", "20270512T100000", "STATUS:CANCELLED"),
            event("Ana García", "20270612T100000"),
        ),
    )
    assert (report.booked, report.cancelled, report.left) == (0, 1, ())


def test_the_newest_form_of_an_event_counts(db: SqliteDatabase) -> None:
    add_patient(db)
    new = event("Ana García", "20270513T110000", "SEQUENCE:2", uid="e")
    old = event("Ana García", "20270512T100000", "SEQUENCE:1", uid="e")
    report = take_in(db, calendar(new, old))
    assert booked(db) == ["Ana García 13 11:00 chair 1"]
    assert codes(report) == ["event_superseded"]


def test_a_trial_writes_nothing_and_says_the_same(db: SqliteDatabase) -> None:
    for name in ("Ana", "Bea", "Cal"):
        add_patient(db, name, "Ruiz")
    source = calendar(*(event(f"{name} Ruiz") for name in ("Ana", "Bea", "Cal")))
    trial = take_in(db, source, dry_run=True)
    assert booked(db) == []
    real = take_in(db, source)
    assert (
        (trial.booked, codes(trial)) == (real.booked, codes(real)) == (2, ["event_no_chair_free"])
    )


def test_it_is_one_action_that_can_be_undone_and_done_again(db: SqliteDatabase) -> None:
    add_patient(db)
    source = calendar(event("Ana García", "20270503T100000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    report = take_in(db, source)
    assert report.changes is not None
    undo.undo(db, stamp(), report.changes.action_id)
    assert booked(db) == []
    again = take_in(db, source)
    assert (again.booked, again.brought_back) == (0, 3)
    assert len(booked(db)) == 3
    assert not any(keeping.check(db).values())


def test_an_import_that_fails_halfway_leaves_nothing(
    db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_patient(db)
    put, calls = booking.put_appointment, []

    def fails_at_the_third(*args: object, **kwargs: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError
        put(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(booking, "put_appointment", fails_at_the_third)
    source = calendar(event("Ana García", "20270503T100000", "RRULE:FREQ=WEEKLY;COUNT=4"))
    with pytest.raises(MemoryError):
        take_in(db, source)
    assert booked(db) == []


def test_a_protocol_is_chosen_by_name_for_those_who_have_none(db: SqliteDatabase) -> None:
    assert calendar_in.protocol_named(db, "mood iv") == MOOD_LOW
    with pytest.raises(Refused, match="calendar_protocol_unknown"):
        calendar_in.protocol_named(db, "Ketamine XL")


def test_who_names_the_clinics_people_in_the_note_is_no_other_patient(db: SqliteDatabase) -> None:
    """Only the title says who comes; a nurse of the same family name does not."""
    add_patient(db)
    add_patient(db, "Luis", "Ortiz")
    take_in(db, calendar(event("Ana García", "20270512T100000", "DESCRIPTION:Luis Ortiz drives")))
    assert booked(db) == ["Ana García 12 10:00 chair 1"]


def test_chairs_are_known_by_their_whole_name_or_what_stands_before_its_dot(
    db: SqliteDatabase,
) -> None:
    chairs = calendar_frame(db).chairs

    def named(place: str) -> object:
        found = calendar_in.chair_named(chairs, place)
        return None if found is None else found.id

    assert named("chair 1, window side") == CHAIR_1
    assert named("Clinic / CHAIR 2") == CHAIR_2
    assert named("chair 12") is None
    assert named("chair 1 or chair 2") is None
    assert named("") is None
