"""Booking as a receptionist does it: a few keys, real desk, real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.clinic import Role
from ketadesk.domain.ids import AppointmentId, StaffId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Override
from ketadesk.domain.patients import Eligibility, EscortDraft
from ketadesk.services import calendar, patients
from ketadesk.services.clinic import add_staff
from ketadesk.services.watching import open_clinic
from ketadesk.ui import theme
from ketadesk.ui.booking.decided import decided_otherwise
from ketadesk.ui.booking.popover import BookingPopover
from ketadesk.ui.booking.reasons import ask_reason
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, CHAIR_2, LENA, add_patient, at, book, stamp
from tests.ui.patients_desk import AnasClinic, control, open_workplace, press, settled


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
def popover(qtbot, workplace: Workplace) -> Iterator[BookingPopover]:
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    made = BookingPopover(workplace, window)
    with qtbot.waitExposed(window):
        window.show()
    made.open_for(None, None)
    yield made
    window.close()


def take(qtbot, popover: BookingPopover, text: str = "ana") -> None:
    press(qtbot, text, Qt.Key.Key_Return)
    who = control(popover, QWidget, "booking_who")
    qtbot.waitUntil(lambda: bool(who.full_text()))


def because(qtbot, popover: BookingPopover, reason: str) -> None:
    """Gives the reason for going against the rules, and sees it booked."""
    qtbot.waitUntil(lambda: popover.findChild(QLineEdit, "against_reason") is not None)
    line = control(popover, QLineEdit, "against_reason")
    qtbot.waitUntil(line.hasFocus)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, reason, Qt.Key.Key_Return)


def remarks(popover: BookingPopover) -> list[str]:
    holder = control(popover, QWidget, "booking_remarks")
    return [chip.text() for chip in holder.findChildren(Chip) if chip.isVisible()]


def test_a_known_patient_is_booked_with_five_keys(qtbot, clinic, workplace, popover) -> None:
    with qtbot.waitSignal(popover.booked) as booked:
        press(qtbot, "ana", Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert not popover.isVisible()
    visit = calendar.visit(clinic.db, AppointmentId(booked.args[0].row_ids["appointments"]))
    assert visit.patient_name == "Ana García"
    assert visit.count == "3/6"
    assert visit.appointment.starts == at(10)
    assert visit.appointment.chair_id == CHAIR_1
    assert visit.appointment.nurse_id == LENA
    assert visit.escort_name == "Marta"


def test_the_next_free_time_is_proposed_and_the_chosen_one_kept(
    qtbot, clinic, workplace, popover
) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    book(clinic.db, luis, at(10), chair_id=CHAIR_1)
    take(qtbot, popover)
    assert control(popover, QComboBox, "booking_chair").currentData() == CHAIR_2
    popover.open_for(CHAIR_1, at(14, 30))
    with qtbot.waitSignal(popover.booked):
        press(qtbot, "ana", Qt.Key.Key_Return, Qt.Key.Key_Return)
    mine = [visit for visit in clinic.visits() if visit.patient_name == "Ana García"]
    assert [(one.appointment.chair_id, one.appointment.starts) for one in mine] == [
        (CHAIR_1, at(14, 30))
    ]


def test_the_key_for_a_new_escort_opens_and_never_folds(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    name = control(popover, QLineEdit, "booking_escort_name")
    assert not name.isVisible()
    for typed in ("Sam", "i"):
        qtbot.keyClick(popover, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is name)
        name.end(False)
        press(qtbot, typed)
    assert name.isVisible() and name.text() == "Sami"
    with qtbot.waitSignal(popover.booked) as booked:
        press(qtbot, Qt.Key.Key_Return)
    visit = calendar.visit(clinic.db, AppointmentId(booked.args[0].row_ids["appointments"]))
    assert visit.escort_name == "Sami"


def test_enter_pressed_again_and_again_books_once(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, *[Qt.Key.Key_Return] * 4)
    settled(qtbot, workplace)
    assert len(clinic.visits()) == 1


def test_what_was_shown_is_what_is_changed(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    time = control(popover, QLineEdit, "booking_time")
    assert QApplication.focusWidget() is time
    press(qtbot, "1415")
    assert control(popover, Label, "booking_length").text() == "to 16:15 · 2 h"
    press(qtbot, Qt.Key.Key_Up)
    assert time.text() == "14:30"
    day = control(popover, QLineEdit, "booking_day")
    day.setFocus()
    day.selectAll()
    press(qtbot, "wed")
    control(popover, QLineEdit, "booking_note").setFocus()
    press(qtbot, "by wheelchair")
    assert day.text() == "Wed 12 May 2027"
    press(qtbot, Qt.Key.Key_Return)
    because(qtbot, popover, "she is away until then")
    (visit,) = clinic.visits(12)
    assert visit.appointment.starts == at(14, 30, day=12)
    assert visit.appointment.note == "by wheelchair"


def test_a_time_that_is_none_stays_in_the_field(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    press(qtbot, "99", Qt.Key.Key_Return)
    time = control(popover, QLineEdit, "booking_time")
    assert time.text() == "99"
    assert time.property("invalid") is True
    assert "can't be read as a time" in control(popover, Notice, "booking_notice").text()
    assert popover.isVisible()
    settled(qtbot, workplace)
    assert clinic.visits() == []


def test_a_taken_chair_offers_the_next_free_time(qtbot, clinic, workplace, popover) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    popover.open_for(CHAIR_1, at(11))
    take(qtbot, popover)
    settled(qtbot, workplace)
    book(clinic.db, luis, at(11), chair_id=CHAIR_1)
    press(qtbot, Qt.Key.Key_Return)
    notice = control(popover, Notice, "booking_notice")
    qtbot.waitUntil(notice.isVisible)
    assert notice.text() == "Taken by Luis Ibáñez, 11:00 to 13:00."
    assert control(notice, Button, "notice_instead").label() == "Take 11:00, Chair 2"
    qtbot.keyClick(popover, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    mine = [visit for visit in clinic.visits() if visit.patient_name == "Ana García"]
    assert [one.appointment.chair_id for one in mine] == [CHAIR_2]


def test_a_taken_chair_is_shared_only_with_a_reason(qtbot, clinic, workplace, popover) -> None:
    luis = add_patient(clinic.db, "Luis", "Ibáñez")
    book(clinic.db, luis, at(11), chair_id=CHAIR_1)
    popover.open_for(CHAIR_1, at(11))
    take(qtbot, popover)
    notice = control(popover, Notice, "booking_notice")
    qtbot.waitUntil(notice.isVisible)
    qtbot.keyClick(popover, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    line = control(popover, QLineEdit, "against_reason")
    qtbot.waitUntil(line.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    assert line.isVisible()
    with qtbot.waitSignal(popover.booked):
        press(qtbot, "Luis leaves early", Qt.Key.Key_Return)
    (mine,) = [visit for visit in clinic.visits() if visit.patient_name == "Ana García"]
    assert mine.appointment.overlap_reason == "Luis leaves early"


def test_what_speaks_against_it_is_said_and_asked_for_once(
    qtbot, clinic, workplace, popover
) -> None:
    add_patient(clinic.db, "Omar", "Haddad", eligibility=Eligibility.NOT_ASSESSED)
    popover.open_for(CHAIR_1, at(6))
    take(qtbot, popover, "omar")
    settled(qtbot, workplace)
    assert remarks(popover) == [
        "not assessed yet",
        "no escort yet",
        "outside opening hours",
        "in the past",
    ]
    press(qtbot, Qt.Key.Key_Return)
    because(qtbot, popover, "Dr. Shah saw him early")
    (visit,) = clinic.visits()
    assert visit.appointment.override == Override(
        frozenset({Guard.OUTSIDE_HOURS, Guard.IN_THE_PAST, Guard.NOT_APPROVED}),
        "Dr. Shah saw him early",
    )
    assert decided_otherwise(visit) == (
        "Booked despite: outside opening hours, in the past, not approved. "
        "Rosa M.: Dr. Shah saw him early"
    )


def test_the_desk_is_told_who_may_decide_and_offered_a_better_place(
    qtbot, clinic, workplace, popover
) -> None:
    """The day after the visit of 12 May comes too soon: that is for a nurse to decide."""
    course = clinic.course
    book(clinic.db, clinic.ana, at(10, day=12), course_id=course, escort_id=clinic.marta)
    added = add_staff(clinic.db, stamp(), name="Kim R.", role=Role.RECEPTIONIST)
    workplace.read_frame()
    qtbot.waitUntil(lambda: len(workplace.clinic_frame.staff) == 4)
    workplace.take_over(StaffId(added.row_ids["staff"]))
    popover.open_for(CHAIR_1, at(10, day=13))
    take(qtbot, popover)
    settled(qtbot, workplace)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: popover.findChild(QWidget, "against_dialog") is not None)
    dialog = control(popover, QWidget, "against_dialog")
    qtbot.waitUntil(dialog.isActiveWindow)
    assert control(dialog, Label, "against_who_may").text() == (
        "A nurse, a clinician or a manager may decide otherwise."
    )
    assert dialog.findChild(QLineEdit, "against_reason") is None
    assert control(dialog, Button, "against_instead").label() == "Take Fri 14 May 10:00, Chair 1"
    qtbot.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    day = control(popover, QLineEdit, "booking_day")
    qtbot.waitUntil(lambda: day.text() == "Fri 14 May 2027")
    settled(qtbot, workplace)
    with qtbot.waitSignal(popover.booked):
        qtbot.keyClick(popover, Qt.Key.Key_Return)
    (visit,) = clinic.visits(14)
    assert (visit.patient_name, visit.appointment.override) == ("Ana García", NOTHING_OVERRIDDEN)


def test_the_same_patient_twice_a_day_is_said(qtbot, clinic, workplace, popover) -> None:
    book(clinic.db, clinic.ana, at(14))
    popover.open_for(CHAIR_1, at(10))
    take(qtbot, popover)
    qtbot.waitUntil(lambda: remarks(popover) == ["already booked that day at 14:00"])


def test_nobody_chosen_is_pointed_out(qtbot, clinic, workplace, popover) -> None:
    press(qtbot, Qt.Key.Key_Return)
    assert control(popover, QLineEdit, "booking_patient").property("invalid") is True
    assert popover.isVisible()


def test_typing_anew_forgets_the_patient(qtbot, clinic, workplace, popover) -> None:
    add_patient(clinic.db, "Omar", "Haddad")
    take(qtbot, popover)
    line = control(popover, QLineEdit, "booking_patient")
    line.setFocus()
    line.selectAll()
    take(qtbot, popover, "omar")
    course = control(popover, QComboBox, "booking_course")
    assert course.isVisible() and course.currentText() == "single visit"
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert [visit.patient_name for visit in clinic.visits()] == ["Omar Haddad"]


def test_somebody_new_is_added_on_the_spot(qtbot, clinic, workplace, popover) -> None:
    press(qtbot, "wei zhang", Qt.Key.Key_Return)
    given = control(popover, QLineEdit, "booking_new_given_name")
    qtbot.waitUntil(given.isVisible)
    assert (given.text(), control(popover, QLineEdit, "booking_new_family_name").text()) == (
        "Wei",
        "Zhang",
    )
    press(qtbot, Qt.Key.Key_Return)
    message = control(popover, Label, "booking_new_patient_message")
    qtbot.waitUntil(lambda: "tells namesakes apart" in message.text())
    press(qtbot, "3/4/1985", Qt.Key.Key_Return)
    who = control(popover, QWidget, "booking_who")
    qtbot.waitUntil(lambda: who.full_text().startswith("4 March 1985"))
    press(qtbot, Qt.Key.Key_Return)
    because(qtbot, popover, "Dr. Shah sees her before")
    assert [visit.patient_name for visit in clinic.visits()] == ["Wei Zhang"]


def test_somebody_who_resembles_is_shown_before_a_double_is_made(
    qtbot, clinic, workplace, popover
) -> None:
    press(qtbot, "ana garcya", Qt.Key.Key_Return)
    phone = control(popover, QLineEdit, "booking_new_phone")
    qtbot.waitUntil(phone.isVisible)
    phone.setFocus()
    press(qtbot, "(310) 555 0142", Qt.Key.Key_Return)
    settled(qtbot, workplace)
    same = control(popover, Button, f"same_{clinic.ana}")
    qtbot.waitUntil(same.hasFocus)
    assert len(patients.find(clinic.db, "ana")) == 1
    press(qtbot, Qt.Key.Key_Return)
    who = control(popover, QWidget, "booking_who")
    qtbot.waitUntil(lambda: "310-555-0142" in who.full_text())
    with qtbot.waitSignal(popover.booked):
        press(qtbot, Qt.Key.Key_Return)
    assert len(patients.find(clinic.db, "ana")) == 1
    assert [visit.count for visit in clinic.visits()] == ["3/6"]


def test_a_typed_note_is_not_thrown_away_without_asking(qtbot, clinic, workplace, popover) -> None:
    note = control(popover, QLineEdit, "booking_note")
    note.setFocus()
    press(qtbot, "by wheelchair", Qt.Key.Key_Escape)
    assert popover.isVisible()
    assert "What you typed would be lost" in control(popover, Notice, "booking_notice").text()
    qtbot.keyClick(popover, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert not popover.isVisible()
    popover.open_for(None, None)
    assert note.text() == ""
    qtbot.waitUntil(popover.isActiveWindow)
    press(qtbot, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_a_reason_is_one_key(qtbot, clinic, workplace) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    given: list[Reason] = []
    dialog = ask_reason(window, Status.NO_SHOW, given.append)
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert given == [Reason.NO_ESCORT]
    other = ask_reason(window, Status.CANCELLED_BY_CLINIC, given.append)
    qtbot.waitUntil(other.isActiveWindow)
    with qtbot.waitSignal(other.destroyed):
        qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert given == [Reason.NO_ESCORT]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (Qt.Key.Key_8, Reason.WORK),
        (Qt.Key.Key_9, Reason.BOOKED_BY_MISTAKE),
        (Qt.Key.Key_0, Reason.OTHER),
    ],
)
def test_work_is_among_the_reasons_and_the_tenth_has_a_key(
    qtbot, clinic, workplace, key: Qt.Key, reason: Reason
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    given: list[Reason] = []
    dialog = ask_reason(window, Status.CANCELLED_BY_PATIENT, given.append)
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, key)
    assert given == [reason]


def test_an_escorts_number_finds_the_patient(qtbot, clinic, workplace, popover) -> None:
    omar = add_patient(clinic.db, "Omar", "Haddad", phone="310-555-0204")
    sami = EscortDraft("Sami", "brother", "(818) 555-0163")
    patients.add_escort(clinic.db, stamp(), omar, sami)
    for typed in ("0163", "818 555 0163", "8185550163"):
        assert [one.id for one in patients.find(clinic.db, typed)] == [omar]
    assert patients.find(clinic.db, "163") == []
    take(qtbot, popover, "0163")
    assert control(popover, QLineEdit, "booking_patient").text() == "Omar Haddad"


def test_every_control_of_the_form_has_a_name(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    for kind in (QLineEdit, QComboBox, Button):
        for one in popover.findChildren(kind):
            if one.objectName() != "qt_spinbox_lineedit":
                assert one.accessibleName(), one.objectName()


def test_a_booking_elsewhere_does_not_lose_what_is_typed(qtbot, clinic, workplace, popover) -> None:
    take(qtbot, popover)
    other = open_clinic(clinic.path)
    book(other, add_patient(other, "Luis", "Ibáñez"), at(15), chair_id=CHAIR_2)
    other.close()
    with qtbot.waitSignal(workplace.desk.changed, timeout=4000):
        pass
    assert control(popover, QLineEdit, "booking_patient").text() == "Ana García"
