"""Importing from the window: seen before it is done, every row accounted for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QTableView, QTabWidget, QWidget

from ketadesk.domain.importing.source import Field
from ketadesk.services import patients
from ketadesk.ui import theme
from ketadesk.ui.patients.import_dialog import ImportDialog
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace
from tests.ui.patients_desk import AnasClinic, control, open_workplace

ALT = Qt.KeyboardModifier.AltModifier
EXPORT = """First name;Last name;DOB;Mobile;MRN;Insurance
Wei;Zhang;1972-05-11;310-555-0205;B-1;Acme
Chloé;Martin;1966-03-07;310-555-0202;B-2;
;;1990-01-01;;B-3;
Omar;Haddad;1875-06-13;310-555-0204;B-4;Acme
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[AnasClinic]:
    made = AnasClinic(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture
def workplace(qapp: QApplication, qtbot, clinic: AnasClinic) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False)
    made = open_workplace(clinic.path, qtbot)
    yield made
    made.desk.close()


@pytest.fixture
def dialog(qtbot, workplace: Workplace) -> Iterator[ImportDialog]:
    made = ImportDialog(workplace)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitExposed(made):
        made.open()
    yield made
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()


def summary(dialog: ImportDialog) -> str:
    return control(dialog, Label, "import_summary").text()


def read(qtbot, dialog: ImportDialog, path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    dialog.read_file(str(path))


def drawn(dialog: ImportDialog, tab: int) -> list[list[str]]:
    table = control(dialog, QTabWidget, "import_findings").widget(tab)
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_nothing_is_written_before_it_is_seen(qtbot, clinic, dialog, tmp_path) -> None:
    assert not control(dialog, Button, "import_go").isEnabled()
    read(qtbot, dialog, tmp_path / "export.csv", EXPORT)
    qtbot.waitUntil(lambda: summary(dialog) == "Would add 2 · already there 0 · refused 2")
    assert drawn(dialog, 0)[0] == [
        "2",
        "Wei Zhang",
        "11 May 1972",
        "310-555-0205",
        "B-1",
        "English",
    ]
    assert [row[:2] for row in drawn(dialog, 1)] == [
        ["4", "The row has no name."],
        ["5", "The birth date 1875-06-13 is more than 120 years ago."],
    ]
    assert len(patients.find(clinic.db, "")) == 1


def test_importing_adds_and_a_second_time_adds_no_one(qtbot, clinic, dialog, tmp_path) -> None:
    export = tmp_path / "export.csv"
    read(qtbot, dialog, export, EXPORT)
    go = control(dialog, Button, "import_go")
    qtbot.waitUntil(go.isEnabled)
    assert go.label() == "Import 2"
    with qtbot.waitSignal(dialog.imported):
        go.click()
        go.click()
    assert summary(dialog) == "Added 2 · already there 0 · refused 2"
    (wei,) = patients.find(clinic.db, "zhang")
    assert (wei.record_number, wei.phone) == ("B-1", "310-555-0205")
    assert "Acme" in wei.note
    read(qtbot, dialog, export, EXPORT)
    qtbot.waitUntil(lambda: summary(dialog) == "Would add 0 · already there 2 · refused 2")
    assert not go.isEnabled()
    assert [row[1:] for row in drawn(dialog, 2)] == [
        ["Wei Zhang", "already a patient"],
        ["Chloé Martin", "already a patient"],
    ]


def test_refused_rows_are_saved_for_this_person_only(qtbot, clinic, dialog, tmp_path) -> None:
    read(qtbot, dialog, tmp_path / "export.csv", EXPORT)
    rejects = control(dialog, Button, "import_rejects")
    qtbot.waitUntil(rejects.isVisible)
    saved = tmp_path / "refused.csv"
    dialog.save_rejects(str(saved))
    notice = control(dialog, Notice, "import_notice")
    qtbot.waitUntil(lambda: notice.text() == "Saved 2 refused rows as refused.csv.")
    assert saved.stat().st_mode & 0o777 == 0o600
    assert "The row has no name." in saved.read_text("utf-8-sig")
    dialog.save_rejects(str(tmp_path / "missing" / "refused.csv"))
    qtbot.waitUntil(lambda: notice.kind() == "error")


def test_dates_that_can_be_two_days_are_asked(qtbot, clinic, dialog, tmp_path) -> None:
    read(qtbot, dialog, tmp_path / "e.csv", "name,dob\nWei Zhang,3/4/1972\nIvy Ray,5/6/1980\n")
    notice = control(dialog, Notice, "import_notice")
    qtbot.waitUntil(lambda: "Which comes first?" in notice.text())
    assert not control(dialog, Button, "import_go").isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_D, ALT)
    qtbot.waitUntil(control(dialog, Button, "import_go").isEnabled)
    assert [row[2] for row in drawn(dialog, 0)] == ["3 Apr 1972", "5 Jun 1980"]
    assert not notice.isVisible()


def test_a_column_can_mean_something_else(qtbot, clinic, dialog, tmp_path) -> None:
    read(qtbot, dialog, tmp_path / "e.csv", "name,born,xyz\nWei Zhang,1972-05-11,B-77\n")
    qtbot.waitUntil(control(dialog, Button, "import_go").isEnabled)
    assert drawn(dialog, 0)[0][4] == "–"
    columns = control(dialog, Table, "import_columns")
    columns.selectRow(2)
    meaning = control(dialog, QComboBox, "import_meaning")
    meaning.setCurrentIndex(
        next(i for i in range(meaning.count()) if meaning.itemData(i) == Field.RECORD_NUMBER)
    )
    meaning.activated.emit(meaning.currentIndex())
    qtbot.waitUntil(lambda: drawn(dialog, 0)[0][4] == "B-77")
    assert columns.model().index(2, 2).data() == "Record number"


def test_a_file_that_is_no_list_says_so(qtbot, clinic, dialog, tmp_path) -> None:
    notice = control(dialog, Notice, "import_notice")
    read(qtbot, dialog, tmp_path / "e.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
    qtbot.waitUntil(notice.isVisible)
    assert "Nothing was imported" in notice.text()
    notice.hide()
    dialog.read_file(str(tmp_path / "missing.csv"))
    qtbot.waitUntil(notice.isVisible)
    assert "missing.csv can't be read" in notice.text()


def test_what_a_person_settled_is_asked_about_before_it_is_left(qtbot, dialog, tmp_path) -> None:
    read(qtbot, dialog, tmp_path / "export.csv", EXPORT)
    qtbot.waitUntil(control(dialog, Button, "import_go").isEnabled)
    assert not dialog.unsaved
    meaning = control(dialog, QComboBox, "import_meaning")
    meaning.setCurrentIndex(meaning.findData(Field.NOT_KEPT))
    meaning.activated.emit(meaning.currentIndex())
    assert dialog.unsaved
    control(dialog, Button, "import_leave").click()
    asked = dialog.findChild(QDialog, "leave_dialog")
    assert dialog.isVisible() and asked.isVisible()
    asked.findChild(Button, "leave_it").click()
    assert not dialog.isVisible() and not dialog.unsaved


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_large_text_never_takes_the_import_off_the_screen(
    qtbot, qapp, clinic, workplace, tmp_path, scale: float
) -> None:
    theme.apply(qapp, dark=False, scale=scale)
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    dialog = ImportDialog(workplace, window)
    dialog.open()

    def fits() -> bool:
        QApplication.processEvents()
        return dialog.width() <= 1366 and dialog.height() <= 768

    assert fits()
    read(qtbot, dialog, tmp_path / "export.csv", EXPORT)
    qtbot.waitUntil(lambda: summary(dialog).startswith("Would add 2"))
    assert fits()
    control(dialog, Button, "import_go").click()
    qtbot.waitUntil(lambda: summary(dialog).startswith("Added 2"))
    assert fits()
    dialog.save_rejects(str(tmp_path / "refused.csv"))
    qtbot.waitUntil(control(dialog, Notice, "import_notice").isVisible)
    assert fits()
    leave = control(dialog, Button, "import_leave")
    assert dialog.rect().contains(leave.geometry().translated(leave.parentWidget().pos()))
    theme.apply(qapp, dark=False)
