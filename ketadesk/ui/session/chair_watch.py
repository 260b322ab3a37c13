"""Keeps an eye on the other chairs while the nurse works in one."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.board import ChairCard
from ketadesk.i18n import tr
from ketadesk.services.today import board
from ketadesk.ui.session.other_chairs import Here, beside, other_chair
from ketadesk.ui.session.page_keys import Command
from ketadesk.ui.workplace import Workplace

LOOK_AROUND_SECONDS = 15
"""How often the other chairs are asked for when nothing changes: lateness grows by itself."""


class ChairWatch(QObject):
    """Signals: `found(OtherChair or None)`, whoever is most overdue elsewhere, and
    `wanted(ChairCard)` to go to the next chair or the one before.
    """

    found = Signal(object)
    wanted = Signal(object)

    def __init__(self, window: QWidget, workplace: Workplace) -> None:
        super().__init__(window)
        self._window = window
        self._workplace = workplace
        self._here: Here | None = None
        self._cards: tuple[ChairCard, ...] = ()
        self._ticks = 0
        workplace.ticked.connect(self._on_tick)

    def look_from(self, here: Here) -> None:
        """From now on the others are those beside this one."""
        self._here = here
        self._look()

    def _look(self) -> None:
        now = self._workplace.desk.clock()
        self._workplace.desk.ask(
            lambda db: board(db, now).cards, receiver=self, done=self._show, key="others"
        )

    def _show(self, cards: tuple[ChairCard, ...]) -> None:
        self._cards = cards
        if self._here is not None:
            now = self._workplace.desk.clock()
            self.found.emit(other_chair(cards, self._here, now))

    @Slot(object)
    def _on_tick(self, _now: datetime) -> None:
        if self._here is None or not self._window.isVisible():
            return
        self._ticks += 1
        if self._ticks % LOOK_AROUND_SECONDS == 0:
            self._look()

    @Slot()
    def next_chair(self) -> None:
        """To the next chair with an open record."""
        self._go_beside(1)

    @Slot()
    def chair_before(self) -> None:
        """To the one before."""
        self._go_beside(-1)

    def commands(self) -> tuple[Command, ...]:
        """The keys that go round the room, for the page of whoever is at this chair."""
        return (
            (tr("Next chair"), ("Ctrl+PgDown", "Ctrl+Tab"), self.next_chair),
            (tr("Chair before"), ("Ctrl+PgUp", "Ctrl+Shift+Tab"), self.chair_before),
        )

    def _go_beside(self, step: int) -> None:
        if self._here is None:
            return
        card = beside(self._cards, self._here, step)
        if card is not None:
            self.wanted.emit(card)
