"""Labels that show data as plain text, in a size and a tone of the theme."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import TextSize, Tone


class Label(QLabel):
    """Text that is never taken for markup."""

    def __init__(
        self,
        text: str = "",
        *,
        size: TextSize = "body",
        tone: Tone = "ink",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Before the text: measuring it polishes, and a polished widget must be polished again.
        set_look(self, textSize=size, tone=tone, strong=strong)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour, for a value whose meaning changed."""
        set_look(self, tone=tone)
