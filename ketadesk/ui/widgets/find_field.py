"""The find field of the header and the list of results under it; it searches nothing itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.widgets.key_hint import KeyHint, key_text

if TYPE_CHECKING:
    from ketadesk.ui.widgets.find_results import FindResults, FindRow

WIDTH = 380
HEIGHT = 32
MOST_WIDTH = 560
MARGIN = 8


class FindField(QWidget):
    """A line with a magnifier and its key; gives text away and takes rows to show.

    `text_changed(str)` on each change, `moved(+1 or -1)` on the arrow keys, `chosen(str)` with the
    id of the row taken by Enter or click, `left()` on Escape. Choosing and leaving empty the field.
    """

    text_changed = Signal(str)
    moved = Signal(int)
    chosen = Signal(str)
    left = Signal()

    def __init__(
        self, *, placeholder: str, key: str = "Ctrl+K", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._picture = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName("find")
        self.line.setProperty("look", "bare")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(placeholder)
        self.line.setToolTip(f"{placeholder}  ({key_text(key)})")
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 1, 10, 1)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self.line, 1)
        row.addWidget(KeyHint(key))
        self.setFocusProxy(self.line)
        self.results: FindResults | None = None
        QShortcut(QKeySequence(key), self).activated.connect(self.start)
        self._redraw()

    def sizeHint(self) -> QSize:
        """Wide enough for a name and a date."""
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    @Slot()
    def start(self) -> None:
        """Put the cursor into the field and select what is there."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_rows(self, rows: "Sequence[FindRow]", *, empty: str = "") -> None:
        """List these results under the field; `empty` is the sentence when there are none."""
        if not self.line.text().strip() and not rows:
            self.hide_rows()
            return
        if self.results is None:
            from ketadesk.ui.widgets.find_results import FindResults

            self.results = FindResults(parent=self.window())
            self.results.taken.connect(self._take)
        width = max(self.width(), theme.px(WIDTH))
        self.results.setFixedWidth(min(width, self.window().width() - 2 * MARGIN))
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        room = self.window().height() - corner.y() - MARGIN
        self.results.show_rows(rows, room=room, empty=empty)
        self.results.move(corner)
        self.results.raise_()
        self.results.show()

    @Slot()
    def hide_rows(self) -> None:
        """Put the list away."""
        if self.results is not None:
            self.results.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys, Enter and Escape belong to the list; losing the focus closes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.hide_rows()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        shown = self.results is not None and self.results.isVisible()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            if shown and self.results is not None:
                self.results.move_by(step)
            self.moved.emit(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if shown and self.results is not None and self.results.current_id():
                self._take(self.results.current_id())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.line.clear()
            self.hide_rows()
            self.left.emit()
            return True
        return False

    @Slot(str)
    def _changed(self, text: str) -> None:
        if not text.strip():
            self.hide_rows()
        self.text_changed.emit(text)

    @Slot(str)
    def _take(self, row_id: str) -> None:
        self.hide_rows()
        self.line.clear()
        self.chosen.emit(row_id)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the magnifier again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "results"):
            self._redraw()

    def _redraw(self) -> None:
        self._picture.setPixmap(pixmap("search", role="muted", size=16))
        self.setMaximumWidth(theme.px(MOST_WIDTH))
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box around the line, with a ring while one types."""
        tokens = theme.current()
        focused = self.line.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.surface if focused else tokens.bg))
        width = 2 if focused else 1
        painter.setPen(QPen(QColor(tokens.accent.foreground if focused else tokens.edge), width))
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.end()
