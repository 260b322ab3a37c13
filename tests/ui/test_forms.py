"""What every form has in common: fields that say what is wrong, sending that never writes twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Conflict, KnownError, Refused
from ketadesk.services import clinic
from ketadesk.ui import theme
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, Field, TextArea, TextField, refuse_first
from ketadesk.ui.widgets.hairline import Hairline
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import open_harbor
from tests.ui.patients_desk import open_workplace, press, settled


@pytest.fixture
def form(qapp: QApplication, qtbot) -> QWidget:
    theme.apply(qapp, dark=False)
    made = QWidget()
    made.resize(500, 400)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def fill(qtbot, form: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        form.layout().addWidget(widget)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()


def test_a_field_is_called_by_its_caption_and_says_what_is_wrong(qtbot, form) -> None:
    name = TextField("Name", name="member_name")
    minutes = Field("Infusion", NumberField(name=""), name="infusion", note="minutes")
    fill(qtbot, form, name, minutes)
    assert name.line.accessibleName() == "Name"
    assert minutes.control.accessibleDescription() == "minutes"
    assert refuse_first((name, "Type the name."), (minutes, "More than nothing."))
    assert QApplication.focusWidget() is name.line
    assert name.line.accessibleDescription() == "Type the name."
    assert minutes.refusal() == "More than nothing."
    press(qtbot, "R", Qt.Key.Key_Tab)
    assert name.refusal() == "" and name.line.property("invalid") is False
    minutes.control.setValue(3)
    assert minutes.control.accessibleDescription() == "minutes"
    assert not refuse_first((name, ""), (minutes, ""))


def test_what_the_program_shows_is_no_change(qtbot, form) -> None:
    name = TextField("Name", name="name")
    note = TextArea("Note", name="note")
    role = ChoiceField("Role", [("nurse", 1), ("manager", 2)], name="role")
    fill(qtbot, form, name, note, role)
    for field in (name, note, role):
        with qtbot.assertNotEmitted(field.changed):
            field.choose(2) if isinstance(field, ChoiceField) else field.set_text("Rosa")
    assert (name.text(), note.text(), role.chosen()) == ("Rosa", "Rosa", 2)
    name.line.setFocus()
    with qtbot.waitSignal(name.changed):
        press(qtbot, "x")
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is role.box


def test_keys_are_answered_while_the_widget_has_the_focus(qtbot, form) -> None:
    line = TextField("Name", name="name")
    fill(qtbot, form, line)
    done: list[str] = []
    on_keys(
        line.line,
        {
            "Enter": lambda: done.append("enter"),
            "Ctrl+Up": lambda: done.append("up"),
            "Del": lambda: False,
        },
    )
    line.line.setFocus()
    press(qtbot, "ab", Qt.Key.Key_Return, Qt.Key.Key_Enter)
    qtbot.keyClick(line.line, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Delete)
    assert done == ["enter", "enter", "up"]
    assert line.text() == "b"


def test_a_hairline_is_one_pixel(qtbot, form) -> None:
    lying, upright = Hairline(), Hairline(upright=True)
    fill(qtbot, form, lying, upright)
    assert lying.height() == 1 and upright.width() == 1


class StaffForm(QWidget):
    """Adds somebody; the smallest form there is."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.said = Label()
        self.save = Button("Save")
        self.off = Button("Not now")
        self.off.setEnabled(False)
        self.sending = Sending(
            workplace.desk,
            self,
            buttons=(self.save, self.off),
            said=self.said,
            done=self.heard.append,
            refused=self.heard.append,
        )

    def send(self, name: str) -> bool:
        return self.sending.send(
            name, lambda db, stamp: clinic.add_staff(db, stamp, name=name, role=Role.NURSE)
        )


@pytest.fixture
def workplace(tmp_path: Path, qtbot, qapp: QApplication) -> Iterator[Workplace]:
    theme.apply(qapp, dark=False)
    open_harbor(tmp_path / "harbor.ketadesk").close()
    made = open_workplace(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    settled(qtbot, made)
    made.desk.close()


def names(workplace: Workplace) -> list[str]:
    return [member.name for member in workplace.clinic_frame.staff]


def test_two_presses_send_once_and_the_next_form_is_another(qtbot, workplace) -> None:
    form = StaffForm(workplace)
    qtbot.addWidget(form)
    assert form.send("Iris")
    assert not form.send("Iris")
    assert form.sending.busy and not form.save.isEnabled()
    assert form.said.text() == "Saving …"
    settled(qtbot, workplace)
    assert not form.sending.busy and form.save.isEnabled() and not form.off.isEnabled()
    assert form.said.text() == ""
    assert form.send("Iris")
    settled(qtbot, workplace)
    assert names(workplace).count("Iris") == 2
    assert len(form.heard) == 2


def test_a_lost_acknowledgement_writes_once_and_other_words_write_anew(qtbot, workplace) -> None:
    form = StaffForm(workplace)
    qtbot.addWidget(form)

    def lost(db, stamp):
        clinic.add_staff(db, stamp, name="Iris", role=Role.NURSE)
        raise RuntimeError("the power went after the commit")

    for expected in ("Iris", "Noa"):
        with qtbot.waitSignal(workplace.desk.failed):
            form.sending.send("Iris", lost)
        assert not form.sending.busy and form.save.isEnabled()
        form.send(expected)
        settled(qtbot, workplace)
    workplace.read_frame()
    settled(qtbot, workplace)
    assert names(workplace).count("Iris") == 2  # once for each of the two forms
    assert names(workplace).count("Noa") == 1


def test_a_refusal_frees_the_form_and_a_conflict_has_its_own_way(qtbot, workplace) -> None:
    form = StaffForm(workplace)
    qtbot.addWidget(form)
    form.send("  ")
    settled(qtbot, workplace)
    refusal = form.heard[-1]
    assert isinstance(refusal, Refused) and form.save.isEnabled()

    def changed_meanwhile(db, stamp):
        member = workplace.clinic_frame.staff[0]
        return clinic.edit_staff(
            db, stamp, member.id, member.version + 7, name="Else", role=member.role
        )

    form.sending.send("else", changed_meanwhile)
    settled(qtbot, workplace)
    assert isinstance(form.heard[-1], Conflict)
    conflicts: list[KnownError] = []
    other = Sending(workplace.desk, form, conflict=conflicts.append)
    other.send("else", changed_meanwhile)
    settled(qtbot, workplace)
    assert len(conflicts) == 1
    told: list[str] = []
    workplace.told.connect(lambda text, _role: told.append(text))
    other.send("  ", lambda db, stamp: clinic.add_staff(db, stamp, name=" ", role=Role.NURSE))
    settled(qtbot, workplace)
    assert len(told) == 1
