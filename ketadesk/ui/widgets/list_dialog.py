"""What the dialogs that hold a list share: a title, what is above the list, its notice, its foot.

super().__init__(parent, name="history_dialog", title=tr("What was done"), size=(1040, 640))
self.middle.addWidget(self.table, 1)
self.foot.addWidget(self._undo)
...
self.show_wide()
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice

AROUND = 40
"""Pixels of the window that stay in sight around it."""


class ListDialog(QDialog):
    """Fill `middle`, add buttons to `foot`; `about` says something quiet above them."""

    def __init__(
        self, parent: QWidget, *, name: str, title: str, size: tuple[int, int] = (1040, 640)
    ) -> None:
        super().__init__(parent)
        self._size, self._over = size, parent
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(12)
        self.notice = Notice(close_name=tr("Close this message"))
        self.about = Label(size="note", tone="muted", wrap=True)
        self.about.setObjectName(f"{name}_about")
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.leave = Button(tr("Close"), key="Esc", bind=False)
        self.leave.setObjectName(f"{name}_close")
        self.leave.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addStretch(1)
        below.addLayout(self.foot)
        below.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(Label(title, size="title", strong=True))
        column.addLayout(self.middle, 1)
        column.addWidget(self.notice)
        column.addWidget(self.about)
        column.addLayout(below)

    def sizeHint(self) -> QSize:
        """As wide and high as wanted, within the window it lies over."""
        wanted = QSize(*(theme.px(side) for side in self._size))
        room = self._over.window().size() - QSize(AROUND, AROUND)
        return wanted.boundedTo(room)

    def show_wide(self) -> None:
        """Opens; by itself a dialog takes two thirds of the screen at most."""
        self.resize(self.sizeHint())
        self.open()
