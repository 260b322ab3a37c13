"""The quiet line under every view: saved when, what was last done with Undo, and what waits."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ketadesk.i18n import clock, tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import plain_tooltip
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.key_hint import key_text
from ketadesk.ui.widgets.label import Label

UNDO_KEY = "Ctrl+Z"
UNDO_WHILE_TYPING = "Alt+Z"
"""A text field keeps Ctrl+Z for its own words; this one reaches the clinic file from anywhere."""

HISTORY_KEY = "Ctrl+Shift+Z"
UNDO_WIDTH = 220
SPACES = 110
"""What margins, icons and the gaps of the line take."""


class StatusLine(QFrame):
    """`undo_wanted` comes from the link and its key, `history_wanted` too; the window does it."""

    undo_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, *, demo: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._tick = QLabel()
        self.saved = Label(size="note", tone="muted")
        self.saved.setObjectName("saved")
        self._arrow = QLabel()
        self.sentence = ElidedLabel(size="note", tone="muted")
        self.sentence.setObjectName("last_done")
        self.undo = Button(tr("Undo"), key=UNDO_KEY, role="link")
        self.undo.setObjectName("undo")
        self.undo.clicked.connect(self.undo_wanted)
        self._undo_while_typing = QAction(tr("Undo while typing"), self)
        self._undo_while_typing.setShortcut(QKeySequence(UNDO_WHILE_TYPING))
        self._undo_while_typing.triggered.connect(self.undo_wanted)
        self.addAction(self._undo_while_typing)
        self.history = Button(
            tr("History"), key=HISTORY_KEY, role="link", hint=False, tip=tr("What was done")
        )
        self.history.setObjectName("history")
        self.history.clicked.connect(self.history_wanted)
        self.demo = Chip(tr("Sample clinic"), role="amber", icon="info")
        self.demo.setToolTip(tr("Invented people: nothing here is about anyone."))
        self.demo.setVisible(demo)
        self.waiting = ElidedLabel(size="note", tone="muted")
        self.waiting.setObjectName("waiting")
        for shrinking in (self.sentence, self.waiting):
            shrinking.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 2)
        row.setSpacing(8)
        row.addWidget(self._tick)
        row.addWidget(self.saved)
        row.addSpacing(10)
        row.addWidget(self._arrow)
        row.addWidget(self.sentence)
        row.addWidget(self.undo)
        row.addWidget(self.history)
        row.addStretch(1)
        row.addWidget(self.waiting)
        row.addWidget(self.demo)
        self.show_nothing()
        self._redraw()

    def show_nothing(self) -> None:
        """Before anything was done, or a clinic opened."""
        self.history.setVisible(False)
        self.saved.setText("")
        self._tick.setVisible(False)
        self.show_done("", can_undo=False)
        self.waiting.setText("")

    def offer_history(self) -> None:
        """A clinic is open: what was done in it can be looked through."""
        self.history.setVisible(True)
        self._keep_room()

    def show_saved(self, moment: datetime) -> None:
        """Only when the change came back from the disk; `moment` on the clinic's clock."""
        self._tick.setVisible(True)
        self.saved.setText(tr("Saved {time}", time=f"{clock(moment)}:{moment.second:02d}"))

    def show_done(self, sentence: str, *, can_undo: bool, undoes: str = "") -> None:
        """The last action; `undoes` says what Undo would take back when it is another one."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._arrow.setVisible(bool(sentence))
        self.undo.setVisible(can_undo)
        self._undo_while_typing.setVisible(can_undo)
        whole = tr("Undo also: {sentence}", sentence=undoes) if undoes else tr("Undo")
        room = theme.px(UNDO_WIDTH)
        shown = QFontMetrics(theme.font()).elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.undo.set_text(shown, name=whole)
        keys = tr(
            "{key}, while typing {other}", key=key_text(UNDO_KEY), other=key_text(UNDO_WHILE_TYPING)
        )
        self.undo.setToolTip(plain_tooltip(f"{whole}  ({keys})"))
        self._keep_room()

    def show_waiting(self, text: str, *, late: bool = False) -> None:
        """What waits for someone, in a few words."""
        self.waiting.setText(text)
        self.waiting.set_tone("red" if late else "muted")
        self._keep_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What waits is shortened last."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        wanted = self.waiting.sizeHint().width() if self.waiting.full_text() else 0
        others = (self.saved, self.undo, self.history, self.demo)
        taken = sum(one.sizeHint().width() for one in others if not one.isHidden())
        self.waiting.setMinimumWidth(max(min(wanted, self.width() - taken - SPACES), 0))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "waiting"):
            self._redraw()
            self._keep_room()

    def _redraw(self) -> None:
        self._tick.setPixmap(pixmap("check", role="accent", size=15))
        self._arrow.setPixmap(pixmap("undo-2", role="muted", size=14))
