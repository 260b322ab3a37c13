"""Reads the day's board once for all who show a part of it: the Today view and the status line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ketadesk.ui.desk import Desk

if TYPE_CHECKING:
    from ketadesk.services.action import Database
    from ketadesk.services.today import Board


class DayBoard(QObject):
    """Signal: `read(Board)` whenever it was read, whoever asked."""

    read = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._just_asked = False

    def ask(self) -> None:
        """`read` follows. Several who ask because of one change or minute are one question."""
        if self._just_asked:
            return
        self._just_asked = True
        QTimer.singleShot(0, self, self._ask_again)
        now = self._desk.clock()

        def board(db: "Database") -> "Board":
            from ketadesk.services import today

            return today.board(db, now)

        self._desk.ask(board, receiver=self, done=self.read.emit, key="board")

    @Slot()
    def _ask_again(self) -> None:
        self._just_asked = False
