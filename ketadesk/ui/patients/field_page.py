"""A page of fields in as many columns as the text leaves room for; it scrolls, nothing is cut."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from ketadesk.ui import theme

COLUMN_WIDTH = 180
"""What a date or a phone number needs, in pixels at 100 %."""
MOST_COLUMNS = 3


class FieldPage(QScrollArea):
    """Fields in reading order; those of a row begin a new line where three columns fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[tuple[QWidget, int]]] = []
        self._columns = 0
        self.last_row_grows = False
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 14, 0, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        inner = QWidget()
        inner.setLayout(self._grid)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_row(self, *fields: QWidget | tuple[QWidget, int]) -> None:
        """The next fields; a pair says over how many columns one reaches."""
        row = [field if isinstance(field, tuple) else (field, 1) for field in fields]
        self._rows.append(row)
        for field, _ in row:
            field.setParent(self.widget())
            field.setMinimumWidth(0)
        self._columns = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns, so fewer."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_grid"):
            self._lay_out()

    def _lay_out(self) -> None:
        room = self.width() // theme.px(COLUMN_WIDTH)
        columns = max(1, min(MOST_COLUMNS, room))
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        line = column = 0
        for row in self._rows:
            if columns == MOST_COLUMNS and column:
                line, column = line + 1, 0
            for field, span in row:
                span = min(span, columns)
                if column + span > columns:
                    line, column = line + 1, 0
                self._grid.addWidget(field, line, column, 1, span)
                field.show()
                column += span
        self._share(columns, line + 1)

    def _share(self, columns: int, lines: int) -> None:
        """Columns of the same width; what room is left below goes to the last field or nobody."""
        for number in range(MOST_COLUMNS):
            self._grid.setColumnStretch(number, int(number < columns))
            self._grid.setColumnMinimumWidth(number, 0)
        grows = lines - 1 if self.last_row_grows else lines
        for number in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(number, int(number == grows))
