"""The foot of the import: what would come of it, and the buttons that leave or do it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ketadesk.domain.importing.source import ImportReport
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.patients.import_words import summary
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label


class ImportFoot(QWidget):
    """`import_wanted()`, `refused_wanted()` for the file of refused rows, `leave_wanted()`."""

    import_wanted = Signal()
    refused_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = Label(strong=True, wrap=True)
        self._summary.setObjectName("import_summary")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(theme.px(160))
        self._progress.setAccessibleName(tr("Working"))
        self._refused = Button(tr("Save the refused rows…"), icon="download", key="Ctrl+R")
        self._refused.setObjectName("import_rejects")
        self._refused.clicked.connect(self.refused_wanted)
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("import_leave")
        self._leave.clicked.connect(self.leave_wanted)
        self._go = Button(tr("Import"), icon="check", key="Ctrl+Return", role="primary")
        self._go.setObjectName("import_go")
        self._go.clicked.connect(self.import_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._summary, 1)
        row.addWidget(self._progress)
        for button in (self._refused, self._leave, self._go):
            row.addWidget(button)

    def show_state(
        self, report: ImportReport | None, *, working: bool, ready: bool, done: bool
    ) -> None:
        """`ready` when nothing keeps the rows from being imported, `done` when they are."""
        # Hidden before others show: a dialog grows with its foot, and never shrinks again.
        refused = bool(report and report.refused) and not working
        parts = ((self._go, not done), (self._progress, working), (self._refused, refused))
        for part, shown in sorted(parts, key=lambda part: part[1]):
            part.setVisible(shown)
        self._summary.setText("" if working else summary(report, done=done))
        self._leave.set_text(tr("Close") if done else tr("Leave it"))
        new = (report.added + report.brought_back) if report else 0
        self._go.setEnabled(ready and new > 0 and not working and not done)
        self._go.set_text(tr("Import {number}", number=f"{new:,}") if new else tr("Import"))
