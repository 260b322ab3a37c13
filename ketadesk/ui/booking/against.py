"""Asks whether to go against the rules of booking: each in words, one reason for all.

Who may not decide about one of them is told who may; the nearest place that no rule speaks against
is one key away.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.objections import Objection, Override
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import is_enter
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

WIDTH = 500

Decide = Callable[[Override], object]


def ask_to_go_against(
    workplace: Workplace, parent: QWidget, objections: Sequence[Objection], done: Decide
) -> "AgainstDialog":
    """`done` gets what was decided; leaving the dialog calls nothing."""
    dialog = AgainstDialog(workplace, parent, objections, done)
    dialog.open()
    return dialog


class AgainstDialog(QDialog):
    """The rules and a line for the reason; nothing goes on without one."""

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget,
        objections: Sequence[Objection],
        done: Decide,
    ) -> None:
        super().__init__(parent)
        self._guards = frozenset(one.guard for one in objections)
        self._done = done
        self._take: Callable[[], object] | None = None
        staff = workplace.staff
        role = Role.MANAGER if staff is None else staff.role
        self._may = all(one.may_override(role) for one in objections)
        self.setObjectName("against_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Against the rules of booking"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        for one in objections:
            sentence = Label(words.objection(one), wrap=True)
            sentence.setObjectName(f"against_{one.guard}")
            column.addWidget(sentence)
        self._line = QLineEdit()
        column.addWidget(self._asking() if self._may else self._forbidden())
        column.addLayout(self._foot())
        if self._may:
            self._line.setFocus()
        else:
            self._leave.setFocus()

    def _asking(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        caption = Label(tr("Why is it right all the same?"), size="note", tone="muted")
        caption.setBuddy(self._line)
        self._line.setObjectName("against_reason")
        self._line.setAccessibleName(caption.text())
        self._line.setPlaceholderText(tr("for example: agreed with Dr. Shah"))
        self._line.setToolTip(tr("Stays with the visit, with your name"))
        self._line.setMaxLength(200)
        self._line.textChanged.connect(self._typed)
        column.addWidget(caption)
        column.addWidget(self._line)
        return box

    def _forbidden(self) -> QWidget:
        self._line.setParent(self)
        self._line.hide()
        said = Label(tr("A nurse, a clinician or a manager may decide otherwise."), strong=True)
        said.setObjectName("against_who_may")
        return said

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._instead = Button("", key="Alt+T", icon="calendar-days")
        self._instead.setObjectName("against_instead")
        self._instead.clicked.connect(self._take_instead)
        self._instead.hide()
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("leave")
        self._leave.clicked.connect(self.reject)
        self._go = Button(tr("Go on"), key="Enter", role="primary", bind=False)
        self._go.setObjectName("against_go")
        self._go.setEnabled(False)
        self._go.setVisible(self._may)
        self._go.clicked.connect(self._give)
        foot.addWidget(self._instead)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._go)
        return foot

    def offer(self, text: str, take: Callable[[], object]) -> None:
        """Another place, one key away."""
        self._take = take
        self._instead.set_text(text)
        self._instead.show()

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the reason; without one it shows where it is missing."""
        focused = self.focusWidget()
        if not is_enter(event):
            super().keyPressEvent(event)
        elif isinstance(focused, Button):
            focused.click()
        elif self._may:
            self._give()

    @Slot()
    def _typed(self) -> None:
        self._go.setEnabled(bool(self._line.text().strip()))
        set_look(self._line, invalid=False)

    @Slot()
    def _take_instead(self) -> None:
        take = self._take
        self.reject()
        if take is not None:
            take()

    @Slot()
    def _give(self) -> None:
        reason = self._line.text().strip()
        if not reason:
            set_look(self._line, invalid=True)
            self._line.setFocus()
            return
        self.accept()
        self._done(Override(self._guards, reason))
