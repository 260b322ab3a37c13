"""The window around the views: opening, finding, who works, undo, bad files, what is remembered."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from ketadesk import app, defects
from ketadesk.clock import HeldClock
from ketadesk.domain.appointments import Status
from ketadesk.services import booking
from ketadesk.services.calendar import visit
from ketadesk.services.patients import find
from ketadesk.services.watching import open_clinic
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme
from ketadesk.ui.main_window import MainWindow
from ketadesk.ui.views import VIEWS
from tests.clinic_day import LENA, ROSA, add_patient, at, book, open_harbor

NOW = at(10)
Opens = Callable[..., MainWindow]


@pytest.fixture
def clinic_file(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    ana = add_patient(db, "Ana", "García", phone="310-555-0142")
    add_patient(db, "Anton", "Meyer")
    book(db, ana, at(10, 30))
    db.close()
    return path


@pytest.fixture
def kept(tmp_path: Path) -> SettingsFile:
    made = SettingsFile(tmp_path / "settings" / "settings.json")
    made.change(dark=False)
    return made


@pytest.fixture
def opens(qtbot, qapp: QApplication, kept: SettingsFile) -> Iterator[Opens]:
    """Opens windows as the program does, and closes them at the end."""
    made: list[MainWindow] = []

    def open_one(clinic_file: Path, *, ready: bool = True, **more) -> MainWindow:
        more = {"clock": HeldClock(NOW), "kept": kept, "staff_id": ROSA, **more}
        window = app.build(clinic_file, **more)
        made.append(window)
        if ready:
            with qtbot.waitSignal(window.opened, timeout=5000):
                window.show()
            idle(qtbot, window)
        else:
            window.show()
        return window

    yield open_one
    for window in made:
        window.close_now()
        window.deleteLater()
    theme.apply(qapp, dark=False)


def idle(qtbot, window: MainWindow) -> None:
    """Until everything asked and written has come back."""
    qtbot.waitUntil(lambda: window.workplace is None or not window.workplace.desk.busy)


def status_of(window: MainWindow, path: Path) -> Status:
    db = open_clinic(path)
    try:
        return visit(db, 1).appointment.status
    finally:
        db.close()


def confirm(window: MainWindow, qtbot) -> None:
    """Someone confirms Ana's appointment in this window."""
    desk = window.workplace.desk
    given = desk.stamp()
    with qtbot.waitSignal(desk.saved):
        desk.do(
            lambda db: booking.set_status(db, given, 1, 1, status=Status.CONFIRMED),
            receiver=window,
        )
    idle(qtbot, window)


def test_the_window_opens_on_today_with_the_clinics_own_clock(opens: Opens, clinic_file) -> None:
    window = opens(clinic_file)
    assert window.rail.choice() == "today"
    assert window.header.clock.text() == "10:00"
    assert window.header.date.text() == "Mon 10 May 2027"
    assert window.header.staff.label() == "Rosa M. · nurse"
    assert window.windowTitle().startswith("Harbor Clinic")


def test_every_view_opens_by_its_key(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    for number, entry in enumerate(VIEWS, start=1):
        key = getattr(Qt.Key, f"Key_{number}")
        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window.rail.choice() == entry.id
        assert window.current_view() is window.views[entry.id]
        idle(qtbot, window)


def test_typing_a_name_and_enter_at_once_opens_that_patient(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    qtbot.keyClicks(window.header.find_field.line, "anton")
    with qtbot.waitSignal(window.around.finder.patient_found) as found:
        qtbot.keyClick(window.header.find_field.line, Qt.Key.Key_Return)
    assert found.args == [2]
    assert window.rail.choice() == "patients"
    assert window.header.find_field.text() == ""
    idle(qtbot, window)


@pytest.mark.parametrize(
    ("typed", "page"), [("text size", "computer"), ("opening", "hours"), ("roles", "staff")]
)
def test_settings_are_found_by_their_words_from_anywhere(
    opens: Opens, clinic_file, qtbot, typed: str, page: str
) -> None:
    window = opens(clinic_file)
    line = window.header.find_field.line
    line.setFocus()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.rail.choice() == "settings")
    assert window.views["settings"].stands_at == page
    idle(qtbot, window)


def test_commands_are_found_by_the_words_on_their_buttons(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    line = window.header.find_field.line
    window.header.find_field.start()
    names = {command.name for command in window.commands_in_reach()}
    assert {"Calendar", "Who is working", "Dark colours"} <= names
    qtbot.keyClicks(line, "dark col")
    idle(qtbot, window)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert theme.current().dark
    assert window.settings.current.dark is True


def test_what_nothing_is_called_says_so(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    qtbot.keyClicks(window.header.find_field.line, "zzzz")
    idle(qtbot, window)
    results = window.header.find_field.results
    assert results is not None and results.isVisible()
    qtbot.keyClick(window.header.find_field.line, Qt.Key.Key_Escape)
    assert not results.isVisible()


def test_saved_is_said_only_when_it_is_and_undo_takes_back(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    assert window.status.saved.text() == ""
    confirm(window, qtbot)
    assert window.status.saved.text() == "Saved 10:00:00"
    assert window.status.sentence.full_text() == "Ana G., Mon 10 May 10:30: booked → confirmed"
    with qtbot.waitSignal(window.workplace.desk.saved):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert window.status.sentence.full_text().startswith("Undone: Ana G.")
    assert status_of(window, clinic_file) is Status.BOOKED


def test_undo_is_still_offered_after_a_restart(opens: Opens, clinic_file, qtbot) -> None:
    first = opens(clinic_file)
    confirm(first, qtbot)
    first.close()
    second = opens(clinic_file)
    assert "booked → confirmed" in second.status.sentence.full_text()
    assert second.status.undo.isVisible()


def test_who_works_is_carried_into_the_audit_and_remembered(
    opens: Opens, clinic_file, qtbot, kept: SettingsFile
) -> None:
    window = opens(clinic_file, staff_id=None)
    assert "who is working" in window.notice.text()
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    menu = window.header.staff_menu
    qtbot.waitUntil(menu.isVisible)
    lena = next(action for action in menu.actions() if action.data() == LENA)
    lena.trigger()
    menu.hide()
    assert window.header.staff.label() == "Lena K. · nurse"
    assert not window.notice.isVisible()
    desk = window.workplace.desk
    given = desk.stamp()
    assert given.staff_id == LENA
    window.close()
    again = opens(clinic_file, staff_id=None)
    assert again.workplace.desk.staff_id == LENA


def test_a_message_moves_nothing_under_the_pointer(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    before = [view.geometry() for view in (window.pages, window.header, window.status)]
    for kind, text in (("info", "Saved as aftercare.pdf"), ("error", "word " * 60)):
        window.notice.tell(text, kind=kind)
        qtbot.waitUntil(window.notice.isVisible)
        assert [v.geometry() for v in (window.pages, window.header, window.status)] == before
    window.notice.hide()
    idle(qtbot, window)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_message_has_a_place_of_its_own(
    opens: Opens, clinic_file, qtbot, qapp, kept: SettingsFile, scale: float
) -> None:
    kept.change(text_scale=scale)
    window = opens(clinic_file)
    window.resize(1366, 768)
    header = window.header
    dated = header.date.isVisible()
    for text in ("Backup made.", "Saved as /home/rosa/Documents/aftercare-2026-11-22-chair-1.pdf"):
        window.notice.tell(text)
        QApplication.processEvents()
        message = window.notice.geometry()
        for part in (header.find_field, header.clock, header.staff, header.look):
            lies = part.rect().translated(part.mapTo(window.centralWidget(), QPoint()))
            assert not message.intersects(lies), (text, part.objectName())
        assert header.find_field.width() >= header.find_field.minimumSizeHint().width()
        assert message.bottom() <= header.geometry().bottom()
    window.notice.hide()
    QApplication.processEvents()
    assert header.date.isVisible() == dated
    assert header.find_field.width() == header.find_field.sizeHint().width()
    idle(qtbot, window)


def test_the_first_question_leaves_its_button_free(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file, staff_id=None)
    assert "who is working" in window.notice.text() and window.notice.isVisible()
    QApplication.processEvents()
    button = window.header.staff
    lies = button.rect().translated(button.mapTo(window.centralWidget(), QPoint()))
    assert button.isVisible() and not window.notice.geometry().intersects(lies)


def test_a_key_with_alt_that_means_nothing_writes_nothing(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    window.activateWindow()
    line = window.header.find_field.line
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    line.setText("0163")
    for key, text in ((Qt.Key.Key_0, "0"), (Qt.Key.Key_J, "j")):
        press = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.AltModifier, text)
        QApplication.sendEvent(line, press)
        assert line.text() == "0163"
    qtbot.keyClicks(line, "7")
    altgr = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(line, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Q, altgr, "@"))
    assert line.text() == "01637@"
    line.clear()
    idle(qtbot, window)


def test_warnings_keep_their_room_beside_the_longest_sentence(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    window.resize(1024, 700)
    status = window.status
    status.show_waiting("vitals late: 2 · escorts to confirm: 11 · sheets to print: 7", late=True)
    long = "Undone: Maximiliana W. " * 8
    status.show_done(long, can_undo=True, undoes=long)
    qtbot.waitUntil(lambda: status.sentence.text().endswith("…"))
    assert status.waiting.text() == status.waiting.full_text()
    assert status.sentence.toolTip() == status.sentence.full_text()
    assert status.undo.label().endswith("…") and long.strip() in status.undo.toolTip()
    assert window.width() == 1024
    idle(qtbot, window)


def test_sheets_go_on_with_whom_one_was_about(opens: Opens, clinic_file, qtbot) -> None:
    db = open_clinic(clinic_file)
    anton = next(patient.id for patient in find(db, "Anton"))
    book(db, anton, at(15))
    db.close()
    window = opens(clinic_file)
    window.show_view("patients", anton)
    idle(qtbot, window)
    window.show_view("sheets")
    idle(qtbot, window)
    assert "Anton Meyer" in window.views["sheets"].work.preview.accessibleName()


def test_two_windows_learn_each_others_changes_within_two_seconds(
    opens: Opens, clinic_file, qtbot
) -> None:
    one, other = opens(clinic_file), opens(clinic_file)
    confirm(one, qtbot)
    row = other.views["today"].arrivals
    qtbot.waitUntil(lambda: "Ana García" in row.rows()[0].line.who, timeout=2000)
    qtbot.waitUntil(lambda: row.rows()[0].line.buttons[0].id == "name_escort", timeout=2000)
    idle(qtbot, other)


@pytest.mark.parametrize("content", [b"", b"hello\n" * 200])
def test_a_file_that_is_no_clinic_is_told_and_left_untouched(
    opens: Opens, tmp_path: Path, qtbot, content: bytes
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    window = opens(path, ready=False)
    qtbot.waitUntil(window.door.trouble.isVisible)
    assert "letter.txt" in window.door.trouble.sentence.text()
    assert not window.rail.isEnabled()
    assert not window.notice.isVisible()
    assert path.read_bytes() == content


def test_from_a_missing_file_one_goes_on_to_a_new_clinic(
    opens: Opens, tmp_path: Path, qtbot
) -> None:
    window = opens(tmp_path / "gone.ketadesk", ready=False)
    qtbot.waitUntil(window.door.trouble.isVisible)
    assert "No clinic here yet" in window.door.trouble.accessibleName()
    assert "opening hours" in window.door.trouble.sentence.text()
    assert window.door.trouble.new.x() < window.door.trouble.open.x()
    assert window.door.trouble.new.property("role") == "primary"
    window.activateWindow()
    qtbot.waitUntil(window.door.trouble.new.hasFocus)
    window.door.trouble.new.click()
    dialog = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.opened, timeout=5000):
        dialog.fileSelected.emit(str(tmp_path / "new.ketadesk"))
    dialog.close()
    assert (tmp_path / "new.ketadesk").stat().st_mode & 0o777 == 0o600
    today = window.views["today"]
    today._set_up.button.click()
    assert window.rail.choice() == "settings"
    assert window.focusWidget().objectName() == "clinic_name"
    idle(qtbot, window)


def test_a_clinic_that_was_here_before_is_looked_for_first(
    opens: Opens, tmp_path: Path, qtbot, kept: SettingsFile
) -> None:
    kept.change(clinic_file=str(tmp_path / "harbor.ketadesk"))
    window = opens(tmp_path / "harbor.ketadesk", ready=False)
    qtbot.waitUntil(window.door.trouble.isVisible)
    trouble = window.door.trouble
    assert "harbor.ketadesk" in trouble.sentence.text()
    assert trouble.open.x() < trouble.new.x()
    theme.apply(QApplication.instance(), dark=False, scale=2.0)
    width = trouble.sentence.width()
    qtbot.waitUntil(lambda: trouble.sentence.height() >= trouble.sentence.heightForWidth(width))
    assert trouble.rect().contains(trouble.sentence.geometry())
    theme.apply(QApplication.instance(), dark=False)


def test_the_window_stands_again_as_it_was_left(opens: Opens, clinic_file, qtbot, kept) -> None:
    window = opens(clinic_file)
    window.resize(1024, 700)  # a screen of tests is no wider
    window.show_view("settings")
    idle(qtbot, window)
    window.close()
    again = opens(clinic_file, kept=SettingsFile(kept.path))
    assert again.rail.choice() == "settings"
    assert (again.width(), again.height()) == (1024, 700)
    idle(qtbot, again)


def test_closing_lets_what_was_typed_reach_the_disk(opens: Opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    desk = window.workplace.desk
    for _ in range(20):
        given = desk.stamp()
        desk.do(lambda db, given=given: _add(db, given), receiver=window)
    assert not window.close()
    assert "Finishing" in window.notice.text()
    qtbot.waitUntil(lambda: not window.isVisible())
    db = open_clinic(clinic_file)
    assert len(_names(db)) == 20
    db.close()


def _add(db, given):
    from ketadesk.domain.ids import new_uuid
    from ketadesk.domain.patients import PatientDraft
    from ketadesk.services import patients

    return patients.add(db, given, PatientDraft("Zoe", "Quick"), uuid=new_uuid())


def _names(db) -> list[str]:
    from ketadesk.services import patients

    return [patient.name for patient in patients.find(db, "zoe", most=50)]


def test_our_own_defect_is_told_once_without_a_patients_name(
    opens: Opens, clinic_file, qtbot, tmp_path: Path
) -> None:
    window = opens(clinic_file)
    window.defects._folder = tmp_path / "log"
    try:
        raise ValueError("Ana García")
    except ValueError as error:
        window.defects.report(error)
        window.defects.report(error)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    assert len(window.findChildren(QMessageBox)) == 1
    dialog = window.findChild(QMessageBox)
    assert "Nothing that was saved is lost" in dialog.text()
    report = (tmp_path / "log" / "defects.log").read_text("utf-8")
    assert "ValueError" in report and "García" not in report
    assert (tmp_path / "log" / "defects.log").stat().st_mode & 0o777 == 0o600
    dialog.close()


def test_a_defect_report_names_the_place_and_the_cause() -> None:
    try:
        try:
            raise KeyError("310-555-0142")
        except KeyError as cause:
            raise RuntimeError("Ana") from cause
    except RuntimeError as error:
        report = defects.report(error)
    assert "RuntimeError" in report and "KeyError" in report
    assert "test_main_window.py" in report
    assert "310-555" not in report and "Ana" not in report


def test_at_twice_the_text_size_the_window_still_fits(opens: Opens, clinic_file, qapp) -> None:
    window = opens(clinic_file, demo=True)
    theme.apply(qapp, dark=True, scale=2.0)
    window.resize(1366, 768)
    qapp.processEvents()
    assert window.minimumSizeHint().width() <= 1366
    assert window.size().width() == 1366


def test_the_window_is_painted_before_the_database_is_imported() -> None:
    """Importing it costs about 60 ms that nobody needs to look at a blank screen for."""
    code = (
        "import sys, ketadesk.app, ketadesk.ui.main_window;"
        "late = {'sqlcipher3', 'sqlite_utils', 'typst', 'pypdfium2', 'phonenumbers', 'rapidfuzz'};"
        "print(*late & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")


def test_a_restart_on_the_same_day_leads_back_to_the_patient_who_was_open(
    opens: Opens, clinic_file, kept: SettingsFile, qtbot
) -> None:
    window = opens(clinic_file)
    window.show_view("patients", 2)
    qtbot.waitUntil(lambda: window.views["patients"].patient_id == 2)
    window.close()
    assert "Anton" not in kept.path.read_text("utf-8")
    again = opens(clinic_file, kept=SettingsFile(kept.path))
    assert again.rail.choice() == "patients"
    assert again.views["patients"].patient_id == 2


def test_a_power_cut_does_not_lose_the_place_either(
    opens: Opens, clinic_file, kept: SettingsFile, qtbot
) -> None:
    window = opens(clinic_file)
    window.show_view("calendar", date(2027, 5, 12))
    qtbot.waitUntil(lambda: SettingsFile(kept.path).current.place == "day:2027-05-12", timeout=4000)


def test_a_new_day_and_another_file_begin_at_the_beginning(
    opens: Opens, clinic_file, kept: SettingsFile, qtbot, tmp_path
) -> None:
    window = opens(clinic_file)
    window.show_view("patients", 2)
    qtbot.waitUntil(lambda: window.views["patients"].patient_id == 2)
    window.close()
    tomorrow = HeldClock(at(9, day=11))
    assert opens(clinic_file, clock=tomorrow).views["patients"].patient_id is None
    other = tmp_path / "other.ketadesk"
    open_harbor(other).close()
    kept.change(place="id:2", place_on="2027-05-10")
    assert opens(other, kept=SettingsFile(kept.path)).views["patients"].patient_id is None
