"""The readings as a table: what was typed, what was amended, what the clinic wants seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QBrush,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
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
from ketadesk.domain.readings import Reading
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.row_actions import RowActions
from ketadesk.ui.theme import Role, plain_tooltip
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.words import clock

ROW_HEIGHT = 26
NOTHING = "–"
COLUMNS = (
    "time",
    "blood_pressure",
    "heart_rate",
    "oxygen_saturation",
    "respiratory_rate",
    "moaas",
    "dissociation",
    "pain",
    "note",
)
WIDTHS = (96, 112, 76, 82, 70, 82, 70, 70, 120)


@dataclass(frozen=True)
class Attention:
    """Why a value of a reading wants to be seen: the column, the sentence, the role."""

    column: str
    words: str
    role: Role


@dataclass(frozen=True)
class ReadingRow:
    """A reading with what is said about it; `struck` when it no longer counts."""

    reading: Reading
    struck: bool = False
    struck_words: str = ""
    attention: tuple[Attention, ...] = ()


class ReadingsModel(QAbstractTableModel):
    """Rows by true time; a replaced reading stays, struck through."""

    def __init__(self, local: Callable[[datetime], datetime], parent: QWidget | None = None):
        super().__init__(parent)
        self._local = local
        self._rows: tuple[ReadingRow, ...] = ()

    def show_rows(self, rows: tuple[ReadingRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_at(self, index: int) -> ReadingRow | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def row_of(self, reading_id: ReadingId) -> int:
        """The row of a reading, -1 when it is not shown."""
        ids = [row.reading.id for row in self._rows]
        return ids.index(reading_id) if reading_id in ids else -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            tr("Time"),
            tr("BP"),
            tr("HR"),
            tr("SpO₂"),
            tr("RR"),
            tr("MOAA/S"),
            tr("Diss."),
            tr("Pain"),
            tr("Note"),
        )[section]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = self._rows[index.row()]
        column = COLUMNS[index.column()]
        found = [attention for attention in row.attention if attention.column == column]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column) + (" ▲" if found and not row.struck else "")
        if role == Qt.ItemDataRole.FontRole:
            return _font(
                row, strong=column == "blood_pressure" or bool(found), strike=column != "note"
            )
        if role == Qt.ItemDataRole.ForegroundRole:
            if row.struck:
                return QBrush(theme.color("muted"))
            return QBrush(theme.color(found[0].role)) if found else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            words = [attention.words for attention in found]
            words += [row.struck_words] if row.struck_words else []
            return plain_tooltip("\n".join(words)) if words else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [self._text(row, column), *(attention.words for attention in found)]
            said += [row.struck_words] if row.struck_words else []
            return ", ".join(said)
        return None

    def _text(self, row: ReadingRow, column: str) -> str:
        vitals = row.reading.vitals
        if column == "time":
            return clock(self._local(row.reading.taken_at))
        if column == "blood_pressure":
            return vitals.pressure or NOTHING
        if column == "note":
            return _note(row)
        value = getattr(vitals, column)
        return NOTHING if value is None else str(value)


def _note(row: ReadingRow) -> str:
    vitals = row.reading.vitals
    parts = [] if vitals.oxygen_flow is None else [tr("O₂ {flow} L/min", flow=vitals.oxygen_flow)]
    if vitals.note:
        parts.append(vitals.note)
    if row.reading.amend_reason:
        parts.append(tr("amended: {reason}", reason=row.reading.amend_reason))
    if row.struck_words:
        parts.append(row.struck_words)
    return " · ".join(parts)


def _font(row: ReadingRow, *, strong: bool, strike: bool) -> QFont:
    made = theme.font("body", strong=strong and not row.struck)
    made.setStrikeOut(row.struck and strike)
    return made


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
        self._model = ReadingsModel(local, self)
        self._locked = False
        self.setModel(self._model)
        self.setItemDelegate(_KeepsColors(self))
        self.actions_ = RowActions(
            amend=tr("Amend the chosen reading"),
            withdraw=tr("Withdraw the chosen reading"),
            parent=self,
        )
        self.actions_.setObjectName("reading_actions")
        self._set_heights()
        titles = self.horizontalHeader()
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._on_row)
        self._model.modelReset.connect(self._on_row)
        self.actions_.amend_wanted.connect(self._amend)
        self.actions_.withdraw_wanted.connect(self._withdraw)
        self.doubleClicked.connect(self._amend)

    def model(self) -> ReadingsModel:
        return self._model

    def show_rows(self, rows: tuple[ReadingRow, ...], *, locked: bool = False) -> None:
        """Shows the readings; a chosen one stays chosen, a new one comes into sight."""
        chosen = self.chosen()
        grown = len(rows) > self._model.rowCount()
        self._locked = locked
        self._model.show_rows(rows)
        if chosen is not None:
            self.selectRow(self._model.row_of(chosen.reading.id))
        self._on_row()
        if grown:
            self.scrollToBottom()

    def chosen(self) -> ReadingRow | None:
        """The row that is highlighted, if one is."""
        rows = self.selectionModel().selectedRows()
        return self._model.row_at(rows[0].row()) if rows else None

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
        for column, width in enumerate(WIDTHS[:-1]):
            self.setColumnWidth(column, theme.px(width))

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
