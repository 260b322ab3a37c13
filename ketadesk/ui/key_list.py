"""The keys of the window as a list, made from what the buttons and menus themselves say."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.commands import Command
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.key_hint import KeyHint
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle

COLUMNS = 2
MARGIN = 80


class KeyList(QDialog):
    """Key and word, place by place; Esc, Enter or F1 closes it."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("key_list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        self.shown = [command for command in commands if command.key]
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(14)
        for place in dict.fromkeys(command.place for command in self.shown):
            rows.addWidget(SectionTitle(place))
            rows.addLayout(_grid([one for one in self.shown if one.place == place]))
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.windowTitle())
        self._scroll.setWidget(inside)
        close = Button(tr("Close"), key="Esc", bind=False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
        room = parent.size()
        wanted = inside.sizeHint()
        width = max(wanted.width() + theme.px(60), theme.px(520))
        height = wanted.height() + theme.px(130)
        self.resize(min(width, room.width() - MARGIN), min(height, room.height() - MARGIN))
        self._scroll.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whatever closes a message closes this."""
        closing = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F1)
        if event.key() in closing:
            self.reject()
        else:
            super().keyPressEvent(event)


def _grid(commands: Sequence[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    rows = -(-len(commands) // COLUMNS)
    for number, command in enumerate(commands):
        row, column = number % rows, number // rows
        grid.addWidget(KeyHint(command.key), row, 2 * column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(command.name), row, 2 * column + 1)
    for column in range(COLUMNS):
        grid.setColumnMinimumWidth(2 * column, theme.px(74))
        grid.setColumnStretch(2 * column + 1, 1)
    return grid
