"""The calendar as a receptionist uses it: keys and mouse, real desk, real file."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolTip,
    QWidget,
)

from ketadesk.clock import HeldClock
from ketadesk.domain.appointments import Appointment, EscortState, Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.patients import Eligibility, EscortDraft, PatientDraft
from ketadesk.services import booking, calendar, patients, undo
from ketadesk.services import clinic as clinic_services
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui import theme
from ketadesk.ui.calendar.escorts_card import EscortRow
from ketadesk.ui.calendar.ghost import Kind
from ketadesk.ui.calendar.load_painter import describe_load, over_capacity
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.desk import Desk
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    MONDAY_TEN,
    ROSA,
    add_patient,
    at,
    book,
    open_harbor,
    stamp,
)

LEFT = Qt.MouseButton.LeftButton


class Clinic:
    """Ana at 11 in chair 1 with her sister, Ben at 11 in chair 2 alone, Cleo tomorrow."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db: SqliteDatabase = open_harbor(path)
        ana = add_patient(self.db, "Ana", "García")
        patients.add_escort(self.db, stamp(), ana, EscortDraft(name="Marta", relation="sister"))
        escort_id = patients.record(self.db, ana).escorts[0].id
        self.ana = book(self.db, ana, at(11), escort_id=escort_id)
        self.ben = book(self.db, add_patient(self.db, "Ben", "Ode"), at(11), chair_id=CHAIR_2)
        self.cleo = book(self.db, add_patient(self.db, "Cleo", "Fox"), at(9, day=11))

    def not_approved(self, *appointment_ids: AppointmentId) -> None:
        """Those whose appointments these are are still to be approved for treatment."""
        for appointment_id in appointment_ids:
            patient = patients.one(self.db, self.kept(appointment_id).patient_id)
            said = {one.name: getattr(patient, one.name) for one in fields(PatientDraft)}
            draft = PatientDraft(**{**said, "eligibility": Eligibility.NOT_ASSESSED})
            patients.edit(self.db, stamp(), patient.id, patient.version, draft)

    def kept(self, appointment_id: AppointmentId) -> Appointment:
        """What lies in the file now."""
        return calendar.visit(self.db, appointment_id).appointment

    def place(self, appointment_id: AppointmentId) -> tuple[str, int, int]:
        """Start, chair, minutes."""
        made = self.kept(appointment_id)
        starts = made.starts.astimezone(at(0).tzinfo) - timedelta(hours=7)
        return f"{starts:%H:%M}", made.chair_id, made.segments.total


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    made = Clinic(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture
def workplace(qapp: QApplication, qtbot, clinic: Clinic) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False)
    desk = Desk(clinic.path, clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA)
    made = Workplace(desk, desk)
    with qtbot.waitSignal(made.framed):
        desk.open()
    yield made
    desk.close()


@pytest.fixture
def view(qtbot, workplace: Workplace) -> Iterator[CalendarView]:
    made = CalendarView(workplace)
    made.resize(1290, 690)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.show_target(None)
    qtbot.waitUntil(lambda: made.grid.plan() is not None and made.grid.hasFocus())
    yield made
    qtbot.waitUntil(lambda: not workplace.desk.busy)


def choose(view: CalendarView, appointment_id: AppointmentId) -> None:
    view.grid.choose(appointment_id)
    assert view.grid.chosen() == appointment_id


def press(qtbot, view: CalendarView, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or view.grid, key)


def drag(qtbot, view: CalendarView, start: QPointF, end: QPointF, *, let_go: bool = True) -> None:
    port = view.grid.viewport()
    qtbot.mousePress(port, LEFT, pos=start.toPoint())
    middle = (start + end) / 2
    for point in (middle, end):
        qtbot.mouseMove(port, point.toPoint())
    if let_go:
        qtbot.mouseRelease(port, LEFT, pos=end.toPoint())


def slot(view: CalendarView, column: int, hour: int, minute: int = 0) -> QPointF:
    """A point in the slot, a little below its line."""
    plan = view.grid.plan()
    assert plan is not None
    box = view.grid.geometry_now().slot(column, plan.axis.row_at_clock(hour, minute))
    return QPointF(box.x + 60, box.y + 3)


def tile_point(view: CalendarView, appointment_id: AppointmentId, down: float = 3) -> QPointF:
    plan = view.grid.plan()
    assert plan is not None
    tile = plan.tile(appointment_id)
    assert tile is not None
    box = view.grid.tile_box(tile)
    return QPointF(box.left() + 60, box.top() + down if down > 0 else box.bottom() + down)


def facts(view: CalendarView) -> tuple[str, str]:
    title = view.findChild(object, "calendar_title")
    shown = view.findChild(object, "calendar_facts")
    return title.text(), shown.full_text()


def test_the_day_is_titled_and_counted(qtbot, view: CalendarView) -> None:
    assert facts(view) == ("Monday 10 May", "2 booked · 1 without escort")


def test_the_keys_turn_days_weeks_and_come_back(qtbot, view: CalendarView) -> None:
    press(qtbot, view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: facts(view) == ("Tuesday 11 May", "1 booked · 1 without escort"))
    press(qtbot, view, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: facts(view)[0] == "10 May to 16 May")
    assert view.week.hasFocus()
    assert view.week.chosen() is None
    press(qtbot, view, Qt.Key.Key_Home)
    while view.week.chosen() is None:
        press(qtbot, view, Qt.Key.Key_Down)
    press(qtbot, view, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: facts(view)[0] == "Tuesday 11 May")
    qtbot.waitUntil(lambda: view.grid.chosen() is not None)
    press(qtbot, view, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: facts(view)[0] == "Monday 10 May")


def test_status_and_escort_by_one_key_each(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.CONFIRMED)
    press(qtbot, view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).escort_state is EscortState.CONFIRMED)
    press(qtbot, view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.ARRIVED)
    press(qtbot, view, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.BOOKED)
    assert view.grid.chosen() == clinic.ana


def test_quick_keys_are_not_taken_for_two_people(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    told = []
    workplace.told.connect(lambda text, role: told.append(text))
    choose(view, clinic.ana)
    for _ in range(4):
        view.visit_actions.escort.trigger()
        view.writes.set_escort(clinic.ana, EscortState.CONFIRMED)
    view.visit_actions.confirm.trigger()
    qtbot.waitUntil(lambda: clinic.kept(clinic.ana).status is Status.CONFIRMED)
    assert told == []


def test_an_action_that_makes_no_sense_is_not_offered(view: CalendarView, clinic: Clinic) -> None:
    assert not any(action.isEnabled() for action in view.visit_actions.all())
    choose(view, clinic.ben)
    offered = {action.objectName() for action in view.visit_actions.all() if action.isEnabled()}
    assert offered == {
        "visit_confirm",
        "visit_arrived",
        "visit_escort",
        "visit_change",
        "visit_who",
        "visit_session",
        "visit_sheets",
        "visit_move",
        "visit_cancel",
        "visit_peek",
    }


def test_a_cancellation_asks_why(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ben)
    press(qtbot, view, Qt.Key.Key_X)
    menu = view.findChild(QMenu, "cancel_menu")
    assert menu is not None and menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_N)
    dialog = view.findChild(QDialog, "reason_dialog")
    assert dialog is not None
    dialog.findChild(QPushButton, "reason_forgot").click()
    qtbot.waitUntil(lambda: clinic.kept(clinic.ben).status is Status.NO_SHOW)
    assert clinic.kept(clinic.ben).status_reason is Reason.FORGOT
    qtbot.waitUntil(lambda: facts(view)[1] == "1 booked")


def test_keys_move_a_visit_and_escape_leaves_it(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert view.grid.ghost() is None
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)
    press(qtbot, view, Qt.Key.Key_M, *[Qt.Key.Key_Down] * 9, Qt.Key.Key_Right)
    held = view.grid.ghost()
    assert held is not None and held.kind is Kind.MOVE and held.column == 1
    press(qtbot, view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("13:15", CHAIR_2, 120))
    qtbot.waitUntil(lambda: view.grid.ghost() is None)
    assert view.grid.chosen() == clinic.ana


def test_shift_and_arrows_change_the_length(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ana)
    for _ in range(3):
        shifted = Qt.KeyboardModifier.ShiftModifier  # Shift itself stays down between the arrows
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, shifted)
        QApplication.sendEvent(view.grid, down)
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)
    qtbot.keyRelease(view.grid, Qt.Key.Key_Shift)
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("11:00", CHAIR_1, 165))


def test_a_drag_moves_in_quarter_hours_and_undo_takes_it_back(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    start = tile_point(view, clinic.ana)
    end = QPointF(start.x(), slot(view, 0, 13, 30).y())
    drag(qtbot, view, start, end, let_go=False)
    held = view.grid.ghost()
    assert held is not None
    assert (held.kind, f"{view._workplace.local(held.starts):%H:%M}") == (Kind.MOVE, "13:30")
    qtbot.mouseRelease(view.grid.viewport(), LEFT, pos=end.toPoint())
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("13:30", CHAIR_1, 120))
    entry = undo.next_to_undo(clinic.db, ROSA)
    assert entry is not None and entry.verb == "appointment_moved"
    undo.undo(clinic.db, stamp(), entry.action_id)
    qtbot.waitUntil(lambda: tile_point(view, clinic.ana).y() == pytest.approx(start.y()))


def test_escape_ends_a_drag_where_it_began(qtbot, view: CalendarView, clinic: Clinic) -> None:
    drag(qtbot, view, tile_point(view, clinic.ana), slot(view, 0, 15), let_go=False)
    assert view.grid.ghost() is not None
    press(qtbot, view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.grid.viewport(), LEFT, pos=slot(view, 0, 15).toPoint())
    assert view.grid.ghost() is None
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)
    assert view.findChild(QDialog, "booking_popover") is None


def test_dragging_the_lower_edge_resizes(qtbot, view: CalendarView, clinic: Clinic) -> None:
    start = tile_point(view, clinic.ana, down=-3)
    drag(qtbot, view, start, start + QPointF(0, view.grid.geometry_now().row_height * 2))
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("11:00", CHAIR_1, 150))


def test_an_overlap_needs_a_reason_and_is_drawn_side_by_side(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    drag(qtbot, view, tile_point(view, clinic.ana), slot(view, 1, 12))
    qtbot.waitUntil(lambda: view.findChild(QDialog, "against_dialog") is not None)
    dialog = view.findChild(QDialog, "against_dialog")
    dialog.findChild(QLineEdit, "against_reason").setText("Ben leaves early")
    dialog.findChild(QPushButton, "against_go").click()
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("12:00", CHAIR_2, 120))
    assert clinic.kept(clinic.ana).overlap_reason == "Ben leaves early"
    qtbot.waitUntil(lambda: view.grid.plan().tile(clinic.ana).column == 1)
    boxes = [view.grid.tile_box(view.grid.plan().tile(each)) for each in (clinic.ana, clinic.ben)]
    assert not boxes[0].intersects(boxes[1])


def test_an_overlap_that_is_left_changes_nothing(qtbot, view: CalendarView, clinic: Clinic) -> None:
    drag(qtbot, view, tile_point(view, clinic.ana), slot(view, 1, 12))
    qtbot.waitUntil(lambda: view.findChild(QDialog, "against_dialog") is not None)
    assert view.grid.ghost() is not None
    view.findChild(QDialog, "against_dialog").reject()
    assert view.grid.ghost() is None
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)


def test_a_click_on_free_time_opens_the_booking_for_it(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    asked = []
    view.grid.slot_chosen.connect(lambda chair, starts: asked.append((chair, starts)))
    qtbot.mouseClick(view.grid.viewport(), LEFT, pos=slot(view, 1, 14, 15).toPoint())
    assert asked == [(CHAIR_2, at(14, 15))]
    popover = view.findChild(QDialog, "booking_popover")
    assert popover is not None and popover.isVisible()
    assert popover.findChild(QLineEdit, "booking_time").text() == "14:15"
    popover.reject()


def test_enter_books_a_slot_and_opens_a_menu_on_a_visit(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_Return)
    menu = view.findChild(QMenu, "visit_menu")
    assert menu is not None
    keys = [action.shortcut().toString() for action in menu.actions() if action.text()]
    assert keys == ["C", "A", "E", "Shift+E", "O", "P", "M", "D", "X", "V"]
    menu.close()
    press(qtbot, view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    popover = view.findChild(QDialog, "booking_popover")
    assert popover is not None and popover.isVisible()
    assert popover.findChild(QLineEdit, "booking_time").text() == "13:00"
    popover.reject()


def test_a_booking_made_here_is_chosen(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    view.booking.open(CHAIR_2, at(15))
    popover = view.findChild(QDialog, "booking_popover")
    dora = add_patient(clinic.db, "Dora", "Lee")
    draft = booking.AppointmentDraft(
        dora, CHAIR_2, clinic.kept(clinic.ana).protocol_id, at(15), clinic.kept(clinic.ana).segments
    )
    made = workplace.desk.stamp()
    workplace.desk.do(
        lambda db: booking.book(db, made, draft), receiver=view, done=popover.booked.emit
    )
    qtbot.waitUntil(lambda: view.grid.chosen() is not None)
    assert view.grid.plan().tile(view.grid.chosen()).visit.patient_name == "Dora Lee"
    popover.reject()


def test_the_calendar_comes_back_when_the_form_is_left(qtbot, view: CalendarView) -> None:
    view.booking.open(CHAIR_2, at(15))
    popover = view.findChild(QDialog, "booking_popover")
    day = popover.findChild(QLineEdit, "booking_day")
    day.selectAll()
    qtbot.keyClicks(day, "12.5.2027")
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: facts(view)[0] == "Wednesday 12 May")
    popover.reject()
    qtbot.waitUntil(lambda: facts(view)[0] == "Monday 10 May")


def test_numbers_jump_to_chairs(qtbot, view: CalendarView, clinic: Clinic) -> None:
    choose(view, clinic.ana)
    press(qtbot, view, Qt.Key.Key_2)
    assert view.grid.chosen() == clinic.ben
    press(qtbot, view, Qt.Key.Key_6)
    assert view.grid.chosen() == clinic.ben


def test_o_and_p_ask_for_the_other_views(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    choose(view, clinic.ana)
    with qtbot.waitSignal(workplace.wanted) as wanted:
        press(qtbot, view, Qt.Key.Key_O)
    assert wanted.args == ["sessions", clinic.ana]
    with qtbot.waitSignal(workplace.wanted) as wanted:
        press(qtbot, view, Qt.Key.Key_P)
    assert wanted.args == ["sheets", clinic.ana]


def test_changes_of_others_arrive_and_the_choice_stays(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    choose(view, clinic.ana)
    kept = clinic.kept(clinic.ana)
    booking.move(clinic.db, stamp(), clinic.ana, kept.version, chair_id=CHAIR_1, starts=at(16))
    qtbot.waitUntil(
        lambda: view.grid.plan().tile(clinic.ana).visit.appointment.starts == at(16), timeout=5000
    )
    assert view.grid.chosen() == clinic.ana
    assert "16:00–18:00" in view.grid.accessibleDescription()


def test_the_agenda_is_a_table_with_the_same_keys(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    press(qtbot, view, Qt.Key.Key_F8)
    table = view.agenda.table
    qtbot.waitUntil(table.hasFocus)
    rows = [
        [table.model().index(row, column).data() for column in (0, 1, 3, 5, 6)]
        for row in range(table.model().rowCount())
    ]
    assert rows == [
        ["11:00–13:00", "Ana García", "Chair 1 · window", "escort not confirmed · Marta", "booked"],
        ["11:00–13:00", "Ben Ode", "Chair 2", "no escort", "booked"],
    ]
    view.agenda.choose(clinic.ben)
    spoken = table.currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert spoken == "Ben Ode, 11:00–13:00 · Chair 2, Mood IV · low, no escort, booked"
    press(qtbot, view, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: clinic.kept(clinic.ben).status is Status.CONFIRMED)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 1).data() == "Ben Ode"
    qtbot.waitUntil(lambda: view.agenda.chosen() == clinic.ben)


def test_the_side_shows_load_and_whose_escort_is_missing(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    card = view.side.escorts
    qtbot.waitUntil(lambda: len(card.findChildren(EscortRow)) == 3)
    assert [row.text() for row in card.rows()] == [
        "Ana García, today 11:00: overdue",
        "Ben Ode, today 11:00: no escort",
        "Cleo Fox, tomorrow 09:00: no escort",
    ]
    days = view.side.month.days
    qtbot.waitUntil(lambda: "2 booked" in days.say(date(2027, 5, 10)))
    assert days.say(date(2027, 5, 10)) == "Monday 10 May · 2 booked · 1 without escort"
    qtbot.mouseClick(days, LEFT, pos=days.box(date(2027, 5, 21)).center().toPoint())
    qtbot.waitUntil(lambda: facts(view) == ("Friday 21 May", "nobody booked"))
    card.rows()[2].click()
    qtbot.waitUntil(lambda: view.grid.chosen() == clinic.cleo)


def test_a_target_is_a_day_or_an_appointment(qtbot, view: CalendarView, clinic: Clinic) -> None:
    view.show_target(clinic.cleo)
    qtbot.waitUntil(lambda: view.grid.chosen() == clinic.cleo)
    assert view.day() == date(2027, 5, 11)
    view.show_target(date(2027, 6, 1))
    qtbot.waitUntil(lambda: facts(view)[0] == "Tuesday 1 June")
    assert view.side.month.month() == date(2027, 6, 1)


def test_what_is_under_way_is_not_dragged(qtbot, view: CalendarView, clinic: Clinic) -> None:
    clinic.db.run("UPDATE appointments SET status = 'completed' WHERE id = :id", id=clinic.ana)
    view.reload()
    status = Status.COMPLETED
    qtbot.waitUntil(lambda: view.grid.plan().tile(clinic.ana).visit.appointment.status is status)
    drag(qtbot, view, tile_point(view, clinic.ana), slot(view, 0, 15), let_go=False)
    assert view.grid.ghost() is None
    qtbot.mouseRelease(view.grid.viewport(), LEFT, pos=slot(view, 0, 15).toPoint())
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)


class Painted(QObject):
    """Remembers what of a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.area = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.area += event.region()
        return False


def test_pointing_at_things_repaints_only_them(qtbot, view: CalendarView) -> None:
    port = view.grid.viewport()
    qtbot.mouseMove(port, slot(view, 0, 14).toPoint())
    qtbot.wait(0)
    painted = Painted(port)
    qtbot.mouseMove(port, slot(view, 0, 15).toPoint())
    qtbot.waitUntil(lambda: painted.area.contains(slot(view, 0, 15).toPoint()))
    assert painted.area.contains(slot(view, 0, 14).toPoint())
    assert painted.area.boundingRect().height() < port.height() / 4
    assert painted.area.boundingRect().width() < port.width() * 0.6


def test_scrolling_paints_only_what_comes_into_sight(qtbot, view: CalendarView) -> None:
    port, bar = view.grid.viewport(), view.grid.verticalScrollBar()
    resized = Painted(port)
    view.resize(1290, 400)
    qtbot.waitUntil(lambda: not resized.area.isEmpty() and not view._workplace.desk.busy)
    QApplication.processEvents()
    assert bar.maximum() > bar.value() + 40
    before = port.grab().toImage()
    painted = Painted(port)
    bar.setValue(bar.value() + 40)
    qtbot.waitUntil(lambda: not painted.area.isEmpty())
    assert painted.area.boundingRect().height() <= 42
    header = round(view.grid.geometry_now().header)
    after = port.grab().toImage()
    moved = before.copy(0, header + 40, port.width(), 200)
    assert after.copy(0, header, port.width(), 200) == moved, "a whole painting shows the same"


@pytest.mark.parametrize(("dark", "scale"), [(False, 2.0), (True, 1.0)])
def test_every_page_paints_in_both_palettes_and_at_twice_the_text(
    qtbot, qapp: QApplication, view: CalendarView, dark: bool, scale: float
) -> None:
    theme.apply(qapp, dark=dark, scale=scale)
    assert view.minimumSizeHint().width() <= 1290
    for mode in ("day", "week", "agenda"):
        view._set_mode(mode)
        qtbot.waitUntil(lambda: not view._workplace.desk.busy)
        picture = view.grab().toImage()
        colours = {
            picture.pixelColor(QPoint(x, y)).name()
            for x in range(0, 1000, 7)
            for y in range(60, 690, 7)
        }
        assert len(colours) > 8
    theme.apply(qapp, dark=False)


def week_shown(qtbot, view: CalendarView) -> None:
    press(qtbot, view, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: view.week.plan() is not None and view.week.hasFocus())


def week_point(view: CalendarView, day: int, chair: int, hour: int, minute: int = 0) -> QPointF:
    """A point of the week: the day counted from Monday, the chair from the left."""
    plan = view.week.plan()
    assert plan is not None
    there = plan.days[day]
    box = view.week.geometry_now().slot(
        there.first_column + chair, there.axis.row_at_clock(hour, minute)
    )
    return QPointF(box.x + box.width / 2, box.y + 3)


def drag_in_week(qtbot, view: CalendarView, start: QPointF, end: QPointF) -> None:
    port = view.week.viewport()
    qtbot.mousePress(port, LEFT, pos=start.toPoint())
    for point in ((start + end) / 2, end):
        qtbot.mouseMove(port, point.toPoint())
    qtbot.mouseRelease(port, LEFT, pos=end.toPoint())


def test_in_the_week_a_drag_goes_to_another_day_chair_and_time_and_undo_brings_it_back(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    week_shown(qtbot, view)
    drag_in_week(qtbot, view, week_point(view, 0, 0, 11), week_point(view, 2, 1, 12, 30))
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("12:30", CHAIR_2, 120))
    assert clinic.kept(clinic.ana).starts.astimezone(at(0).tzinfo).day == 12
    qtbot.waitUntil(lambda: view.week.chosen() == clinic.ana and view.week.ghost() is None)
    assert view.day() == date(2027, 5, 12)
    entry = undo.next_to_undo(clinic.db, ROSA)
    assert entry is not None
    undo.undo(clinic.db, stamp(), entry.action_id)
    assert clinic.place(clinic.ana) == ("11:00", CHAIR_1, 120)


def test_in_the_week_keys_move_a_visit_by_days_chairs_and_quarter_hours(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    week_shown(qtbot, view)
    view.week.choose(clinic.ana)
    press(qtbot, view, Qt.Key.Key_M)
    qtbot.keyClick(view.week, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clinic.place(clinic.ana) == ("11:15", CHAIR_2, 120))
    assert clinic.kept(clinic.ana).starts.astimezone(at(0).tzinfo).day == 11


def test_in_the_week_one_key_steps_a_status_and_a_click_books(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    week_shown(qtbot, view)
    view.week.choose(clinic.cleo)
    assert view.day() == date(2027, 5, 11)
    press(qtbot, view, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: clinic.kept(clinic.cleo).status is Status.CONFIRMED)
    qtbot.mouseClick(view.week.viewport(), LEFT, pos=week_point(view, 3, 1, 10).toPoint())
    popover = view.findChild(QDialog, "booking_popover")
    assert popover is not None and popover.isVisible()
    assert popover.findChild(QLineEdit, "booking_time").text() == "10:00"
    popover.reject()


def test_in_the_week_numbers_jump_to_a_chair_of_the_day_and_arrows_go_on_to_the_next_day(
    qtbot, view: CalendarView
) -> None:
    week_shown(qtbot, view)
    press(qtbot, view, Qt.Key.Key_Home, Qt.Key.Key_2)
    assert "Mon 10 May" in view.week.accessibleDescription()
    assert "Chair 2" in view.week.accessibleDescription()
    press(qtbot, view, Qt.Key.Key_Right, Qt.Key.Key_Right)
    while "Tue 11 May" not in view.week.accessibleDescription():
        press(qtbot, view, Qt.Key.Key_Right)
    assert view.day() == date(2027, 5, 11)
    qtbot.keyClick(view.week, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.day() == date(2027, 5, 12)


def month_shown(qtbot, view: CalendarView) -> None:
    press(qtbot, view, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: facts(view)[0] == "May 2027" and view.month.hasFocus())


def test_the_month_says_how_full_each_day_is_and_enter_opens_one(qtbot, view: CalendarView) -> None:
    month_shown(qtbot, view)
    assert facts(view)[1] == "3 booked · 2 without escort"
    said = view.month.say(date(2027, 5, 10)).splitlines()
    assert said[0] == "Monday 10 May, today"
    assert said[1].startswith("2 booked · 4 of ")
    assert said[2:] == ["No escort: 11:00 Ben Ode"]
    assert view.month.accessibleDescription().splitlines() == said
    press(qtbot, view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.day() == date(2027, 5, 11))
    assert "No escort: 09:00 Cleo Fox" in view.month.accessibleDescription()
    press(qtbot, view, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: facts(view)[0] == "Tuesday 11 May")
    assert view.grid.hasFocus()


def test_the_month_turns_by_its_keys_and_arrows_walk_out_of_it(qtbot, view: CalendarView) -> None:
    month_shown(qtbot, view)
    press(qtbot, view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: facts(view) == ("June 2027", "nobody booked"))
    press(qtbot, view, Qt.Key.Key_Home, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: facts(view)[0] == "May 2027" and view.day() == date(2027, 5, 31))
    assert view.month.day_at(view.month.box(date(2027, 5, 10)).center()) == date(2027, 5, 10)
    press(qtbot, view, Qt.Key.Key_T)
    assert view.day() == date(2027, 5, 10)


def test_a_closure_is_in_the_month_and_takes_its_room(
    qtbot, view: CalendarView, clinic: Clinic, workplace: Workplace
) -> None:
    month_shown(qtbot, view)
    friday = date(2027, 5, 14)
    before = view.month.say(friday)
    span = Span(at(9, day=14), at(17, day=14))
    workplace.desk.do(
        lambda db: clinic_services.close(db, stamp(), chair_id=None, span=span, reason="power cut"),
        receiver=view,
    )
    qtbot.waitUntil(lambda: "Closed 09:00–17:00: power cut" in view.month.say(friday))
    assert view.month.say(friday).splitlines()[1] != before.splitlines()[1]


@pytest.mark.parametrize("mode", ["F5", "F6", "F7", "F8"])
def test_weeks_and_months_are_jumped_over_in_every_view(
    qtbot, view: CalendarView, mode: str
) -> None:
    press(qtbot, view, getattr(Qt.Key, f"Key_{mode}"))
    jumps = (
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier, date(2027, 5, 17)),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier, date(2027, 6, 17)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier, date(2027, 6, 10)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier, date(2027, 5, 10)),
    )
    for key, with_key, reached in jumps:
        qtbot.keyClick(QApplication.focusWidget(), key, with_key)
        assert view.day() == reached
        qtbot.waitUntil(lambda: not view._workplace.desk.busy)


def test_who_does_not_come_is_hidden_by_one_key_and_shown_again(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    booking.set_status(
        clinic.db,
        stamp(),
        clinic.ben,
        clinic.kept(clinic.ben).version,
        status=Status.CANCELLED_BY_PATIENT,
        reason=Reason.ILL,
    )
    view.reload()
    qtbot.waitUntil(lambda: facts(view)[1] == "1 booked")
    assert view.grid.plan().tile(clinic.ben) is not None
    press(qtbot, view, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: view.grid.plan().tile(clinic.ben) is None)
    assert view.grid.plan().tile(clinic.ana) is not None
    press(qtbot, view, Qt.Key.Key_F8)
    assert view.agenda.model.rowCount() == 1
    press(qtbot, view, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not view._workplace.desk.busy)
    press(qtbot, view, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: view.grid.plan().tile(clinic.ben) is not None)


@pytest.mark.parametrize("mode", ["F5", "F6", "F8"])
def test_space_reads_a_visit_in_full(qtbot, view: CalendarView, clinic: Clinic, mode: str) -> None:
    choose(view, clinic.ana)
    press(qtbot, view, getattr(Qt.Key, f"Key_{mode}"))
    qtbot.waitUntil(lambda: view.at_hand == clinic.ana and not view._workplace.desk.busy)
    press(qtbot, view, Qt.Key.Key_Space)
    qtbot.waitUntil(QToolTip.isVisible)
    assert "Ana García" in QToolTip.text() and "Marta" in QToolTip.text()
    QToolTip.hideText()


def test_beside_the_day_stands_what_the_nurses_watch(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    """Two nurses, two infusions each; Ana and Ben are infused from 11:30 to 12:10."""
    plan = view.grid.plan()
    assert plan is not None
    changes = [
        f"{plan.axis.label(int(plan.axis.row_of(step.starts)))} {step.infusing}/{step.capacity}"
        for before, step in zip((None, *plan.load), plan.load, strict=False)
        if before is None or before.infusing != step.infusing
    ]
    assert changes[1:] == ["11:30 2/4", "12:15 0/4"]
    row = plan.axis.row_at_clock(11, 30)
    assert describe_load(plan, row) == "11:30: 2 of 4 infusions that the nurses may watch"
    crowded = replace(plan, load=tuple(replace(one, capacity=1) for one in plan.load))
    said = describe_load(crowded, row)
    assert said == "11:30: 2 infusions at once, the nurses may watch 1"
    ((first, last),) = over_capacity(crowded.load)
    assert plan.axis.local(int(plan.axis.row_of(first.starts))).hour == 11
    assert (last.starts - first.starts).seconds == 30 * 60


def test_a_visit_asked_for_from_the_month_is_shown_on_its_day(
    qtbot, view: CalendarView, clinic: Clinic
) -> None:
    month_shown(qtbot, view)
    view.show_target(clinic.cleo)
    qtbot.waitUntil(lambda: view.at_hand == clinic.cleo)
    assert facts(view)[0] == "Tuesday 11 May"
