"""The patients found, as rows of a table; holds what it was given and asks nobody."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Patient
from ketadesk.i18n import tr
from ketadesk.services.patients import PatientList
from ketadesk.ui import theme, words
from ketadesk.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
NAME, BORN, PHONE, NEXT = range(4)


class PatientsModel(QAbstractTableModel):
    """Name, birth date, phone and next visit."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._list = PatientList((), {}, 0)

    def show(self, found: PatientList) -> None:
        """Other rows."""
        self.beginResetModel()
        self._list = found
        self.endResetModel()

    def patient(self, row: int) -> Patient:
        """The patient of a row."""
        return self._list.found[row]

    def row_of(self, patient_id: PatientId | None) -> int:
        """Where a patient stands, -1 when they are not in the list."""
        for row, patient in enumerate(self._list.found):
            if patient.id == patient_id:
                return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._list.found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            order = tr("best match first") if self._list.text else tr("by family name")
            name = tr("Name, {order}", order=order)
            return (name, tr("Born"), tr("Phone"), tr("Next visit"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        patient = self._list.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(patient, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = [self._text(patient, column) for column in range(4)]
            return theme.plain_tooltip(" · ".join(text for text in texts if text != "–"))
        if role == Qt.ItemDataRole.FontRole and index.column() == NAME:
            return theme.font("body", strong=True)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != NAME:
            return theme.color("muted")
        return None

    def _text(self, patient: Patient, column: int) -> str:
        if column == NAME:
            return words.person(patient.name)
        if column == BORN:
            return words.date_text(patient.birth_date, short=True) if patient.birth_date else "–"
        if column == PHONE:
            return patient.phone or "–"
        starts = self._list.next_starts.get(patient.id)
        if starts is None:
            return "–"
        local = self._workplace.local(starts)
        if local.date() == self._workplace.today():
            return tr("today {time}", time=words.clock(local))
        return f"{local.day} {words.month(local.month, short=True)} {words.clock(local)}"
