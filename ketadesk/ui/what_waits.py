"""Says in the status line, in every view, what waits for someone and whether something is late."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ketadesk.ui.status_line import StatusLine

if TYPE_CHECKING:
    from ketadesk.services.today import Board
    from ketadesk.ui.workplace import Workplace


class WhatWaits(QObject):
    """Asks when something changed and once a minute.

    What only an open clinic needs is imported then, so that the window is painted sooner.
    """

    def __init__(self, line: StatusLine) -> None:
        super().__init__(line)
        self._line = line
        self._workplace: Workplace | None = None
        self._minute: datetime | None = None

    def attach(self, workplace: "Workplace | None") -> None:
        """From now on the line speaks of this clinic."""
        self._workplace = workplace
        self._minute = None
        if workplace is not None:
            workplace.framed.connect(self._ask)
            workplace.board.read.connect(self._show)
            workplace.desk.changed.connect(self._ask)
            workplace.ticked.connect(self._on_tick)

    @Slot()
    def _ask(self) -> None:
        workplace = self._workplace
        if workplace is None or workplace.frame is None:
            return
        self._minute = workplace.now().replace(second=0, microsecond=0)
        workplace.board.ask()

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        if self._minute is not None and now.replace(second=0, microsecond=0) != self._minute:
            self._ask()

    @Slot(object)
    def _show(self, board: "Board") -> None:
        from ketadesk.domain.day_lists import LateKind
        from ketadesk.ui import waiting_words

        late = sum(entry.kind is LateKind.VITALS for entry in board.late)
        parts = [
            waiting_words.vitals_late(late),
            waiting_words.escorts_to_confirm(len(board.escorts)),
            waiting_words.sheets_to_print(len(board.sheets_due)),
        ]
        self._line.show_waiting(" · ".join(part for part in parts if part), late=bool(late))
