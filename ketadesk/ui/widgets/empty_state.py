"""What an empty view shows: one sentence about what to do first, and the button for it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

ICON_SIZE = 36
SENTENCE_WIDTH = 380


class EmptyState(QWidget):
    """An icon, a sentence and at most one button, in the middle of the room it gets."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str,
        *,
        action: str = "",
        action_icon: str | None = None,
        key: str = "",
        bind: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._picture = QLabel()
        self._sentence = Label(sentence, tone="muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setFixedWidth(theme.px(SENTENCE_WIDTH))
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        if action:
            self.button = Button(action, icon=action_icon, key=key, role="primary", bind=bind)
            self.button.clicked.connect(self.acted)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._redraw()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_sentence"):
            self._redraw()

    def _fit(self) -> None:
        """A wrapped label in the middle of a column does not get its height by itself."""
        width = theme.px(SENTENCE_WIDTH)
        self._sentence.ensurePolished()
        self._sentence.setFixedSize(width, max(self._sentence.heightForWidth(width), 0))

    def _redraw(self) -> None:
        self._fit()
        self._picture.setPixmap(pixmap(self._icon_name, role="muted", size=ICON_SIZE))
