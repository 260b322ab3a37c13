"""A kept reading in the entry line, to be replaced or withdrawn, and why beside it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ketadesk.domain.readings import Reading
from ketadesk.domain.written_line import written
from ketadesk.i18n import tr
from ketadesk.ui.session.entry_field import EntryField
from ketadesk.ui.session.line_state import LineState
from ketadesk.ui.workplace import Workplace


class ReasonField(QLineEdit):
    """Why a reading is amended. Signal: `left()` by Escape."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_reason")
        self.setAccessibleName(tr("Why the reading is amended"))
        self.setPlaceholderText(tr("why"))
        self.setMaxLength(200)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Amending(QObject):
    """Puts a kept reading into the line and leaves it again; `state` is the session's whose line
    it is. Signal: `turned()` when the line is an amendment's, or a new reading's again.
    """

    turned = Signal()

    def __init__(self, line: EntryField, workplace: Workplace) -> None:
        super().__init__(line)
        self._line = line
        self._workplace = workplace
        self.reason = ReasonField()

    def amend(self, state: LineState, reading: Reading) -> None:
        """To be replaced with a reason.

        Whatever is typed over it stays at the reading's own time, unless another one is typed.
        """
        self._begin(state, reading, withdrawing=False)
        self._line.setFocus()
        self._line.selectAll()

    def withdraw(self, state: LineState, reading: Reading) -> None:
        """Asks why it should no longer count."""
        self._begin(state, reading, withdrawing=True)
        self.reason.setFocus()

    def _begin(self, state: LineState, reading: Reading, *, withdrawing: bool) -> None:
        if state.amended is None:
            state.aside = self._line.text()
        state.amended, state.withdrawing = reading, withdrawing
        self.reason.setText("")
        self._line.setText(written(reading.vitals, self._workplace.local(reading.taken_at)))
        self.show(state)

    def leave(self, state: LineState) -> None:
        """What stood in the line before comes back to it."""
        aside = state.aside
        state.leave_amending()
        self.reason.setText("")
        self._line.setText(aside)
        self.show(state)

    def show(self, state: LineState) -> None:
        """The reason is asked for only while a reading is amended or withdrawn."""
        self._line.setReadOnly(state.withdrawing)
        self.reason.setVisible(state.amended is not None)
        self.turned.emit()
