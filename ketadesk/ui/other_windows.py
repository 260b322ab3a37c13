"""What other windows wrote into the same clinic file, learned from its action log."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import ActionId

if TYPE_CHECKING:
    from ketadesk.ui.desk import Desk

LOOK_MILLISECONDS = 1000


class OtherWindows(QObject):
    """Looks every second, through the desk's own lane. Signal: `wrote(Changes)`, never for what
    this window wrote.
    """

    wrote = Signal(object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._seen = ActionId(0)
        self._own: set[ActionId] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def begin_after(self, action_id: ActionId) -> None:
        """Whatever was written up to this action is in the file that was opened."""
        self._seen = action_id

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def leave_out(self, action_id: ActionId) -> None:
        """This window wrote it, and has told so already."""
        self._own.add(action_id)

    @Slot()
    def _look(self) -> None:
        from ketadesk.services.watching import changes_since

        seen = self._seen
        self._desk.ask(
            lambda db: changes_since(db, seen),
            receiver=self,
            done=self._tell,
            key="others",
        )

    def _tell(self, changes: list[Changes]) -> None:
        for change in changes:
            self._seen = max(self._seen, change.action_id)
            if change.action_id in self._own:
                self._own.discard(change.action_id)
            else:
                self.wrote.emit(change)
