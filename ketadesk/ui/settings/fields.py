"""Labelled fields in columns: the word above, the field below, an optional note under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ketadesk.ui.widgets.label import Label

LEAST_WIDTH = 90


class Fields(QWidget):
    """A grid of labelled fields; every label is the accessible name of its field."""

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._next = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def add(self, text: str, field: QWidget, *, note: str = "", span: int = 1) -> None:
        """Puts the next field, reading from left to right."""
        row, column = divmod(self._next, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        self._next = row * self._columns + column + span
        cell = QWidget()
        stack = QVBoxLayout(cell)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(3)
        label = Label(text, size="note", tone="muted")
        label.setBuddy(field)
        stack.addWidget(label)
        stack.addWidget(field)
        if note:
            stack.addWidget(Label(note, size="small", tone="muted", wrap=True))
        field.setAccessibleName(text)
        field.setMinimumWidth(LEAST_WIDTH)
        self._grid.addWidget(cell, row, column, 1, span, Qt.AlignmentFlag.AlignTop)


def line(name: str) -> QLineEdit:
    """A line of text, found in tests by its name."""
    made = QLineEdit()
    made.setObjectName(name)
    return made


def choice(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    """A list to choose one from: (value, word) pairs; `currentData()` is the value."""
    made = QComboBox()
    made.setObjectName(name)
    for value, text in choices:
        made.addItem(text, value)
    return made


def choose(field: QComboBox, value: str) -> None:
    """Shows the choice of this value."""
    field.setCurrentIndex(max(field.findData(value), 0))
