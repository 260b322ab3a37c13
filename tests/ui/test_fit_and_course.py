""" "Can I fit her in?" and the course booker, by keyboard: real desk, real file."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.wishes import Hours
from ketadesk.services import calendar, undo
from ketadesk.services.watching import latest_action, open_clinic
from ketadesk.ui import theme
from ketadesk.ui.booking.course_booker import CourseBooker
from ketadesk.ui.booking.fit_form import FitForm
from ketadesk.ui.booking.plan_table import PlanTable
from ketadesk.ui.booking.wish_fields import hours_text, read_hours, read_weekdays
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, CHAIR_2, add_patient, at, book
from tests.ui.patients_desk import AnasClinic, control, open_workplace, press, settled

ENTER = Qt.Key.Key_Return


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
def window(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def fit(workplace: Workplace, window: QWidget) -> FitForm:
    form = FitForm(workplace, window)
    form.start()
    return form


@pytest.fixture
def booker(workplace: Workplace, window: QWidget) -> CourseBooker:
    form = CourseBooker(workplace, window)
    form.start()
    return form


def offered(form: FitForm) -> list[str]:
    buttons = [form.findChild(Button, f"fit_offer_{number}") for number in (1, 2, 3)]
    return [button.label() for button in buttons if button.isVisible()]


def find(qtbot, workplace: Workplace, form: FitForm, text: str = "ana") -> None:
    press(qtbot, text, ENTER)
    qtbot.waitUntil(lambda: bool(offered(form)))
    settled(qtbot, workplace)


def shown(qtbot, workplace: Workplace, form: CourseBooker) -> list[tuple[str, str, str]]:
    """When, chair and verdict of each row, once everything has come back."""
    settled(qtbot, workplace)
    table = control(form, PlanTable, "course_plan")
    return [(row.when, row.chair, row.verdict.value) for row in table.rows.rows]


def test_the_three_best_places_come_with_their_reasons(qtbot, clinic, workplace, fit) -> None:
    find(qtbot, workplace, fit)
    assert offered(fit)[0] == "Mon 10 May 10:00 · Chair 1"
    why = control(fit, Label, "fit_why_1").text()
    assert "Chair 1 is free" in why and "4 days after the visit before" in why
    with qtbot.waitSignal(fit.booked):
        press(qtbot, "2")
    (visit,) = [
        one for one in calendar.visits_of(clinic.db, clinic.ana) if one.appointment.starts >= at(0)
    ]
    assert (visit.count, visit.escort_name) == ("3/6", "Marta")


def test_a_known_patient_is_fitted_in_with_six_keys(qtbot, clinic, workplace, fit) -> None:
    with qtbot.waitSignal(fit.booked):
        press(qtbot, "ana", ENTER, ENTER)
    (visit,) = clinic.visits()
    assert visit.appointment.starts == at(10)


def test_wishes_are_typed_and_refused_times_say_why(qtbot, clinic, workplace, fit) -> None:
    for chair in (CHAIR_1, CHAIR_2):
        book(clinic.db, add_patient(clinic.db, "Luis", "Ibáñez"), at(13, day=12), chair_id=chair)
    find(qtbot, workplace, fit)
    days = control(fit, QLineEdit, "fit_days")
    days.setFocus()
    press(qtbot, "wed")
    part = control(fit, QComboBox, "fit_part")
    part.setFocus()
    press(qtbot, "a")
    settled(qtbot, workplace)
    assert part.currentText() == "afternoon"
    qtbot.waitUntil(lambda: offered(fit)[0] == "Wed 12 May 15:00 · Chair 1")
    assert "the wished weekday" in control(fit, Label, "fit_why_1").text()
    refused = control(fit, QWidget, "fit_not_then_0").full_text()
    assert refused.startswith("Wed 12 May 12:00") and "The chair is taken by Luis" in refused


def test_a_place_taken_meanwhile_is_told_and_the_next_best_shown(
    qtbot, clinic, workplace, fit
) -> None:
    find(qtbot, workplace, fit)
    other = open_clinic(clinic.path)
    book(other, add_patient(other, "Luis", "Ibáñez"), at(10), chair_id=CHAIR_1)
    other.close()
    press(qtbot, ENTER)
    notice = control(fit, Notice, "fit_notice")
    qtbot.waitUntil(notice.isVisible)
    assert notice.text() == "Taken by Luis Ibáñez meanwhile. These are the best now."
    qtbot.waitUntil(lambda: offered(fit)[0].endswith("Chair 2"))
    with qtbot.waitSignal(fit.booked):
        press(qtbot, ENTER)
    mine = [visit for visit in clinic.visits() if visit.patient_name == "Ana García"]
    assert [one.appointment.chair_id for one in mine] == [CHAIR_2]


def test_a_whole_course_is_booked_by_one_enter_and_taken_back_by_one_undo(
    qtbot, clinic, workplace, booker
) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    press(qtbot, "luis", ENTER)
    qtbot.waitUntil(lambda: len(shown(qtbot, workplace, booker)) == 6)
    assert QApplication.focusWidget() is control(booker, QSpinBox, "course_visits")
    press(qtbot, "3")
    qtbot.waitUntil(lambda: len(shown(qtbot, workplace, booker)) == 3)
    rows = shown(qtbot, workplace, booker)
    assert [when[:10] for when, _, _ in rows] == ["Mon 10 May", "Wed 12 May", "Fri 14 May"]
    assert {verdict for *_, verdict in rows} == {"ok"}
    with qtbot.waitSignal(booker.booked):
        press(qtbot, ENTER)
    visits = calendar.visits_of(clinic.db, luis)
    assert sorted(visit.count for visit in visits) == ["1/3", "2/3", "3/3"]
    undo.undo(clinic.db, workplace.desk.stamp(), latest_action(clinic.db))
    standing = [
        v for v in calendar.visits_of(clinic.db, luis) if v.appointment.status.takes_the_chair
    ]
    assert standing == []


def test_one_visit_put_elsewhere_moves_the_others_along(qtbot, clinic, workplace, booker) -> None:
    add_patient(clinic.db, "Luis", "Ibáñez")
    press(qtbot, "luis", ENTER)
    qtbot.waitUntil(lambda: len(shown(qtbot, workplace, booker)) == 6)
    table = control(booker, PlanTable, "course_plan")
    table.setFocus()
    table.selectRow(1)
    press(qtbot, Qt.Key.Key_F2)
    day = control(booker, QLineEdit, "course_place_day")
    day.setFocus()
    day.selectAll()
    press(qtbot, "thu")
    qtbot.waitUntil(lambda: shown(qtbot, workplace, booker)[1][0].startswith("Thu 13 May"))
    assert shown(qtbot, workplace, booker)[2][0].startswith("Mon 17 May")
    table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(qtbot, workplace, booker)[1][0].startswith("Wed 12 May"))


def test_what_was_said_of_a_course_makes_its_plan(qtbot, clinic, workplace, booker) -> None:
    """Mornings, chair 2 if possible, the escort free after 11:00: ready at 11 or later."""
    add_patient(clinic.db, "Luis", "Ibáñez")
    press(qtbot, "luis", ENTER)
    qtbot.waitUntil(lambda: len(shown(qtbot, workplace, booker)) == 6)
    chair = control(booker, QComboBox, "course_chair")
    chair.setFocus()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    control(booker, QLineEdit, "course_free_from").setFocus()
    press(qtbot, "1400")
    rows = shown(qtbot, workplace, booker)
    assert {chair for _, chair, _ in rows} == {"Chair 2"}
    assert all(when >= f"{when[:11]}12:15" for when, *_ in rows), rows


def test_who_is_not_approved_is_asked_about_once_for_all_visits(
    qtbot, clinic, workplace, booker
) -> None:
    omar = add_patient(clinic.db, "Omar", "Haddad", eligibility=Eligibility.NOT_ASSESSED)
    press(qtbot, "omar", ENTER)
    qtbot.waitUntil(lambda: len(shown(qtbot, workplace, booker)) == 6)
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: booker.findChild(QLineEdit, "against_reason") is not None)
    qtbot.waitUntil(control(booker, QLineEdit, "against_reason").hasFocus)
    with qtbot.waitSignal(booker.booked):
        press(qtbot, "Dr. Shah sees him on Monday", ENTER)
    visits = calendar.visits_of(clinic.db, omar)
    assert len(visits) == 6
    assert {visit.appointment.override.reason for visit in visits} == {
        "Dr. Shah sees him on Monday"
    }


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("form", [FitForm, CourseBooker])
def test_both_forms_fit_the_screen(qtbot, qapp, clinic, workplace, window, form, size) -> None:
    theme.apply(qapp, dark=False, scale=size / 100)
    made = form(workplace, window)
    made.start(clinic.ana)
    settled(qtbot, workplace)
    needed = made.layout().totalMinimumSize()
    theme.apply(qapp, dark=False)
    assert needed.width() <= 1366 and needed.height() <= 768 - 60
    for kind in (QLineEdit, QComboBox, Button):
        for one in made.findChildren(kind):
            if one.objectName() != "qt_spinbox_lineedit":
                assert one.accessibleName(), one.objectName()


def test_weekdays_are_read_as_people_type_them() -> None:
    assert read_weekdays("mon wed") == {0, 2}
    assert read_weekdays("Mo, we") == {0, 2}
    assert read_weekdays("fri-mon") == {4, 5, 6, 0}
    for wrong in ("t", "tomorrow", "mon-tue-wed"):
        with pytest.raises(Exception, match="weekdays_unreadable"):
            read_weekdays(wrong)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("15-18", Hours(time(15), time(18))),
        ("9:00 to 17:00", Hours(time(9), time(17))),
        ("from 15", Hours(begins=time(15))),
        ("15-", Hours(begins=time(15))),
        ("1530", Hours(begins=time(15, 30))),
        ("Until 17:00", Hours(ends=time(17))),
        ("-17", Hours(ends=time(17))),
    ],
)
def test_hours_are_read_as_people_type_them_and_as_they_are_shown(text: str, hours: Hours) -> None:
    assert read_hours(text) == hours
    assert read_hours(hours_text(hours)) == hours


@pytest.mark.parametrize("wrong", ["", "-", "late", "18-15", "15-15", "9-10-11", "from", "to"])
def test_hours_that_make_no_sense_are_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="hours_unreadable"):
        read_hours(wrong)
