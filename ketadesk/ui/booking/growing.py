"""A dialog of one usual size that grows with what it has to say, and never out of the screen."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QDialog, QWidget

from ketadesk.ui import theme

FRAME = 60
"""What title bar and task bar may take of the screen's height, in pixels."""


class GrowingDialog(QDialog):
    """`usual` is its size at plain text; nothing jumps while one types as long as that holds it."""

    def __init__(self, usual: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual

    def sizeHint(self) -> QSize:
        """The usual size, as far as the window below it and the screen allow."""
        below, screen = self.parentWidget(), self.screen().availableGeometry()
        widest = max(screen.width(), 0 if below is None else below.window().width())
        width = min(theme.px(self._usual.width()), widest)
        return QSize(width, min(theme.px(self._usual.height()), screen.height() - FRAME))

    def event(self, event: QEvent) -> bool:
        """A message, or a row more, makes it higher instead of squashing what stands there."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """As high as its rows need, within the screen, and up rather than out of it."""
        layout = self.layout()
        if layout is None:
            return
        needed = max(layout.minimumSize().height(), layout.totalMinimumHeightForWidth(self.width()))
        screen = self.screen().availableGeometry()
        height = min(max(needed, self.sizeHint().height()), screen.height())
        if height > self.height():
            top = min(self.y(), screen.bottom() + 1 - height)
            self.setGeometry(self.x(), max(top, screen.top()), self.width(), height)
