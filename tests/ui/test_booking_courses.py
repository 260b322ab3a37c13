"""Beginning a course and naming an escort in the form that books: the same Enter does it all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import CourseDraft
from ketadesk.services import calendar, patients, undo
from ketadesk.ui import theme
from ketadesk.ui.booking.popover import BookingPopover
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import ROSA, add_patient, stamp
from tests.ui.patients_desk import AnasClinic, control, open_workplace, press, settled

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[AnasClinic]:
    made = AnasClinic(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture
def omar(clinic: AnasClinic) -> PatientId:
    """Nobody knows an escort or a course of his."""
    return add_patient(clinic.db, "Omar", "Haddad")


@pytest.fixture
def workplace(qapp: QApplication, qtbot, clinic: AnasClinic) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False)
    made = open_workplace(clinic.path, qtbot)
    yield made
    made.desk.close()


@pytest.fixture
def popover(qtbot, workplace: Workplace, omar: PatientId) -> Iterator[BookingPopover]:
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    made = BookingPopover(workplace, window)
    with qtbot.waitExposed(window):
        window.show()
    made.open_for(None, None)
    yield made
    window.close()


def take(qtbot, popover: BookingPopover, text: str) -> None:
    press(qtbot, text, Qt.Key.Key_Return)
    who = control(popover, QWidget, "booking_who")
    qtbot.waitUntil(lambda: bool(who.full_text()))


def test_two_keys_more_begin_a_course(qtbot, clinic, omar, popover) -> None:
    take(qtbot, popover, "omar")
    qtbot.keyClick(popover, Qt.Key.Key_C, ALT)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.count for visit in clinic.visits()] == ["1/6"]
    (course,) = patients.record(clinic.db, omar).courses
    assert (course.planned, course.spacing_min_days, course.spacing_max_days) == (6, 2, 4)
    entry = undo.next_to_undo(clinic.db, ROSA)
    assert entry is not None and entry.verb == "course_begun"


def test_the_numbers_of_the_course_can_be_typed(qtbot, clinic, omar, popover) -> None:
    take(qtbot, popover, "omar")
    qtbot.keyClick(popover, Qt.Key.Key_C, ALT)
    for name, typed in (("visits", "8"), ("least", "3"), ("most", "7")):
        field = control(popover, NumberField, f"booking_course_{name}")
        assert field.isVisible()
        field.setFocus()
        field.selectAll()
        press(qtbot, typed)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    (course,) = patients.record(clinic.db, omar).courses
    assert (course.planned, course.spacing_min_days, course.spacing_max_days) == (8, 3, 7)


def test_numbers_that_cannot_be_are_refused_in_words(qtbot, clinic, omar, popover) -> None:
    take(qtbot, popover, "omar")
    qtbot.keyClick(popover, Qt.Key.Key_C, ALT)
    control(popover, NumberField, "booking_course_least").setValue(9)
    press(qtbot, Qt.Key.Key_Return)
    notice = control(popover, Notice, "booking_notice")
    qtbot.waitUntil(notice.isVisible)
    assert "spacing" in notice.text()
    assert clinic.visits() == [] and patients.record(clinic.db, omar).courses == ()


def test_without_the_key_it_is_a_single_visit(qtbot, clinic, omar, popover) -> None:
    take(qtbot, popover, "omar")
    assert not control(popover, NumberField, "booking_course_visits").isVisible()
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.count for visit in clinic.visits()] == [""]
    assert patients.record(clinic.db, omar).courses == ()


def test_a_running_course_goes_on_whatever_is_pressed(qtbot, clinic, popover) -> None:
    take(qtbot, popover, "ana")
    assert control(popover, Label, "booking_count").text() == "3/6 of the course"
    assert not control(popover, QComboBox, "booking_course").isVisible()
    qtbot.keyClick(popover, Qt.Key.Key_C, ALT)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.count for visit in clinic.visits()] == ["3/6"]
    assert len(patients.record(clinic.db, clinic.ana).courses) == 1


def test_whoever_has_no_escort_is_asked_for_one(qtbot, clinic, omar, popover) -> None:
    take(qtbot, popover, "omar")
    assert control(popover, QLineEdit, "booking_escort_name").isVisible()
    for name, typed in (("name", "Layla"), ("relation", "wife"), ("phone", "310-555-0111")):
        control(popover, QLineEdit, f"booking_escort_{name}").setFocus()
        press(qtbot, typed)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    (visit,) = clinic.visits()
    assert (visit.escort_name, visit.escort_relation) == ("Layla", "wife")
    (escort,) = patients.record(clinic.db, omar).escorts
    assert escort.phone == "310-555-0111"


def test_another_escort_is_one_key_away(qtbot, clinic, popover) -> None:
    take(qtbot, popover, "ana")
    assert not control(popover, QLineEdit, "booking_escort_name").isVisible()
    qtbot.keyClick(popover, Qt.Key.Key_E, ALT)
    press(qtbot, "Pablo")
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.escort_name for visit in clinic.visits()] == ["Pablo"]


def test_a_phone_without_a_name_waits_for_it(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover, "omar")
    control(popover, QLineEdit, "booking_escort_phone").setFocus()
    press(qtbot, "310-555-0111", Qt.Key.Key_Return)
    settled(qtbot, workplace)
    assert popover.isVisible() and clinic.visits() == []
    assert QApplication.focusWidget() is control(popover, QLineEdit, "booking_escort_name")


def test_an_escort_typed_for_one_patient_is_never_anothers(
    qtbot, clinic, workplace, popover
) -> None:
    take(qtbot, popover, "omar")
    control(popover, QLineEdit, "booking_escort_name").setFocus()
    press(qtbot, "Layla")
    line = control(popover, QLineEdit, "booking_patient")
    line.setFocus()
    line.selectAll()
    take(qtbot, popover, "ana")
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.escort_name for visit in clinic.visits()] == ["Marta"]


def test_esc_asks_before_a_typed_escort_is_lost(qtbot, popover) -> None:
    take(qtbot, popover, "omar")
    control(popover, QLineEdit, "booking_escort_name").setFocus()
    press(qtbot, "Layla", Qt.Key.Key_Escape)
    assert popover.isVisible()
    qtbot.keyClick(popover, Qt.Key.Key_L, ALT)
    assert not popover.isVisible()


def test_a_former_course_gives_the_numbers_of_the_next(qtbot, clinic, omar, popover) -> None:
    planned = {"planned": 1, "spacing_min_days": 21, "spacing_max_days": 35}
    patients.plan_course(clinic.db, stamp(), omar, CourseDraft(protocol_id=1, **planned))
    (course,) = patients.record(clinic.db, omar).courses
    patients.end_course(clinic.db, stamp(), course.id, course.version)
    take(qtbot, popover, "omar")
    qtbot.keyClick(popover, Qt.Key.Key_C, ALT)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    (visit,) = calendar.visits_of(clinic.db, omar)
    assert visit.count == "1/1"
