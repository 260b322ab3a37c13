"""Keys in an open menu mean the menu: sent as the window system sends them, not to a widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ketadesk.domain.appointments import Status
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.workplace import Workplace
from tests.ui.test_calendar_view import Clinic, choose, clinic, view, workplace

__all__ = ["clinic", "view", "workplace"]


def real_key(widget: QWidget, key: Qt.Key) -> None:
    """Through Qt's own door for the keyboard, where shortcuts are looked up first."""
    QTest.keyClick(widget.window().windowHandle(), key)


def open_menu(qtbot, view: CalendarView, name: str, key: Qt.Key) -> QMenu:
    real_key(view, key)
    menu = view.findChild(QMenu, name)
    assert menu is not None and menu.isVisible()
    assert QApplication.activePopupWidget() is menu
    return menu


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (Qt.Key.Key_C, Status.CANCELLED_BY_CLINIC),
        (Qt.Key.Key_P, Status.CANCELLED_BY_PATIENT),
        (Qt.Key.Key_N, Status.NO_SHOW),
    ],
)
def test_a_letter_in_the_cancel_menu_cancels(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace, key: Qt.Key, status: Status
) -> None:
    wanted: list[str] = []
    workplace.wanted.connect(lambda place, _target: wanted.append(place))
    choose(view, clinic.ana)
    open_menu(qtbot, view, "cancel_menu", Qt.Key.Key_X)
    real_key(view, key)
    assert QApplication.activePopupWidget() is None
    dialog = view.findChild(QDialog, "reason_dialog")
    assert dialog is not None and dialog.isVisible()
    real_key(dialog, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is status)
    assert wanted == []


def test_other_letters_do_nothing_under_an_open_menu(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    wanted: list[str] = []
    workplace.wanted.connect(lambda place, _target: wanted.append(place))
    choose(view, clinic.ana)
    menu = open_menu(qtbot, view, "cancel_menu", Qt.Key.Key_X)
    for key in (Qt.Key.Key_A, Qt.Key.Key_O, Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_X, Qt.Key.Key_T):
        real_key(view, key)
    assert menu.isVisible() and wanted == [] and view.grid.ghost() is None
    real_key(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not workplace.desk.busy)
    assert clinic.kept(clinic.ana).status is Status.BOOKED


def test_a_letter_in_the_visit_menu_acts_and_closes_it(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    choose(view, clinic.ana)
    open_menu(qtbot, view, "visit_menu", Qt.Key.Key_Return)
    real_key(view, Qt.Key.Key_C)
    assert QApplication.activePopupWidget() is None
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.CONFIRMED)


def test_the_menu_of_a_free_slot_books_by_its_key(qtbot, view: CalendarView) -> None:
    view._popup(view.mapToGlobal(view.rect().center()))
    menu = view.findChild(QMenu, "slot_menu")
    assert menu is not None and menu.isVisible()
    real_key(view, Qt.Key.Key_N)
    form = view.findChild(QDialog, "booking_popover")
    assert QApplication.activePopupWidget() is None and form is not None and form.isVisible()
    form.reject()
