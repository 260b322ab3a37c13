"""The list under the find field: rows of icon, title and subtitle, moved through by the field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.key_hint import key_hint_size, paint_key_hint
from ketadesk.ui.widgets.label import Label

ROW_HEIGHT = 46
MOST_ROWS = 9
FRAME = 12
ID_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class FindRow:
    """One result: what it is called, what tells it from its namesakes, and its id for `chosen`."""

    id: str
    title: str
    subtitle: str = ""
    icon: str = "user"
    key: str = ""


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[FindRow, ...] = ()

    def show(self, rows: Sequence[FindRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.subtitle}" if row.subtitle else row.title
        if role == ID_ROLE:
            return row.id
        return row if role == ROW_ROLE else None


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        tokens = theme.current()
        area = QRectF(option.rect)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent.background))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        tone: Tone = "accent" if current else "muted"
        icon = theme.px(18)
        painter.drawPixmap(
            QPointF(area.left() + 14, area.center().y() - icon / 2),
            pixmap(row.icon, role=tone, size=18),
        )
        right = area.right() - 14
        if row.key:
            box = QRectF(0, 0, 0, 0)
            box.setSize(key_hint_size(row.key).toSizeF())
            box.moveRight(right)
            box.moveTop(area.center().y() - box.height() / 2)
            paint_key_hint(painter, box, row.key, color=theme.color("muted"))
            right = box.left() - 8
        left = area.left() + 14 + icon + 10
        _paint_texts(painter, QRectF(left, area.top(), right - left, area.height()), row)
        painter.restore()


def _paint_texts(painter: QPainter, area: QRectF, row: FindRow) -> None:
    title_font, note_font = theme.font("body", strong=True), theme.font("note")
    title, note = QFontMetricsF(title_font), QFontMetricsF(note_font)
    both = title.height() + (note.height() if row.subtitle else 0)
    top = area.center().y() - both / 2
    painter.setFont(title_font)
    painter.setPen(theme.color("ink"))
    elide = Qt.TextElideMode.ElideRight
    painter.drawText(
        QPointF(area.left(), top + title.ascent()),
        title.elidedText(row.title, elide, area.width()),
    )
    if row.subtitle:
        painter.setFont(note_font)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QPointF(area.left(), top + title.height() + note.ascent()),
            note.elidedText(row.subtitle, elide, area.width()),
        )


class FindResults(QFrame):
    """A child of the window, so that typing goes on in the field; `taken(id)` on a click."""

    taken = Signal(str)

    def __init__(self, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "popup")
        self.setObjectName("find_results")
        self._rows = _Rows(self)
        self.list = QListView()
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_RowPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("look", "bare")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._click)
        self._empty = Label(tone="muted", wrap=True)
        self._empty.setContentsMargins(14, 10, 14, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self.list)
        column.addWidget(self._empty)
        self.hide()

    def show_rows(self, rows: Sequence[FindRow], *, room: int, empty: str = "") -> None:
        """Show other rows, the first one chosen, in at most `room` pixels of height."""
        self._rows.show(rows)
        self._empty.setText(empty)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        fitting = max(1, (room - FRAME) // theme.px(ROW_HEIGHT))
        shown = min(len(rows), MOST_ROWS, fitting)
        self.list.setFixedHeight(shown * theme.px(ROW_HEIGHT) + 2)
        if rows:
            self.list.setCurrentIndex(self._rows.index(0, 0))
        self.setFixedHeight(
            (self.list.height() if rows else self._empty.sizeHint().height()) + FRAME - 2
        )

    def move_by(self, step: int) -> None:
        """Choose the next or the previous row, round the end."""
        count = len(self._rows.rows)
        if count:
            row = (self.list.currentIndex().row() + step) % count
            self.list.setCurrentIndex(self._rows.index(row, 0))

    def current_id(self) -> str:
        """The id of the chosen row, or nothing."""
        index = self.list.currentIndex()
        return str(index.data(ID_ROLE)) if index.isValid() else ""

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        self.taken.emit(str(index.data(ID_ROLE)))
