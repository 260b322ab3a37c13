"""A line one types freely into, that reads back above itself what it understood.

It is for dates and times: people write "15", "3/14/1985" or "930", and see "14 March 1985".
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import plain_tooltip
from ketadesk.ui.widgets.label import Label


class ReadingField(QWidget):
    """Caption, what was understood, and the line; `changed` when what it holds changes.

    `read` turns text into a value or raises Refused; `show` writes a value into the line, `say`
    reads it back while one types. `step(value, +1 or -1)` answers the arrow keys.
    """

    changed = Signal()

    def __init__(
        self,
        caption: str,
        *,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        say: Callable[[Any], str],
        step: Callable[[Any, int], Any] | None = None,
        hint: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._show, self._say, self._step = read, show, say, step
        self._value: Any = None
        self._problem: Refused | None = None
        self.line = QLineEdit()
        self.line.setAccessibleName(caption)
        self.line.setPlaceholderText(hint)
        self._tip = plain_tooltip(tip)
        self.line.setToolTip(self._tip)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._settle)
        name = Label(caption, size="note", tone="muted")
        name.setBuddy(self.line)
        self._back = Label(size="note", tone="muted")
        self._back.setMinimumWidth(0)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(name)
        top.addWidget(self._back, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self.line, 1)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.line)

    def value(self) -> Any:
        """What was understood; None for an empty line and for one that cannot be read."""
        return self._value

    def problem(self) -> Refused | None:
        """Why what is typed cannot be read, None when it can or nothing is typed."""
        return self._problem

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_value(self, value: Any) -> None:
        """Show a value, or nothing for None."""
        self._value, self._problem = value, None
        self.line.setText("" if value is None else self._show(value))
        self.line.setModified(False)
        self._tell(final=True)

    def reject(self) -> None:
        """Mark the line as what keeps a form from going on, and go there."""
        set_look(self.line, invalid=True)
        self.line.setFocus()
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys step."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self._step is not None and self._value is not None:
                self.set_value(self._step(self._value, step))
                self.changed.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _typed(self, text: str) -> None:
        before = (self._value, self._problem)
        self._value, self._problem = None, None
        if text.strip():
            try:
                self._value = self._read(text)
            except Refused as problem:
                self._problem = problem
        self._tell(final=False)
        if (self._value, self._problem) != before:
            self.changed.emit()

    @Slot()
    def _settle(self) -> None:
        if self._value is not None and self.line.isModified():
            self.line.setText(self._show(self._value))
        self._tell(final=True)

    def _tell(self, *, final: bool) -> None:
        back, wrong = "", False
        if self._problem is not None:
            code = self._problem.code
            wrong = final or code == "date_ambiguous"
            back = _why(code) if wrong or code == "date_year_short" else "…"
        elif self._value is not None:
            said = self._say(self._value)
            back = "" if said == self.line.text() else said
        self._back.setText(back)
        self._back.set_tone("red" if wrong else "muted")
        set_look(self.line, invalid=wrong and final)
        told = words.refusal(self._problem) if self._problem is not None else ""
        self.line.setToolTip(plain_tooltip(told) if told else self._tip)
        self.line.setAccessibleDescription(told or back)


def _why(code: str) -> str:
    """In the few words that fit over the line; its tooltip has the whole sentence."""
    if code == "date_ambiguous":
        return tr("can be two days")
    if code == "date_year_short":
        return tr("year in four digits")
    if code == "date_impossible":
        return tr("no such day")
    return tr("can't be read")
