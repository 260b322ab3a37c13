"""The text field of the entry line: knows its keys and underlines what is not understood."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from ketadesk.domain.reading_line import Problem
from ketadesk.i18n import tr
from ketadesk.ui import theme


class EntryField(QLineEdit):
    """Signals: `entered()`, `recalled(-1 or 1)` by Up and Down, `left()` by Escape."""

    entered = Signal()
    recalled = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_line")
        self.setAccessibleName(tr("Reading"))
        self.setProperty("look", "entry")
        self.setMaxLength(300)
        self._marked: tuple[Problem, ...] = ()

    def mark(self, problems: tuple[Problem, ...]) -> None:
        self._marked = problems
        self.update()

    def marked(self) -> tuple[Problem, ...]:
        return self._marked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Up:
            self.recalled.emit(-1)
        elif key == Qt.Key.Key_Down:
            self.recalled.emit(1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._marked:
            return
        metrics = QFontMetricsF(self.font())
        text = self.text()
        caret = self.cursorRect().center()
        zero = caret.x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        below = min(caret.y() + metrics.height() / 2, self.height() - 5.0)
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("red"), 2))
        for problem in self._marked:
            left = zero + metrics.horizontalAdvance(text[: problem.start])
            right = zero + metrics.horizontalAdvance(text[: max(problem.end, problem.start + 1)])
            painter.drawLine(
                QPointF(max(left, 10.0), below), QPointF(min(right, self.width() - 10.0), below)
            )
        painter.end()
