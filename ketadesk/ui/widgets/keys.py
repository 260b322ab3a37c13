"""Keys that a widget answers while it has the focus, without a subclass for it.

    on_keys(self.table, {"Enter": self._open, "F2": self._change, "Del": self._take_off})

"Enter" stands for both Enter keys. A function that returns False leaves the key to the widget.

Here too: a key with Alt that means nothing is never written into a field.
"""

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)

Answer = Callable[[], object]


def is_enter(event: QEvent) -> bool:
    """Whether this is one of the two Enter keys going down."""
    pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
    return pressed and event.key() in ENTER  # type: ignore[attr-defined]


def on_keys(widget: QWidget, answers: Mapping[str, Answer]) -> None:
    """Calls a function when its key ("Enter", "F2", "Ctrl+Up") reaches the widget."""
    widget.installEventFilter(_Answering(widget, answers))


class _Answering(QObject):
    """Lives with its widget."""

    def __init__(self, widget: QWidget, answers: Mapping[str, Answer]) -> None:
        super().__init__(widget)
        self._answers: dict[tuple[int, int], Answer] = {}
        for written, answer in answers.items():
            combined = QKeySequence(written.replace("Enter", "Return"))[0]  # type: ignore[index]
            modifiers = combined.keyboardModifiers().value
            self._answers[(combined.key(), modifiers)] = answer
            if combined.key() == Qt.Key.Key_Return:
                self._answers[(Qt.Key.Key_Enter, modifiers)] = answer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        modifiers = (event.modifiers() & _MODIFIERS).value
        answer = self._answers.get((event.key(), modifiers))
        return answer is not None and answer() is not False


def keep_alt_out_of_fields(app: QApplication) -> None:
    """From now on Alt+E, where nothing answers it, does nothing instead of writing "e".

    A Mac writes its letters with that key, so there they are left alone; so is AltGr.
    """
    if sys.platform != "darwin" and app.findChild(_AltInFields) is None:
        _AltInFields(app)


class _AltInFields(QObject):
    """Watches only the widget that has the keys: a filter on the whole program sees every event."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, _FIELDS):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shortcuts were looked for before; what the field does not take goes to its parent."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held != Qt.KeyboardModifier.AltModifier or not event.text().isprintable():
            return False
        if not event.text():
            return False
        event.ignore()
        return True
