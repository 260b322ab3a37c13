"""One step of a session as a button: what is done, what is current, which page is shown."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone, plain_tooltip
from ketadesk.ui.widgets.key_hint import key_text


class StepButton(QPushButton):
    """One step: done ones with a tick, the current one filled; some lead to a page, whose view
    answers their key.
    """

    def __init__(self, step: str, text: str, key: str) -> None:
        super().__init__()
        self.setObjectName(f"step_{step}")
        self.setProperty("step", step)
        self.setText(text)
        self.setAutoDefault(False)
        self.setEnabled(bool(key))
        self._key = key
        self._current = self._done = self._shown = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if key:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(plain_tooltip(f"{text}  ({key_text(key)})"))

    def show_state(self, *, current: bool, done: bool, shown: bool) -> None:
        self._current, self._done, self._shown = current, done, shown
        said = [self.text()]
        said += [tr("current step")] if current else [tr("done")] if done else []
        self.setAccessibleName(", ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font("body", strong=True))
        tick = theme.px(18) if self._done and not self._current else 0
        width = metrics.horizontalAdvance(self.text()) + tick + theme.px(24)
        return QSize(round(width), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        tone: Tone = "accent" if self._done else "muted"
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent.foreground))
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
            tone = "bg" if tokens.dark else "surface"
        left = area.left() + theme.px(11)
        if self._done and not self._current:
            size = theme.px(14)
            painter.drawPixmap(
                round(left),
                round(area.center().y() - size / 2),
                pixmap("check", role=tone, size=14),
            )
            left += theme.px(18)
        painter.setFont(theme.font("body", strong=True))
        painter.setPen(theme.color(tone))
        painter.drawText(
            QRectF(left, area.top(), area.width(), area.height()),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )
        if self._shown and not self._current:
            painter.fillRect(
                QRectF(area.left() + 10, area.bottom() - 2, area.width() - 20, 2),
                theme.color("accent"),
            )
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.end()
