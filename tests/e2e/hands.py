"""Two hands on a keyboard: keys go to the program's window, and Qt finds who gets them.

What is on the screen may be looked at, and waited for; nothing else is touched.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ketadesk.ui.main_window import MainWindow

PATIENCE_MILLISECONDS = 15_000
"""Generous, because a busy machine is no defect."""

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Types into one window. `keys` counts the strokes, `seconds` what the window's own second
    timer has counted: a busy machine delays it with everything else, so it measures the program.
    """

    def __init__(self, window: MainWindow, qtbot) -> None:  # type: ignore[no-untyped-def]
        self.window, self._qtbot = window, qtbot
        self.keys = self.seconds = 0
        assert window.workplace is not None
        window.workplace.ticked.connect(self._count_second)

    def _count_second(self) -> None:
        self.seconds += 1

    def come_forward(self) -> None:
        """The person turns to this window."""
        self.window.activateWindow()
        self._qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is self.window.windowHandle())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One stroke; a held modifier counts with its key."""
        self.keys += 1
        QTest.keyClick(self._front(), key, modifier)

    def type(self, text: str) -> None:
        """Letter by letter."""
        for letter in text:
            self.keys += 1
            QTest.keyClick(self._front(), letter)

    def wait(self, check: Callable[[], bool]) -> None:
        """Until the screen shows it; a refusal on the screen is told when it never does."""
        try:
            self._qtbot.waitUntil(check, timeout=PATIENCE_MILLISECONDS)
        except Exception as error:
            told, done = self.window.notice.text(), self.text_of("last_done")
            raise AssertionError(
                f"keys go to {QApplication.focusWidget()}; told {told!r}; last done {done!r}"
            ) from error

    def see(self, name: str) -> QWidget:
        """The visible widget of this name, as soon as there is one."""
        self.wait(lambda: self.finds(name))
        return self._shown(name)[0]

    def text_of(self, name: str) -> str:
        """What stands on it, in full; nothing while it cannot be seen."""
        for widget in self._shown(name):
            whole = getattr(widget, "full_text", None) or getattr(widget, "text", None)
            if whole is not None:
                return str(whole())
        return ""

    def rows_in(self, name: str) -> int:
        """How many rows the table of this name shows."""
        tables = [widget for widget in self._shown(name) if isinstance(widget, QAbstractItemView)]
        return tables[0].model().rowCount() if tables else 0

    def is_chosen(self, name: str) -> bool:
        """Whether a button of this name is seen pressed in."""
        return any(bool(widget.property("checked")) for widget in self._shown(name))

    def wait_to_read(self, name: str, words: str) -> None:
        """Until these words stand on the widget of this name."""
        self.wait(lambda: words in self.text_of(name))

    def wait_to_hear(self, name: str, words: str) -> None:
        """Until a screen reader would say these words of the widget of this name."""
        self.wait(lambda: words in self.see(name).accessibleDescription())

    @property
    def busy(self) -> bool:
        """Whether something asked or written has not come back yet."""
        workplace = self.window.workplace
        return workplace is not None and workplace.desk.busy

    def in_front(self) -> QWidget:
        """The program's window, or the dialog that lies over it."""
        self._front()
        return QApplication.activeModalWidget() or self.window

    def finds(self, name: str) -> bool:
        """Whether a widget of this name can be seen now."""
        return bool(self._shown(name))

    def wait_for_keys_at(self, name: str) -> None:
        """Until the widget of this name has the keyboard."""
        self.wait(lambda: self.keys_go_to() == name)

    def keys_go_to(self) -> str:
        """Who would get the next key."""
        self._front()
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None else ""

    def _shown(self, name: str) -> list[QWidget]:
        found = self.window.findChildren(QWidget, name)
        return [widget for widget in found if widget.isVisible()]

    def _front(self) -> QWindow:
        """The window a keyboard would write to. Offscreen there is no window manager, so a closed
        dialog or menu leaves nobody in front: what lay under it comes forward, as on any desktop.
        """
        front = QGuiApplication.focusWindow()
        if front is None:
            (QApplication.activeModalWidget() or self.window).activateWindow()
            self._qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
            front = QGuiApplication.focusWindow()
        assert front is not None
        return front
