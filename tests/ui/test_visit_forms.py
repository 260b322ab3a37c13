"""The small forms about a booked visit: its escort on any day, its nurse, its note."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier
from ketadesk.services import calendar, patients, undo
from ketadesk.services.clinic import add_protocol
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import LENA, ROSA, add_patient, at, book, stamp
from tests.ui.test_calendar_view import Clinic, choose, clinic, press, view, workplace
from tests.ui.test_menu_keys import real_key

__all__ = ["clinic", "view", "workplace"]


LONG = SegmentMinutes(15, 75, 45, 15)


def long_protocol(qtbot, clinic: Clinic, workplace: Workplace) -> ProtocolId:
    with qtbot.waitSignal(workplace.framed):
        changes = add_protocol(
            clinic.db,
            stamp(),
            name="Pain IV",
            route=Route.INTRAVENOUS,
            tier=Tier.HIGH,
            segments=LONG,
            vitals_plan=(),
        )
    return ProtocolId(changes.row_ids["protocols"])


def form_of(qtbot, view: CalendarView, name: str) -> QDialog:
    form = view.findChild(QDialog, name)
    assert form is not None and form.isVisible()
    qtbot.waitUntil(lambda: form.findChild(QPushButton, "save").isEnabled())
    return form


def closed(qtbot, view: CalendarView, name: str) -> None:
    qtbot.waitUntil(lambda: view.findChild(QDialog, name) is None)


def test_e_names_an_escort_for_a_visit_of_any_day(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    cleo = clinic.kept(clinic.cleo).patient_id
    patients.add_escort(clinic.db, stamp(), cleo, EscortDraft(name="Una Fox", relation="aunt"))
    patients.add_escort(clinic.db, stamp(), cleo, EscortDraft(name="Ike Fox", phone="310-555-0199"))
    view.go_to(at(9, day=11).date())
    qtbot.waitUntil(lambda: clinic.cleo in view._visits)
    choose(view, clinic.cleo)
    press(qtbot, view, Qt.Key.Key_E)
    form = form_of(qtbot, view, "escort_form")
    said = [button.label() for button in form.findChildren(Button)]
    assert "Una Fox · aunt" in said and "Ike Fox · 310-555-0199" in said
    for key in (Qt.Key.Key_2, Qt.Key.Key_C, Qt.Key.Key_Return):
        real_key(form, key)
    closed(qtbot, view, "escort_form")
    kept = calendar.visit(clinic.db, clinic.cleo)
    assert (kept.escort_name, kept.appointment.escort_state) == ("Ike Fox", EscortState.CONFIRMED)


def test_someone_new_is_added_and_named_in_one_action(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    choose(view, clinic.ben)
    press(qtbot, view, Qt.Key.Key_E)
    form = form_of(qtbot, view, "escort_form")
    real_key(form, Qt.Key.Key_Return)
    assert form.isVisible() and QApplication.focusWidget().objectName() == "booking_escort_name"
    qtbot.keyClicks(QApplication.focusWidget(), "Cal Ode")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "brother")
    with qtbot.waitSignal(workplace.desk.saved) as saved:
        real_key(form, Qt.Key.Key_Return)
    closed(qtbot, view, "escort_form")
    kept = calendar.visit(clinic.db, clinic.ben)
    assert (kept.escort_name, kept.escort_relation) == ("Cal Ode", "brother")
    assert kept.appointment.escort_state is EscortState.NAMED
    undo.undo(clinic.db, stamp(), saved.args[0].action_id)
    assert clinic.kept(clinic.ben).escort_id is None
    assert patients.record(clinic.db, kept.appointment.patient_id).escorts == ()


@pytest.mark.parametrize(
    ("key", "state"), [(Qt.Key.Key_W, EscortState.ON_THE_WAY), (Qt.Key.Key_N, EscortState.NAMED)]
)
def test_shift_e_sets_any_state_of_the_named_escort(
    qtbot, view: CalendarView, clinic: Clinic, key: Qt.Key, state: EscortState
) -> None:
    view.writes.set_escort(clinic.ana, EscortState.CONFIRMED)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).escort_state is EscortState.CONFIRMED)
    choose(view, clinic.ana)
    qtbot.keyClick(view.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    form = form_of(qtbot, view, "escort_form")
    real_key(form, key)
    real_key(form, Qt.Key.Key_Return)
    closed(qtbot, view, "escort_form")
    assert clinic.kept(clinic.ana).escort_state is state


def test_nobody_is_one_of_the_answers(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ana)
    qtbot.keyClick(view.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    form = form_of(qtbot, view, "escort_form")
    real_key(form, Qt.Key.Key_0)
    real_key(form, Qt.Key.Key_Return)
    closed(qtbot, view, "escort_form")
    kept = clinic.kept(clinic.ana)
    assert (kept.escort_id, kept.escort_state) == (None, EscortState.NOT_ASKED)


def test_d_changes_nurse_and_note(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ben)
    press(qtbot, view, Qt.Key.Key_D)
    form = form_of(qtbot, view, "change_form")
    nurse = form.findChild(QComboBox, "change_nurse")
    assert nurse.findData(LENA) > 0 and nurse.currentData() is None
    nurse.setCurrentIndex(nurse.findData(LENA))
    qtbot.keyClicks(form.findChild(QLineEdit, "change_note"), "comes by wheelchair")
    real_key(form, Qt.Key.Key_Return)
    closed(qtbot, view, "change_form")
    kept = clinic.kept(clinic.ben)
    assert (kept.nurse_id, kept.note) == (LENA, "comes by wheelchair")
    assert ROSA != LENA


def test_d_changes_the_protocol_too_and_shows_until_when_at_once(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    long = long_protocol(qtbot, clinic, workplace)
    before = clinic.kept(clinic.cleo)
    view.go_to(at(9, day=11).date())
    qtbot.waitUntil(lambda: clinic.cleo in view._visits)
    choose(view, clinic.cleo)
    press(qtbot, view, Qt.Key.Key_D)
    form = form_of(qtbot, view, "change_form")
    assert "Cleo" not in form.windowTitle()
    protocol = form.findChild(QComboBox, "change_protocol")
    before_text = protocol.accessibleDescription()
    protocol.setCurrentIndex(protocol.findData(long))
    protocol.activated.emit(protocol.currentIndex())
    assert "2 h 30 min" in protocol.accessibleDescription() != before_text
    qtbot.keyClicks(form.findChild(QLineEdit, "change_note"), "comes by wheelchair")
    real_key(form, Qt.Key.Key_Return)
    closed(qtbot, view, "change_form")
    kept = clinic.kept(clinic.cleo)
    assert (kept.protocol_id, kept.note) == (long, "comes by wheelchair")
    assert kept.starts == before.starts and kept.segments == LONG


def test_a_longer_protocol_that_meets_the_next_patient_asks_why_two_may_share(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    long = long_protocol(qtbot, clinic, workplace)
    next_one = add_patient(clinic.db, "Zed", "Ode")
    cleo = clinic.kept(clinic.cleo)
    book(clinic.db, next_one, cleo.span.ends, chair_id=cleo.chair_id)
    view.go_to(at(9, day=11).date())
    qtbot.waitUntil(lambda: clinic.cleo in view._visits)
    choose(view, clinic.cleo)
    press(qtbot, view, Qt.Key.Key_D)
    form = form_of(qtbot, view, "change_form")
    protocol = form.findChild(QComboBox, "change_protocol")
    protocol.setCurrentIndex(protocol.findData(long))
    real_key(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.findChild(QDialog, "against_dialog") is not None)
    said = form.findChild(Label, "against_chair_taken").text()
    assert "Zed" in said and clinic.kept(clinic.cleo).segments == cleo.segments
    qtbot.keyClicks(QApplication.focusWidget(), "two chairs in the corner")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    closed(qtbot, view, "change_form")
    assert clinic.kept(clinic.cleo).protocol_id == long


def test_what_someone_else_changed_meanwhile_is_said_in_the_form(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    from ketadesk.services import booking

    choose(view, clinic.ben)
    press(qtbot, view, Qt.Key.Key_D)
    form = form_of(qtbot, view, "change_form")
    booking.edit(
        clinic.db, stamp(), clinic.ben, clinic.kept(clinic.ben).version, nurse_id=None, note="x"
    )
    real_key(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Ben" in form._notice.text())
    assert form.isVisible() and clinic.kept(clinic.ben).note == "x"
    form.reject()
