"""Fields in columns of the same width, in reading order.

form = FieldGrid(columns=2)
form.add(self._name, span=2)
form.add(self._role)
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

LEAST_WIDTH = 90


class FieldGrid(QWidget):
    """A field that no longer fits into its line begins the next one."""

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

    def add(self, field: QWidget, *, span: int = 1) -> None:
        """Puts the next field, over as many columns as `span` says."""
        row, column = divmod(self._next, self._columns)
        if column + span > self._columns:
            row, column = row + 1, 0
        self._next = row * self._columns + column + span
        field.setMinimumWidth(LEAST_WIDTH)
        self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
