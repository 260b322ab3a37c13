"""One table model for rows that are given whole: columns say what they show of a row.

    model = RowsModel(
        (
            Column(tr("Name"), lambda member: member.name, strong=True),
            Column(tr("Role"), lambda member: words.word(member.role), tone="muted"),
        ),
        key=lambda member: member.id,
        parent=self,
    )
    table.setModel(model)
    model.show(frame.staff)

Showing other rows keeps the current and the chosen row by their key, silently; rows that are equal
to those shown change nothing. What a row needs beyond its own values (a clock, the chairs) is in
the functions, or made into a frozen row first.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ketadesk.ui import theme
from ketadesk.ui.icons import icon
from ketadesk.ui.theme import Tone

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

ROW = Qt.ItemDataRole.UserRole
"""The row itself, for delegates and proxies."""

ORDER = Qt.ItemDataRole.UserRole + 1
"""What a column sorts by."""

ICON_SIZE = 16


class Look(NamedTuple):
    """How one cell differs from its column: its tone, an icon, its weight, struck through."""

    tone: Tone | None = None
    icon: str = ""
    strong: bool = False
    struck: bool = False


PLAIN = Look()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A title, the text of a row under it, and how that looks.

    `look` answers cell by cell. `order` is what the column sorts by, the text when it is left out.
    `tip` is the tooltip where the text alone does not say it all, `spoken` the text for whoever
    listens where it has signs in it.
    """

    title: str
    text: Callable[[Row], str]
    strong: bool = False
    tone: Tone | None = None
    look: Callable[[Row], Look | None] | None = None
    order: Callable[[Row], Any] | None = None
    tip: Callable[[Row], str] | None = None
    spoken: Callable[[Row], str] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """`describe` says a whole row in words, for its tooltip and for screen readers."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        describe: Callable[[Row], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._describe = describe
        self._rows: tuple[Row, ...] = ()
        self._places: dict[Hashable, int] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown, in order."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Shows these rows; a row with the key of one shown before stays that row."""
        wanted = tuple(rows)
        if wanted == self._rows:
            return
        keys = [self._key(row) for row in wanted]
        if keys == list(self._places):
            self._rows = wanted
            self.refresh()
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        keys_kept = [self._key(self._rows[index.row()]) for index in kept]
        self._rows = wanted
        self._places = {key: place for place, key in enumerate(keys)}
        moved = [
            self.index(self._places[key], index.column()) if key in self._places else QModelIndex()
            for key, index in zip(keys_kept, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def refresh(self) -> None:
        """The same rows say something else: a minute went by, a name was learned."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_at(self, place: int | Index) -> Row | None:
        """The row in a place, None where there is none."""
        number = place if isinstance(place, int) else place.row()
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, key: Hashable) -> int | None:
        """Where the row of this key stands, None when it is not shown."""
        return self._places.get(key)

    def set_title(self, column: int, title: str) -> None:
        """Another title over a column."""
        before = self._columns[column]
        if title != before.title:
            changed = replace(before, title=title)
            self._columns = (*self._columns[:column], changed, *self._columns[column + 1 :])
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW:
            return row
        if role == ORDER:
            return column.order(row) if column.order else column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tooltip(self._tip(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = column.spoken(row) if column.spoken else column.text(row)
            return f"{column.title}: {said}" if column.title else said
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and self._describe is not None:
            return self._describe(row).replace("\n", ", ")
        return self._appearance(row, column, role)

    def _tip(self, row: Row, column: Column[Row]) -> str:
        if column.tip is not None:
            return column.tip(row)
        return self._describe(row) if self._describe is not None else column.text(row)

    def _appearance(self, row: Row, column: Column[Row], role: int) -> Any:
        if role not in (
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.FontRole,
        ):
            return None
        look = (column.look(row) if column.look else None) or PLAIN
        tone = look.tone or column.tone
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color(tone) if tone else None
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(look.icon, role=tone or "ink", size=ICON_SIZE) if look.icon else None
        if not (column.strong or look.strong or look.struck):
            return None
        font = theme.font("body", strong=column.strong or look.strong)
        font.setStrikeOut(look.struck)
        return font
