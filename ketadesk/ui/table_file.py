"""Ctrl+E on any list: the rows and columns that are shown, in their order, as a CSV file.

Names stand in it as they stand on the screen: initials in lobby mode, which is said.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import lobby
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.workplace import Workplace

KEY = "Ctrl+E"


class TableFile(QObject):
    """Asks where to, and writes what `table` shows; `suggestion` names the file."""

    def __init__(
        self,
        workplace: Workplace,
        table: QTableView,
        *,
        suggestion: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._workplace, self._table, self._view = workplace, table, parent
        self._suggestion = suggestion
        self._folder = ""

    def button(self) -> Button:
        """The button that does it, for the head of a list."""
        button = Button(icon="download", key=KEY, name=tr("Save this list as CSV…"), hint=False)
        button.setObjectName("save_table")
        button.clicked.connect(self.ask)
        return button

    @Slot()
    def ask(self) -> None:
        """Asks for a place; what is shown now is what will be written."""
        header, rows = shown(self._table)
        if not rows:
            self._workplace.tell(tr("The list is empty, so there is nothing to save."))
            return
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or QStandardPaths.writableLocation(places)
        kinds = tr("Tables") + " (*.csv)"
        dialog = QFileDialog(self._view, tr("Save this list as CSV"), folder, kinds)
        dialog.setObjectName("save_table_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self._suggestion())
        dialog.fileSelected.connect(partial(self._save, header, rows))
        dialog.open()

    def _save(self, header: list[str], rows: list[list[str]], chosen: str) -> None:
        from ketadesk.services.exchange.tables import save_table

        file = Path(chosen)
        self._folder = str(file.parent)
        clinic_file = self._workplace.desk.clinic_file
        said = tr("Saved {number} rows as {file}.", number=len(rows), file=file)
        if lobby.is_on():
            said += " " + tr("Names are initials in it, as on the screen.")
        self._workplace.desk.work(
            partial(save_table, header, rows, file, clinic_file=clinic_file),
            receiver=self,
            done=lambda _saved: self._workplace.tell(said),
        )


def shown(table: QTableView) -> tuple[list[str], list[list[str]]]:
    """The titles and the cells of the columns that can be seen, as they are written there."""
    model, header = table.model(), table.horizontalHeader()
    if model is None:  # PySide says so of a table that was not filled yet
        return [], []
    places = [header.logicalIndex(place) for place in range(header.count())]
    columns = [column for column in places if not table.isColumnHidden(column)]
    across = Qt.Orientation.Horizontal
    titles = [str(model.headerData(column, across) or "") for column in columns]
    rows = [
        [str(model.index(row, column).data() or "") for column in columns]
        for row in range(model.rowCount())
        if not table.isRowHidden(row)
    ]
    return titles, rows
