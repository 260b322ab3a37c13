"""What a clinic must have before anybody can be booked, and the way there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.services.calendar import Frame

WIDTH = 440


def missing(frame: "Frame") -> str:
    """The first page of the settings without which no day can be shown, nothing when all is set."""
    if not frame.clinic.name:
        return "clinic"
    if not frame.staff:
        return "staff"
    return "chairs" if not frame.chairs else "protocols" if not frame.protocols else ""


def sentence(page: str) -> str:
    """What to do on that page, and what for."""
    return {
        "clinic": tr("Start with the clinic itself: its name, its phones, its time zone."),
        "staff": tr("Next, add who works here, so that every entry carries a name."),
        "chairs": tr(
            "Next, add the chairs, the columns of the calendar, and set your opening hours there."
        ),
        "protocols": tr("Last, add a protocol: how long an appointment takes, and its parts."),
    }[page]


def ask_to_set_up(workplace: Workplace, parent: QWidget, page: str) -> "SetUpFirst":
    """Opens the message; Enter goes to the page."""
    dialog = SetUpFirst(workplace, parent, page)
    dialog.open()
    return dialog


class SetUpFirst(QDialog):
    """Says what is missing before the first booking."""

    def __init__(self, workplace: Workplace, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self._workplace, self._page = workplace, page
        self.setObjectName("set_up_first")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Nobody can be booked yet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        said = Label(sentence(page), wrap=True)
        said.setFixedWidth(theme.px(WIDTH))
        column.addWidget(said)
        leave = Button(tr("Leave it"), key="Esc", bind=False)
        leave.clicked.connect(self.reject)
        self._go = Button(
            tr("Open the settings"), icon="settings", key="Enter", role="primary", bind=False
        )
        self._go.setObjectName("set_up_go")
        self._go.clicked.connect(self._open)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self._go)
        column.addLayout(foot)
        self._go.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the focus."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _open(self) -> None:
        self.accept()
        self._workplace.show("settings", self._page)
