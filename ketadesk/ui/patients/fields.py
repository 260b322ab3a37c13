"""Lines and lists with their caption above, as the forms of this room use them."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ketadesk.ui import theme
from ketadesk.ui.patients.identity import languages
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.label import Label

LEAST_HEIGHT = 52


class TextField(QWidget):
    """A caption and a line of text; `changed` while one types."""

    changed = Signal()

    def __init__(
        self, caption: str, *, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(caption)
        self.line.setPlaceholderText(hint)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.line.textEdited.connect(self._edited)
        under(caption, self.line, self)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        set_look(self.line, invalid=False)

    def reject(self) -> None:
        """Mark the line as what keeps a form from going on, and go there."""
        set_look(self.line, invalid=True)
        self.line.setFocus()

    def _edited(self) -> None:
        set_look(self.line, invalid=False)
        self.changed.emit()


class TextArea(QWidget):
    """A caption and a few lines of text; Tab leaves it."""

    changed = Signal()

    def __init__(self, caption: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = QPlainTextEdit()
        self.area.setObjectName(name)
        self.area.setAccessibleName(caption)
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(theme.px(LEAST_HEIGHT))
        self.area.textChanged.connect(self.changed)
        under(caption, self.area, self)
        self.setFocusProxy(self.area)

    def text(self) -> str:
        """What is typed."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        was_blocked = self.area.blockSignals(True)
        self.area.setPlainText(text)
        self.area.blockSignals(was_blocked)


class ChoiceBox(QComboBox):
    """A list to choose from that a turn of the wheel in passing cannot change."""

    def __init__(self, *, name: str, caption: str, parent: QWidget | None = None) -> None:
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


def under(caption: str, control: QWidget, holder: QWidget) -> None:
    """Lays the caption above its control in the holder."""
    label = Label(caption, size="note", tone="muted")
    label.setBuddy(control)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(label)
    column.addWidget(control, 1)


def choice_box(caption: str, *, name: str) -> tuple[ChoiceBox, QWidget]:
    """A list to choose from, and the widget that holds it under its caption."""
    box = ChoiceBox(name=name, caption=caption)
    holder = QWidget()
    under(caption, box, holder)
    return box, holder


def language_box(caption: str, *, name: str) -> tuple[ChoiceBox, QWidget]:
    """A list of languages by name, holding their tags."""
    box, holder = choice_box(caption, name=name)
    box.fill(((text, tag) for tag, text in languages().items()), chosen="en")
    return box, holder


def choose_language(box: ChoiceBox, tag: str) -> None:
    """Choose a language; one that is not in the list is offered as it is, never replaced."""
    if box.findData(tag) < 0:
        box.addItem(tag, tag)
    box.choose(tag)
