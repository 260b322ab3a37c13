"""A field of a form: its caption above, the control, and under it a note or what is wrong with it.

    self._name = TextField(tr("Name"), name="staff_name")
    self._minutes = Field(tr("Infusion"), NumberField(name=""), name="infusion", note=tr("minutes"))
    ...
    if refuse_first((self._name, tr("Type the name.") if not self._name.text().strip() else "")):
        return

The caption is the control's accessible name, what is wrong its accessible description. A refusal
goes away as soon as the person changes the control. Layouts go in reading order; where the order
of the keys must be said, `tab_in_order` says it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ketadesk.ui import theme
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.label import Label

LEAST_AREA_HEIGHT = 52


class Field(QWidget):
    """Any control under its caption; `changed()` when a person, or the program, changes it."""

    changed = Signal()

    def __init__(
        self,
        caption: str,
        control: QWidget,
        *,
        name: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._note = note
        self._refusal = ""
        if name:
            control.setObjectName(name)
        control.setAccessibleName(caption)
        control.setAccessibleDescription(note)
        self._caption = Label(caption, size="note", tone="muted")
        self._caption.setBuddy(control)
        self._said = Label(note, size="small", tone="muted", wrap=True)
        self._said.setVisible(bool(note))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._caption)
        column.addWidget(control, 1 if isinstance(control, QPlainTextEdit) else 0)
        column.addWidget(self._said)
        if not isinstance(control, QPlainTextEdit):
            column.addStretch(1)
        self.setFocusProxy(control)
        _listen(control, self._edited)

    def caption(self) -> str:
        """What the field is called."""
        return self._caption.text()

    def refusal(self) -> str:
        """What is said to be wrong with it now, empty when nothing is."""
        return self._refusal

    def refuse(self, sentence: str) -> None:
        """Marks the control and says beside it what is wrong."""
        self._refusal = sentence
        set_look(self.control, invalid=True)
        self._say(sentence or self._note, wrong=bool(sentence))

    def settle(self) -> None:
        """Nothing is wrong with it any more."""
        if self._refusal or self.control.property("invalid"):
            self._refusal = ""
            set_look(self.control, invalid=False)
            self._say(self._note, wrong=False)

    def reject(self, sentence: str = "") -> None:
        """Marks it as what keeps a form from going on, and goes there."""
        self.refuse(sentence)
        self.control.setFocus()

    def set_note(self, note: str) -> None:
        """Says something else under it."""
        self._note = note
        if not self._refusal:
            self._say(note, wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        self._said.set_tone("red" if wrong else "muted")
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self.control.setAccessibleDescription(text)

    @Slot()
    def _edited(self, *_value: object) -> None:
        self.settle()
        self.changed.emit()


class TextField(Field):
    """A line of text; `changed` only while a person types. `hint` stands in the empty line."""

    def __init__(
        self,
        caption: str,
        *,
        name: str,
        hint: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = QLineEdit()
        super().__init__(caption, self.line, name=name, note=note, parent=parent)
        self.line.setPlaceholderText(hint)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.settle()


class TextArea(Field):
    """A few lines of text; Tab leaves it."""

    def __init__(
        self, caption: str, *, name: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        self.area = QPlainTextEdit()
        super().__init__(caption, self.area, name=name, note=note, parent=parent)
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(theme.px(LEAST_AREA_HEIGHT))

    def text(self) -> str:
        """What is typed."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        was_blocked = self.area.blockSignals(True)
        self.area.setPlainText(text)
        self.area.blockSignals(was_blocked)
        self.settle()


class ChoiceBox(QComboBox):
    """A list to choose from that a turn of the wheel in passing cannot change."""

    def __init__(self, *, name: str = "", caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(caption)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fill(self, choices: Iterable[tuple[str, Any]], *, chosen: Any = None) -> None:
        """Offer these (text, data) pairs, silently, with one of them chosen."""
        was_blocked = self.blockSignals(True)
        self.clear()
        for text, data in choices:
            self.addItem(text, data)
        self.choose(chosen)
        self.blockSignals(was_blocked)

    def choose(self, data: Any) -> None:
        """Choose by data; what is not offered chooses nothing new."""
        for index in range(self.count()):
            if self.itemData(index) == data:
                self.setCurrentIndex(index)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()


class ChoiceField(Field):
    """One of a list, by its data; `changed` only when a person chooses."""

    def __init__(
        self,
        caption: str,
        choices: Iterable[tuple[str, Any]] = (),
        *,
        name: str,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = ChoiceBox()
        super().__init__(caption, self.box, name=name, note=note, parent=parent)
        self.fill(choices)

    def fill(self, choices: Iterable[tuple[str, Any]], *, chosen: Any = None) -> None:
        """Offer these (text, data) pairs, silently, with one of them chosen."""
        self.box.fill(choices, chosen=chosen)

    def choose(self, data: Any) -> None:
        """Choose by data, silently; what is not offered chooses nothing new."""
        self.box.choose(data)
        self.settle()

    def chosen(self) -> Any:
        """The data of what is chosen, None when nothing is offered."""
        return self.box.currentData()


def choice_box(caption: str, *, name: str) -> tuple[ChoiceBox, ChoiceField]:
    """A list to choose from, and the field that holds it under its caption."""
    field = ChoiceField(caption, name=name)
    return field.box, field


def refuse_first(*problems: tuple[Field, str]) -> bool:
    """Says each sentence beside its field and goes to the first; whether there was any.

    An empty sentence says that nothing is wrong with the field.
    """
    wrong = []
    for field, sentence in problems:
        if sentence:
            field.refuse(sentence)
            wrong.append(field)
        else:
            field.settle()
    if wrong:
        wrong[0].control.setFocus()
    return bool(wrong)


def tab_in_order(widgets: Sequence[QWidget]) -> None:
    """Tab goes through these in this order; a field stands for its control."""
    controls = [one.control if isinstance(one, Field) else one for one in widgets]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def _listen(control: QWidget, edited: Any) -> None:
    """A list and a line tell what a person did; the others tell every change."""
    if isinstance(control, QLineEdit):
        control.textEdited.connect(edited)
    elif isinstance(control, QPlainTextEdit):
        control.textChanged.connect(edited)
    elif isinstance(control, QComboBox):
        control.activated.connect(edited)
        if control.isEditable():
            control.editTextChanged.connect(edited)
    elif isinstance(control, (QSpinBox, QDoubleSpinBox)):
        control.valueChanged.connect(edited)
    elif isinstance(control, QDateTimeEdit):
        control.dateTimeChanged.connect(edited)
    elif isinstance(control, QAbstractSpinBox):
        control.editingFinished.connect(edited)
