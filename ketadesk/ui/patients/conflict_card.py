"""Both texts, when somebody else changed a patient while one was typing."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label

MOST_SHOWN = 4


class Difference(NamedTuple):
    """One field: what it is called, what it holds now, what was typed."""

    caption: str
    now: str
    mine: str


class ConflictCard(QFrame):
    """Hidden until `show_both`; `mine_wanted()` or `theirs_wanted()` settle it."""

    mine_wanted = Signal()
    theirs_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_card")
        self.setProperty("look", "notice")
        self.setProperty("role", "amber")
        self._title = Label(strong=True, tone="amber", wrap=True)
        self._title.setObjectName("conflict_title")
        self._rows: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        mine = Button(tr("Save mine over it"), key="Alt+M")
        mine.setObjectName("conflict_mine")
        mine.clicked.connect(self.mine_wanted)
        theirs = Button(tr("Take theirs"), key="Alt+H")
        theirs.setObjectName("conflict_theirs")
        theirs.clicked.connect(self.theirs_wanted)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(theirs)
        foot.addWidget(mine)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addLayout(foot)
        self.hide()

    def show_both(self, sentence: str, differences: Sequence[Difference]) -> None:
        """Say what happened, and each field with what it holds now and what was typed."""
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self._title.setText(sentence)
        for number, difference in enumerate(differences[:MOST_SHOWN]):
            caption = Label(difference.caption, tone="muted")
            now = ElidedLabel(tr("now: {value}", value=difference.now))
            mine = ElidedLabel(tr("yours: {value}", value=difference.mine), strong=True)
            for column, label in enumerate((caption, now, mine)):
                self._grid.addWidget(label, number, column)
                self._rows.append(label)
        set_look(self, role="amber")
        self.setAccessibleName(sentence)
        self.show()

    def texts(self) -> list[str]:
        """Every line, for a test that reads it."""
        return [
            row.full_text() if isinstance(row, ElidedLabel) else row.text()
            for row in self._rows
            if isinstance(row, ElidedLabel | Label)
        ]
