"""What the small forms about a booked visit share: a title, their fields, Leave it and Save."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace

WIDTH = 560


class SmallForm(QDialog):
    """Lives for one showing. A form fills `body`, calls `set_ready`, and sends on `save_wanted()`,
    which comes from the button and from Enter.
    """

    save_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget, *, name: str, title: str) -> None:
        super().__init__(parent)
        self.workplace = workplace
        self._stamp: Stamp | None = None
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._notice = Notice(close_name=tr("Close this message"))
        leave = Button(tr("Leave it"), key="Esc", bind=False)
        leave.setObjectName("leave")
        leave.clicked.connect(self.reject)
        self._save = Button(tr("Save"), key="Enter", icon="check", role="primary", bind=False)
        self._save.setObjectName("save")
        self._save.setEnabled(False)
        self._save.clicked.connect(self.save_wanted)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(Label(title, size="title", strong=True, wrap=True))
        column.addLayout(self.body)
        column.addWidget(self._notice)
        column.addLayout(foot)

    def sizeHint(self) -> QSize:
        """Wide enough for a name, a relation and a phone."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), 0))

    def set_ready(self) -> None:
        """From now on it can be saved."""
        self._save.setEnabled(True)

    def stamp(self) -> Stamp:
        """One for this form, so that sending it twice is harmless."""
        self._stamp = self._stamp or self.workplace.desk.stamp()
        return self._stamp

    def send(self, work: Callable[[Any], Changes]) -> None:
        """Writes, closes when it is written, and says here what was refused."""
        self._save.setEnabled(False)
        self.workplace.desk.do(work, initiator=self, done=self._done, refused=self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves wherever the focus is; a button of the foot is pressed instead."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), Button) and not focused.isCheckable():
            focused.click()
        elif self._save.isEnabled():
            self.save_wanted.emit()

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self._stamp = None
        self._save.setEnabled(True)
        self._notice.tell(words.refusal(error), kind="error")
