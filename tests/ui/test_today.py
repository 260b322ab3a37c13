"""Today: what a chair's card says, who comes next, and that one button is one step."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from ketadesk.clock import HeldClock
from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.changes import Stamp
from ketadesk.domain.ids import AppointmentId, EscortId, SessionId
from ketadesk.domain.patients import EscortDraft
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.domain.sessions import ChecklistItem, OrderDraft
from ketadesk.services import booking, clinic, patients, recording, sessions
from ketadesk.services.calendar import visit
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui import theme
from ketadesk.ui.desk import Desk
from ketadesk.ui.status_line import StatusLine
from ketadesk.ui.today.view import TodayView
from ketadesk.ui.what_waits import WhatWaits
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, CHAIR_2, ROSA, add_patient, at, book, met, open_harbor, stamp

NOW = at(10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbor.ketadesk"


@pytest.fixture
def db(path: Path) -> Iterator[SqliteDatabase]:
    """The clinic before the window opens."""
    opened = open_harbor(path)
    yield opened
    opened.close()


class Day:
    """The view on a clinic file, with a clock that can be moved."""

    def __init__(self, path: Path, qtbot) -> None:
        self.clock = HeldClock(NOW)
        self.qtbot = qtbot
        self.desk = Desk(path, clock=self.clock, staff_id=ROSA)
        self.workplace = Workplace(self.desk)
        self.shown: list[tuple[str, object]] = []
        self.workplace.wanted.connect(lambda name, target: self.shown.append((name, target)))
        self.view = TodayView(self.workplace)
        qtbot.addWidget(self.view)
        self.view.resize(1280, 700)
        self.view.show()
        with qtbot.waitSignal(self.workplace.framed):
            self.desk.open()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.busy)

    def press(self, name: str) -> None:
        """One press on the button of that name; its change is written and shown."""
        button = self.view.findChild(Button, name)
        assert button is not None, [found.objectName() for found in self.view.findChildren(Button)]
        with self.qtbot.waitSignal(self.desk.saved):
            button.click()
        self.settle()

    def later(self, minutes: float) -> None:
        """Time goes on; the window notices by its own tick."""
        self.clock.moment += timedelta(minutes=minutes)
        self.workplace.ticked.emit(self.workplace.now())
        self.settle()

    def figures(self) -> list[tuple[str, str]]:
        """Each chair and its big figure, in the order of the screen."""
        return [(card.card.chair_name, card.figure.value()) for card in self.view.chairs.cards()]

    def arrivals(self) -> list[str]:
        rows = self.view.arrivals.rows()
        return [f"{row.line.time} {row.line.who}: {row.line.about}" for row in rows]


@pytest.fixture
def open_day(path: Path, db: SqliteDatabase, qtbot, qapp: QApplication) -> Iterator:
    theme.apply(qapp, dark=False)
    days: list[Day] = []

    def opened() -> Day:
        days.append(Day(path, qtbot))
        return days[-1]

    yield opened
    for day in days:
        day.settle()
        day.desk.close()


def escorted(db: SqliteDatabase, name: str, starts, **more) -> AppointmentId:
    """A visit whose escort is confirmed."""
    given, family = name.split()
    patient_id = add_patient(db, given, family)
    added = patients.add_escort(
        db,
        stamp(),
        patient_id,
        EscortDraft(name="Marta Ruiz", relation="sister", phone="310-555-0142"),
    )
    escort_id = EscortId(added.row_ids["escorts"])
    made = book(db, patient_id, starts, escort_id=escort_id, **more)
    confirmed = EscortState.CONFIRMED
    booking.set_escort(db, stamp(), made, 1, escort_id=escort_id, state=confirmed)
    return made


def start_infusion(db: SqliteDatabase, appointment_id: AppointmentId, begun) -> SessionId:
    """Everything up to a running infusion, with a baseline."""

    def by(moment) -> Stamp:
        return Stamp(ROSA, moment)

    version = visit(db, appointment_id).appointment.version
    early = begun - timedelta(minutes=10)
    arrived = Status.ARRIVED
    booking.set_status(db, by(early), appointment_id, version, status=arrived)
    opened = sessions.open_session(db, by(early), appointment_id, nurse_id=ROSA)
    session_id = SessionId(opened.row_ids["sessions"])
    for item in ChecklistItem:
        sessions.answer(db, by(early), session_id, met(item))
    order = OrderDraft("Dr. Shah", Decimal("70"), Decimal("0.5"), Decimal("35"), 40, "iv")
    recording.write_order(db, by(early), session_id, order)
    baseline = ReadingDraft(early, Vitals(132, 84, 78, 98, 16))
    recording.record_reading(db, by(early), session_id, baseline)
    sessions.begin(db, by(begun), session_id, at=begun)
    return session_id


def test_the_most_overdue_chair_comes_first_and_its_figure_ticks(open_day, db) -> None:
    late = escorted(db, "Luis Ibáñez", at(9), chair_id=CHAIR_2)
    soon = escorted(db, "Ana García", at(9), chair_id=CHAIR_1)
    start_infusion(db, late, at(9, 53))
    start_infusion(db, soon, at(9, 57))
    day = open_day()
    assert day.figures() == [("Chair 2", "2 min late"), ("Chair 1 · window", "02:00")]
    card = day.view.chairs.cards()[0]
    assert card.edge() == "red"
    assert "Luis Ibáñez" in card.accessibleName() and "2 min late" in card.accessibleName()
    asked = day.desk._number
    day.clock.moment += timedelta(seconds=20)
    day.view.chairs.tick(day.workplace.now())
    assert day.figures()[1] == ("Chair 1 · window", "01:40")
    assert day.desk._number == asked


def test_one_button_is_one_step_from_booked_to_the_open_session(open_day, db) -> None:
    made = escorted(db, "Ana García", at(10, 30))
    day = open_day()
    assert day.arrivals() == ["10:30 Ana García: booked · Mood IV · low"]
    day.press(f"arrived_{made}")
    assert day.arrivals() == ["10:30 Ana García: arrived 10:00 · Mood IV · low"]
    day.press(f"open_session_{made}")
    assert day.shown == [("sessions", made)]
    assert visit(db, made).session_id is not None
    assert day.arrivals() == []


def test_who_is_late_is_marked_by_the_clinics_own_rule(open_day, db) -> None:
    escorted(db, "Ana García", at(9, 50))
    day = open_day()
    assert "late" not in day.arrivals()[0]
    day.later(1)
    assert day.arrivals() == ["09:50 Ana García: 11 min late · Mood IV · low"]
    assert day.view.arrivals.rows()[0].line.about_tone == "red"


def test_an_escort_is_named_from_those_the_patient_has(open_day, db, qtbot) -> None:
    patient_id = add_patient(db)
    made = book(db, patient_id, at(13))
    patients.add_escort(db, stamp(), patient_id, EscortDraft(name="Marta", phone="310-555-0142"))
    day = open_day()
    day.view.findChild(Button, f"name_escort_{made}").click()
    day.settle()
    form = day.view.findChild(QDialog, "escort_form")
    assert form is not None and form.isVisible()
    with qtbot.waitSignal(day.desk.saved):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    day.settle()
    assert visit(db, made).appointment.escort_state is EscortState.NAMED
    assert day.arrivals() == ["13:00 Ana García: escort not confirmed · Mood IV · low"]
    assert day.shown == []


def test_the_escort_is_called_comes_and_is_here(open_day, db) -> None:
    made = escorted(db, "Ana García", at(9))
    start_infusion(db, made, at(9, 57))
    day = open_day()

    def state() -> EscortState:
        return visit(db, made).appointment.escort_state

    assert day.view.pickups.rows()[0].line.who == "Marta → Ana García"
    day.press(f"call_pickup_{made}")
    assert state() is EscortState.CALLED
    day.press(f"escort_way_{made}")
    assert state() is EscortState.ON_THE_WAY
    day.press(f"escort_here_{made}")
    assert state() is EscortState.HERE


def test_the_keyboard_reaches_a_chair_and_enter_opens_it(open_day, db, qtbot) -> None:
    made = escorted(db, "Ana García", at(9))
    start_infusion(db, made, at(9, 57))
    day = open_day()
    card = day.view.chairs.cards()[0]
    assert card.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert day.shown == [("sessions", made)]


def test_the_focus_stays_with_the_patient_when_the_list_changes(open_day, db, path, qtbot) -> None:
    escorted(db, "Ana García", at(11))
    second = escorted(db, "Omar Haddad", at(11), chair_id=CHAIR_2)
    day = open_day()
    day.view.activateWindow()
    day.view.findChild(Button, f"arrived_{second}").setFocus()
    day.press(f"arrived_{second}")
    focused = day.view.focusWidget()
    assert focused.objectName() == f"open_session_{second}"


def test_the_status_line_and_the_view_read_the_day_once(open_day, db, path) -> None:
    made = escorted(db, "Ana García", at(11))
    day = open_day()
    line = StatusLine(demo=False)
    day.qtbot.addWidget(line)
    waits = WhatWaits(line)
    waits.attach(day.workplace)
    day.workplace.framed.emit()
    day.settle()
    reads: list[object] = []
    day.workplace.board.read.connect(reads.append)
    day.press(f"arrived_{made}")
    assert len(reads) == 1
    assert [row.line.who for row in day.view.arrivals.rows()] == ["Ana García"]
    day.later(1)
    assert len(reads) == 2


def test_two_quick_presses_are_not_taken_for_two_people(open_day, db) -> None:
    made = escorted(db, "Ana García", at(11))
    day = open_day()
    told: list[str] = []
    day.workplace.told.connect(lambda text, _role: told.append(text))
    shown = visit(db, made)
    with day.qtbot.waitSignal(day.desk.saved):
        day.view.findChild(Button, f"arrived_{made}").click()
        day.view._steps.escort_is(shown, EscortState.ON_THE_WAY)
        day.view._steps.escort_is(shown, EscortState.HERE)
        day.view.hide()
    day.qtbot.waitUntil(lambda: visit(db, made).appointment.escort_state is EscortState.HERE)
    day.settle()
    assert visit(db, made).appointment.status is Status.ARRIVED
    assert told == []


def test_sheets_to_print_are_one_line_per_visit(open_day, db) -> None:
    made = escorted(db, "Ana García", at(9))
    start_infusion(db, made, at(9, 57))
    day = open_day()
    (row,) = day.view.sheets.rows()
    assert row.line.about == "aftercare, pickup card · en"
    day.view.findChild(Button, f"print_{made}").click()
    assert day.shown == [("sheets", made)]


def test_an_empty_day_says_what_to_do(open_day, db) -> None:
    day = open_day()
    assert day.view._nobody.isVisible()
    day.view._nobody.button.click()
    assert day.shown == [("calendar", day.workplace.today())]


def test_another_days_change_does_not_ask_again(open_day, db, path) -> None:
    escorted(db, "Ana García", at(11))
    day = open_day()
    other = open_clinic(path)
    tomorrow = book(other, add_patient(other, "Eva", "Novak"), at(11, day=12))
    changes = booking.set_status(other, stamp(), tomorrow, 1, status=Status.CONFIRMED)
    other.close()
    assert not day.view._concerns(changes)


def test_at_large_text_four_chairs_leave_three_arrivals_in_sight(db, open_day, qapp) -> None:
    for name in ("Chair 3", "Chair 4 · quiet room"):
        clinic.add_chair(db, stamp(), name=name)
    for number, name in enumerate(("Ana Ruiz", "Ben Ode", "Cleo Fox", "Dan Poe")):
        escorted(db, name, at(11 + 2 * (number // 2)), chair_id=(CHAIR_1, CHAIR_2)[number % 2])
    theme.apply(qapp, dark=False, scale=1.5)
    try:
        day = open_day()
        day.view.resize(1250, 676)
        qapp.processEvents()
        third = day.view.arrivals.rows()[2]
        assert third.mapTo(day.view, third.rect().bottomLeft()).y() < day.view.height()
    finally:
        theme.apply(qapp, dark=False)
