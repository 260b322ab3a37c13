"""What the window shows when the clinic file can't be opened: why, and the two ways on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

SENTENCE_WIDTH = 560


class StartTrouble(QWidget):
    """`open_wanted` and `new_wanted` when a person chose a way on."""

    open_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_trouble")
        self._picture = QLabel()
        self._title = Label(tr("The clinic is not open"), size="title", strong=True)
        self.sentence = Label(tone="muted", wrap=True)
        self.sentence.setObjectName("start_sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open = Button(
            tr("Open another file"), icon="folder-open", key="Ctrl+O", role="primary"
        )
        self.open.setObjectName("open_another")
        self.open.clicked.connect(self.open_wanted)
        self.new = Button(tr("Make a new clinic"), icon="plus", key="Ctrl+Shift+N")
        self.new.setObjectName("make_new")
        self.new.clicked.connect(self.new_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.open)
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._picture, self._title, self.sentence):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addLayout(buttons)
        column.addStretch(3)
        self._redraw()

    def say(self, sentence: str) -> None:
        """Why the file did not open, and that it is untouched."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "new"):
            self._redraw()

    def _redraw(self) -> None:
        self.sentence.setFixedWidth(theme.px(SENTENCE_WIDTH))
        self._picture.setPixmap(pixmap("circle-alert", role="amber", size=36))
