"""What leaves the calendar: the shown view on paper, and the agenda's rows as a table."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QTableView, QWidget

from ketadesk.domain.list_sheets import ListKind
from ketadesk.i18n import tr
from ketadesk.ui import lobby
from ketadesk.ui.table_file import TableFile
from ketadesk.ui.workplace import Workplace


class TakingAlong(QObject):
    """`shown` says which view it is ("day", "week" or "agenda") and which day it is about."""

    def __init__(
        self,
        workplace: Workplace,
        table: QTableView,
        shown: Callable[[], tuple[str, date]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._workplace, self._view, self._shown = workplace, parent, shown
        self.table_file = TableFile(
            workplace,
            table,
            suggestion=lambda: f"agenda-{shown()[1].isoformat()}.csv",
            parent=parent,
        )

    def _file_name(self) -> str:
        return f"agenda-{self._shown()[1].isoformat()}.csv"

    @Slot()
    def open_print(self) -> None:
        """Shows the list as it will lie on paper; in lobby mode the names start as initials."""
        from ketadesk.services.list_sheets import ListRequest
        from ketadesk.ui.paper.list_dialog import ListDialog  # late: printing takes long to load

        mode, day = self._shown()
        if self._workplace.frame is None:
            return
        kinds = {kind.view: kind for kind in ListKind}
        if mode not in kinds:
            self._workplace.tell(tr("Choose the day, the week or the agenda to print it."))
            return
        request = ListRequest(kinds[mode], day, initials=lobby.is_on())
        ListDialog(self._workplace, request, self._view).open()
