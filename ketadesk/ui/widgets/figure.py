"""A figure that is read from across the room, with a caption above or below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import TextSize, Tone
from ketadesk.ui.widgets.label import Label


class Figure(QWidget):
    """A big number or short word and what it means."""

    def __init__(
        self,
        caption: str,
        value: str = "",
        *,
        tone: Tone = "ink",
        size: TextSize = "figure",
        caption_below: bool = False,
        align_right: bool = False,
        caption_size: TextSize = "note",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption = Label(caption, size=caption_size, tone="muted")
        self._value = Label(value, size=size, tone=tone, strong=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        pair = (self._value, self._caption) if caption_below else (self._caption, self._value)
        for label in pair:
            rows.addWidget(label)
        self.set_align(right=align_right)
        self.set_value(value, tone=tone)

    def set_align(self, *, right: bool) -> None:
        """To which side figure and caption stand."""
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        for label in (self._value, self._caption):
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def set_size(self, size: TextSize) -> None:
        """Another size, where there is less room."""
        set_look(self._value, textSize=size)

    def value(self) -> str:
        """The figure as shown."""
        return self._value.text()

    def set_value(self, value: str, *, tone: Tone = "ink", urgent: bool = False) -> None:
        """Show another figure; called every second, so it changes only what differs.

        An urgent one is underlined: its colour alone would be fainter where there is none.
        """
        if value != self._value.text():
            self._value.setText(value)
        self._value.set_tone(tone)
        set_look(self._value, underlined=urgent)
        self.setAccessibleName(f"{self._caption.text()} {value}")

    def set_caption(self, caption: str) -> None:
        """Say something else about the figure."""
        self._caption.setText(caption)
        self.setAccessibleName(f"{caption} {self._value.text()}")
