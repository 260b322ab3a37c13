"""Sends the entry line to the clinic file, and says of whose line what became of it."""

from PySide6.QtCore import QObject, Signal

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import Conflict, KnownError, NotFound, Refused
from ketadesk.domain.ids import SessionId
from ketadesk.domain.reading_line import ParsedLine
from ketadesk.i18n import tr
from ketadesk.services import recording
from ketadesk.ui.session import words
from ketadesk.ui.session.line_state import LineState
from ketadesk.ui.workplace import Workplace

ALREADY = "recorded_already"
"""Sent once more under another name: the reading is in the file."""


class LineSending(QObject):
    """Signals: `kept(LineState, Changes)` when the reading is in the file; `not_kept(LineState,
    str, KnownError)` with what is said of it, and no error when the defect is ours.
    """

    kept = Signal(object, object)
    not_kept = Signal(object, str, object)

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace

    def send(
        self,
        session_id: SessionId,
        state: LineState,
        parsed: ParsedLine | None,
        *,
        line: str,
        reason: str,
    ) -> None:
        """Sends the line as it was read; one that only withdraws was not read (None)."""
        desk = self._workplace.desk
        stamp, draft = state.prepare(parsed, line=line, reason=reason, stamp=desk.stamp())
        write = recording.record_reading if state.amended is None else recording.amend_reading
        state.saving, state.sending = True, line
        desk.do(
            lambda db: write(db, stamp, session_id, draft),
            receiver=self,
            done=lambda changes: self._on_kept(state, changes),
            refused=lambda error: self._on_refused(state, error),
            failed=lambda _error: self._on_failed(state),
        )

    def _on_kept(self, state: LineState, changes: Changes) -> None:
        self.kept.emit(state, changes)

    def _on_refused(self, state: LineState, error: KnownError) -> None:
        state.saving = False
        if isinstance(error, (Refused, Conflict, NotFound)) and error.code != ALREADY:
            state.give_up()
        self.not_kept.emit(state, words.coded(error.code, error.values), error)

    def _on_failed(self, state: LineState) -> None:
        state.saving = False
        self.not_kept.emit(state, tr("Not saved. What you typed is still here."), None)
