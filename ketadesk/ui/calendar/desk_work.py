"""What the desk does beside the visits shown: pinboard, waitlist, escort calls, what was missed."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui.calendar.escorts_card import CALL_KEY
from ketadesk.ui.calendar.missed_dialog import KEY as MISSED_KEY
from ketadesk.ui.calendar.pinboard import Pinboard
from ketadesk.ui.calendar.side import CalendarSide
from ketadesk.ui.calendar.waiting_door import WaitingDoor
from ketadesk.ui.workplace import Workplace


class DeskWork(QObject):
    """Each has its card in the `side`; `actions` are for every page of the calendar."""

    def __init__(
        self,
        workplace: Workplace,
        side: CalendarSide,
        view: QWidget,
        *,
        settings: SettingsFile | None,
    ) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view
        self.pinboard = Pinboard(workplace, side.pinboard, view, settings=settings)
        self.waiting = WaitingDoor(workplace, side.waiting, view)
        self._call = self._action("call_escorts", tr("Call escorts one by one…"), CALL_KEY)
        self._call.triggered.connect(self._call_escorts)
        self._count = self._action("count_missed", tr("Cancelled and missed…"), MISSED_KEY)
        self._count.triggered.connect(self._count_missed)
        side.escorts.list_wanted.connect(self._call_escorts)

    def actions(self) -> list[QAction]:
        """Each by its key, wherever the keys of the calendar go."""
        return [*self.pinboard.actions(), *self.waiting.actions(), self._call, self._count]

    def read(self) -> None:
        """Asks for everything on the cards again."""
        self.pinboard.read()
        self.waiting.read()

    @Slot()
    def _call_escorts(self) -> None:
        from ketadesk.ui.calendar.escorts_dialog import EscortsDialog

        EscortsDialog(self._workplace, self._view).show_all()

    @Slot()
    def _count_missed(self) -> None:
        from ketadesk.ui.calendar.missed_dialog import MissedDialog

        MissedDialog(self._workplace, self._view).show_report()

    def _action(self, name: str, text: str, key: str) -> QAction:
        action = QAction(text, self._view)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action
