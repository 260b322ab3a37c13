"""Fields for numbers and times that a turn of the mouse wheel in passing cannot change."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

INDENT = 6


class NumberField(QSpinBox):
    """A whole number; arrow keys change it, the wheel does not."""

    def __init__(
        self, *, name: str, least: int = 0, most: int = 999, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        _settle(self, name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()


class DecimalField(QDoubleSpinBox):
    """A number with decimals; arrow keys change it, the wheel does not."""

    def __init__(
        self,
        *,
        name: str,
        decimals: int = 1,
        least: float = 0.0,
        most: float = 999.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setDecimals(decimals)
        self.setRange(least, most)
        _settle(self, name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()


class TimeField(QTimeEdit):
    """A time of day, 24 hours."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        _settle(self, name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()


def _settle(field: QAbstractSpinBox, name: str) -> None:
    """Name it, keep the wheel from giving it the focus, and indent the text like other fields."""
    field.setAccessibleName(name)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    inner = field.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(INDENT, 0, 0, 0)
