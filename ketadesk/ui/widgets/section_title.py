"""The small capital title above a group of rows."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.ui.widgets.label import Label


class SectionTitle(QWidget):
    """A title in small capitals with an optional quiet note after it."""

    def __init__(self, text: str, *, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(text, size="note", tone="muted", strong=True)
        capitals = QFont(self._title.font())
        capitals.setCapitalization(QFont.Capitalization.AllUppercase)
        self._title.setFont(capitals)
        self._note = Label(note, size="note", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(6)
        row.addWidget(self._title)
        row.addWidget(self._note)
        row.addStretch(1)

    def text(self) -> str:
        """The title as written, not in capitals."""
        return self._title.text()

    def set_text(self, text: str, *, note: str = "") -> None:
        """Change title and note."""
        self._title.setText(text)
        self._note.setText(note)
