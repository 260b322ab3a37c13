"""Keys that a widget answers while it has the focus, without a subclass for it.

    on_keys(self.table, {"Enter": self._open, "F2": self._change, "Del": self._take_off})

"Enter" stands for both Enter keys. A function that returns False leaves the key to the widget.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)

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
