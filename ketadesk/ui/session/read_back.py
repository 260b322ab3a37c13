"""Over the entry line: what was understood, and under it what is wrong or unusual, all of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.key_hint import KeyHint
from ketadesk.ui.widgets.label import Label

ROOMY = 1.15
"""Up to this text scale there is room for what is left out or moved beyond it."""

GAP = 10


class ReadBack(QWidget):
    """As high as its words need; while nothing is said, one line tells how a reading is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = Label("", size="note", tone="muted", wrap=True)
        self._second = Label("", size="note", tone="muted", wrap=True)
        self._guide = ElidedLabel(_guide(), size="note", tone="muted")
        for label, name in ((self._first, "entry_said"), (self._second, "entry_said_more")):
            label.setObjectName(name)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._saves = (KeyHint("Enter"), Label(tr("saves"), size="note", tone="muted"))
        column = QVBoxLayout()
        column.setSpacing(0)
        for label in (self._first, self._second, self._guide):
            column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(column, 1)
        for part in self._saves:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.say("", "")

    def text(self) -> str:
        """All that is said here."""
        return f"{self._first.text()} {self._second.text()}".strip()

    def guide(self, wanted: bool) -> None:
        """Whether there is anything to type: a locked line needs no words about it."""
        self._guide.setText(_guide() if wanted else "")

    def wanted_height(self, width: int) -> int:
        """What the words take at this width, in pixels."""
        room = width - sum(part.sizeHint().width() + GAP for part in self._saves)
        shown = [label for label in (self._first, self._second) if label.text()]
        least = max(part.sizeHint().height() for part in (self._guide, *self._saves))
        return max(least, sum(label.heightForWidth(room) for label in shown))

    def say(self, first: str, second: str = "", *, tone: Tone = "muted") -> None:
        """What was understood, quietly when there is a remark, and the remark in its tone."""
        self._first.setText(first)
        self._second.setText(second)
        self._first.set_tone("muted" if second else tone)
        self._second.set_tone(tone)
        self._first.setVisible(bool(first))
        self._second.setVisible(bool(second))
        self._guide.setVisible(not first and not second)
        self.show_saves(False)

    def show_saves(self, saves: bool) -> None:
        """Whether Enter would save now."""
        for part in self._saves:
            part.setVisible(saves)


def _guide() -> str:
    return tr(
        "BP HR SpO₂ RR, - for none · m MOAA/S · d dissociation · p pain · o2 L/min"
        " · @10:35 time · ; note"
    )
