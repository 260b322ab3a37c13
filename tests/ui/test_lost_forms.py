"""A form is written, but nobody heard so: the same sent again is kept once, and something else that
was typed meanwhile is never thrown away and called saved.
"""
# ruff: noqa: F811 - fixtures of other files are used by their names

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ketadesk.services import calendar, patients
from ketadesk.ui.booking.popover import BookingPopover
from ketadesk.ui.calendar.closing import ClosingDialog
from ketadesk.ui.patients import entry_kinds
from ketadesk.ui.patients.conflict_card import ConflictCard
from ketadesk.ui.patients.courses_page import CoursesPage
from ketadesk.ui.patients.entry_list import EntryList
from ketadesk.ui.patients.new_patient import NewPatientForm
from ketadesk.ui.patients.record_pane import RecordPane
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import CHAIR_1, MONDAY_TEN, at
from tests.ui.patients_desk import AnasClinic, control, settled
from tests.ui.test_lost_acknowledgement import lose_one_answer
from tests.ui.test_patients import clinic, workplace  # noqa: F401


@dataclass(frozen=True)
class Form:
    """A form on the screen: how one types, how it is sent, what the file has of it by now.

    `says` is what a person reads when their second text cannot be written over the first.
    """

    window: QWidget
    type: Callable[[str], object]
    send: Callable[[], object]
    kept: Callable[[], list[str]]
    says: Callable[[], str]
    texts: tuple[str, str]


def shown(qtbot, form: QWidget) -> None:
    qtbot.addWidget(form)
    form.resize(900, 640)
    with qtbot.waitExposed(form):
        form.show()


def typed_into(form: QWidget, name: str) -> Callable[[str], object]:
    line = control(form, QLineEdit, name)

    def write(text: str) -> None:
        line.setText(text)
        line.textEdited.emit(text)
        line.editingFinished.emit()

    return write


def a_patients_phone(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    pane = RecordPane(workplace)
    shown(qtbot, pane)
    pane.load(clinic.ana)
    settled(qtbot, workplace)
    card = control(pane, ConflictCard, "conflict_card")
    return Form(
        pane,
        typed_into(pane, "patient_phone"),
        pane.save,
        lambda: [patients.one(clinic.db, clinic.ana).phone],
        lambda: control(card, Label, "conflict_title").text() if card.isVisible() else "",
        ("310-555-0001", "310-555-0002"),
    )


def an_allergy(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    entries = EntryList(workplace, entry_kinds.allergies())
    shown(qtbot, entries)
    entries.show_record(patients.record(clinic.db, clinic.ana))
    return Form(
        entries,
        typed_into(entries, "allergies_substance"),
        control(entries, Button, "allergies_save").click,
        lambda: [one.substance for one in patients.record(clinic.db, clinic.ana).allergies],
        lambda: "",
        ("latex", "latex gloves"),
    )


def a_course(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    page = CoursesPage(workplace)
    shown(qtbot, page)
    page.show_record(patients.record(clinic.db, clinic.ana), ())
    planned = control(page, NumberField, "courses_visits")
    return Form(
        page,
        lambda text: planned.setValue(int(text)),
        control(page, Button, "courses_save").click,
        lambda: [
            str(one.planned)
            for one in patients.record(clinic.db, clinic.ana).courses
            if one.id != clinic.course
        ],
        lambda: "",
        ("4", "8"),
    )


def somebody_new(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    form = NewPatientForm(workplace)
    shown(qtbot, form)
    typed_into(form, "new_family_name")("Quick")
    return Form(
        form,
        typed_into(form, "new_given_name"),
        control(form, Button, "new_patient_add").click,
        lambda: [one.given_name for one in patients.find(clinic.db, "Quick")],
        control(form, Label, "new_patient_message").text,
        ("Zoe", "Zora"),
    )


def a_closure(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    window = QWidget()
    shown(qtbot, window)
    dialog = ClosingDialog(workplace, window)
    dialog.open_for(CHAIR_1, at(14), at(15))
    settled(qtbot, workplace)
    return Form(
        window,
        typed_into(dialog, "closing_reason"),
        control(dialog, Button, "closing_close").click,
        lambda: [
            one.reason for one in calendar.schedule(clinic.db, MONDAY_TEN.date(), days=1).closures
        ],
        lambda: "",
        ("pump", "pump in repair"),
    )


def told(popover: BookingPopover) -> str:
    return control(popover, Notice, "booking_notice").text() if popover.isVisible() else ""


def asked_why(popover: BookingPopover) -> str:
    """What is asked where a rule speaks against a booking: here she has one on that day already."""
    asked = popover.findChild(QDialog, "against_dialog")
    return "" if asked is None else asked.windowTitle()


def a_booking(qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    window = QWidget()
    shown(qtbot, window)
    popover = BookingPopover(workplace, window)
    popover.open_for(CHAIR_1, at(14), patient_id=clinic.ana)
    settled(qtbot, workplace)
    write, book = typed_into(popover, "booking_time"), control(popover, Button, "booking_book")

    def type_time(text: str) -> None:
        write(text)
        settled(qtbot, workplace)

    return Form(
        window,
        type_time,
        book.click,
        lambda: [
            f"{workplace.local(one.appointment.starts):%H:%M}"
            for one in clinic.visits()
            if one.appointment.patient_id == clinic.ana
        ],
        lambda: asked_why(popover) or told(popover),
        ("14:00", "16:30"),
    )


FORMS = [a_patients_phone, an_allergy, a_course, somebody_new, a_closure, a_booking]


@pytest.fixture(params=FORMS, ids=lambda made: made.__name__)
def form(request, qtbot, workplace: Workplace, clinic: AnasClinic) -> Form:
    return request.param(qtbot, workplace, clinic)


def send_and_lose(qtbot, form: Form, workplace: Workplace, patch, *, written: bool = True) -> None:
    form.type(form.texts[0])
    lose_one_answer(workplace.desk, patch, written=written)
    with qtbot.waitSignal(workplace.desk.failed):
        form.send()
    settled(qtbot, workplace)


@pytest.mark.parametrize("written", [True, False])
def test_the_same_sent_again_is_kept_once(
    qtbot, form: Form, workplace: Workplace, monkeypatch, written: bool
) -> None:
    send_and_lose(qtbot, form, workplace, monkeypatch, written=written)
    with qtbot.waitSignal(workplace.desk.saved):
        form.send()
    settled(qtbot, workplace)
    assert form.kept() == [form.texts[0]]


def test_something_else_typed_meanwhile_is_kept_or_told_of(
    qtbot, form: Form, workplace: Workplace, monkeypatch
) -> None:
    send_and_lose(qtbot, form, workplace, monkeypatch)
    form.type(form.texts[1])
    form.send()
    settled(qtbot, workplace)
    if form.texts[1] in form.kept():
        assert sorted(form.kept()) == sorted(form.texts), "both stand where a person sees them"
    else:
        assert form.kept() == [form.texts[0]]
        assert form.says()
