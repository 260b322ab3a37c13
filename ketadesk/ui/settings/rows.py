"""A table of things beside the form that changes the chosen one."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FORM_WIDTH = 430
WIDEST_FORM = 600


class Row(NamedTuple):
    """One line of the table: what it stands for, its cells, and the tone of its last cell."""

    key: Hashable
    cells: tuple[str, ...]
    tone: Tone = "ink"


class RowsModel(QAbstractTableModel):
    """Rows of plain texts under titles."""

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == len(self._titles) - 1:
            return theme.color(row.tone)
        return None


class TableWithForm(QWidget):
    """Table at the left, form at the right; `chosen(key)` whenever another row is the current."""

    chosen = Signal(object)

    def __init__(
        self,
        titles: Sequence[str],
        *,
        name: str,
        stretch: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = RowsModel(titles, self)
        self.table = Table(name=name)
        self.table.setModel(self.model)
        columns = self.table.horizontalHeader()
        columns.setStretchLastSection(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.left = QVBoxLayout()
        self.left.setSpacing(10)
        self.left.addWidget(self.table, 1)
        self.card = Card()
        self.card.body.setSpacing(10)
        right = QVBoxLayout()
        right.addWidget(self.card)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(self.left, 1)
        row.addLayout(right)
        self._fit()

    def current(self) -> Hashable | None:
        """What the current row stands for."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()].key if index.isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows; the current one stays the current one if it is still there."""
        kept = self.current()
        self.table.selectionModel().blockSignals(True)
        self.model.show(rows)
        self.table.selectionModel().blockSignals(False)
        if (kept is None or not self.choose(kept)) and rows:
            self.choose(rows[0].key)

    def choose(self, key: Hashable) -> bool:
        """Makes the row of this thing the current one; False when there is none."""
        for number, row in enumerate(self.model.rows):
            if row.key == key:
                flags = (
                    QItemSelectionModel.SelectionFlag.ClearAndSelect
                    | QItemSelectionModel.SelectionFlag.Rows
                )
                index = self.model.index(number, 0)
                self.table.selectionModel().setCurrentIndex(index, flags)
                self.chosen.emit(key)
                return True
        return False

    def leave(self) -> None:
        """No row is the current one: the form is for a new one."""
        self.table.selectionModel().clear()
        self.table.setCurrentIndex(QModelIndex())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.model.rows[current.row()].key)

    def changeEvent(self, event: QEvent) -> None:
        """Give the form the width that its text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "card"):
            self._fit()

    def _fit(self) -> None:
        self.card.setMinimumWidth(min(theme.px(FORM_WIDTH), WIDEST_FORM))
