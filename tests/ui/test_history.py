"""Going back through what was done, in the real window: by keys, over restarts, page by page."""
# ruff: noqa: F811 - fixtures of other files are used by their names

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ketadesk.domain.appointments import Reason, Status
from ketadesk.services import booking, calendar, undo
from ketadesk.services.watching import open_clinic
from ketadesk.ui.history.dialog import HistoryDialog
from ketadesk.ui.main_window import MainWindow
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from tests.clinic_day import CHAIR_2, LENA, add_patient, at, book, open_harbor, stamp
from tests.ui.patients_desk import control, press
from tests.ui.test_main_window import kept, opens  # noqa: F401
from tests.ui.test_patients import drawn

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clinic_file(tmp_path):
    """Yesterday Ana was booked and moved, and Lena called her off: she was ill."""
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    ana = book(db, add_patient(db), at(10, day=11))
    yesterday = at(12, day=9)
    booking.move(db, stamp(yesterday), ana, 1, chair_id=CHAIR_2, starts=at(11, day=12))
    booking.set_status(
        db,
        stamp(yesterday, staff_id=LENA),
        ana,
        2,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.ILL,
    )
    db.close()
    return path


def opened(qtbot, window: MainWindow) -> HistoryDialog:
    window.activateWindow()
    qtbot.waitUntil(lambda: window.status.history.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    dialog = window.findChild(HistoryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.table)
    return dialog


def sentences(dialog: HistoryDialog) -> list[str]:
    return [one.sentence for one in dialog.model.rows]


def test_what_was_done_yesterday_is_told_and_taken_back_by_keys(opens, clinic_file, qtbot) -> None:
    window = opens(clinic_file)
    dialog = opened(qtbot, window)
    assert drawn(dialog.table)[:2] == [
        "Sun 9 May 12:00 | Lena K. | "
        "Ana G., Wed 12 May 11:00: booked → cancelled by patient (ill) | ",
        "Sun 9 May 12:00 | Rosa M. | Moved Ana G. from Tue 11 May 10:00, Chair 1 · window "
        "to Wed 12 May 11:00, Chair 2 | ",
    ]
    press(qtbot, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    notice = dialog.findChild(Notice)
    qtbot.waitUntil(lambda: "Undone: Moved Ana G." in notice.text())
    qtbot.waitUntil(lambda: len(dialog.model.rows) > 2 and dialog.model.rows[2].entry.undone)
    db = open_clinic(clinic_file)
    back = calendar.visit(db, 1).appointment
    assert (back.starts, back.status) == (at(10, day=11), Status.CANCELLED_BY_PATIENT)

    press(qtbot, Qt.Key.Key_Up)  # her cancellation, then what was just done
    qtbot.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: calendar.visit(db, 1).appointment.status is Status.BOOKED)
    db.close()


def test_what_cannot_be_undone_says_why_and_ctrl_z_does_nothing(opens, clinic_file, qtbot) -> None:
    db = open_clinic(clinic_file)
    newest = undo.past(db, most=1)[0]
    undo.undo(db, stamp(), newest.action_id)
    undo.undo(db, stamp(), undo.past(db, most=1)[0].action_id)
    db.close()
    dialog = opened(qtbot, opens(clinic_file))
    assert sentences(dialog)[0].startswith("Done again: ")
    press(qtbot, Qt.Key.Key_Down)
    about = control(dialog, Label, "history_dialog_about")
    assert about.text() == "This was undone already."
    before = sentences(dialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert sentences(dialog) == before


def test_only_one_persons_and_only_one_patients(opens, clinic_file, qtbot) -> None:
    db = open_clinic(clinic_file)
    book(db, add_patient(db, "Omar", "Haddad"), at(15))
    db.close()
    dialog = opened(qtbot, opens(clinic_file))
    control(dialog, QLineEdit, "history_patient").setFocus()
    press(qtbot, "omar")
    qtbot.waitUntil(
        lambda: (
            sentences(dialog)
            == ["Booked Omar H. for Mon 10 May 15:00, Chair 1 · window", "Added Omar H."]
        )
    )


def test_a_long_history_comes_page_by_page(opens, clinic_file, qtbot) -> None:
    db = open_clinic(clinic_file)
    version = calendar.visit(db, 1).appointment.version
    for number in range(150):
        booking.edit(db, stamp(), 1, version + number, nurse_id=None, note=f"note {number}")
    total = len(undo.past(db, most=1000))
    db.close()
    dialog = opened(qtbot, opens(clinic_file))
    assert len(dialog.model.rows) == undo.PAGE
    press(qtbot, Qt.Key.Key_End)
    qtbot.keyClick(dialog.table, Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: len(dialog.model.rows) == total)
    assert [one.entry.action_id for one in dialog.model.rows] == list(range(total, 0, -1))
