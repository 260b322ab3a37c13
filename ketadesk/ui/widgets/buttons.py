"""Buttons with an icon, a word and the key that presses them."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QWidget,
)

from ketadesk.ui import theme
from ketadesk.ui.icons import DISABLED_OPACITY, pixmap
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Tone, plain_tooltip
from ketadesk.ui.widgets.key_hint import key_hint_size, key_text, paint_key_hint

ButtonRole = Literal["plain", "primary", "danger", "quiet", "segment", "link"]

ICON_SIZE = 16
GAP = 7
PADDING = 12
HEIGHT = 30


class Button(QPushButton):
    """A button; `key` is bound in its window while it is visible, and shown in it and its tooltip.

    Pass `bind=False` when a QAction or the view already answers the key. `hint=False` keeps the
    key out of the face of the button (it stays in the tooltip); `face` draws a shorter one where
    a title says the rest. A button without text needs `name`.
    """

    def __init__(
        self,
        text: str = "",
        *,
        icon: str | None = None,
        key: str = "",
        role: ButtonRole = "plain",
        name: str = "",
        tip: str = "",
        bind: bool = True,
        hint: bool = True,
        face: str = "",
        spread: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._icon_name, self._key, self._tip = text, icon, key, tip or name
        self._hint, self._face = bool(key) and hint, face or key
        self._spread = spread
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setProperty("role", role)
        self.set_text(text, name=name)
        if key and bind:
            QShortcut(QKeySequence(key), self).activated.connect(self._press)

    def key(self) -> str:
        """The key that presses it, in Qt's portable writing, or nothing."""
        return self._key

    def label(self) -> str:
        """The word on it."""
        return self._label

    def set_text(self, text: str, *, name: str = "") -> None:
        """Change the word, and with it the accessible name and the tooltip."""
        self._label = text
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        shown = self._tip or name or text
        self.setToolTip(plain_tooltip(f"{shown}  ({key_text(self._key)})" if self._key else shown))
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Change the icon."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def show_hint(self, shown: bool) -> None:
        """Whether the key is drawn in the face: where it is narrow the tooltip must do."""
        self._hint = bool(self._key) and shown
        self.updateGeometry()
        self.update()

    def set_role(self, role: ButtonRole) -> None:
        """Change what kind of action it is."""
        set_look(self, role=role)

    @Slot()
    def _press(self) -> None:
        self.click()

    def sizeHint(self) -> QSize:
        """Icon, word, key and padding in a row."""
        bare = self.property("role") == "link"
        padding = 4 if bare else theme.px(PADDING if self._label else 9)
        height = theme.px(22 if bare else HEIGHT)
        return QSize(round(self._content_width()) + 2 * padding + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Nothing in it may be cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when text sizes change."""
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self.updateGeometry()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Leave the word out of what the style draws: the button lays it on itself."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the style draw the panel, then lay icon, word and key on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        self._paint_content(painter)
        painter.end()

    def _tone(self) -> Tone:
        role = self.property("role")
        if not self.isEnabled():
            return "muted"
        if role == "primary" or self.isDefault():
            return "bg" if theme.current().dark else "surface"
        if role == "danger":
            return "red"
        if role == "link" or self.isChecked():
            return "accent"
        return "ink"

    def _content_width(self) -> float:
        width = 0.0
        if self._icon_name is not None:
            width += theme.px(ICON_SIZE)
        if self._label:
            metrics = QFontMetricsF(self._font())
            width += metrics.horizontalAdvance(self._label) + (theme.px(GAP) if width else 0)
        if self._hint:
            width += key_hint_size(self._face).width() + (theme.px(GAP) if width else 0)
        return width

    def _font(self) -> QFont:
        made = theme.font("body", strong=self.property("role") != "link")
        made.setUnderline(self.property("role") == "link")
        return made

    def _paint_content(self, painter: QPainter) -> None:
        tone = self._tone()
        color = theme.color(tone)
        middle = self.height() / 2
        left = (self.width() - self._content_width()) / 2
        right = left + self._content_width()
        if self._spread:
            left, right = float(theme.px(PADDING)), float(self.width() - theme.px(PADDING))
        if self._icon_name is not None:
            opacity = 1.0 if self.isEnabled() else DISABLED_OPACITY
            drawn = pixmap(self._icon_name, role=tone, size=ICON_SIZE, opacity=opacity)
            painter.drawPixmap(QPointF(left, middle - theme.px(ICON_SIZE) / 2), drawn)
            left += theme.px(ICON_SIZE) + theme.px(GAP)
        if self._label:
            painter.setFont(self._font())
            painter.setPen(color)
            room = QRectF(left, 0, right - left + 2, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._label)
        if self._hint:
            size = key_hint_size(self._face)
            box = QRectF(right - size.width(), middle - size.height() / 2, 0, 0)
            box.setSize(size.toSizeF())
            quiet = tone not in ("surface", "bg") and self.isEnabled()
            shown: QColor = theme.color("muted") if quiet else color
            paint_key_hint(painter, box, self._face, color=shown)
