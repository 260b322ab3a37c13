"""Small dialogs that ask why: why an appointment did not happen, why two share a chair."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

WIDTH = 440

_BY_PATIENT = (
    Reason.FORGOT,
    Reason.NO_ESCORT,
    Reason.ILL,
    Reason.COST,
    Reason.WEATHER,
    Reason.ATE_OR_DRANK,
    Reason.DRANK_ALCOHOL,
    Reason.BOOKED_BY_MISTAKE,
    Reason.OTHER,
)
_BY_CLINIC = (
    Reason.CLINIC,
    Reason.NO_ESCORT,
    Reason.ATE_OR_DRANK,
    Reason.DRANK_ALCOHOL,
    Reason.BLOOD_PRESSURE,
    Reason.ILL,
    Reason.WEATHER,
    Reason.BOOKED_BY_MISTAKE,
    Reason.OTHER,
)


def ask_reason(parent: QWidget, wanted: Status, done: Callable[[Reason], None]) -> QDialog:
    """Asks why an appointment is cancelled or was missed; `done` gets the reason chosen.

    Leaving the dialog calls nothing. The digit beside a reason chooses it.
    """
    dialog = ReasonDialog(parent, wanted, done)
    dialog.open()
    return dialog


def ask_overlap_reason(parent: QWidget, sentence: str, done: Callable[[str], None]) -> QDialog:
    """Shows what is taken and asks why two may share a chair; `done` gets what was typed."""
    dialog = OverlapDialog(parent, sentence, done)
    dialog.open()
    return dialog


class ReasonDialog(QDialog):
    """One button a reason; Esc leaves without one."""

    def __init__(self, parent: QWidget, wanted: Status, done: Callable[[Reason], None]) -> None:
        super().__init__(parent)
        self._done = done
        self.setObjectName("reason_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Why: {status}", status=words.word(wanted)))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        column.addWidget(
            Label(
                tr("The reason is counted, so that it can be worked on."), size="note", tone="muted"
            )
        )
        reasons = _BY_CLINIC if wanted is Status.CANCELLED_BY_CLINIC else _BY_PATIENT
        column.addLayout(self._buttons(reasons))
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = Button(tr("Leave it"), key="Esc", bind=False)
        leave.setObjectName("leave")
        leave.clicked.connect(self.reject)
        foot.addWidget(leave)
        column.addLayout(foot)

    def sizeHint(self) -> QSize:
        """As wide as two columns of reasons."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), 0))

    def _buttons(self, reasons: Sequence[Reason]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        rows = (len(reasons) + 1) // 2
        for index, reason in enumerate(reasons):
            button = Button(words.word(reason).capitalize(), key=str(index + 1), spread=True)
            button.setObjectName(f"reason_{reason.value}")
            button.setProperty("reason", reason.value)
            button.clicked.connect(self._choose)
            grid.addWidget(button, index % rows, index // rows)
        return grid

    @Slot()
    def _choose(self) -> None:
        reason = Reason(self.sender().property("reason"))
        self.accept()
        self._done(reason)


class OverlapDialog(QDialog):
    """A line for the reason; nothing is shared without one."""

    def __init__(self, parent: QWidget, sentence: str, done: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._done = done
        self.setObjectName("overlap_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Share the chair"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        column.addWidget(Label(sentence, wrap=True))
        caption = Label(tr("Why may two share this chair?"), size="note", tone="muted")
        self._line = QLineEdit()
        self._line.setObjectName("overlap_reason")
        self._line.setAccessibleName(caption.text())
        self._line.setPlaceholderText(tr("for example: the first one leaves early"))
        self._line.setMaxLength(200)
        self._line.textChanged.connect(self._typed)
        caption.setBuddy(self._line)
        column.addWidget(caption)
        column.addWidget(self._line)
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = Button(tr("Leave it"), key="Esc", bind=False)
        leave.setObjectName("leave")
        leave.clicked.connect(self.reject)
        self._share = Button(tr("Share the chair"), key="Enter", role="primary", bind=False)
        self._share.setObjectName("share")
        self._share.setEnabled(False)
        self._share.clicked.connect(self._give)
        foot.addWidget(leave)
        foot.addWidget(self._share)
        column.addLayout(foot)
        self._line.setFocus()

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the reason; without one it shows where it is missing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _typed(self) -> None:
        self._share.setEnabled(bool(self._line.text().strip()))
        set_look(self._line, invalid=False)

    @Slot()
    def _give(self) -> None:
        reason = self._line.text().strip()
        if not reason:
            set_look(self._line, invalid=True)
            self._line.setFocus()
            return
        self.accept()
        self._done(reason)
