"""The table of readings: chosen by keys, amended in the entry line, as wide as it must be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ketadesk.domain.ids import ReadingId
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.readings_model import ReadingRow, readings_model
from ketadesk.ui.session.row_actions import RowActions
from ketadesk.ui.widgets.rows_model import RowsModel
from ketadesk.ui.widgets.table import Table

ROW_HEIGHT = 26
WIDTHS = (96, 112, 76, 82, 70, 82, 70, 70, 120)

WIDEST = ("00:00", "188/118 ▲", "188", "100", "18 ▲", "5", "10", "10", "")
"""What each column must hold whatever the text size."""

CELL_PADDING = 16


class _KeepsColors(QStyledItemDelegate):
    """Paints a chosen row's ground itself, so that a flagged value stays red on it."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            option.state &= ~QStyle.StateFlag.State_Selected
            option.backgroundBrush = QBrush(theme.current().accent.background)


class ReadingsTable(Table):
    """A or Enter amends the row and W withdraws it; what replaces it is typed in the entry line.

    Signals: `amend_wanted(Reading)`, `withdraw_wanted(Reading)`, `row_chosen(ReadingId)`.
    """

    amend_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self, local: Callable[[datetime], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(name=tr("Readings"), parent=parent)
        self.setObjectName("readings_table")
        self.setProperty("look", "bare")
        self.setVerticalScrollMode(Table.ScrollMode.ScrollPerItem)
        self.setToolTip(tr("Enter or A amends the chosen reading, W withdraws it"))
        self._model = readings_model(local, self)
        self._locked = False
        self.setModel(self._model)
        self.setItemDelegate(_KeepsColors(self))
        self.actions_ = RowActions(
            amend=tr("Amend the chosen reading"),
            withdraw=tr("Withdraw the chosen reading"),
            parent=self,
        )
        self.actions_.setObjectName("reading_actions")
        self.actions_.setProperty("place", tr("In the readings"))
        self._set_heights()
        titles = self.horizontalHeader()
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._on_row)
        self.actions_.amend_wanted.connect(self._amend)
        self.actions_.withdraw_wanted.connect(self._withdraw)
        self.doubleClicked.connect(self._amend)

    def model(self) -> RowsModel[ReadingRow]:
        return self._model

    def show_rows(self, rows: tuple[ReadingRow, ...], *, locked: bool = False) -> None:
        """Shows the readings; a chosen one stays chosen, a new one comes into sight."""
        grown = len(rows) > self._model.rowCount()
        self._locked = locked
        self._model.show(rows)
        self._on_row()
        if grown:
            self.scrollToBottom()

    def chosen(self) -> ReadingRow | None:
        """The row that is highlighted, if one is."""
        rows = self.selectionModel().selectedRows()
        return self._model.row_at(rows[0].row()) if rows else None

    def choose(self, reading_id: ReadingId) -> None:
        """Chooses a reading, if it is shown."""
        place = self._model.place_of(reading_id)
        if place is not None:
            self.selectRow(place)

    def choose_newest(self) -> None:
        """Chooses the reading that is most often amended: the last."""
        self.selectRow(self._model.rowCount() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._amend()
        elif plain and event.key() == Qt.Key.Key_W:
            self._withdraw()
        elif plain and event.key() == Qt.Key.Key_Home:
            self.selectRow(0)
        elif plain and event.key() == Qt.Key.Key_End:
            self.choose_newest()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same two actions under the right mouse button."""
        if self._amendable() is not None:
            self.actions_.pop_up(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in, the newest reading is chosen: it is the one that gets amended."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.choose_newest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._place_actions()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "actions_"):
            self._set_heights()
            self._place_actions()

    def _set_heights(self) -> None:
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(self.actions_.sizeHint().height() + 2)
        self._share_width()

    def _share_width(self) -> None:
        """As wide as looks good, or with large text as narrow as the values allow."""
        wished = [theme.px(width) for width in WIDTHS]
        if sum(wished) > self.viewport().width():
            metrics = QFontMetrics(theme.font("body", strong=True))
            titles = [
                str(self._model.headerData(place, Qt.Orientation.Horizontal))
                for place in range(len(WIDTHS))
            ]
            wished = [
                max(metrics.horizontalAdvance(title), metrics.horizontalAdvance(widest))
                + theme.px(CELL_PADDING)
                for title, widest in zip(titles, WIDEST, strict=True)
            ]
        for column, width in enumerate(wished[:-1]):
            self.setColumnWidth(column, width)

    def _place_actions(self) -> None:
        """In the titles' free right end, where they take no row's room."""
        size = self.actions_.sizeHint()
        left = self.viewport().geometry().right() - size.width() - 2
        self.actions_.setGeometry(left, 1, size.width(), size.height())

    def _amendable(self) -> ReadingRow | None:
        row = self.chosen()
        return None if row is None or row.struck or self._locked else row

    @Slot()
    def _amend(self) -> None:
        row = self._amendable()
        if row is not None:
            self.amend_wanted.emit(row.reading)

    @Slot()
    def _withdraw(self) -> None:
        row = self._amendable()
        if row is not None:
            self.withdraw_wanted.emit(row.reading)

    @Slot()
    def _on_row(self) -> None:
        self.actions_.setVisible(self._amendable() is not None)
        row = self.chosen()
        if row is not None:
            self.row_chosen.emit(row.reading.id)
