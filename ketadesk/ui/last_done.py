"""Keeps the status line true: what this person did last here, and taking it back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ketadesk.domain.ids import ActionId
from ketadesk.ui.status_line import StatusLine

if TYPE_CHECKING:
    from ketadesk.domain.changes import Changes, HistoryEntry
    from ketadesk.ui.workplace import Workplace


class LastDone(QObject):
    """Undo takes back the person's newest action that still stands, after saying which it is."""

    def __init__(self, line: StatusLine) -> None:
        super().__init__(line)
        self._line = line
        self._workplace: Workplace | None = None
        self._undoable: ActionId | None = None
        line.undo_wanted.connect(self._undo)
        line.history_wanted.connect(self._open_history)

    def attach(self, workplace: "Workplace | None") -> None:
        """From now on the line speaks of this clinic."""
        self._workplace = workplace
        self._undoable = None
        self._line.show_nothing()
        if workplace is not None:
            workplace.desk.saved.connect(self._on_saved)
            workplace.staff_changed.connect(self._on_staff)
            workplace.desk.opened.connect(self._on_staff)
            workplace.framed.connect(self._line.offer_history)
            workplace.names_turned.connect(self._on_staff)

    @Slot(object)
    def _on_saved(self, changes: "Changes") -> None:
        if self._workplace is None:
            return
        self._line.show_saved(self._workplace.local(changes.at))
        sentence = _sentence(changes)
        undone = changes.verb == "action_undone"
        self._undoable = changes.action_id if changes.undoable and not undone else None
        self._line.show_done(sentence, can_undo=self._undoable is not None)
        if undone:
            self._look_further(partial(self._offer_earlier, sentence))

    @Slot()
    def _on_staff(self) -> None:
        self._look_further(self._offer_last)

    def _look_further(self, done: "Callable[[HistoryEntry | None], object]") -> None:
        workplace = self._workplace
        if workplace is None:
            return
        staff_id = workplace.desk.staff_id
        from ketadesk.services import undo

        workplace.desk.ask(
            lambda db: undo.next_to_undo(db, staff_id),
            receiver=self,
            done=done,
            key="undo",
        )

    def _offer_last(self, entry: "HistoryEntry | None") -> None:
        workplace = self._workplace
        if workplace is None:
            return
        if entry is not None and workplace.local(entry.at).date() != workplace.today():
            entry = None  # Yesterday's actions are changed where they are seen, not by a key.
        self._undoable = entry.action_id if entry else None
        sentence = _sentence(entry) if entry else ""
        self._line.show_done(sentence, can_undo=entry is not None)

    def _offer_earlier(self, sentence: str, entry: "HistoryEntry | None") -> None:
        self._undoable = entry.action_id if entry else None
        undoes = _sentence(entry) if entry else ""
        self._line.show_done(sentence, can_undo=entry is not None, undoes=undoes)

    @Slot()
    def _undo(self) -> None:
        workplace, action_id = self._workplace, self._undoable
        if workplace is None or action_id is None:
            return
        self._undoable = None
        stamp = workplace.desk.stamp()
        from ketadesk.services import undo

        workplace.desk.do(lambda db: undo.undo(db, stamp, action_id), receiver=self)

    @Slot()
    def _open_history(self) -> None:
        workplace = self._workplace
        if workplace is None or workplace.frame is None:
            return
        from ketadesk.ui.history.dialog import HistoryDialog

        HistoryDialog(workplace, self._line.window()).show_all()


def _sentence(done: "Changes | HistoryEntry") -> str:
    from ketadesk.ui import words

    return words.done(done.verb, done.values)
