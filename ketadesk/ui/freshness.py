"""Keeps a view fresh: when a change concerns it, a shown view asks again, a hidden one waits."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.ui.workplace import Workplace


class Freshness(QObject):
    """Watches changes on behalf of `view`; calls `reload` at once or when it is next shown.

    `concerns(changes)` says whether a change matters here. The view's first showing reloads too,
    and the next one after a question of the view, or of the `asker` that asks for it, got no
    answer: what it shows is old then.
    """

    def __init__(
        self,
        view: QWidget,
        workplace: Workplace,
        *,
        concerns: Callable[[Changes], bool],
        reload: Callable[[], None],
        asker: QObject | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._workplace = workplace
        self._concerns = concerns
        self._reload = reload
        self._asker = asker
        self._stale = True
        workplace.desk.changed.connect(self._on_changed)
        workplace.desk.unanswered.connect(self._on_unanswered)
        workplace.framed.connect(self.mark_stale)
        workplace.names_turned.connect(self._say_names_anew)
        view.installEventFilter(self)

    @Slot()
    def mark_stale(self) -> None:
        self._stale = True
        self._freshen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Show:
            self._freshen()
        return False

    @Slot()
    def _say_names_anew(self) -> None:
        """Rows that stay equal are painted again with their names as they are said now."""
        for table in self._view.findChildren(QAbstractItemView):
            table.viewport().update()
        self.mark_stale()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._concerns(changes):
            self.mark_stale()

    @Slot(object)
    def _on_unanswered(self, asking: QObject) -> None:
        within = isinstance(asking, QWidget) and self._view.isAncestorOf(asking)
        self._stale = self._stale or within or asking in (self._view, self._asker)

    def _freshen(self) -> None:
        if self._stale and self._view.isVisible() and self._workplace.frame is not None:
            self._stale = False
            self._reload()
