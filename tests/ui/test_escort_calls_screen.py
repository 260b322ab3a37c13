"""The list of escorts to call: the phone large, each outcome one key, the next one by itself."""
# ruff: noqa: F811 - fixtures of other files are used by their names

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.patients import EscortDraft
from ketadesk.services import escort_follow_up, patients
from ketadesk.ui.calendar.escorts_dialog import EscortsDialog
from ketadesk.ui.widgets.label import Label
from tests.clinic_day import add_patient, at, book, stamp
from tests.ui.patients_desk import control, press, settled
from tests.ui.test_calendar_view import Clinic, clinic, view, workplace  # noqa: F401
from tests.ui.test_patients import drawn


@pytest.fixture
def calls(qtbot, clinic: Clinic, view, workplace) -> EscortsDialog:
    """F in the calendar: Ana and Ben today, Cleo and Dana tomorrow."""
    dana = add_patient(clinic.db, "Dana", "Lund")
    patients.add_escort(
        clinic.db, stamp(), dana, EscortDraft(name="Olaf", relation="son", phone="310-555-0177")
    )
    escort_id = patients.record(clinic.db, dana).escorts[0].id
    clinic.dana = book(clinic.db, dana, at(14, day=11), escort_id=escort_id)
    settled(qtbot, workplace)
    qtbot.keyClick(view.grid, Qt.Key.Key_F)
    made = view.findChild(EscortsDialog)
    qtbot.waitUntil(lambda: len(made.model.rows) == 4)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.table)
    return made


def who(dialog: EscortsDialog) -> str:
    return dialog.current().visit.patient_name.split()[0]


def test_the_most_pressing_first_with_the_phone_large(calls: EscortsDialog) -> None:
    assert drawn(calls.table) == [
        "Mon 10 May 11:00 | Ana García | Marta | not called yet | today",
        "Mon 10 May 11:00 | Ben Ode | nobody named | not called yet | today",
        "Tue 11 May 09:00 | Cleo Fox | nobody named | not called yet | overdue",
        "Tue 11 May 14:00 | Dana Lund | Olaf · 310-555-0177 | not called yet | to ask",
    ]
    calls.table.selectRow(3)
    assert control(calls, Label, "escorts_phone").text() == "310-555-0177"


def test_every_outcome_is_one_key_and_the_next_one_is_chosen(
    qtbot, clinic: Clinic, calls: EscortsDialog
) -> None:
    press(qtbot, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: who(calls) == "Ben")
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: who(calls) == "Cleo")
    press(qtbot, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: who(calls) == "Dana" and len(calls.model.rows) == 3)
    press(qtbot, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: who(calls) == "Ana" and len(calls.model.rows) == 2)
    assert [one.split(" | ")[3] for one in drawn(calls.table)] == [
        "no answer 1× · Rosa M.",
        "on hold: there is nobody · Rosa M.",
    ]
    assert clinic.kept(clinic.dana).escort_state is EscortState.CONFIRMED
    press(qtbot, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: escort_follow_up.tasks(clinic.db, now=at(10))[0].unanswered == 2)


def test_without_an_escort_nobody_can_say_yes_for_them(qtbot, calls: EscortsDialog) -> None:
    calls.table.selectRow(1)
    button = control(calls, object, "outcome_with_escort")
    assert not button.isEnabled()
