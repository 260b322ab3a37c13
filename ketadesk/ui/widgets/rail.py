"""The rail at the left: one big button per view, the current one marked by a bar, tint and word."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone, plain_tooltip
from ketadesk.ui.widgets.key_hint import key_text

WIDTH = 76
BUTTON_HEIGHT = 56
BAR = 3
ICON_SIZE = 22


class RailItem(NamedTuple):
    """One view: its id, its word, its icon and the key that opens it."""

    id: str
    text: str
    icon: str
    key: str = ""


class RailButton(QPushButton):
    """Icon over word, 76 pixels wide."""

    def __init__(self, item: RailItem, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = item.icon
        self.setObjectName(f"rail_{item.id}")
        self.setProperty("view", item.id)
        self.setText(item.text.replace("&", "&&"))
        self._word = item.text
        self.setAccessibleName(item.text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown = f"{item.text}  ({key_text(item.key)})" if item.key else item.text
        self.setToolTip(plain_tooltip(shown))
        if item.key:
            QShortcut(QKeySequence(item.key), self).activated.connect(self._press)

    @Slot()
    def _press(self) -> None:
        self.click()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(rail_width(), theme.px(BUTTON_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint, bar, icon and word."""
        tokens = theme.current()
        painter = QPainter(self)
        tone: Tone = "accent" if self.isChecked() else "ink" if self.underMouse() else "muted"
        if self.isChecked():
            painter.fillRect(self.rect(), QColor(tokens.accent.background))
            painter.fillRect(0, 0, BAR, self.height(), QColor(tokens.accent.foreground))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.slate.background))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent.foreground), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        size = theme.px(ICON_SIZE)
        top = (self.height() - size - theme.px(19)) / 2
        painter.drawPixmap(
            QPointF((self.width() - size) / 2, top),
            pixmap(self._icon_name, role=tone, size=ICON_SIZE),
        )
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font("note", strong=self.isChecked()))
        room = QRectF(0, top + size + theme.px(2), self.width(), theme.px(18))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._word)
        painter.end()


class Rail(QWidget):
    """The whole rail; `chosen` comes only when a person chose, not from `choose`."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 1, 10)
        column.setSpacing(0)
        for item in items:
            button = RailButton(item)
            self._group.addButton(button)
            self._buttons[item.id] = button
            column.addWidget(button)
        column.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)

    def choice(self) -> str:
        """The id of the current view."""
        button = self._group.checkedButton()
        return "" if button is None else str(button.property("view"))

    def choose(self, view_id: str) -> None:
        """Mark a view as the current one, silently."""
        self._buttons[view_id].setChecked(True)

    def sizeHint(self) -> QSize:
        """The rail keeps its width."""
        return QSize(rail_width(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface and the line at its right."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(tokens.line))
        painter.end()

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("view")))


def rail_width() -> int:
    """The width of the rail, 76 pixels at 100 % text."""
    return theme.px(WIDTH)
