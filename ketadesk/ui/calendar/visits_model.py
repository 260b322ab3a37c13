"""The visits as rows of a table: the same words as the tiles, for eyes and for screen readers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ketadesk.domain.clinic import Chair
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.names import folded
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.visit_text import (
    Local,
    Look,
    description,
    detail,
    escort_look,
    status_look,
    times,
)
from ketadesk.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
VISIT = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1


class Column(NamedTuple):
    """`text` is shown, `order` sorts, `look` gives a role's colour and an icon."""

    title: str
    text: Callable[[Visit], str]
    order: Callable[[Visit], Any]
    look: Callable[[Visit], Look | None] | None = None


class VisitsModel(QAbstractTableModel):
    """Rows are visits; `VISIT` is the visit of a row, `SORT` what its column sorts by."""

    def __init__(self, *, local: Local, parent=None) -> None:
        super().__init__(parent)
        self._local = local
        self._visits: list[Visit] = []
        self._chairs: dict[int, Chair] = {}
        self._now = datetime.max
        self._columns = self._make_columns()

    def show_visits(self, visits: list[Visit], chairs: tuple[Chair, ...], now: datetime) -> None:
        """Keeps rows that stay, so that choice and scroll position stay too."""
        self._chairs = {chair.id: chair for chair in chairs}
        self._now = now
        same = [each.appointment.id for each in visits] == [
            each.appointment.id for each in self._visits
        ]
        if same:
            self._visits = list(visits)
            if visits:
                corner = self.index(len(visits) - 1, len(self._columns) - 1)
                self.dataChanged.emit(self.index(0, 0), corner)
            return
        self.beginResetModel()
        self._visits = list(visits)
        self.endResetModel()

    def set_now(self, now: datetime) -> None:
        """Minutes count on."""
        if (now.hour, now.minute) != (self._now.hour, self._now.minute):
            self.show_visits(self._visits, tuple(self._chairs.values()), now)

    def row_of(self, appointment_id: AppointmentId | None) -> int | None:
        ids = [visit.appointment.id for visit in self._visits]
        return ids.index(appointment_id) if appointment_id in ids else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._visits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        visit, column = self._visits[index.row()], self._columns[index.column()]
        if role == VISIT:
            return visit
        if role == SORT:
            return column.order(visit)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(visit)
        if role in (Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ToolTipRole):
            text = self.describe(visit)
            plain = role == Qt.ItemDataRole.AccessibleDescriptionRole
            return text.replace("\n", ", ") if plain else theme.plain_tooltip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(visit)}"
        return self._appearance(visit, column, role)

    def describe(self, visit: Visit) -> str:
        """The visit in full, line by line."""
        chair = self._chair(visit)
        return description(visit, chair=chair, now=self._now, local=self._local)

    def _appearance(self, visit: Visit, column: Column, role: int) -> Any:
        look = column.look(visit) if column.look else None
        if role == Qt.ItemDataRole.ForegroundRole:
            if not visit.appointment.status.takes_the_chair and look is None:
                return theme.color("muted")
            return theme.color(look.role) if look else None
        if role == Qt.ItemDataRole.DecorationRole and look:
            return icon(look.icon, role=look.role, size=15)
        if role == Qt.ItemDataRole.FontRole and column is self._columns[1]:
            return theme.font("body", strong=True)
        return None

    def _chair(self, visit: Visit) -> str:
        chair = self._chairs.get(visit.appointment.chair_id)
        return chair.name if chair else tr("Former chair")

    def _status(self, visit: Visit) -> Look:
        return status_look(visit, now=self._now, local=self._local)

    def _escort(self, visit: Visit) -> Look | None:
        return escort_look(visit, self._local)

    def _escort_text(self, visit: Visit) -> str:
        look = self._escort(visit)
        named = f" · {words.person(visit.escort_name)}" if look and visit.escort_name else ""
        return look.text + named if look else ""

    def _make_columns(self) -> list[Column]:
        def starts(visit: Visit) -> datetime:
            return visit.appointment.starts

        def chair_place(visit: Visit) -> tuple[int, datetime]:
            chair = self._chairs.get(visit.appointment.chair_id)
            return (chair.position if chair else 99, starts(visit))

        return [
            Column(tr("Time"), lambda visit: times(visit, self._local), starts),
            Column(
                tr("Patient"),
                lambda visit: words.person(visit.patient_name),
                lambda v: folded(v.patient_name),
            ),
            Column(tr("No."), lambda visit: visit.count, lambda visit: visit.count),
            Column(tr("Chair"), self._chair, chair_place),
            Column(tr("Treatment"), detail, detail),
            Column(tr("Escort"), self._escort_text, self._escort_text, self._escort),
            Column(
                tr("Status"),
                lambda visit: self._status(visit).text,
                lambda visit: list(type(visit.appointment.status)).index(visit.appointment.status),
                self._status,
            ),
        ]
