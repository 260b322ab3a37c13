"""The calendar on paper and as a table: previewed, really printed, really saved, rightly noted."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from ketadesk.domain.patients import PatientDraft
from ketadesk.domain.waitlist import WaitUrgency
from ketadesk.services import patients, waitlist
from ketadesk.ui import lobby
from ketadesk.ui.calendar.missed_dialog import MissedDialog
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.paper.list_dialog import ListDialog
from ketadesk.ui.patients.list_pane import PatientsList
from ketadesk.ui.waitlist.dialog import WaitlistDialog
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import MOOD_LOW, stamp
from tests.paper.reading_pdfs import text
from tests.ui.sheets_desk import printer_into
from tests.ui.test_calendar_view import Clinic, clinic, view, workplace

__all__ = ["clinic", "view", "workplace"]


def real_key(widget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Through Qt's own door for the keyboard, where shortcuts are looked up first."""
    QTest.keyClick(widget.window().windowHandle(), key, modifier)


CONTROL = Qt.KeyboardModifier.ControlModifier


def dialog_of(qtbot, view: CalendarView) -> ListDialog:
    real_key(view, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: view.findChild(ListDialog) is not None)
    dialog = view.findChild(ListDialog)
    qtbot.waitUntil(lambda: bool(dialog.preview.pages()) and not dialog.preview.is_dimmed())
    return dialog


def saved(qtbot, dialog: ListDialog, file: Path) -> str:
    real_key(dialog, Qt.Key.Key_S, CONTROL)
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(file))
    chooser.close()
    qtbot.waitUntil(file.is_file)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    return text(file.read_bytes())


def noted(clinic: Clinic) -> list[tuple[object, ...]]:
    rows = clinic.db.rows("SELECT kind, first_day, initials, how FROM lists_printed ORDER BY id")
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("mode", ["day", "week", "agenda"])
def test_ctrl_p_shows_the_view_on_paper_and_saves_it(
    qtbot, view: CalendarView, clinic: Clinic, tmp_path: Path, mode: str
) -> None:
    view._set_mode(mode)
    said = saved(qtbot, dialog_of(qtbot, view), tmp_path / "list.pdf")
    assert "AnaGarcía" in said
    assert ("CleoFox" in said) is (mode == "week")
    assert noted(clinic) == [(f"{mode}_list", "2027-05-10", 0, "saved")]


def test_it_is_noted_as_printed_once_the_printer_took_it(
    qtbot, view: CalendarView, clinic: Clinic, tmp_path: Path
) -> None:
    dialog = dialog_of(qtbot, view)
    file = tmp_path / "printed.pdf"
    dialog.choose_printer = printer_into(file)
    real_key(dialog, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: dialog.findChild(QDialog, "print_dialog") is not None)
    dialog.findChild(QDialog, "print_dialog").accept()
    qtbot.waitUntil(lambda: bool(noted(clinic)), timeout=10_000)
    assert noted(clinic) == [("day_list", "2027-05-10", 0, "printed")]
    assert file.stat().st_size > 10_000


def test_in_lobby_mode_the_list_starts_with_initials(
    qtbot, view: CalendarView, clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lobby, "_on", True)
    said = saved(qtbot, dialog_of(qtbot, view), tmp_path / "door.pdf")
    assert "A.G." in said
    assert "García" not in said
    assert noted(clinic)[0][2] == 1


def rows_saved(qtbot, parent, file: Path) -> list[list[str]]:
    real_key(parent, Qt.Key.Key_E, CONTROL)
    chooser = parent.window().findChild(QFileDialog, "save_table_dialog")
    chooser.fileSelected.emit(str(file))
    chooser.close()
    qtbot.waitUntil(file.is_file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as read:
        return list(csv.reader(read))


def test_the_agenda_is_saved_as_it_is_sorted(
    qtbot, view: CalendarView, clinic: Clinic, tmp_path: Path
) -> None:
    view._set_mode("agenda")
    qtbot.waitUntil(lambda: view.agenda.model.rowCount() == 2)
    view.agenda.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    header, *rows = rows_saved(qtbot, view, tmp_path / "agenda.csv")
    assert header[:2] == ["Time", "Patient"]
    assert [row[1] for row in rows] == ["Ben Ode", "Ana García"]


def test_the_patients_are_saved_as_found_and_run_nothing(
    qtbot, workplace: Workplace, clinic: Clinic, tmp_path: Path
) -> None:
    for name in ("=cmd|' /C calc'!A0", "@Sum"):
        patients.add(clinic.db, stamp(), PatientDraft(name, "Anders"), uuid=f"u{name}")
    pane = PatientsList(workplace)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.reload()
    pane._line.setText("anders")
    qtbot.waitUntil(lambda: pane._model.rowCount() == 2)
    _, *rows = rows_saved(qtbot, pane, tmp_path / "patients.csv")
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)


def test_the_waitlist_and_the_report_are_saved_too(
    qtbot, view: CalendarView, workplace: Workplace, clinic: Clinic, tmp_path: Path
) -> None:
    waitlist.add(
        clinic.db, stamp(), clinic.kept(clinic.cleo).patient_id, MOOD_LOW, urgency=WaitUrgency.SOON
    )
    waiting = WaitlistDialog(workplace, view)
    waiting.show_all()
    qtbot.waitUntil(lambda: waiting.model.rowCount() == 1)
    _, row = rows_saved(qtbot, waiting, tmp_path / "waitlist.csv")
    assert "Cleo Fox" in " ".join(row)
    waiting.reject()
    report = MissedDialog(workplace, view)
    report.show_report()
    qtbot.waitUntil(lambda: report.table.model() is not None)
    header, *rows = rows_saved(qtbot, report, tmp_path / "missed.csv")
    assert (header[:2], rows[-1][0]) == (["What", "Why"], "of all booked")
    report.reject()


def test_every_control_of_the_dialog_fits_and_has_a_name(qtbot, view: CalendarView) -> None:
    dialog = dialog_of(qtbot, view)
    assert dialog.width() <= 1366 and dialog.height() <= 768
    assert all(button.accessibleName() for button in dialog.findChildren(Button))
    qtbot.waitUntil(lambda: dialog.preview.pages()[0].width() == dialog.preview.pixel_width())
    dialog.reject()
