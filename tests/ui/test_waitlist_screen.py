"""The waitlist on the screen: somebody is put on it, a place frees, the best has it by one key."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.waitlist import OfferAnswer, WaitUrgency
from ketadesk.services import booking, calendar, undo, waitlist
from ketadesk.ui.waitlist.add_form import AddForm
from ketadesk.ui.waitlist.dialog import WaitlistDialog
from ketadesk.ui.waitlist.fits_dialog import FitsDialog
from tests.clinic_day import CHAIR_1, MOOD_LOW, ROSA, add_patient, at, stamp
from tests.ui.patients_desk import control, settled
from tests.ui.patients_desk import press as keys
from tests.ui.test_calendar_view import Clinic, choose, clinic, press, view, workplace  # noqa: F401
from tests.ui.test_patients import drawn

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def waiting(clinic: Clinic):
    """Dana and Eve wait, Eve more urgently; both may be treated."""
    ids = []
    for name, urgency in (("Dana", WaitUrgency.ROUTINE), ("Eve", WaitUrgency.URGENT)):
        patient = add_patient(clinic.db, name, "Lund", eligibility=Eligibility.APPROVED)
        waitlist.add(clinic.db, stamp(), patient, MOOD_LOW, urgency=urgency, note="can come soon")
        ids.append(patient)
    return ids


def came_forward(qtbot, dialog) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.table)


def freed(view) -> list[str]:
    return [row.text() for row in view.side.waiting.rows()]


def cancel_ana(qtbot, view, clinic: Clinic) -> None:
    """X, then P for the patient, then the reason: no escort."""
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_X)
    menu = view.findChild(QMenu, "cancel_menu")
    qtbot.keyClick(menu, Qt.Key.Key_P)
    dialog = view.findChild(QDialog, "reason_dialog")
    control(dialog, QPushButton, "reason_no_escort").click()
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.CANCELLED_BY_PATIENT)
    assert clinic.kept(clinic.ana).status_reason is Reason.NO_ESCORT
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)


def test_somebody_is_put_on_the_list_by_keys(qtbot, clinic: Clinic, view, workplace) -> None:
    press(qtbot, view, Qt.Key.Key_L)
    dialog = view.findChild(WaitlistDialog)
    came_forward(qtbot, dialog)
    keys(qtbot, Qt.Key.Key_A)
    form = dialog.findChild(AddForm)
    form.activateWindow()
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is control(form, QLineEdit, "booking_patient")
    )
    keys(qtbot, "ben", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "waitlist_protocol")
    qtbot.keyClick(form, Qt.Key.Key_U, ALT)
    for digit in (Qt.Key.Key_2, Qt.Key.Key_4):
        qtbot.keyClick(form, digit, ALT)
    control(form, QLineEdit, "waitlist_until").setFocus()
    keys(qtbot, "28 may", Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            drawn(dialog.table)
            == ["urgent | Ben Ode | – | Mood IV · low | Tue, Thu | Mon 10 May | Fri 28 May | –"]
        )
    )
    (ben,) = waitlist.waiting(clinic.db)
    assert (ben.entry.urgency, ben.entry.until) == (WaitUrgency.URGENT, date(2027, 5, 28))
    qtbot.waitUntil(lambda: dialog.findChild(AddForm) is None)
    came_forward(qtbot, dialog)
    keys(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: waitlist.waiting(clinic.db) == ())


def test_a_freed_place_is_offered_and_one_key_books_the_best(
    qtbot, clinic: Clinic, waiting, view, workplace
) -> None:
    dana, eve = waiting
    cancel_ana(qtbot, view, clinic)
    qtbot.waitUntil(lambda: freed(view) == ["Mon 10 May 11:00, Chair 1 · best: Eve Lund: fits 2"])
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_G, SHIFT)
    qtbot.waitUntil(lambda: len(calendar.visits_of(clinic.db, eve)) == 1)
    (visit,) = calendar.visits_of(clinic.db, eve)
    assert (visit.appointment.chair_id, visit.appointment.starts) == (CHAIR_1, at(11))
    assert [one.entry.patient_id for one in waitlist.waiting(clinic.db)] == [dana]
    qtbot.waitUntil(lambda: freed(view) == [])
    entry = undo.next_to_undo(clinic.db, ROSA)
    undo.undo(clinic.db, stamp(), entry.action_id)
    assert len(waitlist.waiting(clinic.db)) == 2


def test_who_declines_is_written_down_and_the_next_one_booked(
    qtbot, clinic: Clinic, waiting, view, workplace
) -> None:
    dana, eve = waiting
    cancel_ana(qtbot, view, clinic)
    qtbot.waitUntil(lambda: len(freed(view)) == 1)
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_G)
    dialog = view.findChild(FitsDialog)
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 2)
    came_forward(qtbot, dialog)
    assert drawn(dialog.table)[0] == (
        "Eve Lund | – | Mon 10 May 11:00, Chair 1 | 2 of 4 infusions | urgent"
    )
    keys(qtbot, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: [one.entry.patient_id for one in dialog.model.rows] == [dana])
    offers = {one.entry.patient_id: one.offers for one in waitlist.waiting(clinic.db)}
    assert [one.answer for one in offers[eve]] == [OfferAnswer.DECLINED]
    settled(qtbot, workplace)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(calendar.visits_of(clinic.db, dana)) == 1)


def test_moving_away_frees_a_place_and_closing_time_lifted_too(
    qtbot, clinic: Clinic, waiting, view
) -> None:
    booking.move(clinic.db, stamp(), clinic.ana, 1, chair_id=CHAIR_1, starts=at(15))
    qtbot.waitUntil(lambda: len(freed(view)) == 1, timeout=8000)  # another window's change
    booking.set_status(clinic.db, stamp(), clinic.cleo, 1, status=Status.NO_SHOW,
                       reason=Reason.NO_ESCORT)  # fmt: skip
    qtbot.waitUntil(
        lambda: freed(view)[0] == "Tue 11 May 09:00, Chair 1 · best: Eve Lund: fits 2", timeout=8000
    )


def test_a_place_is_found_for_one_who_waits(
    qtbot, clinic: Clinic, waiting, view, workplace
) -> None:
    _, eve = waiting
    press(qtbot, view, Qt.Key.Key_L)
    dialog = view.findChild(WaitlistDialog)
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 2)
    came_forward(qtbot, dialog)
    keys(qtbot, Qt.Key.Key_Return)
    fits = dialog.findChild(FitsDialog)
    qtbot.waitUntil(lambda: len(fits.model.rows) == 3)
    came_forward(qtbot, fits)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(calendar.visits_of(clinic.db, eve)) == 1)
    assert len(waitlist.waiting(clinic.db)) == 1
