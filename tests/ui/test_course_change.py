"""Changing a course that is booked, by keyboard: this one, this and the following, all."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.services import booking, calendar, undo
from ketadesk.services.watching import latest_action, open_clinic
from ketadesk.ui import theme
from ketadesk.ui.booking.course_change import CourseChange, ask_course_change
from ketadesk.ui.booking.plan_table import PlanTable
from ketadesk.ui.booking.reasons import ReasonDialog
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, CHAIR_2, add_patient, at, book, stamp
from tests.ui.patients_desk import AnasClinic, control, press, settled
from tests.ui.test_fit_and_course import clinic, window, workplace  # noqa: F401

ENTER = Qt.Key.Key_Return
DAYS = (12, 14, 17)


@pytest.fixture
def booked(clinic: AnasClinic) -> tuple[int, ...]:
    """Numbers 3 to 5 of Ana's course, on Wednesday, Friday and Monday at ten."""
    return tuple(
        book(clinic.db, clinic.ana, at(10, day=day), course_id=clinic.course) for day in DAYS
    )


@pytest.fixture
def change(qtbot, clinic, workplace: Workplace, window: QWidget, booked) -> CourseChange:
    """Opened on number 4, Friday 14 May."""
    dialog = ask_course_change(workplace, window, calendar.visit(clinic.db, booked[1]))
    settled(qtbot, workplace)
    return dialog


def lie(clinic: AnasClinic) -> list[str]:
    """Number, day, hour and chair of each visit to come, as the file has them."""
    found = [
        visit.appointment
        for visit in calendar.visits_of(clinic.db, clinic.ana)
        if visit.appointment.status.takes_the_chair and visit.appointment.starts >= at(0)
    ]
    zone = ZoneInfo("America/Los_Angeles")
    return [
        f"{one.course_number} {one.starts.astimezone(zone):%d %H:%M} {one.chair_id}"
        for one in sorted(found, key=lambda one: one.starts)
    ]


def listed(qtbot, workplace: Workplace, dialog: CourseChange) -> list[tuple[int, str, str]]:
    """Number, then and what becomes of each, once everything has come back."""
    settled(qtbot, workplace)
    rows = control(dialog, PlanTable, "course_changes").rows.rows
    return [(row.number, row.when, row.verdict.value if row.verdict else "gone") for row in rows]


def day_typed(qtbot, dialog: CourseChange, text: str, name: str = "course_change_day") -> None:
    press(qtbot, Qt.Key.Key_F2)
    line = control(dialog, QLineEdit, name)
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    press(qtbot, text)


def standing_versions(clinic: AnasClinic, ids: tuple[int, ...]) -> list[int]:
    return [calendar.visit(clinic.db, one).appointment.version for one in ids]


def go_against(qtbot, dialog: CourseChange, rule: str, reason: str) -> None:
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: dialog.findChild(QWidget, f"against_{rule}") is not None)
    qtbot.waitUntil(control(dialog, QLineEdit, "against_reason").hasFocus)
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, reason, ENTER)


def test_only_this_one_moves_and_nothing_before_enter(
    qtbot, clinic, workplace, change, booked
) -> None:
    assert [verdict for *_, verdict in listed(qtbot, workplace, change)] == ["kept"] * 5
    assert not control(change, Button, "course_change_go").isEnabled()
    day_typed(qtbot, change, "5/15")
    day_typed(qtbot, change, "5/14")
    qtbot.waitUntil(lambda: listed(qtbot, workplace, change)[3][2] == "kept")
    control(change, QLineEdit, "course_change_time").setFocus()
    control(change, QLineEdit, "course_change_time").selectAll()
    press(qtbot, "1400")
    qtbot.waitUntil(lambda: listed(qtbot, workplace, change)[3] == (4, "Fri 14 May 14:00", "ok"))
    assert lie(clinic) == ["3 12 10:00 1", "4 14 10:00 1", "5 17 10:00 1"]
    others = standing_versions(clinic, (booked[0], booked[2]))
    with qtbot.waitSignal(change.accepted):
        press(qtbot, ENTER)
    assert lie(clinic) == ["3 12 10:00 1", "4 14 14:00 1", "5 17 10:00 1"]
    assert standing_versions(clinic, (booked[0], booked[2])) == others


def test_this_and_the_following_move_as_far_and_come_back_by_one_undo(
    qtbot, clinic, workplace, change
) -> None:
    press(qtbot, "2")
    day_typed(qtbot, change, "5/17")
    qtbot.waitUntil(
        lambda: (
            listed(qtbot, workplace, change)[2:]
            == [(3, "–", "kept"), (4, "Mon 17 May 10:00", "ok"), (5, "Thu 20 May 10:00", "ok")]
        )
    )
    assert control(change, Button, "course_change_go").label() == "Move 2"
    go_against(qtbot, change, "too_late", "she is away")
    assert lie(clinic) == ["3 12 10:00 1", "4 17 10:00 1", "5 20 10:00 1"]
    undo.undo(clinic.db, workplace.desk.stamp(), latest_action(clinic.db))
    assert lie(clinic) == ["3 12 10:00 1", "4 14 10:00 1", "5 17 10:00 1"]


def test_all_to_come_are_planned_anew_and_what_was_treated_stays(
    qtbot, clinic, workplace, change
) -> None:
    press(qtbot, "3", "r")
    day_typed(qtbot, change, "5/24", "course_change_begin")
    qtbot.waitUntil(
        lambda: (
            [when[:10] for _, when, _ in listed(qtbot, workplace, change)[2:]]
            == ["Mon 24 May", "Wed 26 May", "Fri 28 May"]
        )
    )
    go_against(qtbot, change, "too_late", "she is away")
    assert [line[:4] for line in lie(clinic)] == ["3 24", "4 26", "5 28"]


def test_the_following_are_cancelled_with_their_reason(
    qtbot, clinic, workplace, change, booked
) -> None:
    press(qtbot, "c", "2")
    qtbot.waitUntil(
        lambda: (
            listed(qtbot, workplace, change)[2:]
            == [(3, "–", "kept"), (4, "–", "gone"), (5, "–", "gone")]
        )
    )
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ReasonDialog))
    with qtbot.waitSignal(change.accepted):
        press(qtbot, "3")
    assert lie(clinic) == ["3 12 10:00 1"]
    made = calendar.visit(clinic.db, booked[2]).appointment
    assert (made.status, made.status_reason) == (Status.CANCELLED_BY_PATIENT, Reason.ILL)


def test_who_was_changed_meanwhile_is_not_cancelled_unseen(
    qtbot, clinic, workplace, change, booked
) -> None:
    press(qtbot, "c", "2")
    qtbot.waitUntil(lambda: listed(qtbot, workplace, change)[4][2] == "gone")
    version = calendar.visit(clinic.db, booked[2]).appointment.version
    other = open_clinic(clinic.path)
    booking.set_status(other, stamp(), booked[2], version, status=Status.CONFIRMED)
    other.close()
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ReasonDialog))
    press(qtbot, "3")
    notice = control(change, Notice, "course_change_notice")
    qtbot.waitUntil(notice.isVisible)
    assert "meanwhile" in notice.text()
    assert len(lie(clinic)) == 3


def test_a_rule_is_asked_about_before_it_is_broken(
    qtbot, clinic, workplace, change, booked
) -> None:
    """Thursday is one day after number 3, and two are the least."""
    day_typed(qtbot, change, "5/13")
    qtbot.waitUntil(lambda: listed(qtbot, workplace, change)[3][2] == "impossible")
    go_against(qtbot, change, "too_soon", "Dr. Shah agreed")
    assert lie(clinic)[1] == "4 13 10:00 1"
    assert calendar.visit(clinic.db, booked[1]).appointment.override.reason == "Dr. Shah agreed"


def test_a_place_taken_meanwhile_is_told(qtbot, clinic, workplace, change) -> None:
    day_typed(qtbot, change, "5/18")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: listed(qtbot, workplace, change)[3][1] == "Tue 18 May 10:00")
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    book(clinic.db, luis, at(10, day=18), chair_id=CHAIR_1)
    press(qtbot, ENTER)
    qtbot.waitUntil(lambda: change.findChild(QWidget, "against_chair_taken") is not None)
    assert lie(clinic)[1] == "4 14 10:00 1"


@pytest.mark.parametrize("mode", ["F5", "F6"])
def test_one_key_opens_it_in_day_and_week(qtbot, clinic, workplace, window, booked, mode) -> None:
    view = CalendarView(workplace, parent=window)
    view.resize(1366, 700)
    view.show()
    settled(qtbot, workplace)
    view._set_mode("day" if mode == "F5" else "week")
    view.show_visit(calendar.visit(clinic.db, booked[0]))
    settled(qtbot, workplace)
    qtbot.waitUntil(lambda: view.visit_actions.visit() is not None)
    assert view.visit_actions.visit().appointment.id == booked[0]
    page = view.grid if mode == "F5" else view.week
    page.setFocus()
    assert "Change the course…" in [
        action.text() for action in view.visit_actions.menu(about="Ana").actions()
    ]
    qtbot.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: view.findChild(CourseChange, "course_change") is not None)
    settled(qtbot, workplace)


def test_who_is_in_no_course_has_no_course_to_change(qtbot, clinic, workplace, window) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    alone = book(clinic.db, luis, at(10), chair_id=CHAIR_2)
    view = CalendarView(workplace, parent=window)
    view.visit_actions.choose(calendar.visit(clinic.db, alone))
    assert not view.visit_actions.course.isEnabled()


@pytest.mark.parametrize("size", [100, 150])
def test_it_fits_the_screen(qtbot, qapp, clinic, workplace, window, booked, size) -> None:
    theme.apply(qapp, dark=False, scale=size / 100)
    made = ask_course_change(workplace, window, calendar.visit(clinic.db, booked[1]))
    settled(qtbot, workplace)
    needed = made.layout().totalMinimumSize()
    theme.apply(qapp, dark=False)
    assert needed.width() <= 1366 and needed.height() <= 768 - 60
    for kind in (QLineEdit, Button):
        for one in made.findChildren(kind):
            assert one.accessibleName(), one.objectName()
