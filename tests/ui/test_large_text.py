"""At one and a half times the text: what must be read is there, and nothing is squashed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ketadesk.domain.appointments import EscortState
from ketadesk.services import booking
from ketadesk.ui import theme
from ketadesk.ui.booking.growing import FRAME
from ketadesk.ui.booking.popover import WIDTH, BookingPopover
from ketadesk.ui.calendar import columns
from ketadesk.ui.calendar.tile_lines import Line, fitting
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, add_patient, at, book, stamp
from tests.ui.patients_desk import AnasClinic, control, open_workplace, press, settled

SCALES = [1.0, 1.5]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[AnasClinic]:
    made = AnasClinic(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture(params=SCALES)
def workplace(request, qapp: QApplication, qtbot, clinic: AnasClinic) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False, scale=request.param)
    made = open_workplace(clinic.path, qtbot)
    yield made
    made.desk.close()
    theme.apply(qapp, dark=False)


@pytest.fixture
def popover(qtbot, workplace: Workplace) -> Iterator[BookingPopover]:
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    made = BookingPopover(workplace, window)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    window.close()


def test_the_longest_chair_can_be_read(qtbot, clinic, workplace, popover) -> None:
    popover.open_for(CHAIR_1, at(15))
    box = control(popover, QComboBox, "booking_chair")
    box.setItemText(0, "Chair 4 · quiet room")
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    assert box.fontMetrics().horizontalAdvance("Chair 4 · quiet room") <= room.width()


def test_a_message_does_not_squash_a_full_form(qtbot, clinic, workplace, popover) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    book(clinic.db, luis, at(9))
    add_patient(clinic.db, "Omar", "Haddad")
    popover.open_for(CHAIR_1, at(9))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(qtbot, "omar", Qt.Key.Key_Return)
    notice = control(popover, Notice, "booking_notice")
    qtbot.waitUntil(notice.isVisible)
    course = control(popover, QComboBox, "booking_course")
    course.setCurrentIndex(1)
    course.activated.emit(1)
    settled(qtbot, workplace)
    qtbot.waitUntil(lambda: control(popover, QWidget, "booking_course_visits").isVisible())
    QApplication.processEvents()
    for line in popover.findChildren(QLineEdit):
        if line.isVisible() and line.parentWidget() is not None:
            assert line.height() >= line.minimumSizeHint().height(), line.objectName()
    qtbot.keyClick(popover, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    needed = popover.layout().totalMinimumHeightForWidth(theme.px(WIDTH))
    assert needed <= 768 - FRAME
    label = notice._text
    assert label.height() >= label.heightForWidth(label.width())
    popover._leave_anyway = True
    popover.reject()


def test_the_agenda_keeps_escort_and_status_in_sight(qtbot, clinic, workplace) -> None:
    made = book(clinic.db, clinic.ana, at(11), escort_id=clinic.marta)
    booking.set_escort(
        clinic.db, stamp(), made, 1, escort_id=clinic.marta, state=EscortState.CONFIRMED
    )
    view = CalendarView(workplace)
    view.resize(1290, 690)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view._set_mode("agenda")
    table = view.agenda.table
    qtbot.waitUntil(lambda: view.agenda.model.rowCount() == 1)
    settled(qtbot, workplace)
    for column in (columns.TIME, columns.PATIENT, columns.ESCORT, columns.STATUS):
        left, width = table.columnViewportPosition(column), table.columnWidth(column)
        assert not table.isColumnHidden(column)
        assert left >= 0 and left + width <= table.viewport().width()
    assert table.columnWidth(columns.STATUS) >= table.sizeHintForColumn(columns.STATUS)


def test_less_important_columns_give_way_first() -> None:
    wanted = [100, 140, 50, 160, 180, 260, 120]
    assert columns.fitted(wanted, 1010, scale=int) == wanted
    wide = columns.fitted(wanted, 1200, scale=int)
    assert wide[columns.ESCORT] == 260 + 190
    narrow = columns.fitted(wanted, 620, scale=int)
    assert narrow[columns.TREATMENT] == 0 and narrow[columns.STATUS] == 120
    assert sum(narrow) == 620
    tiny = columns.fitted(wanted, 470, scale=int)
    assert tiny[columns.CHAIR] == 0 and tiny[columns.ESCORT] >= 100


def test_a_narrow_tile_says_a_shorter_word() -> None:
    line = Line("escort confirmed", shorter=("escort ok", "ok"))
    assert fitting(line, 200, len) == "escort confirmed"
    assert fitting(line, 10, len) == "escort ok"
    assert fitting(line, 4, len) == "ok"
    assert fitting(line, 1, len) == "ok", "the shortest is cut, not the longest"
    assert fitting(Line("booked"), 3, len) == "booked"
