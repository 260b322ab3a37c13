"""What happened, from the coded list, by typing a part of its name; other words are not lost."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from ketadesk.domain.names import folded

Choice = tuple[str, str]
"""What is read and what is kept."""


class EffectField(QComboBox):
    """Nothing is chosen until someone chooses. `settle` says which words belong to no code.

    `asked` stands in it until then.
    """

    def __init__(self, name: str, title: str, *, asked: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setPlaceholderText(asked)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)

    def offer(self, choices: Sequence[Choice], *, chosen: str = "", typed: bool = True) -> None:
        """Offers the choices; with `typed`, words may be typed as well."""
        self.clear()
        self.setEditable(typed)
        for text, code in choices:
            self.addItem(text, code)
        completer = self.completer()
        line = self.lineEdit()
        if completer is not None and line is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            line.setPlaceholderText(self._asked)
            line.setMaxLength(300)
        self.choose(chosen)

    def choose(self, code: str) -> None:
        """Chooses a code, or nothing when it is not offered."""
        self.setCurrentIndex(self.findData(code) if code else -1)
        if self.currentIndex() < 0 and self.isEditable():
            self.setEditText("")

    def code(self) -> str:
        return str(self.currentData() or "")

    def settle(self, *, otherwise: str) -> str:
        """Chooses what the typed words name; words that name nothing choose `otherwise`.

        Returns those words, for the detail, and nothing when a code was meant.
        """
        if not self.isEditable():
            return ""
        text = self.currentText().strip()
        if not text:
            self.choose("")
            return ""
        named = [
            index for index in range(self.count()) if folded(text) in folded(self.itemText(index))
        ]
        exact = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if exact >= 0 or len(named) == 1:
            self.setCurrentIndex(exact if exact >= 0 else named[0])
            return ""
        self.choose(otherwise)
        return text
