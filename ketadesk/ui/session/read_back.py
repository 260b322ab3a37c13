"""Beside the entry line: what was understood, what is wrong or unusual, and that Enter saves."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.key_hint import KeyHint
from ketadesk.ui.widgets.label import Label

ROOMY = 1.15
"""Up to this text scale a remark and what was understood have room together."""


class ReadBack(QWidget):
    """What was understood has two lines for itself, or one when there is more to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = Label("", size="note", tone="muted", wrap=True)
        self._brief = ElidedLabel("", size="note", tone="muted")
        self._second = Label("", size="note", tone="muted", wrap=True)
        for label, name in ((self._first, "entry_said"), (self._second, "entry_said_more")):
            label.setObjectName(name)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint = KeyHint("Enter")
        self._hint_words = Label(tr("saves"), size="note", tone="muted")
        said = QVBoxLayout()
        said.setSpacing(0)
        for label in (self._first, self._brief, self._second):
            said.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(said, 1)
        row.addWidget(self._hint)
        row.addWidget(self._hint_words)
        self._keep_room()
        self.say("", "")

    def text(self) -> str:
        """All that stands here."""
        understood = self._first.text() or self._brief.full_text()
        return f"{understood} {self._second.text()}".strip()

    def _keep_room(self) -> None:
        """The words do not jump when the hint comes and goes, unless they need its room."""
        for part in (self._hint, self._hint_words):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(theme.current_scale() <= ROOMY)
            part.setSizePolicy(policy)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_hint_words"):
            self._keep_room()

    def say(self, first: str, second: str = "", *, tone: Tone = "muted") -> None:
        """With large text a remark takes the place of what was understood: it must be seen."""
        large = theme.current_scale() > ROOMY
        if second and large:
            first = ""
        self._first.setText("" if second else first)
        self._brief.setText(first if second else "")
        self._second.setText(second)
        self._first.set_tone(tone)
        self._second.set_tone(tone)
        self._first.setVisible(not second)
        self._brief.setVisible(bool(first and second))
        self._second.setVisible(bool(second))
        self.show_hint(False)

    def show_hint(self, shown: bool) -> None:
        """Whether Enter would save now."""
        self._hint.setVisible(shown)
        self._hint_words.setVisible(shown)
