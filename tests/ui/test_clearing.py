"""A chair is closed with people in it: they are listed, each with a place, and moved by one key."""
# ruff: noqa: F811 - fixtures of other files are used by their names

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ketadesk.domain.changes import Span
from ketadesk.services import clinic as clinics
from ketadesk.services import closures, undo
from ketadesk.ui.calendar.clearing import ClearingDialog
from tests.clinic_day import CHAIR_1, CHAIR_2, ROSA, add_patient, at, book, stamp
from tests.ui.patients_desk import control, press, settled
from tests.ui.test_calendar_view import Clinic, clinic, view, workplace  # noqa: F401
from tests.ui.test_closing import dialog, place_at  # noqa: F401
from tests.ui.test_patients import drawn

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def approved(clinic: Clinic, name: str, hour: int, *, day: int = 11):
    patient = add_patient(clinic.db, name, "Lund")
    return book(clinic.db, patient, at(hour, day=day))


@pytest.fixture
def closed(clinic: Clinic):
    """Tomorrow chair 1 is closed: Dana and Eve are in it, and Cleo, who is not approved yet."""
    clinic.not_approved(clinic.cleo)
    ids = [approved(clinic, "Dana", 11), approved(clinic, "Eve", 14)]
    span = Span(at(8, day=11), at(18, day=11))
    clinics.close(clinic.db, stamp(), chair_id=CHAIR_1, span=span, reason="pump in repair")
    return ids


def opened(qtbot, view, workplace) -> ClearingDialog:
    settled(qtbot, workplace)
    qtbot.keyClick(view.grid, Qt.Key.Key_K, SHIFT)
    qtbot.waitUntil(lambda: view.findChild(ClearingDialog) is not None)
    return came_forward(qtbot, view.findChild(ClearingDialog))


def came_forward(qtbot, made: ClearingDialog) -> ClearingDialog:
    qtbot.waitUntil(lambda: bool(made.model.rows))
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.table)
    return made


def test_all_that_are_ok_move_by_one_key_and_one_undo_brings_them_back(
    qtbot, clinic: Clinic, view, workplace, closed
) -> None:
    made = opened(qtbot, view, workplace)
    assert drawn(made.table) == [
        "Tue 11 May 09:00 | Cleo Fox | – | Tue 11 May 09:00, Chair 2 | "
        "The patient is not approved for treatment yet.",
        "Tue 11 May 11:00 | Dana Lund | – | Tue 11 May 11:00, Chair 2 | ok",
        "Tue 11 May 14:00 | Eve Lund | – | Tue 11 May 14:00, Chair 2 | ok",
    ]
    qtbot.keyClick(made.table, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(made.model.rows) == 1)
    assert [clinic.kept(one).chair_id for one in closed] == [CHAIR_2, CHAIR_2]
    assert clinic.kept(clinic.cleo).chair_id == CHAIR_1, "to be decided by a person"
    entry = undo.next_to_undo(clinic.db, ROSA)
    undo.undo(clinic.db, stamp(), entry.action_id)
    assert [clinic.kept(one).chair_id for one in closed] == [CHAIR_1, CHAIR_1]


def test_the_one_left_is_moved_with_a_reason(
    qtbot, clinic: Clinic, view, workplace, closed
) -> None:
    made = opened(qtbot, view, workplace)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.findChild(QLineEdit, "against_reason") is not None)
    line = control(made, QLineEdit, "against_reason")
    press_in = (line, "Dr. Shah sees her before")
    qtbot.keyClicks(*press_in)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clinic.kept(clinic.cleo).chair_id == CHAIR_2)
    assert clinic.kept(clinic.cleo).override.reason == "Dr. Shah sees her before"
    qtbot.waitUntil(lambda: len(made.model.rows) == 2)


def test_another_place_by_n_and_the_pinboard_by_v(
    qtbot, clinic: Clinic, view, workplace, closed
) -> None:
    made = opened(qtbot, view, workplace)
    press(qtbot, Qt.Key.Key_Down)
    first = made.current().offer.place
    press(qtbot, Qt.Key.Key_N)
    second = made.current().offer.place
    assert second != first
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clinic.kept(closed[0]).starts == second.span.starts)
    qtbot.waitUntil(lambda: len(made.model.rows) == 2)
    press(qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: len(view.side.pinboard.rows()) == 1)
    assert len(closures.uncleared(clinic.db, now=at(10))) == 1, "its place is kept until dropped"


def test_closing_with_people_in_it_goes_on_to_them(
    qtbot, clinic: Clinic, view, workplace, dialog
) -> None:
    control(dialog, QLineEdit, "closing_reason").setFocus()
    press(qtbot, "power cut", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(ClearingDialog) is not None)
    made = came_forward(qtbot, view.findChild(ClearingDialog))
    assert [one.visit.patient_name for one in made.model.rows] == ["Ana García"]
