"""What the small forms about a booked visit share: a title, their fields, Leave it and Save."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.sending import Sending, Work
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import is_enter
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace

WIDTH = 560


class SmallForm(QDialog):
    """Lives for one showing. A form fills `body`, calls `set_ready`, and sends on `save_wanted()`,
    which comes from the button and from Enter.
    """

    save_wanted = Signal()

    def __init__(
        self, workplace: Workplace, parent: QWidget, *, name: str, title: str, window_title: str
    ) -> None:
        """`title` may name the patient; `window_title`, which every task bar shows, may not."""
        super().__init__(parent)
        self.workplace = workplace
        self._answer_refusal: Callable[[KnownError], object] = self.say
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title)
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
        self._sending = Sending(
            workplace.desk, self, buttons=(self._save,), done=self._done, refused=self._refused
        )
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

    def send(
        self,
        what: object,
        work: Work,
        *,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
    ) -> None:
        """Writes `what`, then closes or goes on with `done`; says here what was refused, unless
        `refused` has an answer to it.
        """
        self._answer_refusal = refused or self.say
        self._sending.send(what, work, done=done)

    def say(self, error: KnownError) -> None:
        """What was refused stands in the form."""
        self._notice.tell(words.refusal(error), kind="error")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves wherever the focus is; a button of the foot is pressed instead."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), Button) and not focused.isCheckable():
            focused.click()
        elif self._save.isEnabled():
            self.save_wanted.emit()

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self._answer_refusal(error)
