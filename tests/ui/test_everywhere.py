"""What works in every view: N books, F1 lists the keys, and an old refusal goes away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ketadesk.domain.appointments import Status
from ketadesk.services import booking
from ketadesk.services.calendar import visit
from ketadesk.services.watching import open_clinic
from ketadesk.ui.main_window import MainWindow
from ketadesk.ui.views import VIEWS
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from tests.clinic_day import CHAIR_1, CHAIR_2, add_patient, at, book, open_harbor, stamp
from tests.ui.test_main_window import Opens, clinic_file, confirm, idle, kept, opens

__all__ = ["clinic_file", "kept", "opens"]
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def real_key(window: MainWindow, key: Qt.Key, modifiers=NONE) -> None:
    """Through Qt's own door for the keyboard, to whatever window is in front."""
    front = QApplication.activeModalWidget() or window
    QTest.keyClick(front.windowHandle(), key, modifiers)


def form(window: MainWindow) -> QDialog | None:
    shown = (one for one in window.findChildren(QDialog, "booking_popover") if one.isVisible())
    return next(shown, None)


@pytest.mark.parametrize("view", [entry.id for entry in VIEWS])
def test_n_books_in_every_view(opens: Opens, clinic_file: Path, qtbot, view: str) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    window.show_view(view)
    idle(qtbot, window)
    if view == "patients":  # the focus is in its find line
        real_key(window, Qt.Key.Key_N)
        assert form(window) is None and QApplication.focusWidget().text() == "n"
        real_key(window, Qt.Key.Key_B, CONTROL)
    else:
        real_key(window, Qt.Key.Key_N)
    idle(qtbot, window)
    assert form(window) is not None
    assert window.rail.choice() == view
    form(window).reject()


@pytest.mark.parametrize(
    ("key", "modifiers", "opened"),
    [
        (Qt.Key.Key_I, NONE, "fit_form"),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier, "course_booker"),
    ],
)
@pytest.mark.parametrize("view", ["today", "calendar"])
def test_keys_fit_somebody_in_and_book_a_course(
    opens: Opens, clinic_file: Path, qtbot, view: str, key: Qt.Key, modifiers, opened: str
) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    window.show_view(view)
    idle(qtbot, window)
    real_key(window, key, modifiers)
    idle(qtbot, window)
    (dialog,) = [one for one in window.findChildren(QDialog, opened) if one.isVisible()]
    dialog.reject()


def test_today_has_a_button_that_books(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    button = window.findChild(Button, "today_book")
    assert button.isVisible() and button.key() == "N"
    button.click()
    idle(qtbot, window)
    assert form(window) is not None
    form(window).reject()


def test_book_is_found_by_its_word_in_every_view(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    for entry in VIEWS:
        window.show_view(entry.id)
        idle(qtbot, window)
        names = [command.name for command in window.commands_in_reach()]
        assert names.count("Book") == 1, entry.id


def test_a_new_clinic_is_told_what_to_set_up_first(opens: Opens, tmp_path: Path, qtbot) -> None:
    open_clinic(tmp_path / "new.ketadesk", create=True).close()
    window = opens(tmp_path / "new.ketadesk", staff_id=0)
    window.activateWindow()
    real_key(window, Qt.Key.Key_N)
    asked = window.findChild(QDialog, "set_up_first")
    assert asked is not None and asked.isVisible() and form(window) is None
    real_key(window, Qt.Key.Key_Return)
    assert window.rail.choice() == "settings"
    idle(qtbot, window)


def test_the_calendar_follows_the_day_of_the_form(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    window.show_view("calendar")
    idle(qtbot, window)
    calendar = window.views["calendar"]
    calendar.booking.open(CHAIR_1, at(15))
    day = form(window).findChild(object, "booking_day")
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "wed")
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: calendar.day() == at(0, day=12).date())
    form(window).reject()
    idle(qtbot, window)


def test_a_refusal_goes_away_with_the_next_success(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    window.workplace.tell("Type a name first.", "error")
    assert window.notice.isVisible()
    confirm(window, qtbot)
    assert not window.notice.isVisible()


def test_a_refusal_goes_away_with_another_view(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    window.workplace.tell("Type a name first.", "error")
    window.show_view("today")
    assert window.notice.isVisible()
    window.show_view("calendar")
    assert not window.notice.isVisible()
    idle(qtbot, window)


def test_f1_lists_the_keys_of_the_view(opens: Opens, clinic_file: Path, qtbot) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    window.show_view("calendar")
    idle(qtbot, window)
    real_key(window, Qt.Key.Key_F1)
    keys = window.findChild(QDialog, "key_list")
    assert keys is not None and keys.isVisible()
    named = {(command.key, command.place) for command in keys.shown}
    assert {("X", "Calendar"), ("Shift+E", "Calendar"), ("N", "Calendar"), ("Alt+3", "Go to")} <= (
        named
    )
    real_key(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "key_list") is None)


def test_a_booking_from_another_view_reaches_the_file(
    opens: Opens, clinic_file: Path, qtbot
) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    real_key(window, Qt.Key.Key_N)
    idle(qtbot, window)
    qtbot.keyClicks(QApplication.focusWidget(), "anton")
    real_key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form(window).findChild(object, "booking_who").full_text()))
    with qtbot.waitSignal(window.workplace.desk.saved) as saved:
        real_key(window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert saved.args[0].verb == "appointment_booked"
    db = open_clinic(clinic_file)
    made = visit(db, saved.args[0].row_ids["appointments"])
    db.close()
    assert made.patient_name == "Anton Meyer"


def test_one_count_of_sheets_and_escorts_in_every_view(opens: Opens, tmp_path: Path, qtbot) -> None:
    """Two here, whose sheets are due; three of four escorts to ask by now."""
    path = tmp_path / "busy.ketadesk"
    db = open_harbor(path)
    for chair_id, given in ((CHAIR_1, "Ivy"), (CHAIR_2, "Wei")):
        made = book(db, add_patient(db, given, "Stone"), at(9), chair_id=chair_id)
        booking.set_status(db, stamp(), made, 1, status=Status.ARRIVED)
    for day, given in ((11, "Tom"), (16, "Zoe")):
        book(db, add_patient(db, given, "Reed"), at(14, day=day))
    db.close()
    window = opens(path)
    waiting = window.status.waiting.full_text()
    assert "escorts to confirm: 3" in waiting and "sheets to print: 4" in waiting
    assert note_of(window.views["today"].sheets) == "4"
    window.show_view("calendar")
    idle(qtbot, window)
    card = window.views["calendar"].side.escorts
    assert note_of(card) == "3" == str(len(card.rows()))
    assert "1 to ask later this week" in [label.text() for label in card.findChildren(Label)]
    window.show_view("sheets")
    idle(qtbot, window)
    assert "sheets to print: 4" in window.findChild(Label, "sheets_day_note").text()


def note_of(card: QWidget) -> str:
    return card._title._note.text()


def test_today_says_what_is_late(opens: Opens, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "late.ketadesk"
    db = open_harbor(path)
    book(db, add_patient(db, "Ivy", "Stone"), at(8))
    db.close()
    window = opens(path)
    assert "arrivals late: 1" in window.findChild(Label, "today_note").text()


def rows(window: MainWindow) -> list[str]:
    results = window.header.find_field.results
    if results is None or not results.isVisible():
        return []
    model = results.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_empty_find_field_lists_todays_people_and_commands(
    opens: Opens, clinic_file: Path, qtbot
) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    assert rows(window) == []
    real_key(window, Qt.Key.Key_K, CONTROL)
    idle(qtbot, window)
    assert rows(window)[:2] == ["Ana García", "Book"]
    assert "Calendar" in rows(window)
    real_key(window, Qt.Key.Key_Escape)
    idle(qtbot, window)
    assert rows(window) == []


def test_who_is_due_today_comes_before_a_namesake(opens: Opens, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "namesakes.ketadesk"
    db = open_harbor(path)
    for number in range(9):
        add_patient(db, "Ana", f"Ros{number}")
    due = add_patient(db, "Ana", "Rosz")
    book(db, due, at(15))
    db.close()
    window = opens(path)
    window.activateWindow()
    real_key(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.header.find_field.line, "ana ros")
    idle(qtbot, window)
    assert rows(window)[0] == "Ana Rosz"
    index = window.header.find_field.results.list.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Ana Rosz, today 15:00, booked")
    with qtbot.waitSignal(window.around.finder.patient_found) as found:
        real_key(window, Qt.Key.Key_Return)
    assert found.args == [due]
    idle(qtbot, window)
