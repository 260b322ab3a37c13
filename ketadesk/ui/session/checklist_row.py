"""A row of the checklist: what is asked, what is known, the detail, and the three answers.

The row itself takes the keys: M is met, N not met, A not applicable, O overrides what is not met,
Enter goes into the detail and back.
"""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from ketadesk.domain.errors import KnownError
from ketadesk.domain.sessions import Answer, ChecklistAnswer, ChecklistItem
from ketadesk.domain.weights import read_weight
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.session import words
from ketadesk.ui.session.checklist_words import (
    answer_icon,
    answer_words,
    detail_placeholder,
    question,
)
from ketadesk.ui.session.weight import both
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

KEYS = {
    Qt.Key.Key_M: Answer.MET,
    Qt.Key.Key_N: Answer.NOT_MET,
    Qt.Key.Key_A: Answer.NOT_APPLICABLE,
}
ROW_HEIGHT = 40
TITLE_WIDTH, DETAIL_WIDTH, WIDEST = 236, 166, 16_777_215
ROOMY = 1.15
"""Up to this text scale the buttons have room for their keys."""


class ChecklistRow(QFrame):
    """One item. The row itself takes the keys; its field takes the detail."""

    answered = Signal(object, object, str, bool)
    override_wanted = Signal(object, str)
    moved = Signal(object, int)
    entered = Signal(object)

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setObjectName(f"check_{item.value}")
        self.setProperty("place", tr("In a row of the checklist"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._answer: ChecklistAnswer | None = None
        self._locked = False
        self._wanted: Answer | None = None
        self._doubted = ""
        self._asked = ""
        self._picture = QLabel()
        self._picture.setFixedWidth(theme.px(22))
        self._title = Label(question(item), strong=True, wrap=True)
        self._hint = Label("", size="note", tone="muted", wrap=True)
        self.detail = QLineEdit()
        self.detail.setObjectName(f"detail_{item.value}")
        self.detail.setAccessibleName(tr("{question}: detail", question=question(item)))
        self.detail.setPlaceholderText(detail_placeholder(item))
        self.detail.setMaxLength(300)
        self.detail.installEventFilter(self)
        self.detail.textEdited.connect(self._on_typed)
        self.detail.editingFinished.connect(self._on_detail)
        self._buttons = self._make_buttons()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 2, 3)
        row.setSpacing(8)
        row.addWidget(self._picture)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.setSpacing(8)
        self._said.addWidget(self._title)
        self._said.addWidget(self._hint, 1)
        row.addLayout(self._said, 1)
        row.addWidget(self._override)
        row.addWidget(self.detail)
        box = QHBoxLayout()
        box.setSpacing(3)
        for button in self._buttons.values():
            box.addWidget(button)
        row.addLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit()

    def _fit(self) -> None:
        """What is known stands beside the question, or with large text under it."""
        large = theme.current_scale() > ROOMY
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._said.setDirection(down if large else right)
        self._said.setSpacing(0 if large else 8)
        self._picture.setFixedWidth(theme.px(22))
        self._title.setMinimumWidth(0 if large else TITLE_WIDTH)
        self._title.setMaximumWidth(WIDEST if large else TITLE_WIDTH)
        self.detail.setFixedWidth(theme.px(DETAIL_WIDTH))
        for button in (*self._buttons.values(), self._override):
            button.show_hint(not large)
        self._show_hint()
        self.setMinimumHeight(theme.px(ROW_HEIGHT))

    def _make_buttons(self) -> dict[Answer, Button]:
        made = {}
        for answer, text, key in (
            (Answer.MET, tr("Met"), "M"),
            (Answer.NOT_MET, tr("Not met"), "N"),
            (Answer.NOT_APPLICABLE, tr("N/A"), "A"),
        ):
            button = Button(text, key=key, bind=False)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName(f"{self.item.value}_{answer.value}")
            button.setProperty("answer", answer.value)
            button.clicked.connect(self._on_clicked)
            made[answer] = button
        self._override = Button(tr("Override…"), key="O", bind=False)
        self._override.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._override.setObjectName(f"{self.item.value}_override")
        self._override.clicked.connect(self._on_override)
        return made

    def take_typed(self) -> str:
        """What is typed and not kept yet, before the row shows another session."""
        return self.detail.text() if self.detail.isModified() else ""

    def bring_back(self, typed: str) -> None:
        """Begins with another session: with what was typed there, and nothing else."""
        self._wanted, self._doubted, self._asked = None, "", ""
        self.detail.setText(typed)
        self.detail.setModified(bool(typed))

    def ask(self, text: str) -> None:
        """Asks for an answer that only a person can give."""
        self._asked = text
        self._say(text, "amber")
        self.setFocus()

    def kept(self) -> None:
        """The answer is in the file: nothing more is asked."""
        self._wanted, self._doubted, self._asked = None, "", ""

    def refuse(self, error: KnownError, answer: Answer) -> None:
        """Says beside the row what the answer lacks, and takes it again on Enter."""
        self._wanted = answer
        self.detail.setModified(True)
        if error.code == "weight_far_from_last":
            self._doubted = self.detail.text().strip()
            self._asked = tr(
                "{weight} kg, last time {last} kg: Enter once more if that is right",
                weight=error.values["weight"],
                last=error.values["last"],
            )
        else:
            self._asked = words.coded(error.code, error.values)
        self._say(self._asked, "amber")
        self.detail.setFocus()

    def _say(self, text: str, tone: Tone) -> None:
        self._hint.setText(text)
        self._hint.set_tone(tone)
        self._show_hint()
        self.detail.setAccessibleDescription(text)

    def _show_hint(self) -> None:
        """Under a question an empty line would push it up."""
        large = theme.current_scale() > ROOMY
        self._hint.setVisible(bool(self._hint.text()) or not large)

    def show_answer(
        self, answer: ChecklistAnswer | None, hint_text: str, override_by: str, *, locked: bool
    ) -> None:
        """What is kept; a detail that is just being typed is left alone."""
        self._answer, self._locked = answer, locked
        if not self.detail.isModified():
            self.detail.setText(answer.detail if answer else "")
        if answer is not None and answer.override_reason:
            hint_text = tr(
                "overridden by {name}: {reason}", name=override_by, reason=answer.override_reason
            )
        self._say(self._asked or hint_text, "amber" if self._asked else "muted")
        for value, button in self._buttons.items():
            chosen = answer is not None and answer.answer is value
            button.setChecked(chosen)
            button.setVisible(chosen or not locked)
            button.setEnabled(not locked)
        self.detail.setReadOnly(locked)
        self.detail.setPlaceholderText("" if locked else detail_placeholder(self.item))
        holds = answer is not None and answer.holds_back
        self._override.setVisible(holds and not locked)
        self._show_state(answer)
        said = [question(self.item), answer_words(answer), hint_text]
        self.setAccessibleName(". ".join(part for part in said if part))

    def _show_state(self, answer: ChecklistAnswer | None) -> None:
        icon, tone = answer_icon(answer)
        self._picture.setPixmap(pixmap(icon, role=tone, size=18))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and key in KEYS:
            self._give(KEYS[key])
            if KEYS[key] is not Answer.NOT_MET and self._wanted is None:
                self.moved.emit(self.item, 1)
        elif plain and key == Qt.Key.Key_O and self._override.isVisible():
            self._on_override()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.detail.setFocus()
            self.detail.selectAll()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.item, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """In the detail: Enter keeps it and goes back to the row, the arrows walk on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.setFocus()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.moved.emit(self.item, -1 if key == Qt.Key.Key_Up else 1)
                return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.item)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), theme.current().accent.background)
            painter.fillRect(0, 0, 3, self.height(), theme.color("accent"))
        painter.setPen(theme.current().line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_buttons"):
            self._show_state(self._answer)
            self._fit()

    def _enter(self) -> None:
        """Enter in the detail gives the answer that waits for it, else goes back to the row."""
        if self._wanted is None:
            self.setFocus()
            return
        self._give(self._wanted)
        if self._wanted is None:
            self.moved.emit(self.item, 1)

    def _give(self, answer: Answer) -> None:
        """Sends the answer; a weight is asked for where it is missing."""
        text = self.detail.text().strip()
        if self._locked:
            return
        if self.item is ChecklistItem.WEIGHT and answer is Answer.MET and not read_weight(text):
            self._wanted = answer
            self._asked = tr("Type the weight of today, in kg or lb, then Enter")
            self._say(self._asked, "amber")
            self.detail.setFocus()
            return
        sure = bool(text) and text == self._doubted
        self._wanted, self._asked = None, ""
        self.detail.setModified(False)
        self.answered.emit(self.item, answer, text, sure)

    @Slot()
    def _on_clicked(self) -> None:
        self._give(Answer(str(self.sender().property("answer"))))
        self.setFocus()

    @Slot()
    def _on_override(self) -> None:
        self.override_wanted.emit(self.item, self.detail.text().strip())

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._doubted = self._asked = ""
        if self.item is ChecklistItem.WEIGHT:
            kg = read_weight(text)
            self._say(both(kg) if kg is not None else tr("a number, kg or lb"), "muted")

    @Slot()
    def _on_detail(self) -> None:
        """A changed detail of an answered item is kept as a new answer."""
        kept = self._answer
        text = self.detail.text().strip()
        if kept is None or self._locked or self._wanted or text == kept.detail:
            return
        self._give(kept.answer)
