"""The Patients view as the desk uses it: find, add, edit, and two people typing at once."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
)

from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.wishes import Hours
from ketadesk.services import patients
from ketadesk.ui import theme
from ketadesk.ui.patients.conflict_card import ConflictCard
from ketadesk.ui.patients.record_head import RecordHead
from ketadesk.ui.patients.typed import date_field
from ketadesk.ui.patients.view import PatientsView
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import add_patient
from tests.ui.patients_desk import AnasClinic, control, open_workplace, press, settled

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[AnasClinic]:
    made = AnasClinic(tmp_path / "harbor.ketadesk")
    add_patient(made.db, "Luis", "Ibáñez", birth_date=date(1966, 11, 5))
    add_patient(made.db, "Björn", "Åkesson", phone="310-555-0170")
    yield made
    made.db.close()


@pytest.fixture
def workplace(qapp: QApplication, qtbot, clinic: AnasClinic) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False)
    made = open_workplace(clinic.path, qtbot)
    yield made
    made.desk.close()


@pytest.fixture
def view(qtbot, workplace: Workplace) -> Iterator[PatientsView]:
    made = PatientsView(workplace)
    made.resize(1290, 660)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(lambda: rows(made) != [])
    yield made
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()


@pytest.fixture
def ana(qtbot, workplace: Workplace, view: PatientsView, clinic: AnasClinic) -> PatientsView:
    """The view with Ana's record open."""
    view.show_target(clinic.ana)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Ana García")
    settled(qtbot, workplace)
    return view


def rows(view: PatientsView) -> list[str]:
    """The list as text."""
    return drawn(control(view, Table, "patients_table"))


def drawn(table: Table) -> list[str]:
    model = table.model()
    return [
        " | ".join(
            str(model.index(row, column).data() or "") for column in range(model.columnCount())
        )
        for row in range(model.rowCount())
    ]


def patient(clinic: AnasClinic, patient_id: PatientId | None = None):
    return patients.record(clinic.db, patient_id or clinic.ana).patient


def line(view: PatientsView, name: str) -> QLineEdit:
    return control(view, QLineEdit, name)


def type_over(qtbot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    press(qtbot, text)


def test_the_list_shows_who_there_is_and_when_they_come(qtbot, clinic, workplace, view) -> None:
    assert rows(view) == [
        "Björn Åkesson | – | 310-555-0170 | –",
        "Ana García | – | 310-555-0142 | –",
        "Luis Ibáñez | 5 Nov 1966 | – | –",
    ]
    assert title(view) == "Name, by family name"


def title(view: PatientsView) -> str:
    header = control(view, Table, "patients_table").model().headerData
    return header(0, Qt.Orientation.Horizontal)


def test_the_record_follows_what_one_looks_for(qtbot, clinic, workplace, ana) -> None:
    """Ana's record is open; whoever is looked for is the one whom Book would book."""
    find = line(ana, "patients_find")
    type_over(qtbot, find, "ibanez")
    qtbot.waitUntil(lambda: control(ana, Label, "record_name").full_text() == "Luis Ibáñez")
    assert title(ana) == "Name, best match first"
    type_over(qtbot, find, "nobody of this name")
    settled(qtbot, workplace)
    assert ana.patient_id is None
    assert not control(ana, Button, "record_book").isVisible()
    find.clear()
    ana.show_target(clinic.ana)
    settled(qtbot, workplace)
    type_over(qtbot, find, "gar")
    settled(qtbot, workplace)
    assert ana.patient_id == clinic.ana


def test_a_record_opened_from_elsewhere_is_in_the_list(qtbot, clinic, workplace, ana) -> None:
    find = line(ana, "patients_find")
    type_over(qtbot, find, "ibanez")
    settled(qtbot, workplace)
    ana.show_target(clinic.ana)
    settled(qtbot, workplace)
    assert (find.text(), ana.patient_id) == ("", clinic.ana)
    assert len(rows(ana)) == 3


def test_what_is_typed_into_a_record_keeps_it_open(qtbot, clinic, workplace, ana) -> None:
    type_over(qtbot, line(ana, "patient_phone"), "310-555-0999")
    type_over(qtbot, line(ana, "patients_find"), "ibanez")
    settled(qtbot, workplace)
    assert ana.patient_id == clinic.ana
    assert line(ana, "patient_phone").text() == "310-555-0999"


def test_large_text_drops_whole_columns_and_cuts_none(qapp, qtbot, workplace, view) -> None:
    table = control(view, Table, "patients_table")
    assert [table.isColumnHidden(column) for column in range(4)] == [False] * 4
    theme.apply(qapp, dark=False, scale=1.5)
    view.resize(1290, 690)
    qtbot.waitUntil(
        lambda: [table.isColumnHidden(n) for n in range(4)] == [False, False, True, False]
    )
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(0) >= theme.px(130)
    whole = table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert whole == "Björn Åkesson · 310-555-0170"
    theme.apply(qapp, dark=False)


def test_find_as_you_type_and_enter_opens_the_first(qtbot, clinic, workplace, view) -> None:
    press(qtbot, "ibanez", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Luis Ibáñez")
    assert rows(view) == ["Luis Ibáñez | 5 Nov 1966 | – | –"]
    tabs = control(view, QTabWidget, "record_tabs")
    qtbot.waitUntil(tabs.tabBar().hasFocus)


def test_the_arrow_keys_walk_through_records(qtbot, clinic, workplace, view) -> None:
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Björn Åkesson")
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Ana García")


def test_an_edit_is_saved_with_enter(qtbot, clinic, workplace, ana) -> None:
    assert not control(ana, Button, "record_save").isEnabled()
    type_over(qtbot, line(ana, "patient_called_name"), "Anita")
    type_over(qtbot, line(ana, "patient_birth_date"), "14.3.1985")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: patient(clinic).called_name == "Anita")
    assert patient(clinic).birth_date == date(1985, 3, 14)
    assert patient(clinic).eligibility is Eligibility.APPROVED
    settled(qtbot, workplace)
    assert control(ana, Label, "record_name").full_text() == "Ana García “Anita”"
    assert control(ana, Label, "record_facts").full_text().startswith("14 March 1985 (42)")
    assert not control(ana, Button, "record_save").isEnabled()


def test_what_is_refused_stays_typed(qtbot, clinic, workplace, ana) -> None:
    type_over(qtbot, line(ana, "patient_birth_date"), "3.4.1985")
    press(qtbot, Qt.Key.Key_Return)
    assert line(ana, "patient_birth_date").text() == "3.4.1985"
    notice = control(ana, Notice, "record_notice")
    assert "can be two days" in notice.text()
    type_over(qtbot, line(ana, "patient_birth_date"), "3/4/2085")
    press(qtbot, Qt.Key.Key_Return)
    assert "lies in the future" in notice.text()
    line(ana, "patient_birth_date").setFocus()
    line(ana, "patient_birth_date").selectAll()
    press(qtbot, Qt.Key.Key_Delete)
    type_over(qtbot, line(ana, "patient_record_number"), "A-1")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: patient(clinic).record_number == "A-1")
    settled(qtbot, workplace)
    ana.show_target(PatientId(2))
    qtbot.waitUntil(lambda: control(ana, Label, "record_name").full_text() == "Luis Ibáñez")
    type_over(qtbot, line(ana, "patient_record_number"), "A-1")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "belongs to Ana García" in notice.text())
    assert line(ana, "patient_record_number").text() == "A-1"


def test_escape_takes_back_what_was_typed(qtbot, clinic, workplace, ana) -> None:
    type_over(qtbot, line(ana, "patient_phone"), "1")
    press(qtbot, Qt.Key.Key_Escape)
    assert line(ana, "patient_phone").text() == "310-555-0142"


def test_typing_is_not_thrown_away_by_choosing_another(qtbot, clinic, workplace, ana) -> None:
    type_over(qtbot, line(ana, "patient_phone"), "310-555-9999")
    ana.show_target(PatientId(2))
    notice = control(ana, Notice, "record_notice")
    assert notice.isVisible()
    assert control(ana, Label, "record_name").full_text() == "Ana García"
    qtbot.keyClick(ana, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: control(ana, Label, "record_name").full_text() == "Luis Ibáñez")
    assert patient(clinic).phone == "310-555-9999"
    type_over(qtbot, line(ana, "patient_phone"), "7")
    ana.show_target(clinic.ana)
    qtbot.keyClick(ana, Qt.Key.Key_L, ALT)
    qtbot.waitUntil(lambda: control(ana, Label, "record_name").full_text() == "Ana García")
    assert patient(clinic, PatientId(2)).phone == ""


def test_two_people_typing_see_both_texts(qtbot, clinic, workplace, ana) -> None:
    other = open_workplace(clinic.path, qtbot)
    theirs = PatientsView(other)
    with qtbot.waitExposed(theirs):
        theirs.show()
    theirs.show_target(clinic.ana)
    qtbot.waitUntil(lambda: line(theirs, "patient_phone").text() == "310-555-0142")
    mine = line(ana, "patient_phone")
    mine.end(False)
    qtbot.keyClicks(mine, "9")
    field = line(theirs, "patient_phone")
    field.clear()
    qtbot.keyClicks(field, "310-555-1111")
    qtbot.keyClicks(line(theirs, "patient_email"), "ana@example.org")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: patient(clinic).phone == "310-555-1111")
    qtbot.keyClick(mine, Qt.Key.Key_Return)
    card = control(ana, ConflictCard, "conflict_card")
    qtbot.waitUntil(card.isVisible)
    assert card.texts() == ["Phone", "now: 310-555-1111", "yours: 310-555-01429"]
    assert mine.text() == "310-555-01429"
    control(card, Button, "conflict_mine").click()
    qtbot.waitUntil(lambda: patient(clinic).phone == "310-555-01429")
    assert patient(clinic).email == "ana@example.org"
    other.desk.close()
    with qtbot.waitSignal(theirs.destroyed):
        theirs.deleteLater()


def test_taking_theirs_shows_what_the_file_holds(qtbot, clinic, workplace, ana) -> None:
    other = open_workplace(clinic.path, qtbot)
    before = patient(clinic)
    with qtbot.waitSignal(other.desk.saved):
        draft = _with(before, phone="310-555-1111")
        other.desk.do(
            lambda db: patients.edit(db, other.desk.stamp(), clinic.ana, before.version, draft),
            receiver=other,
        )
    mine = line(ana, "patient_phone")
    qtbot.keyClicks(mine, "9")
    qtbot.keyClick(mine, Qt.Key.Key_Return)
    card = control(ana, ConflictCard, "conflict_card")
    qtbot.waitUntil(card.isVisible)
    control(card, Button, "conflict_theirs").click()
    assert mine.text() == "310-555-1111"
    assert not card.isVisible()
    other.desk.close()


def _with(before, **values: object):
    from dataclasses import replace

    from ketadesk.ui.patients.patient_form import as_draft

    return replace(as_draft(before), **values)  # type: ignore[arg-type]


def test_allergies_are_added_changed_and_taken_off(qtbot, clinic, workplace, ana) -> None:
    head = ana.findChild(RecordHead)
    assert head.chip_texts() == ["no allergies recorded", "approved"]
    qtbot.keyClick(ana, Qt.Key.Key_2, CONTROL)
    substance = line(ana, "allergies_substance")
    substance.setFocus()
    press(qtbot, "latex")
    line(ana, "allergies_reaction").setFocus()
    press(qtbot, "rash", Qt.Key.Key_Return)
    table = control(ana, Table, "allergies_table")
    qtbot.waitUntil(lambda: drawn(table) == ["latex | rash"])
    assert substance.text() == ""
    assert head.chip_texts() == ["allergy: latex", "approved"]
    table.setFocus()
    table.selectRow(0)
    press(qtbot, Qt.Key.Key_F2)
    assert substance.text() == "latex"
    type_over(qtbot, line(ana, "allergies_reaction"), "hives")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: drawn(table) == ["latex | hives"])
    table.setFocus()
    table.selectRow(0)
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: drawn(table) == [])
    assert head.chip_texts() == ["no allergies recorded", "approved"]


def test_an_entry_without_a_name_is_not_added(qtbot, clinic, workplace, ana) -> None:
    qtbot.keyClick(ana, Qt.Key.Key_3, CONTROL)
    line(ana, "medications_dose_text").setFocus()
    press(qtbot, "100 mg", Qt.Key.Key_Return)
    assert control(ana, Label, "medications_message").text() == "Type what it is called first."
    assert line(ana, "medications_dose_text").text() == "100 mg"
    settled(qtbot, workplace)
    assert patients.record(clinic.db, clinic.ana).medications == ()


def test_escorts_keep_when_they_can_come(qtbot, clinic, workplace, ana) -> None:
    qtbot.keyClick(ana, Qt.Key.Key_4, CONTROL)
    line(ana, "escorts_name").setFocus()
    type_over(qtbot, line(ana, "escorts_name"), "Pablo")
    type_over(qtbot, line(ana, "escorts_hours"), "later")
    press(qtbot, Qt.Key.Key_Return)
    assert line(ana, "escorts_hours").hasFocus()
    assert "later" in control(ana, Label, "escorts_message").text()
    type_over(qtbot, line(ana, "escorts_hours"), "15-1830")
    press(qtbot, Qt.Key.Key_Return)
    table = control(ana, Table, "escorts_table")
    qtbot.waitUntil(lambda: len(drawn(table)) == 2)
    assert drawn(table)[1] == "Pablo |  |  | 15:00 to 18:30 | –"
    (_, pablo) = patients.record(clinic.db, clinic.ana).escorts
    assert pablo.hours == Hours(time(15), time(18, 30))
    assert line(ana, "escorts_hours").text() == ""


def test_escorts_keep_who_stays_overnight(qtbot, clinic, workplace, ana) -> None:
    qtbot.keyClick(ana, Qt.Key.Key_4, CONTROL)
    line(ana, "escorts_name").setFocus()
    press(qtbot, "Pablo")
    type_over(qtbot, line(ana, "escorts_phone"), "310-555-0177")
    overnight = control(ana, QComboBox, "escorts_stays_overnight")
    overnight.setFocus()
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    table = control(ana, Table, "escorts_table")
    qtbot.waitUntil(lambda: len(drawn(table)) == 2)
    assert drawn(table) == ["Marta | sister |  |  | –", "Pablo |  | 310-555-0177 |  | yes"]
    (_, pablo) = patients.record(clinic.db, clinic.ana).escorts
    assert pablo.stays_overnight is True


def test_the_approval_is_recorded_with_who_and_when(qtbot, clinic, workplace, ana) -> None:
    qtbot.keyClick(ana, Qt.Key.Key_5, CONTROL)
    type_over(qtbot, line(ana, "patient_approved_by"), "Dr. Shah")
    type_over(qtbot, line(ana, "patient_approved_on"), "4/20/2027")
    type_over(qtbot, line(ana, "patient_approval_expires_on"), "1 May 2027")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: patient(clinic).approved_on == date(2027, 4, 20))
    settled(qtbot, workplace)
    head = ana.findChild(RecordHead)
    assert "approval expired 1 May 2027" in head.chip_texts()


def test_visits_lead_to_the_calendar(qtbot, clinic, workplace, ana) -> None:
    table = control(ana, Table, "visits_table")
    assert drawn(table) == [
        "Thu 6 May 09:00 | Chair 1 | Mood IV · low | 2/6 | booked | Marta | Lena K.",
        "Tue 4 May 09:00 | Chair 1 | Mood IV · low | 1/6 | booked | Marta | Lena K.",
    ]
    qtbot.keyClick(ana, Qt.Key.Key_6, CONTROL)
    table.setFocus()
    with qtbot.waitSignal(workplace.wanted) as wanted:
        press(qtbot, Qt.Key.Key_Return)
    assert wanted.args == ["calendar", clinic.visits(6)[0].appointment.id]


def test_somebody_new_is_added_and_their_record_opens(qtbot, clinic, workplace, view) -> None:
    qtbot.keyClick(view, Qt.Key.Key_N, CONTROL)
    press(qtbot, "Wei")
    type_over(qtbot, line(view, "new_family_name"), "Zhang")
    type_over(qtbot, line(view, "new_birth_date"), "1972-05-11")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Wei Zhang")
    (found,) = patients.find(clinic.db, "zhang")
    assert found.birth_date == date(1972, 5, 11)
    assert view.patient_id == found.id


def test_a_half_typed_new_patient_is_still_there_after_a_look_elsewhere(
    qtbot, clinic, workplace, view
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_N, CONTROL)
    press(qtbot, "Wei")
    assert view.unsaved
    view.show_target(clinic.ana)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Ana García")
    qtbot.keyClick(view, Qt.Key.Key_N, CONTROL)
    assert line(view, "new_given_name").text() == "Wei"
    assert line(view, "new_given_name").isVisible()


def test_who_resembles_is_opened_or_added_anyway(qtbot, clinic, workplace, view) -> None:
    press(qtbot, "luis ibanes", Qt.Key.Key_Return)
    qtbot.waitUntil(line(view, "new_family_name").isVisible)
    settled(qtbot, workplace)
    same = control(view, Button, "same_2")
    assert "5 November 1966" in same.accessibleDescription()
    assert control(view, Button, "new_patient_add").label() == "Add anyway"
    qtbot.keyClick(view, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: control(view, Label, "record_name").full_text() == "Luis Ibáñez")
    assert len(patients.find(clinic.db, "luis")) == 1
    qtbot.keyClick(view, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(line(view, "new_given_name").isVisible)
    type_over(qtbot, line(view, "new_given_name"), "Luis")
    type_over(qtbot, line(view, "new_family_name"), "Ibanes")
    qtbot.keyClick(view, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: len(patients.find(clinic.db, "luis")) == 2)


def test_booking_from_the_record_is_for_its_patient(qtbot, clinic, workplace, ana) -> None:
    with qtbot.waitSignal(workplace.wanted) as asked:
        qtbot.keyClick(ana, Qt.Key.Key_B, CONTROL)
    assert asked.args == ["book", clinic.ana]


def test_an_empty_clinic_says_what_to_do_first(qapp, qtbot, tmp_path) -> None:
    from tests.clinic_day import open_harbor

    open_harbor(tmp_path / "new.ketadesk").close()
    workplace = open_workplace(tmp_path / "new.ketadesk", qtbot)
    view = PatientsView(workplace)
    with qtbot.waitExposed(view):
        view.show()
    sentence = "No patients yet. Add the first one"
    qtbot.waitUntil(
        lambda: any(
            label.isVisible() and label.text().startswith(sentence)
            for label in view.findChildren(Label)
        )
    )
    workplace.desk.close()
    with qtbot.waitSignal(view.destroyed):
        view.deleteLater()


def test_every_control_has_a_name_and_every_button_says_its_key(
    qtbot, clinic, workplace, ana
) -> None:
    for kind in (QLineEdit, QComboBox, QPlainTextEdit, Table):
        for one in ana.findChildren(kind):
            if not one.objectName().startswith("qt_"):
                assert one.accessibleName(), one.objectName()
    for button in ana.findChildren(Button):
        assert button.accessibleName()
        if button.key():
            assert "(" in button.toolTip()


def test_with_large_text_every_field_of_the_record_can_be_read_and_reached(
    qapp, qtbot, clinic, workplace, ana
) -> None:
    theme.apply(qapp, dark=False, scale=1.5)
    ana.resize(1290, 690)
    phone, last = line(ana, "patient_phone"), control(ana, QCheckBox, "patient_interpreter_needed")
    page = control(ana, QTabWidget, "record_tabs").widget(0)
    qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() == 0 and phone.width() > 240)
    shown = phone.fontMetrics().horizontalAdvance("310-555-0142")
    assert shown < phone.width() - theme.px(20)
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is last:
            break
    assert last.hasFocus()
    corner = last.mapTo(page.viewport(), last.rect().center())
    assert page.viewport().rect().contains(corner)
    theme.apply(qapp, dark=False)


def test_a_birth_date_that_lacks_two_digits_says_so_while_one_types(
    qtbot, workplace: Workplace
) -> None:
    field = date_field(workplace, "Birth date", "born")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    said = {}
    for typed in ("3/14/85", "2/30/1985", "3/14/1985"):
        field.line.clear()
        qtbot.keyClicks(field.line, typed)
        said[typed] = [label.text() for label in field.findChildren(Label)][-1]
    assert said == {
        "3/14/85": "year in four digits",
        "2/30/1985": "…",
        "3/14/1985": "14 March 1985",
    }
    field.line.setText("")
    qtbot.keyClicks(field.line, "2/30/1985")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [label.text() for label in field.findChildren(Label)][-1] == "no such day"
