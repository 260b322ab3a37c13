"""One line of the day's lists: time, icon, who, what about them, and the next buttons."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role, Tone
from ketadesk.ui.widgets.buttons import Button, ButtonRole
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle


class RowButton(NamedTuple):
    """A next step: `id` finds it in tests, `run` gets the button, to open a menu under it."""

    id: str
    text: str
    run: Callable[[QWidget], None]
    role: ButtonRole = "plain"


class DayLine(NamedTuple):
    """What a row shows; `key` is the visit, so that the focus stays with it."""

    key: int
    time: str
    icon: str
    icon_role: Role
    who: str
    about: str
    about_tone: Tone = "muted"
    buttons: tuple[RowButton, ...] = ()


class DayRow(QWidget):
    """A line as widgets."""

    def __init__(self, line: DayLine, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._picture = QLabel()
        time = Label(line.time, strong=True)
        time.setMinimumWidth(theme.px(44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(line.who, strong=True))
        words.addWidget(ElidedLabel(line.about, size="note", tone=line.about_tone))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(9)
        if line.time:
            row.addWidget(time)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        for step in line.buttons:
            row.addWidget(self._button(step), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(" ".join(part for part in (line.time, line.who, line.about) if part))
        self._redraw()

    def _button(self, step: RowButton) -> Button:
        name = tr("{action}: {patient}", action=step.text, patient=self.line.who)
        button = Button(step.text, role=step.role, name=name)
        button.setObjectName(f"{step.id}_{self.line.key}")
        button.clicked.connect(lambda: step.run(button))
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "line"):
            self._redraw()

    def _redraw(self) -> None:
        self._picture.setPixmap(pixmap(self.line.icon, role=self.line.icon_role, size=17))


class DayList(Card):
    """A titled card of lines; says its own sentence when it is empty."""

    def __init__(self, title: str, *, empty: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title_text = title
        self._title = SectionTitle(title)
        self._empty = Label(empty, tone="muted", wrap=True)
        self._rows: list[QWidget] = []
        self._lines: tuple[DayLine, ...] = ()
        self.body.setSpacing(0)
        self.body.addWidget(self._title)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    def rows(self) -> list[DayRow]:
        """The rows now shown."""
        return [row for row in self._rows if isinstance(row, DayRow)]

    def show_lines(self, lines: Sequence[DayLine], *, count: int | None = None) -> None:
        """Shows other lines; a button that had the focus gives it to its successor.

        The title counts the lines, or `count` where a line stands for more than one thing.
        """
        focused = self._focused_key()
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for line in lines:
            row = DayRow(line)
            self._rows.append(_rule())
            self._rows.append(row)
        for number, widget in enumerate(self._rows, start=2):
            self.body.insertWidget(number, widget)
        self._empty.setVisible(not lines)
        self._title.set_text(self._title_text, note=str(count or len(lines) or ""))
        self._restore_focus(focused)

    def _focused_key(self) -> tuple[int, int] | None:
        widget = self.focusWidget()
        if widget is None or not widget.hasFocus():
            return None
        for number, row in enumerate(self.rows()):
            if row.isAncestorOf(widget):
                return row.line.key, number
        return None

    def _restore_focus(self, focused: tuple[int, int] | None) -> None:
        if focused is None:
            return
        key, number = focused
        rows = self.rows()
        same = [row for row in rows if row.line.key == key]
        nearest = same or rows[number : number + 1] or rows[-1:]
        for row in nearest:
            button = row.findChild(Button)
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)


def _rule() -> QWidget:
    line = QFrame()
    line.setProperty("look", "line")
    line.setFixedHeight(1)
    return line
