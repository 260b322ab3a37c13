"""A colour chosen by its name, or typed as #RRGGBB."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from ketadesk.i18n import tr

COLOURS = {
    "#0B6E69": "Teal",
    "#1D5FA8": "Blue",
    "#6B4FA3": "Violet",
    "#2E6B34": "Green",
    "#8A5200": "Amber",
    "#9C2F4A": "Berry",
    "#44515F": "Slate",
}
"""Each can be read on white paper (WCAG AA)."""
SWATCH = 14


class ColourField(QComboBox):
    """Named colours with a swatch; what is typed instead is taken as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clinic_accent")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setIconSize(QSize(SWATCH, SWATCH))
        for colour, name in COLOURS.items():
            self.addItem(_swatch(colour), tr(name), colour)

    def colour(self) -> str:
        """As #RRGGBB, or what was typed."""
        typed = self.currentText().strip()
        index = self.findText(typed)
        return str(self.itemData(index)) if index >= 0 else typed

    def show_colour(self, colour: str) -> None:
        """By its name if it has one."""
        index = self.findData(colour)
        if index >= 0:
            self.setCurrentIndex(index)
        else:
            self.setCurrentIndex(-1)
            self.setEditText(colour)


def _swatch(colour: str) -> QIcon:
    drawn = QPixmap(SWATCH, SWATCH)
    drawn.fill(QColor(colour))
    return QIcon(drawn)
