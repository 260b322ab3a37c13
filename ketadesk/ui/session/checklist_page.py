"""The checklist before a start: one row per item, answered by single keys while walking.

Up and Down walk, M is met, N not met, A not applicable, O overrides what is not met, Enter goes
into the detail and back. Every answer is kept at once.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ketadesk.domain.ids import SessionId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import ChecklistItem, Phase, current_answers
from ketadesk.ui.session.checklist_row import ChecklistRow
from ketadesk.ui.session.checklist_words import hint
from ketadesk.ui.workplace import Workplace


class ChecklistPage(QScrollArea):
    """Signals: `answered(item, answer, detail, sure)` and `override_wanted(item, detail)`."""

    answered = Signal(object, object, str, bool)
    override_wanted = Signal(object, str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checklist_page")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self._drafts: dict[tuple[SessionId, ChecklistItem], str] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QFrame()
        inner.setProperty("look", "bar")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        self.rows: dict[ChecklistItem, ChecklistRow] = {}
        for item in ChecklistItem:
            row = ChecklistRow(item)
            row.answered.connect(self.answered)
            row.override_wanted.connect(self.override_wanted)
            row.moved.connect(self._on_moved)
            row.entered.connect(self._show_row)
            column.addWidget(row)
            self.rows[item] = row
        column.addStretch(1)
        self.setWidget(inner)

    def show_record(self, record: SessionRecord) -> None:
        """The answers of a session; what is being typed stays with its own session."""
        self._change_session(record.session.id)
        newest = current_answers(record.answers)
        locked = record.session.signed or record.session.phase is not Phase.PREPARING
        for item, row in self.rows.items():
            answer = newest.get(item)
            by = ""
            if answer is not None and answer.override_by is not None:
                by = record.staff_names.get(answer.override_by, "")
            row.show_answer(answer, hint(item, record, self._workplace), by, locked=locked)

    @property
    def unsaved(self) -> bool:
        """Whether a detail is typed that no answer carries yet, here or for another chair."""
        return bool(self._drafts) or any(row.take_typed().strip() for row in self.rows.values())

    def _change_session(self, session_id: SessionId) -> None:
        before, self._session_id = self._session_id, session_id
        if before == session_id:
            return
        for item, row in self.rows.items():
            typed = row.take_typed()
            if before is not None and typed:
                self._drafts[before, item] = typed
            row.bring_back(self._drafts.pop((session_id, item), ""))

    def focus_open(self, record: SessionRecord) -> None:
        """Goes to the first item that holds back the start."""
        items = record.open_items
        self.rows[items[0] if items else ChecklistItem.IDENTITY].setFocus()

    @Slot(object, int)
    def _on_moved(self, item: ChecklistItem, step: int) -> None:
        items = list(ChecklistItem)
        place = min(max(items.index(item) + step, 0), len(items) - 1)
        self.rows[items[place]].setFocus()

    @Slot(object)
    def _show_row(self, item: ChecklistItem) -> None:
        self.ensureWidgetVisible(self.rows[item])
