"""A row of the cards beside the calendar: an icon, who, a word at the end, and a line below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role, Tone


@dataclass(frozen=True)
class RowText:
    """What a row says; `word` and icon in the colour of the role, `more` in the tooltip only."""

    who: str
    below: str
    word: str = ""
    role: Role = "slate"
    icon: str = "user"
    more: str = ""

    @property
    def said(self) -> str:
        """The row in words, for a screen reader."""
        told = f"{self.who}, {self.below}"
        return f"{told}: {self.word}" if self.word else told


class SideRow(QAbstractButton):
    """One press does what the card is for; `marked` rows have the accent around them."""

    def __init__(self, text: RowText, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = text
        self._marked = False
        self.setObjectName(name)
        self.setText(text.said)
        self.setAccessibleName(text.said)
        tip = f"{text.said}\n{text.more}" if text.more else text.said
        self.setToolTip(theme.plain_tooltip(tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark(self, marked: bool) -> None:
        """Whether this is the one that the next key is about."""
        self._marked = marked
        self.update()

    @property
    def marked(self) -> bool:
        return self._marked

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(theme.px(180), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name and word; the line below the name."""
        said = self._said
        painter = QPainter(self)
        self._paint_ground(painter)
        icon, line = theme.px(17), theme.px(19)
        painter.drawPixmap(theme.px(2), theme.px(3), pixmap(said.icon, role=said.role, size=17))
        left, width = icon + theme.px(9), float(self.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(theme.font("note", strong=True))
        painter.setPen(theme.color(said.role))
        end = QFontMetricsF(painter.font()).horizontalAdvance(said.word)
        painter.drawText(QRectF(width - end - 2, 2, end + 2, line), flags, said.word)
        room = width - end - left - theme.px(8)
        lines: tuple[tuple[str, Tone, float, float], ...] = (
            (said.who, "ink", 2, room),
            (said.below, "muted", 1 + line, width - left),
        )
        for (text, tone, top, space), size in zip(lines, ("body", "note"), strict=True):
            painter.setFont(theme.font("body" if size == "body" else "note"))
            painter.setPen(theme.color(tone))
            shown = QFontMetricsF(painter.font()).elidedText(
                text, Qt.TextElideMode.ElideRight, space
            )
            painter.drawText(QRectF(left, top, space + 2, line), flags, shown)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if not (self.underMouse() or self.hasFocus() or self._marked):
            return
        strong = self.hasFocus() or self._marked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent") if strong else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def lay_rows(column: QVBoxLayout, rows: Sequence[SideRow]) -> None:
    """Shows these rows in place of those shown before; the focus stays in the list."""
    before = rows_in(column)
    had_focus = any(row.hasFocus() for row in before)
    for row in before:
        column.removeWidget(row)
        row.hide()
        row.deleteLater()
    for row in rows:
        column.addWidget(row)
    if had_focus and rows:
        rows[0].setFocus()


def rows_in(column: QVBoxLayout) -> list[SideRow]:
    """The rows shown, from the top."""
    items = (column.itemAt(place) for place in range(column.count()))
    widgets = (item.widget() for item in items if item is not None)
    return [widget for widget in widgets if isinstance(widget, SideRow)]
