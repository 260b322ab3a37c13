"""The keys that jump over weeks and months, whatever the calendar shows."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.ui.calendar.overview import months_on


class Jumps(QObject):
    """Adds its actions to a view; `day` is where it stands, `go_to` goes there."""

    def __init__(
        self, view: QWidget, *, day: Callable[[], date], go_to: Callable[[date], object]
    ) -> None:
        super().__init__(view)
        self._view, self._day, self._go_to = view, day, go_to
        week = timedelta(days=7)
        self._add(tr("A week later"), "Shift+PgDown", lambda day: day + week)
        self._add(tr("A week earlier"), "Shift+PgUp", lambda day: day - week)
        self._add(tr("A month later"), "Alt+PgDown", lambda day: months_on(day, 1))
        self._add(tr("A month earlier"), "Alt+PgUp", lambda day: months_on(day, -1))

    def _add(self, text: str, key: str, step: Callable[[date], date]) -> None:
        action = QAction(text, self._view)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self._go_to(step(self._day())))
        self._view.addAction(action)
