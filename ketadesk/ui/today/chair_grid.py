"""The chairs' cards in as many columns as the width and the text size allow."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.ui import theme
from ketadesk.ui.today.chair_card import ChairCardView, Local

LEAST_CARD_WIDTH = 268
MOST_COLUMNS = 4

Key = tuple[int, int]


class ChairGrid(QWidget):
    """`opened(ChairCard)` when one is wanted."""

    opened = Signal(object)

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._local = local
        self._cards: dict[Key, ChairCardView] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def cards(self) -> list[ChairCardView]:
        """The cards in their order on the screen."""
        return list(self._cards.values())

    def show_cards(self, cards: Sequence[ChairCard], now: datetime) -> None:
        """Shows these chairs in this order; a card that stays keeps the focus."""
        before, self._cards = self._cards, {}
        for card in cards:
            key = (card.chair_id, card.visit.appointment.id if card.visit else 0)
            view = before.pop(key, None)
            if view is None:
                view = ChairCardView(card, local=self._local, parent=self)
                view.setObjectName(f"chair_{card.chair_id}")
                view.opened.connect(self.opened)
            view.show_card(card, now)
            self._cards[key] = view
        for gone in before.values():
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._place()

    def tick(self, now: datetime) -> None:
        """Lets every figure go on."""
        for view in self._cards.values():
            view.tick(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns when there is less room."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._place()

    def _fitting(self) -> int:
        count = max(len(self._cards), 1)
        room = max(1, (self.width() + 12) // (theme.px(LEAST_CARD_WIDTH) + 12))
        most = min(room, MOST_COLUMNS, count)
        rows = -(-count // most)
        return -(-count // rows)

    def _place(self) -> None:
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = self._fitting()
        previous: QWidget | None = None
        in_rows = len(self._cards) > self._columns
        for number, view in enumerate(self._cards.values()):
            self._grid.addWidget(view, number // self._columns, number % self._columns)
            view.set_low(in_rows)
            if previous is not None:
                QWidget.setTabOrder(previous, view)
            previous = view
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
