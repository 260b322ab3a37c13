"""The clinic's own day, where UTC's is another one: late afternoons, midnight, long nights."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.sessions import Phase
from ketadesk.services import booking, calendar, sheet_facts, sheets, today
from ketadesk.services.sheets import SheetRequest
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import AGREED, CHAIR_2, ROSA, ZONE, add_patient, at, book, draft_for, stamp
from tests.paper.reading_pdfs import squeezed, text
from tests.treated import started

MONDAY = date(2027, 5, 10)
TUESDAY = date(2027, 5, 11)
OVER_NIGHT = SegmentMinutes(check_in=30, infusion=180, recovery=30, turnover=0)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def book_over_night(db: SqliteDatabase) -> AppointmentId:
    """From Monday 22:00 to Tuesday 02:00."""
    draft: AppointmentDraft = replace(
        draft_for(add_patient(db), at(22), chair_id=CHAIR_2), segments=OVER_NIGHT
    )
    changes = booking.book(db, stamp(), draft, override=AGREED)
    return AppointmentId(changes.row_ids["appointments"])


@pytest.mark.parametrize("hour", [16, 17, 18])
def test_a_late_afternoon_is_still_the_same_local_day(db: SqliteDatabase, hour: int) -> None:
    """17:00 in Los Angeles is midnight in UTC, in summer."""
    visit = calendar.visit(db, book(db, add_patient(db), at(hour)))
    assert (at(hour).date() == TUESDAY) is (hour >= 17)
    for facts in (sheet_facts.aftercare, sheet_facts.pickup):
        assert facts(db, visit, at=at(hour), staff_id=ROSA).on == MONDAY
    for kind in sheets.KINDS:
        request = SheetRequest(kind, visit.appointment.id)
        sheet = sheets.compose(db, request, at=at(hour), staff_id=ROSA)
        assert squeezed("10 May") in text(sheet.pdf)


def test_a_visit_over_midnight_is_listed_once_on_the_day_it_begins(db: SqliteDatabase) -> None:
    night = book_over_night(db)
    listed = {
        day: [entry.visit.appointment.id for entry in sheets.of_day(db, day).entries]
        for day in (MONDAY, TUESDAY)
    }
    assert listed == {MONDAY: [night], TUESDAY: []}
    for day in (MONDAY, TUESDAY):
        drawn = [visit.appointment.id for visit in calendar.schedule(db, day).visits]
        assert drawn == [night], "the calendar draws it on both"


def test_a_visit_at_midnight_belongs_to_the_day_that_begins(db: SqliteDatabase) -> None:
    first = book(db, add_patient(db), midnight(TUESDAY))
    listed = {
        day: [entry.visit.appointment.id for entry in sheets.of_day(db, day).entries]
        for day in (MONDAY, TUESDAY)
    }
    assert listed == {MONDAY: [], TUESDAY: [first]}


def test_at_midnight_the_board_turns_to_the_new_day(db: SqliteDatabase) -> None:
    monday = book(db, add_patient(db), at(20))
    tuesday = book(db, add_patient(db, "Ben", "Okafor"), midnight(TUESDAY))
    second = timedelta(seconds=1)

    def awaited(now: datetime) -> list[AppointmentId]:
        return [arrival.visit.appointment.id for arrival in today.board(db, now).arrivals]

    assert awaited(midnight(TUESDAY) - second) == [monday]
    assert awaited(midnight(TUESDAY)) == [tuesday]
    assert awaited(midnight(TUESDAY) + second) == [tuesday]
    assert awaited(midnight(date(2027, 5, 12))) == []


def test_who_is_in_a_chair_at_midnight_stays_on_the_board(db: SqliteDatabase) -> None:
    course = started(db, book_over_night(db))
    shown = today.board(db, midnight(TUESDAY))
    (card,) = [card for card in shown.cards if card.visit is not None]
    assert card.session is not None and card.session.phase is Phase.INFUSING
    assert shown.in_chairs == 1
    course.now = midnight(TUESDAY)
    course.measure(120, 80)
    (card,) = [card for card in today.board(db, midnight(TUESDAY)).cards if card.visit]
    assert card.last_reading is not None
    assert card.last_reading.taken_at == midnight(TUESDAY)


def test_the_board_of_a_late_afternoon_is_the_local_days(db: SqliteDatabase) -> None:
    """17:30 on Monday is half past midnight on Tuesday in UTC, and the clock tells UTC."""
    monday = book(db, add_patient(db), at(20))
    book(db, add_patient(db, "Ben", "Okafor"), at(10, day=11))
    now = at(17, 30)
    assert now.date() == TUESDAY
    found = [arrival.visit.appointment.id for arrival in today.board(db, now).arrivals]
    assert found == [monday]
