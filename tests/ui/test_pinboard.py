"""The pinboard: put an appointment aside, turn the day, drop it; by keys and by mouse."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.objections import Guard
from ketadesk.services import booking
from ketadesk.settings import SettingsFile
from ketadesk.ui.calendar.pinboard_card import MIME, PinnedRow
from ketadesk.ui.calendar.view import CalendarView
from tests.clinic_day import CHAIR_1, CHAIR_2, at, book, stamp
from tests.ui.patients_desk import control, settled
from tests.ui.test_calendar_view import (  # noqa: F401
    Clinic,
    choose,
    clinic,
    drag,
    press,
    slot,
    tile_point,
    workplace,
)
from tests.ui.test_closing import place_at


@pytest.fixture
def kept(tmp_path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


def opened(qtbot, workplace, kept: SettingsFile) -> CalendarView:
    made = CalendarView(workplace, kept)
    made.resize(1290, 690)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.show_target(None)
    qtbot.waitUntil(lambda: made.grid.plan() is not None and made.grid.hasFocus())
    settled(qtbot, workplace)
    return made


@pytest.fixture
def view(qtbot, workplace, kept) -> Iterator[CalendarView]:
    made = opened(qtbot, workplace, kept)
    yield made
    settled(qtbot, workplace)


def pinned(view: CalendarView) -> list[str]:
    return [row.text() for row in view.side.pinboard.rows()]


def test_put_aside_turn_the_day_and_drop_by_keys(qtbot, clinic: Clinic, view, workplace) -> None:
    clinic.not_approved(clinic.ana)
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: pinned(view) == ["Ana García, Mon 10 May 11:00"])
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120), "it keeps its place"
    for _ in range(2):
        press(qtbot, view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: view.grid.plan().axis.day.day == 12)
    place_at(view, 14, column=1)
    override_reason(qtbot, view, workplace)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).starts == at(14, day=12))
    assert clinic.kept(clinic.ana).chair_id == CHAIR_2
    qtbot.waitUntil(lambda: view.grid.chosen() == clinic.ana)
    assert pinned(view) == [] and not view.side.pinboard.isVisible()


def override_reason(qtbot, view, workplace) -> None:
    """Ana is not approved: a rule says no, and a reason goes on."""
    press(qtbot, view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit, "against_reason") is not None)
    qtbot.keyClicks(QApplication.focusWidget(), "Dr. Shah agreed")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_rule_speaks_against_a_drop_and_the_reason_stays(
    qtbot, clinic: Clinic, view, workplace
) -> None:
    clinic.not_approved(clinic.ana)
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: view.pinboard.in_hand == clinic.ana)
    place_at(view, 14)
    override_reason(qtbot, view, workplace)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).starts == at(14))
    override = clinic.kept(clinic.ana).override
    assert (override.guards, override.reason) == (
        frozenset({Guard.NOT_APPROVED}),
        "Dr. Shah agreed",
    )


def test_several_lie_there_and_j_goes_round(qtbot, clinic: Clinic, view) -> None:
    for one in (clinic.ana, clinic.ben):
        choose(view, one)
        press(qtbot, view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: len(pinned(view)) == 2)
    assert view.pinboard.in_hand == clinic.ben
    press(qtbot, view, Qt.Key.Key_J)
    assert [row.marked for row in view.side.pinboard.rows()] == [True, False]
    press(qtbot, view, Qt.Key.Key_Escape)
    assert view.pinboard.in_hand is None and len(pinned(view)) == 2
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_V)
    assert pinned(view) == ["Ben Ode, Mon 10 May 11:00"]


def test_it_is_there_after_a_restart_and_leaves_when_cancelled(
    qtbot, clinic: Clinic, view, workplace, kept
) -> None:
    for one in (clinic.ana, clinic.ben):
        choose(view, one)
        press(qtbot, view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: len(pinned(view)) == 2)
    assert "Ana" not in kept.path.read_text(), "ids only"
    booking.set_status(
        clinic.db,
        stamp(),
        clinic.ana,
        1,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.NO_ESCORT,
    )
    again = opened(qtbot, workplace, SettingsFile(kept.path))
    qtbot.waitUntil(lambda: pinned(again) == ["Ben Ode, Mon 10 May 11:00"])
    assert SettingsFile(kept.path).pinned_in(clinic.path) == (clinic.ben,)


def test_a_tile_dragged_to_the_side_is_put_aside(qtbot, clinic: Clinic, view) -> None:
    start = tile_point(view, clinic.ana)
    side = view.side.mapTo(view, QPoint(60, 120))
    end = QPointF(view.grid.viewport().mapFrom(view, side))
    drag(qtbot, view, start, end)
    qtbot.waitUntil(lambda: pinned(view) == ["Ana García, Mon 10 May 11:00"])
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)
    assert view.grid.ghost() is None


def test_a_row_dragged_onto_a_time_is_dropped_there(qtbot, clinic: Clinic, view) -> None:
    clinic.not_approved(clinic.ben)
    choose(view, clinic.ben)
    press(qtbot, view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: len(pinned(view)) == 1)
    row = view.side.pinboard.rows()[0]
    assert isinstance(row, PinnedRow)
    carried = QMimeData()
    carried.setData(MIME, str(int(clinic.ben)).encode())
    point = slot(view, 0, 15)
    how = (Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton)
    entering = QDragEnterEvent(point.toPoint(), *how, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.grid.viewport(), entering)
    assert entering.isAccepted()
    drop = QDropEvent(point, *how, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.grid.viewport(), drop)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit, "against_reason") is not None)
    line = control(view, QLineEdit, "against_reason")
    qtbot.keyClicks(line, "agreed")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ben).starts == at(15))
    assert clinic.kept(clinic.ben).chair_id == CHAIR_1


def test_without_anything_in_hand_enter_books(qtbot, clinic: Clinic, view) -> None:
    book(clinic.db, clinic.kept(clinic.cleo).patient_id, at(8, day=13))
    place_at(view, 14)
    press(qtbot, view, Qt.Key.Key_Return)
    assert control(view, QLineEdit, "booking_patient").isVisible()
