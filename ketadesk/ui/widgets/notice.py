"""The bar in which the program tells people something without stopping them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Role, Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

NoticeKind = Literal["info", "warning", "error"]
LOOKS: dict[NoticeKind, tuple[Role, str]] = {
    "info": ("blue", "info"),
    "warning": ("amber", "triangle-alert"),
    "error": ("red", "circle-alert"),
}
MOST_ACTIONS = 2


class NoticeAction(NamedTuple):
    """Something the person can do about it."""

    id: str
    text: str
    key: str = ""


class Notice(QFrame):
    """Hidden until `tell` is called; emits `acted(id)` or `dismissed()` and hides itself."""

    acted = Signal(str)
    dismissed = Signal()

    def __init__(self, *, close_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: NoticeKind = "info"
        self._icon = QLabel()
        self._text = Label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._actions: list[Button] = []
        self._close = Button(icon="x", role="quiet", name=close_name)
        self._close.clicked.connect(self._dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("look", "notice")
        self.hide()

    def kind(self) -> NoticeKind:
        """How serious the last message was."""
        return self._kind

    def text(self) -> str:
        """The message shown last."""
        return self._text.text()

    def tell(
        self, text: str, *, kind: NoticeKind = "info", actions: Sequence[NoticeAction] = ()
    ) -> None:
        """Show a message with at most two actions; a screen reader announces it."""
        if len(actions) > MOST_ACTIONS:
            raise ValueError(actions)
        self._kind = kind
        self._text.setText(text)
        self._set_actions(actions)
        set_look(self, role=LOOKS[kind][0])
        self.setAccessibleName(text)
        self._redraw()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def be_low(self) -> None:
        """As low as a bar that it lies in, with two lines of text."""
        self._row.setContentsMargins(12, 2, 6, 2)

    def width_in_one_line(self) -> int:
        """How wide the message is where nothing of it wraps, in pixels."""
        margins = self._row.contentsMargins()
        parts = [self._icon, self._close, *self._actions]
        width = sum(part.sizeHint().width() + self._row.spacing() for part in parts)
        text = self._text.fontMetrics().horizontalAdvance(self._text.text())
        return width + text + margins.left() + margins.right() + 4

    def height_for(self, width: int) -> int:
        """How high the message is where it may be so wide, told just now or not, in pixels."""
        self._row.activate()
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_close"):
            self._redraw()

    def _redraw(self) -> None:
        role, name = LOOKS[self._kind]
        tone: Tone = role
        self._icon.setPixmap(pixmap(name, role=tone, size=18))

    def _set_actions(self, actions: Sequence[NoticeAction]) -> None:
        for old in self._actions:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._actions = []
        for action in actions:
            button = Button(action.text, key=action.key)
            button.setProperty("action", action.id)
            button.setObjectName(f"notice_{action.id}")
            button.clicked.connect(self._act)
            self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._actions.append(button)

    @Slot()
    def _act(self) -> None:
        sender = self.sender()
        self.hide()
        if sender is not None:
            self.acted.emit(str(sender.property("action")))

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
