"""Small dialogs: a reason, a person with a reason, a yes before something final."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ketadesk.domain.clinic import Staff
from ketadesk.domain.ids import StaffId
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button, ButtonRole
from ketadesk.ui.widgets.label import Label


class Question(QDialog):
    """Asks for a reason and, with `people`, for who decides; `answered(reason, staff id or None)`.

    Without `reason_name` it only asks yes or no. With `stay`, the name of the way back, Enter goes
    back and going on takes Ctrl+Enter: for what a hasty Enter must not do.
    """

    answered = Signal(str, object)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        sentence: str,
        reason_name: str = "",
        people: Sequence[Staff] = (),
        confirm: str,
        stay: str = "",
        role: ButtonRole = "primary",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Session"))
        self.setMinimumWidth(theme.px(440))
        self._over = False
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label(title, size="title", strong=True))
        column.addWidget(Label(sentence, wrap=True))
        self.person = QComboBox()
        self.person.setObjectName("question_person")
        self.person.setAccessibleName(tr("Who decides"))
        for member in people:
            self.person.addItem(member.name, member.id)
        self.person.setVisible(bool(people))
        self.reason = QLineEdit()
        self.reason.setObjectName("question_reason")
        self.reason.setAccessibleName(reason_name or tr("Reason"))
        self.reason.setPlaceholderText(reason_name)
        self.reason.setMaxLength(500)
        self.reason.setVisible(bool(reason_name))
        column.addWidget(self.person)
        column.addWidget(self.reason)
        self._needs_reason = bool(reason_name)
        key = "Ctrl+Return" if stay else "Return"
        self.confirm = Button(confirm, key=key, role="plain" if stay else role, bind=bool(stay))
        self.confirm.setObjectName("question_confirm")
        self.confirm.clicked.connect(self._confirm)
        self.leave = Button(
            stay or tr("Cancel"),
            key="Return" if stay else "Esc",
            role="primary" if stay else "quiet",
            bind=False,
        )
        self.leave.setObjectName("question_leave")
        self.leave.clicked.connect(self.reject)
        (self.leave if stay else self.confirm).setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.confirm)
        column.addSpacing(4)
        column.addLayout(row)
        (self.reason if reason_name else self.confirm).setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether words are typed that no answer carries yet."""
        return not self._over and bool(self.reason.text().strip())

    def done(self, result: int) -> None:
        """Answered or left: nothing is half typed any more."""
        self._over = True
        super().done(result)

    @Slot()
    def reject(self) -> None:
        """Escape, or the key that leaves all as it is, throws no typed words away unasked."""
        if self.unsaved:
            ask_to_leave(self, tr("What you typed here would be lost."), super().reject)
        else:
            super().reject()

    @Slot()
    def _confirm(self) -> None:
        if self._needs_reason and not self.reason.text().strip():
            set_look(self.reason, invalid=True)
            self.reason.setFocus()
            return
        staff = self.person.currentData()
        self.answered.emit(
            self.reason.text().strip(), None if staff is None else StaffId(int(staff))
        )
        self.accept()


def ask(
    question: Question,
    then: Callable[[str, StaffId | None], None],
    *,
    closed: Callable[[], object],
) -> Question:
    """Opens the question over its parent, calls `then` when it is answered and `closed` after."""
    question.answered.connect(then)
    question.finished.connect(lambda _result: closed())
    question.open()
    return question
