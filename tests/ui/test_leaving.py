"""Closing the window, or opening another clinic, never throws half typed things away unasked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ketadesk.ui.leaving import LeaveDialog
from ketadesk.ui.main_window import MainWindow
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import NumberField, TimeField
from tests.clinic_day import open_harbor
from tests.ui.patients_desk import control
from tests.ui.test_main_window import Opens, clinic_file, idle, kept, opens

__all__ = ["clinic_file", "kept", "opens"]
ALT = Qt.KeyboardModifier.AltModifier


def question(window: MainWindow) -> LeaveDialog | None:
    return next((one for one in window.findChildren(LeaveDialog) if one.isVisible()), None)


def typed_in(window: MainWindow, qtbot, view: str, name: str, text: str) -> QLineEdit:
    """Something typed by a person into a line of a view."""
    window.show_view(view)
    idle(qtbot, window)
    line = control(window.views[view], QLineEdit, name)
    line.selectAll()
    qtbot.keyClicks(line, text)
    return line


def a_new_patient(window: MainWindow, qtbot) -> None:
    window.show_view("patients")
    idle(qtbot, window)
    qtbot.keyClick(window.views["patients"], Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(control(window.views["patients"], QLineEdit, "new_given_name"), "Zoe")


def a_record(window: MainWindow, qtbot) -> None:
    window.show_view("patients", 1)
    idle(qtbot, window)
    qtbot.keyClicks(control(window.views["patients"], QLineEdit, "patient_address"), "Elm")


def a_booking_over_today(window: MainWindow, qtbot) -> None:
    window.around.everywhere.book()
    form = control(window, QWidget, "booking_popover")
    note = control(form, QLineEdit, "booking_note")
    qtbot.keyClicks(note, "wheelchair")


def a_booking(window: MainWindow, qtbot) -> None:
    window.show_view("calendar")
    idle(qtbot, window)
    window.views["calendar"].booking.open(None, None)
    qtbot.keyClicks(control(window.views["calendar"], QLineEdit, "booking_note"), "wheelchair")


def a_closing(window: MainWindow, qtbot) -> None:
    window.show_view("calendar")
    idle(qtbot, window)
    window.views["calendar"].closing.action.trigger()
    qtbot.keyClicks(control(window.views["calendar"], QLineEdit, "closing_reason"), "repair")


def the_staff(window: MainWindow, qtbot) -> None:
    typed_in(window, qtbot, "settings", "staff_name", "Nora")


def the_clinic(window: MainWindow, qtbot) -> None:
    typed_in(window, qtbot, "settings", "clinic_entrance", "side door")


def a_chair(window: MainWindow, qtbot) -> None:
    typed_in(window, qtbot, "settings", "chair_name", "Chair 9")


def a_threshold(window: MainWindow, qtbot) -> None:
    window.show_view("settings", "thresholds")
    idle(qtbot, window)
    control(window.views["settings"], NumberField, "rule_value").stepUp()


def the_hours(window: MainWindow, qtbot) -> None:
    window.show_view("settings", "hours")
    idle(qtbot, window)
    control(window.views["settings"], TimeField, "closes_0").stepUp()


CASES = [
    (a_new_patient, "Patients"),
    (a_record, "Patients"),
    (a_booking, "Calendar"),
    (a_booking_over_today, "Book"),
    (a_closing, "Calendar"),
    (the_staff, "Settings"),
    (the_clinic, "Settings"),
    (a_chair, "Settings"),
    (a_threshold, "Settings"),
    (the_hours, "Settings"),
]


@pytest.mark.parametrize(("typing", "place"), CASES)
def test_closing_asks_about_what_is_half_typed(
    opens: Opens, clinic_file: Path, qtbot, typing, place
) -> None:
    window = opens(clinic_file)
    typing(window, qtbot)
    window.close()
    asked = question(window)
    assert asked is not None and window.isVisible() and window.workplace is not None
    assert control(asked, Label, "leave_sentence").text().endswith(f"would be lost: {place}.")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert question(window) is None and window.half_typed() == [place]
    window.close_now()
    assert not window.isVisible() and window.workplace is None


def test_leave_it_closes_and_esc_keeps_what_was_typed(
    opens: Opens, clinic_file: Path, qtbot
) -> None:
    window = opens(clinic_file)
    line = typed_in(window, qtbot, "settings", "clinic_entrance", "side door")
    window.close()
    qtbot.keyClick(question(window), Qt.Key.Key_Escape)
    assert line.text() == "side door"
    window.close()
    asked = question(window)
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    qtbot.keyClick(asked, Qt.Key.Key_L, ALT)
    assert not window.isVisible() and window.workplace is None


def test_looking_at_every_view_leaves_nothing_to_ask(
    opens: Opens, clinic_file: Path, qtbot
) -> None:
    window = opens(clinic_file)
    for view in ("today", "calendar", "patients", "sessions", "sheets", "settings"):
        window.show_view(view)
        idle(qtbot, window)
    window.show_view("patients", 1)
    idle(qtbot, window)
    pages = window.views["settings"].tabs
    for index in range(pages.count()):
        pages.setCurrentIndex(index)
        idle(qtbot, window)
    assert window.half_typed() == []
    window.close()
    assert not window.isVisible()


def test_a_clinic_never_described_has_nothing_to_lose(opens: Opens, tmp_path: Path, qtbot) -> None:
    window = opens(tmp_path / "new.ketadesk", ready=False)
    with qtbot.waitSignal(window.opened):
        window.door.open(tmp_path / "mine.ketadesk", create=True)
    window.show_view("settings")
    idle(qtbot, window)
    assert window.half_typed() == []


def test_opening_another_clinic_asks_as_well(
    opens: Opens, clinic_file: Path, tmp_path: Path, qtbot
) -> None:
    other = tmp_path / "other.ketadesk"
    open_harbor(other).close()
    window = opens(clinic_file)
    typed_in(window, qtbot, "settings", "clinic_entrance", "side door")
    window.door.choose_file()
    dialog = control(window, QWidget, "choose_clinic_file")
    dialog.fileSelected.emit(str(other))
    dialog.close()
    assert question(window) is not None
    assert window.workplace.desk.clinic_file == clinic_file
    with qtbot.waitSignal(window.opened):
        control(question(window), QWidget, "leave_it").click()
    assert window.workplace.desk.clinic_file == other
    assert window.half_typed() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_program_told_to_end_ends_without_asking(clinic_file: Path, tmp_path: Path) -> None:
    """SIGTERM comes from a session that ends: a question would only hold it up."""
    script = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ketadesk import app
from ketadesk.ui.main_window import MainWindow

def typing():
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    if not window.commands_in_reach() or window.current_view() is None:
        return
    window.show_view("settings")
    line = window.views["settings"].pages["clinic"].lines["entrance"]
    if line.text() == "rear entrance":
        line.set_text("side door")
        assert window.half_typed()
        print("typed", flush=True)

made = app._application()
timer = QTimer(made)
timer.timeout.connect(typing)
timer.start(50)
sys.exit(app.run(Path({str(clinic_file)!r})))
"""
    folders = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    env = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "typed\n"
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=30) == 0
