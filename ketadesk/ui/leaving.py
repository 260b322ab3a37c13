"""Asking before something half typed is left: keep typing, or leave it.

Nothing is registered: whatever can hold something half typed has a property `unsaved`.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

WIDTH = 440


class LeaveDialog(QDialog):
    """Esc and Enter keep typing; only Alt L, or a click on its button, leaves."""

    def __init__(self, parent: QWidget, sentence: str, leave: Callable[[], object]) -> None:
        super().__init__(parent)
        self._do_leave = leave
        self.setObjectName("leave_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Not saved yet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        said = Label(sentence, wrap=True)
        said.setObjectName("leave_sentence")
        column.addWidget(said)
        leave_it = Button(tr("Leave it"), key="Alt+L", role="danger")
        leave_it.setObjectName("leave_it")
        leave_it.clicked.connect(self._leave)
        keep = Button(tr("Keep typing"), key="Esc", role="primary", bind=False)
        keep.setObjectName("keep_typing")
        keep.clicked.connect(self.reject)
        keep.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave_it)
        foot.addWidget(keep)
        column.addLayout(foot)
        keep.setFocus()

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return super().sizeHint().expandedTo(QSize(theme.px(WIDTH), 0))

    @Slot()
    def _leave(self) -> None:
        self.accept()
        self._do_leave()


def unsaved_in(view: QWidget) -> bool:
    """Whether the view, or anything in it, open or put aside, holds something half typed."""
    return any(getattr(one, "unsaved", False) for one in (view, *view.findChildren(QWidget)))


def ask_to_leave(parent: QWidget, sentence: str, leave: Callable[[], object]) -> QDialog:
    """Shows the sentence; `leave` is called only when a person says so. Does not wait."""
    dialog = LeaveDialog(parent, sentence, leave)
    dialog.open()
    return dialog
