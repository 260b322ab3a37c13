"""One chair's card: who sits there, what is due, and a figure that is read from across the room."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone
from ketadesk.ui.today import card_face
from ketadesk.ui.widgets.card import CORNER, Card
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.figure import Figure

Local = Callable[[datetime], datetime]


class ChairCardView(Card):
    """Reached by Tab; Enter or a click emits `opened(ChairCard)`."""

    opened = Signal(object)

    def __init__(self, card: ChairCard, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(edge="slate", parent=parent)
        self._local = local
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._chair = ElidedLabel(size="note", tone="muted")
        self._chip = Chip("")
        self._name = ElidedLabel(size="title", strong=True)
        self._subtitle = ElidedLabel(size="note", tone="muted")
        self.figure = Figure("", size="big_figure", caption_below=True)
        self._heart, self._vitals = QLabel(), ElidedLabel(size="note")
        self._car, self._escort = QLabel(), ElidedLabel(size="note")
        self._escort_tone: Tone = "muted"
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._chair, 1)
        head.addWidget(self._chip)
        self._vitals_line = _line(self._heart, self._vitals)
        self._escort_line = _line(self._car, self._escort)
        self._low: bool | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self.body.setSpacing(0)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Puts figure and vital signs beside the name, where cards stand in rows and the lists
        need the room.
        """
        if low == self._low:
            return
        self._low = low
        self.figure.set_size("figure" if low else "big_figure")
        self.figure.set_align(right=low)
        lines = (self._vitals_line, self._escort_line)
        parts = (self._head, self._name, self._subtitle, self.figure, *lines)
        for part in parts:
            self._grid.removeWidget(part)
        if low:
            self._grid.addWidget(self._head, 0, 0, 1, 2)
            self._grid.addWidget(self._name, 1, 0, 1, 2)
            self._grid.addWidget(self.figure, 0, 2, 2, 1)
            self._grid.addWidget(self._subtitle, 2, 0)
            self._grid.addWidget(self._vitals_line, 2, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._escort_line, 3, 0, 1, 3)
        else:
            for row, part in enumerate(parts):
                self._grid.addWidget(part, row, 0)
        self._vitals_line.setContentsMargins(0, 0 if low else 5, 0, 0)
        self._grid.setColumnStretch(0, 1)

    def show_card(self, card: ChairCard, now: datetime) -> None:
        """Shows another state of the chair."""
        self.card = card
        word, look = card_face.state(card)
        self._chair.setText(card.chair_name)
        self._chip.show_state(word, role=look.role, icon=look.icon)
        self._name.setText(card_face.title(card))
        self._subtitle.setText(card_face.subtitle(card))
        taken = card.last_reading.taken_at if card.last_reading else None
        vitals = card_face.vitals_line(
            card, local_taken=self._time(taken), local_free=self._time(card.free_since)
        )
        self._vitals.setText(vitals)
        escort, self._escort_tone = "", "muted"
        if card.visit is not None:
            about = self._time(card.ready_about)
            escort, self._escort_tone = card_face.escort_line(card.visit, about=about)
        self._escort.setText(escort)
        self._escort.set_tone(self._escort_tone)
        self._car.setVisible(bool(escort))
        self._draw_icons()
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Lets the figure go on; asks nobody."""
        shown = card_face.figure(
            self.card,
            now,
            local_due=self._time(self.card.next_due),
            local_next=self._time(self._next_start()),
        )
        self.figure.set_value(shown.value, tone=shown.role, urgent=shown.urgent)
        self.figure.set_caption(shown.caption)
        if shown.role != self.edge():
            self.set_edge(shown.role)
        said = (self._chair.full_text(), self._name.full_text(), self._chip.text(), shown.value)
        self.setAccessibleName(", ".join((*said, shown.caption)))
        self.setAccessibleDescription(
            f"{self._vitals.full_text()}. {self._escort.full_text()}. {tr('Enter opens it.')}"
        )

    def _next_start(self) -> datetime | None:
        return self.card.next_visit.appointment.starts if self.card.next_visit else None

    def _time(self, moment: datetime | None) -> str:
        return "" if moment is None else words.clock(self._local(moment))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens what the card stands for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.card)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click does what Enter does."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit(self.card)

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icons again in the new colours."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_escort_tone"):
            self._draw_icons()

    def _draw_icons(self) -> None:
        self._heart.setPixmap(pixmap("heart-pulse", role="muted", size=15))
        self._car.setPixmap(pixmap("car", role=self._escort_tone, size=15))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, and a ring while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent.foreground), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CORNER, CORNER)
            painter.end()


def _line(icon: QLabel, text: ElidedLabel) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(7)
    row.addWidget(icon)
    row.addWidget(text, 1)
    return line
