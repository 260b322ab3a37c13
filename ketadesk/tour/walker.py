"""The window on its way through the tour: finds widgets by name, clicks, types, takes pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from ketadesk.domain.day import Visit
from ketadesk.ui import theme
from ketadesk.ui.main_window import MainWindow

PATIENCE_MILLISECONDS = 10_000
QUIET_ROUNDS = 4
"""So many rounds of 20 ms without anything asked or painted, and the window has settled."""


class NotThere(Exception):
    """A widget that a step needs is not in the window."""


@dataclass
class Walker:
    """The window on its way, and the day's visits by the patient's name."""

    window: MainWindow
    visits: dict[str, Visit]

    def view(self, view_id: str, target: object = None) -> None:
        self.window.show_view(view_id, target)
        self.settle()
        if self.window.rail.choice() != view_id:
            raise NotThere(f"view {view_id}")

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible widget of an object name."""
        for widget in self._everywhere():
            if widget.objectName() == name and widget.isVisible() and isinstance(widget, kind):
                return widget
        raise NotThere(name)

    def click(self, name: str) -> None:
        button = self.find(name, QPushButton)
        assert isinstance(button, QPushButton)
        button.click()
        self.settle()

    def press(self, key: str) -> None:
        """Clicks the visible button that a key stands for."""
        for widget in self._everywhere():
            if isinstance(widget, QPushButton) and widget.isVisible():
                its_key = getattr(widget, "key", None)
                if its_key is not None and its_key() == key:
                    widget.click()
                    self.settle()
                    return
        raise NotThere(f"button {key}")

    def do(self, name: str) -> None:
        """Does what a key of the view shown stands for, by the action's object name."""
        view = self.window.current_view()
        action = None if view is None else view.findChild(QAction, name)
        if action is None or not action.isEnabled():
            raise NotThere(f"action {name}")
        action.trigger()
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Types letter by letter, as a person would."""
        field = self.find(name)
        field.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                stroke = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(field, stroke)
        self.settle()

    def settle(self) -> None:
        """Waits until what was asked has come back and is painted."""
        quiet = 0
        for _ in range(PATIENCE_MILLISECONDS // 20):
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            workplace = self.window.workplace
            busy = workplace is None or workplace.desk.busy or workplace.frame is None
            quiet = 0 if busy else quiet + 1
            if quiet >= QUIET_ROUNDS:
                return
        raise NotThere("an answer in time")

    def act(self, name: str) -> None:
        """Does what an action of the view shown does, if it can be done now."""
        for action in self.window.findChildren(QAction):
            if action.objectName() == name and action.isEnabled():
                action.trigger()
                self.settle()
                return
        raise NotThere(f"action {name}")

    def stroke(self, name: str, key: Qt.Key) -> None:
        """Presses a key that types nothing, such as Enter."""
        field = self.find(name)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            stroke = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(field, stroke)
        self.settle()

    def tidy(self) -> None:
        """Leaves what lies over the window, and what was typed into the find field."""
        for widget in _over(self.window):
            widget.close()
        self.window.header.find_field.line.clear()
        self.window.set_lobby(False)
        self.settle()

    def picture(self) -> QPixmap:
        """The window as it is on the screen, with the dialogs that lie over it."""
        picture = self.window.grab()
        painter = QPainter(picture)
        for widget in _over(self.window):
            place = widget.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(place, widget.grab())
            if widget.isWindow() and isinstance(widget, QDialog):
                # The frame that a window manager would draw.
                painter.setPen(theme.color("muted"))
                painter.drawRect(QRect(place, widget.size()).adjusted(-1, -1, 0, 0))
        painter.end()
        return picture

    def _everywhere(self) -> Iterator[QWidget]:
        for top in (*_over(self.window), self.window):
            yield top
            yield from top.findChildren(QWidget)


def _over(window: QWidget) -> list[QWidget]:
    """What lies over the window: dialogs, menus, lists that have dropped down."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget is not window and widget.isVisible()
    ]
