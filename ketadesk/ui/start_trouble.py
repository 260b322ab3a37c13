"""What the window shows while no clinic is open: a welcome, or why not, and the two ways on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

SENTENCE_WIDTH = 560
WIDEST_SENTENCE = 860


class StartTrouble(QWidget):
    """`open_wanted` and `new_wanted` when a person chose a way on."""

    open_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_trouble")
        self._icon = "circle-alert"
        self._tone: Tone = "amber"
        self._picture = QLabel()
        self._title = Label(tr("The clinic is not open"), size="title", strong=True)
        self.sentence = Label(tone="muted", wrap=True)
        self.sentence.setObjectName("start_sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open = Button(tr("Open another file"), icon="folder-open", key="Ctrl+O", parent=self)
        self.open.setObjectName("open_another")
        self.open.clicked.connect(self.open_wanted)
        self.new = Button(tr("Make a new clinic"), icon="plus", key="Ctrl+Shift+N", parent=self)
        self.new.setObjectName("make_new")
        self.new.clicked.connect(self.new_wanted)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._offer(self.open, self.new)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._picture, self._title, self.sentence):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addLayout(self._buttons)
        column.addStretch(3)
        self._redraw()

    def say(self, sentence: str) -> None:
        """Why the file did not open, and that it is untouched."""
        self._show("circle-alert", "amber", tr("The clinic is not open"), sentence)
        self._offer(self.open, self.new)

    def welcome(self) -> None:
        """The first start on this computer: there is nothing to open yet."""
        sentence = tr(
            "Make one now: it is a single file on this computer. Then describe the clinic and add "
            "who works here, the chairs, the opening hours and a protocol; after that you can "
            "book."
        )
        self._show("layout-dashboard", "accent", tr("No clinic here yet"), sentence)
        self._offer(self.new, self.open)

    def _show(self, icon: str, tone: Tone, title: str, sentence: str) -> None:
        self._icon, self._tone = icon, tone
        self._title.setText(title)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")
        self._redraw()

    def _offer(self, first: Button, second: Button) -> None:
        """The likelier way on stands first and has the keys."""
        while self._buttons.takeAt(0) is not None:
            pass
        self._buttons.addStretch(1)
        first.set_role("primary")
        second.set_role("plain")
        for button in (first, second):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.setTabOrder(first, second)
        self.setFocusProxy(first)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "new"):
            self._redraw()

    def _redraw(self) -> None:
        # A wrapped label in the middle of a column does not get its height by itself.
        width = min(theme.px(SENTENCE_WIDTH), WIDEST_SENTENCE)
        self.sentence.ensurePolished()
        self.sentence.setFixedSize(width, max(self.sentence.heightForWidth(width), 0))
        self._picture.setPixmap(pixmap(self._icon, role=self._tone, size=36))
