"""Two windows on one clinic file, as at the desk and in the treatment room; and taking back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ketadesk.domain.appointments import Appointment, EscortState, Status
from ketadesk.domain.ids import AppointmentId, PatientId
from ketadesk.services import calendar
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_1, CHAIR_2, LENA, at, book
from tests.e2e.conftest import Opens
from tests.e2e.hands import ALT, CTRL, Hands

KEY = Qt.Key
ANA = PatientId(1)
ANAS_VISIT = AppointmentId(1)
MOST_SECONDS = 2


@pytest.fixture
def db(clinic_file: Path) -> Iterator[SqliteDatabase]:
    """A connection beside the windows, to look at what was kept."""
    opened = open_clinic(clinic_file)
    yield opened
    opened.close()


def kept(db: SqliteDatabase) -> Appointment:
    return calendar.visit(db, ANAS_VISIT).appointment


def go_to_the_calendar(hands: Hands) -> None:
    hands.come_forward()
    hands.press(KEY.Key_2, ALT)
    hands.wait_for_keys_at("day_grid")
    hands.wait(lambda: hands.text_of("calendar_title") == "Monday 10 May")


def test_what_one_window_books_the_other_shows_and_works_on(
    opens: Opens, db: SqliteDatabase
) -> None:
    room, desk = opens(staff_id=LENA), opens()
    go_to_the_calendar(room)
    assert room.text_of("calendar_facts") == "nobody booked"
    go_to_the_calendar(desk)
    desk.press(KEY.Key_N)
    desk.wait_for_keys_at("booking_patient")
    desk.type("ana")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Return)
    desk.wait(lambda: bool(desk.text_of("saved")))
    since = room.seconds
    room.wait_to_read("calendar_facts", "1 booked")
    assert room.seconds - since <= MOST_SECONDS
    the_room_confirms(room)
    desk.wait_to_hear("day_grid", "\nconfirmed")
    the_desk_names_the_escort_as_confirmed(desk)
    room.wait_to_hear("day_grid", "escort confirmed")
    assert kept(db).status is Status.CONFIRMED
    assert kept(db).escort_state is EscortState.CONFIRMED


def the_room_confirms(room: Hands) -> None:
    """The arrows find the visit that the desk has just booked."""
    room.come_forward()
    room.wait_for_keys_at("day_grid")
    room.press(KEY.Key_Down)
    room.wait_to_hear("day_grid", "Ana García")
    room.press(KEY.Key_C)
    room.wait_to_read("last_done", "confirmed")


def the_desk_names_the_escort_as_confirmed(desk: Hands) -> None:
    desk.come_forward()
    desk.wait_for_keys_at("day_grid")
    desk.press(KEY.Key_E)
    desk.wait_to_read("last_done", "Marta García confirmed")


def test_a_move_by_keyboard_is_taken_back_even_after_a_restart(
    opens: Opens, db: SqliteDatabase
) -> None:
    book(db, ANA, at(10))
    first = opens()
    go_to_the_calendar(first)
    move_down_and_right(first)
    assert (kept(db).starts, kept(db).chair_id) == (at(10, 30), CHAIR_2)
    take_back(first)
    first.wait_to_hear("day_grid", "10:00–12:00")
    assert (kept(db).starts, kept(db).chair_id) == (at(10), CHAIR_1)
    move_down_and_right(first)
    first.window.close()
    second = opens()
    second.wait_to_read("last_done", MOVED)
    take_back(second)
    assert (kept(db).starts, kept(db).chair_id) == (at(10), CHAIR_1)


MOVED = "Moved Ana G. from Mon 10 May 10:00, Chair 1 · window to Mon 10 May 10:30, Chair 2"


def move_down_and_right(hands: Hands) -> None:
    """Down until the visit is chosen, M lifts it, the arrows carry it, Enter lets go."""
    hands.wait(lambda: hands.text_of("calendar_facts").startswith("1 booked"))
    while "Ana García" not in hands.see("day_grid").accessibleDescription():
        hands.press(KEY.Key_Down)
    hands.press(KEY.Key_M)
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Right, KEY.Key_Return):
        hands.press(key)
    hands.wait(lambda: hands.text_of("last_done") == MOVED)
    hands.wait_to_hear("day_grid", "10:30–12:30")


def take_back(hands: Hands) -> None:
    """Ctrl+Z, wherever one is; the status line says what it took back."""
    hands.press(KEY.Key_Z, CTRL)
    hands.wait(lambda: hands.text_of("last_done") == f"Undone: {MOVED}")
