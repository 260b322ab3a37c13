"""The day's visits as rows: time, name, state, and which sheets are printed or still due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.services.sheets import KINDS, VisitSheets
from ketadesk.ui import theme, words
from ketadesk.ui.icons import pixmap
from ketadesk.ui.paper import names
from ketadesk.ui.theme import Role
from ketadesk.ui.widgets.chip import chip_size, paint_chip
from ketadesk.ui.workplace import Workplace

ENTRY = Qt.ItemDataRole.UserRole
STARTS = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 52
TIME_WIDTH = 46
PADDING = 10
ICON_SIZE = 13
LEAST_STATE_WIDTH = 50

Index = QModelIndex | QPersistentModelIndex


class VisitsModel(QAbstractListModel):
    """Holds the day's visits in order of time."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._entries: tuple[VisitSheets, ...] = ()

    def show_entries(self, entries: Sequence[VisitSheets]) -> None:
        """Takes another list in place of the one before."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> VisitSheets:
        return self._entries[row]

    def row_of(self, appointment_id: AppointmentId | None) -> int | None:
        """Where a visit stands, None when it is not in the list."""
        for row, entry in enumerate(self._entries):
            if entry.visit.appointment.id == appointment_id:
                return row
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        starts = self._workplace.local(entry.visit.appointment.starts)
        if role == STARTS:
            return starts
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{words.clock(starts)} {words.person(entry.visit.patient_name)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry, starts)
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tooltip(_spoken(entry, starts))
        return None


class VisitPainter(QStyledItemDelegate):
    """Draws a visit in two lines; a sheet is a chip, amber while it is due or no longer true."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: VisitSheets = index.data(ENTRY)
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            _mark_chosen(painter, box, focused=bool(state & QStyle.StateFlag.State_HasFocus))
        painter.setPen(QColor(theme.current().line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        room = box.adjusted(theme.px(PADDING), theme.px(6), -theme.px(PADDING), -theme.px(6))
        _paint_first_line(painter, room, index.data(STARTS), entry)
        _paint_second_line(painter, room, entry)
        painter.restore()


def state_of(entry: VisitSheets) -> tuple[str, Role, str]:
    """The word, colour and icon of where a visit stands: the session's phase once there is one."""
    visit = entry.visit
    if visit.phase is not None:
        return words.word(visit.phase), *words.phase_look(visit.phase)
    status = visit.appointment.status
    return words.word(status), *words.status_look(status)


def _spoken(entry: VisitSheets, starts: datetime) -> str:
    parts = [f"{words.clock(starts)} {words.person(entry.visit.patient_name)}", state_of(entry)[0]]
    for kind in KINDS:
        if kind in entry.changed:
            parts.append(tr("{sheet} changed since printed", sheet=names.kind(kind)))
        elif kind in entry.kinds:
            parts.append(tr("{sheet} printed", sheet=names.kind(kind)))
        elif kind in entry.due:
            parts.append(tr("{sheet} to print", sheet=names.kind(kind)))
    return ", ".join(parts)


def _mark_chosen(painter: QPainter, box: QRectF, *, focused: bool) -> None:
    accent = theme.current().accent
    painter.fillRect(box, QColor(accent.background))
    painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(accent.foreground))
    if focused:
        painter.setPen(QColor(accent.foreground))
        painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))


def _paint_first_line(
    painter: QPainter, room: QRectF, starts: datetime, entry: VisitSheets
) -> None:
    painter.setPen(theme.color("ink"))
    painter.setFont(theme.font("body", strong=True))
    line = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words.clock(starts))
    line.setLeft(line.left() + theme.px(TIME_WIDTH))
    _draw_shortened(painter, line, words.person(entry.visit.patient_name))


def _paint_second_line(painter: QPainter, room: QRectF, entry: VisitSheets) -> None:
    middle = room.top() + room.height() * 0.75
    right = room.right()
    for text, icon, role in reversed(_chips(entry, room.width())):
        size = chip_size(text, icon=icon).toSizeF()
        chip = QRectF(right - size.width(), middle - size.height() / 2, 0, 0)
        chip.setSize(size)
        paint_chip(painter, chip, text, role=role, icon=icon)
        right = chip.left() - theme.px(5)
    word, role, icon = state_of(entry)
    left = room.left() + theme.px(TIME_WIDTH)
    edge = theme.px(ICON_SIZE)
    if right - left < theme.px(LEAST_STATE_WIDTH):
        return  # large text in a narrow list: what is to print matters more here
    sign = pixmap(icon, role=role, size=ICON_SIZE)
    painter.drawPixmap(round(left), round(middle - edge / 2), sign)
    painter.setFont(theme.font("note"))
    painter.setPen(theme.color(role))
    left += edge + theme.px(5)
    _draw_shortened(painter, QRectF(left, room.center().y(), right - left, room.height() / 2), word)


def _chips(entry: VisitSheets, width: float) -> list[tuple[str, str, Role]]:
    """The words, icons and colours of the sheets; the shortest words where there is no room."""
    chips: list[tuple[str, str, Role]] = []
    for kind in KINDS:
        short = names.short_kind(kind)
        if kind in entry.changed:
            chips.append((tr("{sheet} changed", sheet=short), "refresh-cw", "amber"))
        elif kind in entry.kinds:
            chips.append((short, "check", "slate"))
        elif kind in entry.due:
            chips.append((short, "printer", "amber"))
    needed = sum(chip_size(text, icon=icon).width() for text, icon, _ in chips)
    if needed + theme.px(5) * len(chips) <= width:
        return chips
    shown = [kind for kind in KINDS if kind in {*entry.changed, *entry.kinds, *entry.due}]
    return [
        (names.short_kind(kind), icon, role)
        for kind, (_, icon, role) in zip(shown, chips, strict=True)
    ]


def _draw_shortened(painter: QPainter, room: QRectF, text: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(
        text, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
