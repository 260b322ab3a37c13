"""Closing time in the calendar and opening it again, by keys on the chosen place."""
# ruff: noqa: F811 - fixtures of other files are used by their names

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from ketadesk.domain.changes import Span
from ketadesk.i18n import sentence
from ketadesk.services import calendar, undo
from ketadesk.services import clinic as clinics
from ketadesk.ui.calendar.closing import ClosingDialog
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.leaving import unsaved_in
from ketadesk.ui.widgets.field import ChoiceBox
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.widgets.table import Table
from tests.clinic_day import CHAIR_1, CHAIR_2, MONDAY_TEN, ROSA, at, stamp
from tests.ui.patients_desk import control, press, settled
from tests.ui.test_calendar_view import Clinic, clinic, view, workplace  # noqa: F401
from tests.ui.test_patients import drawn

ALT = Qt.KeyboardModifier.AltModifier


def closures(clinic: Clinic) -> list:
    return [
        (one.chair_id, one.span.starts, one.span.ends, one.reason)
        for one in calendar.schedule(clinic.db, MONDAY_TEN.date(), days=7).closures
    ]


@pytest.fixture
def dialog(qtbot, view: CalendarView, workplace) -> ClosingDialog:
    """K at ten in chair 1, an hour before Ana."""
    place_at(view, 10)
    press(qtbot, Qt.Key.Key_K)
    made = view.findChild(ClosingDialog)
    assert made is not None and made.isVisible()
    settled(qtbot, workplace)
    return made


def place_at(view: CalendarView, hour: int, column: int = 0) -> None:
    view.grid.go_to_chair(column)
    plan = view.grid.plan()
    assert plan is not None
    row = plan.axis.row_at_clock(hour)
    view.grid.set_cursor(type(view.grid.cursor_place())(column, row))


def back_in(qtbot, window: QWidget) -> None:
    """The keys are in the window again, as a window manager gives them back."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_k_proposes_this_chair_until_the_clinic_closes(dialog: ClosingDialog) -> None:
    assert control(dialog, ChoiceBox, "closing_chair").currentData() == CHAIR_1
    shown = [
        control(dialog, QLineEdit, f"closing_{name}").text()
        for name in ("from_day", "from_time", "until_day", "until_time")
    ]
    assert shown == ["Mon 10 May 2027", "10:00", "Mon 10 May 2027", "18:00"]
    assert QApplication.focusWidget() is control(dialog, QLineEdit, "closing_reason")


def test_who_is_booked_there_is_listed_and_stays(
    qtbot,
    clinic,
    workplace,
    dialog,
) -> None:
    booked = control(dialog, Table, "closing_booked")
    qtbot.waitUntil(lambda: drawn(booked) == ["Mon 10 May 11:00 | Chair 1 | Ana García | booked"])
    control(dialog, ChoiceBox, "closing_chair").setFocus()
    press(qtbot, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: len(drawn(booked)) == 2)
    assert control(dialog, Label, "closing_count").text().startswith("2 visits")
    control(dialog, QLineEdit, "closing_reason").setFocus()
    press(qtbot, "power cut", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: closures(clinic) == [(None, at(10), at(18), "power cut")])
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)


def test_until_another_day_and_back_by_undo(
    qtbot,
    clinic,
    view,
    dialog,
) -> None:
    until = control(dialog, QLineEdit, "closing_until_day")
    until.setFocus()
    until.selectAll()
    press(qtbot, "wed")
    control(dialog, QLineEdit, "closing_reason").setFocus()
    press(qtbot, "pump in repair", Qt.Key.Key_Return)
    kept = [(CHAIR_1, at(10), at(18, day=12), "pump in repair")]
    qtbot.waitUntil(lambda: closures(clinic) == kept)
    entry = undo.next_to_undo(clinic.db, ROSA)
    assert entry is not None
    assert sentence(entry.verb, entry.values).endswith("18:00: pump in repair")
    undo.undo(clinic.db, stamp(), entry.action_id)
    assert closures(clinic) == []


def test_without_a_reason_nothing_is_closed(
    qtbot,
    clinic,
    workplace,
    dialog,
) -> None:
    press(qtbot, Qt.Key.Key_Return)
    settled(qtbot, workplace)
    assert dialog.isVisible() and closures(clinic) == []
    assert control(dialog, QLineEdit, "closing_reason").property("invalid") is True


def test_an_end_before_the_beginning_is_refused(
    qtbot,
    clinic,
    workplace,
    dialog,
) -> None:
    press(qtbot, "repair")
    until = control(dialog, QLineEdit, "closing_until_time")
    until.setFocus()
    until.selectAll()
    press(qtbot, "9", Qt.Key.Key_Return)
    settled(qtbot, workplace)
    assert dialog.isVisible() and closures(clinic) == []
    assert "must end after" in control(dialog, Label, "closing_message").text()


def test_esc_asks_before_a_typed_reason_is_lost(
    qtbot,
    view,
    workplace,
    dialog,
) -> None:
    press(qtbot, "repair", Qt.Key.Key_Escape)
    question = dialog.findChild(QDialog, "leave_dialog")
    assert dialog.isVisible() and unsaved_in(view)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert control(dialog, QLineEdit, "closing_reason").text() == "repair"
    qtbot.waitUntil(lambda: dialog.findChild(QDialog, "leave_dialog") is None)
    back_in(qtbot, dialog)
    press(qtbot, Qt.Key.Key_Escape)
    question = dialog.findChild(QDialog, "leave_dialog")
    back_in(qtbot, question)
    qtbot.keyClick(question, Qt.Key.Key_L, ALT)
    qtbot.waitUntil(lambda: not unsaved_in(view))


def test_k_opens_a_closure_again(qtbot, clinic, view, workplace) -> None:
    clinics.close(
        clinic.db, stamp(), chair_id=CHAIR_2, span=Span(at(14), at(16)), reason="cleaning"
    )
    view.reload()
    settled(qtbot, workplace)
    place_at(view, 15, column=1)
    assert view.grid.accessibleDescription() == "Closed: 15:00, Chair 2, cleaning"
    press(qtbot, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: closures(clinic) == [])
    settled(qtbot, workplace)
    assert view.findChild(ClosingDialog) is None


def test_the_menu_of_a_place_says_what_can_be_done_there(
    qtbot,
    clinic,
    view,
    workplace,
) -> None:
    clinics.close(clinic.db, stamp(), chair_id=None, span=Span(at(14), at(16)), reason="A & B")
    view.reload()
    settled(qtbot, workplace)
    for hour, text in ((9, "Close this chair from here…"), (15, "Open again: A && B")):
        place_at(view, hour)
        view.grid.menu_wanted.emit(view.grid.menu_point())
        menu = view.findChild(Menu, "slot_menu")
        assert [action.text() for action in menu.actions()][:2] == ["Book here", text]
        qtbot.keyClick(menu, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: view.findChild(Menu, "slot_menu") is None)
