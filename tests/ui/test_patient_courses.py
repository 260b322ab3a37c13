"""The Courses tab of a patient's record: plan, change, take off, and nothing typed is lost."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget, QWidget

from ketadesk.services import patients
from ketadesk.ui.leaving import LeaveDialog
from ketadesk.ui.patients.courses_page import CoursesPage
from ketadesk.ui.patients.view import PatientsView
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.widgets.table import Table
from tests.ui.patients_desk import control, press, settled
from tests.ui.test_patients import CONTROL, ana, clinic, drawn, view, workplace  # noqa: F401


@pytest.fixture
def courses(qtbot, ana: PatientsView) -> CoursesPage:
    """The tab, opened by its key."""
    qtbot.keyClick(ana, Qt.Key.Key_7, CONTROL)
    page = control(ana, QTabWidget, "record_tabs").currentWidget()
    assert isinstance(page, CoursesPage)
    return page


def shown(courses: CoursesPage) -> list[str]:
    return drawn(control(courses, Table, "courses_table"))


def number(courses: CoursesPage, name: str) -> NumberField:
    field = control(courses, NumberField, f"courses_{name}")
    field.setFocus()
    field.selectAll()
    return field


def test_the_course_shows_what_is_planned_and_booked(ana, courses) -> None:
    assert shown(courses) == ["Mood IV · low | 6 | 2 | 2 to 4 | running"]
    tabs = control(ana, QTabWidget, "record_tabs")
    assert tabs.tabText(tabs.currentIndex()) == "Courses 1"


def test_enter_plans_another_course(qtbot, clinic, workplace, courses) -> None:
    number(courses, "visits")
    press(qtbot, "1")
    number(courses, "least")
    press(qtbot, "21")
    number(courses, "most")
    press(qtbot, "35", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown(courses)) == 2)
    assert shown(courses)[0] == "Mood IV · low | 1 | 0 | 21 to 35 | running"
    newest = patients.record(clinic.db, clinic.ana).courses[0]
    assert (newest.planned, newest.spacing_min_days, newest.spacing_max_days) == (1, 21, 35)


def test_a_course_is_made_longer_with_f2(qtbot, clinic, workplace, courses) -> None:
    control(courses, Table, "courses_table").setFocus()
    press(qtbot, Qt.Key.Key_F2, "8", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(courses) == ["Mood IV · low | 8 | 2 | 2 to 4 | running"])


def test_delete_takes_a_course_off_and_keeps_what_is_booked(
    qtbot,
    clinic,
    workplace,
    courses,
) -> None:
    control(courses, Table, "courses_table").setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(courses) == ["Mood IV · low | 6 | 2 | 2 to 4 | taken off"])
    assert [visit.count for visit in clinic.visits(4)] == ["1/6"]


def test_a_spacing_that_cannot_be_stays_in_the_line(
    qtbot,
    clinic,
    workplace,
    courses,
) -> None:
    number(courses, "least")
    press(qtbot, "9", Qt.Key.Key_Return)
    settled(qtbot, workplace)
    assert "spacing" in control(courses, Label, "courses_message").text()
    assert number(courses, "least").value() == 9
    assert len(shown(courses)) == 1
    press(qtbot, Qt.Key.Key_Escape)
    assert not courses.dirty and number(courses, "least").value() == 2


def test_leaving_the_patient_asks_about_a_typed_course(
    qtbot,
    clinic,
    workplace,
    ana,
    courses,
) -> None:
    number(courses, "visits")
    press(qtbot, "9")
    assert ana.unsaved
    control(ana, QLineEdit, "patients_find").setFocus()
    press(qtbot, "luis", Qt.Key.Key_Return)
    notice = control(ana, Notice, "record_notice")
    qtbot.waitUntil(notice.isVisible)
    assert ana.patient_id == clinic.ana
    assert number(courses, "visits").value() == 9


def test_somebody_half_typed_is_not_thrown_away_for_another_name(
    qtbot,
    workplace,
    view,
) -> None:
    for name in ("Zoe", "Yan"):
        line = control(view, QLineEdit, "patients_find")
        line.setFocus()
        line.selectAll()
        press(qtbot, name, Qt.Key.Key_Return)
        settled(qtbot, workplace)
    given = control(view, QLineEdit, "new_given_name")
    asked = view.findChild(LeaveDialog)
    assert asked is not None and asked.isVisible() and given.text() == "Zoe"
    control(asked, QWidget, "leave_it").click()
    assert given.text() == "Yan"


def test_the_wishes_of_a_course_are_kept_in_the_record(qtbot, clinic, workplace, courses) -> None:
    control(courses, Table, "courses_table").setFocus()
    press(qtbot, Qt.Key.Key_F2)
    days = control(courses, QLineEdit, "courses_days")
    days.setFocus()
    press(qtbot, "mon wed")
    at = control(courses, QLineEdit, "courses_at")
    at.setFocus()
    press(qtbot, "930", Qt.Key.Key_Return)
    settled(qtbot, workplace)
    (course,) = patients.record(clinic.db, clinic.ana).courses
    assert (course.wishes.weekdays, course.wishes.at) == ({0, 2}, time(9, 30))


def test_wishes_that_cannot_be_read_are_told_and_nothing_is_saved(
    qtbot, clinic, workplace, courses
) -> None:
    control(courses, Table, "courses_table").setFocus()
    press(qtbot, Qt.Key.Key_F2)
    days = control(courses, QLineEdit, "courses_days")
    days.setFocus()
    press(qtbot, "someday", Qt.Key.Key_Return)
    assert courses.dirty and days.hasFocus()
    assert "someday" in control(courses, Label, "courses_message").text()
    assert not patients.record(clinic.db, clinic.ana).courses[0].wishes.weekdays


def test_one_key_books_a_whole_course_for_the_patient(qtbot, clinic, workplace, courses) -> None:
    control(courses, Table, "courses_table").setFocus()
    with qtbot.waitSignal(workplace.wanted) as wanted:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert wanted.args == ["course", clinic.ana]
