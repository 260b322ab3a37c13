"""Keys of a page that no button shows; the find field and the key list name them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Command = tuple[str, Sequence[str], Callable[[], object]]
"""What it is called, its keys, and what it does."""


class PageKeys(QObject):
    """Answers in the whole window, but only while the page is on the screen."""

    def __init__(self, page: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(page)
        self._actions: list[QAction] = []
        for name, keys, run in commands:
            action = QAction(name, page)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(run)
            action.setEnabled(page.isVisible())
            page.addAction(action)
            self._actions.append(action)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            for action in self._actions:
                action.setEnabled(event.type() == QEvent.Type.Show)
        return False
