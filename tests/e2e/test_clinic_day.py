"""A Monday at Harbor Clinic, from booking to sheet, by keyboard alone in the real window."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from ketadesk.clock import HeldClock
from ketadesk.domain.appointments import Status
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId, SessionId
from ketadesk.domain.sessions import ReleasePath
from ketadesk.services import calendar, keeping, sessions, sheets
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import LENA, at
from tests.e2e.conftest import Opens
from tests.e2e.hands import ALT, CTRL, Hands
from tests.paper.reading_pdfs import squeezed, text

KEY = Qt.Key
ANAS_VISIT = AppointmentId(1)
ANAS_SESSION = SessionId(1)

MOST_KEYS_TO_BOOK = 6
READING = "132/84 78 98 16"


def test_a_clinics_day_by_keyboard_alone(
    opens: Opens, clinic_file: Path, clock: HeldClock, tmp_path: Path
) -> None:
    hands = opens()
    book(hands)
    arrive(hands, clock)
    lena_takes_over(hands)
    open_and_check(hands, clock)
    write_the_order(hands)
    infuse(hands, clock)
    print_the_pickup_card(hands, tmp_path)
    recover(hands, clock)
    save_the_aftercare_sheet(hands, tmp_path)
    release_and_sign(hands, clock)
    hands.window.close()
    with looking_into(clinic_file) as db:
        everything_is_in_the_file(db)
        assert not any(keeping.check(db).values())
    everything_is_on_the_screen_again(opens(staff_id=None))


def book(hands: Hands) -> None:
    """N, a few letters, Enter, Enter: the next free time is proposed, with the usual escort."""
    hands.press(KEY.Key_2, ALT)
    hands.wait_for_keys_at("day_grid")
    hands.press(KEY.Key_N)
    hands.wait_for_keys_at("booking_patient")
    before = hands.keys
    hands.type("garc")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Return)
    assert hands.keys - before <= MOST_KEYS_TO_BOOK
    hands.wait_to_read("last_done", "Ana G.")
    hands.wait(lambda: not hands.finds("booking_popover"))


def arrive(hands: Hands, clock: HeldClock) -> None:
    """C, E, and A once she stands at the desk; the booking is still chosen."""
    hands.wait_for_keys_at("day_grid")
    hands.wait_to_hear("day_grid", "Ana García")
    hands.press(KEY.Key_C)
    hands.wait_to_read("last_done", "confirmed")
    hands.press(KEY.Key_E)
    hands.wait_to_read("last_done", "Marta")
    clock.moment = at(7, 55)
    hands.press(KEY.Key_A)
    hands.wait_to_read("last_done", "arrived")


def lena_takes_over(hands: Hands) -> None:
    """Alt+W opens the list of people, a digit chooses."""
    hands.press(KEY.Key_W, ALT)
    hands.see("staff_menu")
    hands.type("2")
    hands.wait_to_read("staff_picker", "Lena K.")


def open_and_check(hands: Hands, clock: HeldClock) -> None:
    """O from the calendar, Enter, then the checklist: M for met, the weight typed in its row."""
    hands.wait_for_keys_at("day_grid")
    hands.press(KEY.Key_O)
    hands.wait_for_keys_at("open_session")
    hands.press(KEY.Key_Return)
    for item in ("identity", "consent"):
        hands.wait_for_keys_at(f"check_{item}")
        hands.press(KEY.Key_M)
    hands.wait_for_keys_at("check_weight")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at("detail_weight")
    hands.type("70 kg")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at("check_weight")
    hands.press(KEY.Key_M)
    rest = ("allergies", "medications", "fasting", "alcohol", "escort")
    for item in (*rest, "pregnancy", "baseline", "mood", "changes"):
        hands.wait_for_keys_at(f"check_{item}")
        hands.press(KEY.Key_A if item == "pregnancy" else KEY.Key_M)
    hands.wait(lambda: hands.text_of("held_back") == "Open: order")
    clock.moment = at(8, 20)


def write_the_order(hands: Hands) -> None:
    """The clinician's order is copied: nothing is proposed, the weight is there already."""
    hands.press(KEY.Key_F6)
    hands.wait_for_keys_at("order_ordered_by")
    hands.type("Dr. Shah")
    hands.press(KEY.Key_Tab)
    hands.wait_for_keys_at("order_weight")
    assert hands.text_of("order_weight") == "70"
    hands.press(KEY.Key_Tab)
    hands.type("0.5")
    hands.press(KEY.Key_Tab)
    hands.type("35")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at("entry_line")


def infuse(hands: Hands, clock: HeldClock) -> None:
    """A baseline, the start, readings, one refused, one unusual, nausea, a pause."""
    assert read(hands, READING) == len(READING) + 1
    clock.moment = at(8, 30)
    hands.press(KEY.Key_S, ALT)
    hands.wait(lambda: hands.finds("action_pause"))
    for line in ("134/85 80 98 16", "144/90 86 97 16"):
        clock.moment += timedelta(minutes=5)
        read(hands, line)
    a_refused_line(hands)
    an_unusual_line(hands, clock)
    hands.press(KEY.Key_1, CTRL)
    hands.wait_for_keys_at("event_grade")
    hands.type("2")
    hands.wait_for_keys_at("event_detail")
    hands.type("queasy, blanket and bowl")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at("entry_line")
    hands.press(KEY.Key_P, ALT)
    hands.wait(lambda: hands.finds("action_resume"))
    clock.moment += timedelta(minutes=3)
    hands.press(KEY.Key_P, ALT)
    hands.wait(lambda: hands.finds("action_pause"))


def read(hands: Hands, line: str) -> int:
    """Types a reading and waits until it is in the file; returns the keys it took."""
    hands.wait_for_keys_at("entry_line")
    before = hands.keys
    hands.type(line)
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.text_of("entry_line") == "")
    hands.wait_to_read("entry_said", "saved")
    return hands.keys - before


def a_refused_line(hands: Hands) -> None:
    """Upper and lower swapped: it stays, with what is wrong; typed over, it is saved."""
    hands.type("84/132 78 98 16")
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.finds("entry_said_more"))
    assert hands.text_of("entry_line") == "84/132 78 98 16"
    hands.press(KEY.Key_A, CTRL)
    read(hands, "146/92 88 97 16")


def an_unusual_line(hands: Hands, clock: HeldClock) -> None:
    """A value over the clinic's threshold asks for one more Enter and is then kept as typed."""
    clock.moment += timedelta(minutes=5)
    hands.type("184/96 92 97 16")
    hands.press(KEY.Key_Return)
    hands.wait_to_read("entry_said_more", "Enter once more")
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.text_of("entry_line") == "")
    hands.wait_to_read("entry_said", "saved")


def print_the_pickup_card(hands: Hands, folder: Path) -> None:
    """Ctrl+P with a printer that writes a file, because this machine has none of paper."""
    hands.press(KEY.Key_5, ALT)
    hands.wait_for_keys_at("sheet_visits")
    on_paper(hands, folder / "printed.pdf")
    hands.wait(lambda: hands.is_chosen("segment_pickup"))
    hands.wait(lambda: hands.see("sheet_print").isEnabled())
    hands.press(KEY.Key_P, CTRL)
    hands.wait_to_read("last_done", "Ana G.")
    hands.wait(lambda: hands.finds("sheet_again_1"))
    assert (folder / "printed.pdf").stat().st_size > 0
    hands.press(KEY.Key_4, ALT)
    hands.wait_for_keys_at("entry_line")


def on_paper(hands: Hands, file: Path) -> None:
    """Puts a printer into the program's own door for it."""

    def choose(_parent: object, _paper: str, *, chosen, left) -> None:  # type: ignore[no-untyped-def]
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(file))
        chosen(printer)

    hands.window.views["sheets"].output.choose_printer = choose  # type: ignore[attr-defined]


def recover(hands: Hands, clock: HeldClock) -> None:
    """To recovery, three readings a quarter of an hour apart, ready."""
    clock.moment = at(9, 15)
    hands.press(KEY.Key_R, ALT)
    hands.wait(lambda: hands.finds("action_mark_ready"))
    for line in ("148/90 80 98 16", "130/84 76 98 15", "128/82 74 99 15"):
        clock.moment += timedelta(minutes=15)
        read(hands, line)
    hands.press(KEY.Key_Y, ALT)
    hands.wait(lambda: hands.finds("action_release") and not hands.finds("action_mark_ready"))


def save_the_aftercare_sheet(hands: Hands, folder: Path) -> None:
    """From the release to the sheets, previewed, and saved where the dialog is told."""
    hands.press(KEY.Key_L, ALT)
    hands.wait_to_read("release_sheets", "aftercare sheet not printed")
    hands.press(KEY.Key_P, ALT)
    hands.wait(lambda: hands.is_chosen("segment_aftercare"))
    hands.wait(lambda: hands.see("sheet_print").isEnabled())
    hands.wait(lambda: hands.see("sheet_preview").accessibleName().startswith("Preview"))
    hands.press(KEY.Key_S, CTRL)
    hands.wait_for_keys_at("fileNameEdit")
    hands.press(KEY.Key_A, CTRL)
    hands.type(str(folder / "aftercare.pdf"))
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.finds("sheet_again_2"))
    words = text((folder / "aftercare.pdf").read_bytes())
    assert squeezed("Ana García") in words
    assert squeezed("Tuesday 11 May") in words
    assert squeezed("Marta García") in words


def release_and_sign(hands: Hands, clock: HeldClock) -> None:
    """To the escort named at the booking, both sheets on record; then the nurse signs."""
    clock.moment += timedelta(minutes=10)
    hands.press(KEY.Key_4, ALT)
    hands.wait(lambda: hands.finds("action_release"))
    hands.press(KEY.Key_L, ALT)
    hands.wait_to_read("release_sheets", "aftercare sheet printed · pickup card printed")
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.finds("action_sign"))
    hands.press(KEY.Key_G, ALT)
    hands.see("question_confirm")
    hands.press(KEY.Key_Return)
    hands.wait(lambda: hands.finds("action_addendum"))


@contextmanager
def looking_into(clinic_file: Path) -> Iterator[SqliteDatabase]:
    db = open_clinic(clinic_file)
    yield db
    db.close()


def everything_is_in_the_file(db: SqliteDatabase) -> None:
    visit: Visit = calendar.visit(db, ANAS_VISIT)
    assert visit.appointment.status is Status.COMPLETED
    record = sessions.load(db, ANAS_SESSION)
    assert record.session.signed
    assert record.session.nurse_id == LENA
    assert record.session.paused_seconds == 180
    assert record.session.release is not None
    assert record.session.release.path is ReleasePath.TO_ESCORT
    assert record.session.release.to_name == "Marta García"
    systolic = [reading.vitals.systolic for reading in record.standing_readings]
    assert systolic == [132, 134, 144, 146, 184, 148, 130, 128]
    effects = [(event.code, event.grade) for event in record.events if event.code == "nausea"]
    assert effects == [("nausea", 2)]
    kept = sheets.printed(db, ANAS_VISIT)
    assert {(sheet.kind, sheet.how) for sheet in kept} == {
        ("pickup", "printed"),
        ("aftercare", "saved"),
    }


def everything_is_on_the_screen_again(hands: Hands) -> None:
    """The window opens where it was left, for the one who worked last: at the signed record."""
    hands.wait_to_read("staff_picker", "Lena K.")
    hands.wait(lambda: hands.finds("action_addendum"))
    assert hands.text_of("session_patient") == "Ana García"
    hands.press(KEY.Key_Left, ALT)
    hands.wait_for_keys_at("session_list_table")
    hands.wait(lambda: hands.rows_in("session_list_table") == 1)
    hands.press(KEY.Key_5, ALT)
    hands.wait(lambda: hands.finds("sheet_again_1") and hands.finds("sheet_again_2"))
