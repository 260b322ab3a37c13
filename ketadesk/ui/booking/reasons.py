"""The small dialog that asks why an appointment did not happen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
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
    Reason.WORK,
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
            button = Button(words.word(reason).capitalize(), key=str((index + 1) % 10), spread=True)
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
