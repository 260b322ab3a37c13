"""The thin line between two parts: `Hairline()` lies, `Hairline(upright=True)` stands."""

from PySide6.QtWidgets import QFrame, QWidget


class Hairline(QFrame):
    """One pixel in the colour of lines, whatever the text size."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "line")
        self.setFixedWidth(1) if upright else self.setFixedHeight(1)
