"""The grade of a side effect, 1 to 5: one digit chooses it, nothing is chosen beforehand."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label

GRADES = range(1, 6)


class GradeField(QFrame):
    """Digits choose, the arrow keys move. Signals: `chosen()` by a digit or a click;
    `words_typed(str)` when someone begins to write instead, so that no word is lost.
    """

    chosen = Signal()
    words_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("event_grade")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grade: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 2)
        row.setSpacing(2)
        self._word = Label(tr("grade"), tone="muted")
        row.addWidget(self._word)
        self._buttons: list[Button] = []
        for number in GRADES:
            button = Button(str(number), name=tr("grade {number}", number=number))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("grade", number)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self._buttons.append(button)
        self._fit()
        self.set_grade(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_word"):
            self._fit()

    def _fit(self) -> None:
        """With large text the digits alone; their name is said to whoever listens."""
        self._word.setVisible(theme.current_scale() <= ROOMY)
        for button in self._buttons:
            button.setFixedWidth(theme.px(30 if theme.current_scale() <= ROOMY else 26))

    def grade(self) -> int | None:
        return self._grade

    def set_grade(self, grade: int | None) -> None:
        self._grade = grade
        for number, button in enumerate(self._buttons, start=1):
            button.setChecked(number == grade)
        self.setAccessibleName(
            tr("Grade, 1 to 5") if grade is None else tr("Grade {grade}", grade=grade)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        typed = event.text()
        if step is not None:
            self.set_grade(min(max((self._grade or 0) + step, GRADES[0]), GRADES[-1]))
        elif typed in tuple(str(number) for number in GRADES):
            self.set_grade(int(typed))
            self.chosen.emit()
        elif typed.isprintable() and typed.strip():
            self.words_typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line under the grades shows where the digits go."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(0, self.height() - 2, self.width(), 2, theme.color("accent"))
            painter.end()

    @Slot()
    def _on_clicked(self) -> None:
        self.set_grade(int(self.sender().property("grade")))
        self.chosen.emit()
