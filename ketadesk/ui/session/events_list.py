"""What happened in a session, newest first: each with its time, the chosen one to be amended."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.phase_times import is_resumption
from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.session import words
from ketadesk.ui.session.row_actions import RowActions
from ketadesk.ui.session.strip_story import minute_and_order
from ketadesk.ui.theme import Tone
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace

_EVENT = Qt.ItemDataRole.UserRole
_LOOK = Qt.ItemDataRole.UserRole + 1
_STRUCK = Qt.ItemDataRole.UserRole + 2
_TIME = Qt.ItemDataRole.UserRole + 3


class EventsList(QListWidget):
    """What happened, newest first. A or Enter amends the chosen one, W withdraws it.

    Of a step of the session only the time can be corrected: `time_wanted(Event)`.
    """

    amend_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    time_wanted = Signal(object)
    choosable = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("events_list")
        self.setAccessibleName(tr("Events, newest first"))
        self.setToolTip(tr("Enter or A amends the chosen event, W withdraws it"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._shown: tuple[object, ...] | None = None
        self._locked = False
        self.actions_ = RowActions(
            amend=tr("Amend the chosen event"), withdraw=tr("Withdraw the chosen event")
        )
        self.actions_.setObjectName("event_actions")
        self.actions_.setProperty("place", tr("In the events"))
        self.actions_.amend_wanted.connect(self._amend)
        self.actions_.withdraw_wanted.connect(self._withdraw)
        self.itemSelectionChanged.connect(self._on_row)
        self.itemDoubleClicked.connect(self._amend)
        self.setItemDelegate(_EventDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._fit()

    def sizeHint(self) -> QSize:
        """It asks for little and takes what the rest of the side leaves."""
        return QSize(theme.px(200), theme.px(60))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(theme.px(60))
        self.doItemsLayout()

    def show_events(self, record: SessionRecord, workplace: Workplace) -> None:
        self._locked = record.session.signed
        if (record.session.id, record.events) == self._shown:
            self._on_row()
            return
        self._shown = (record.session.id, record.events)
        shown = [event for event in record.events if not event.withdrawn]
        newer = {event.amends_id: event for event in record.events if event.amends_id is not None}
        self.clear()
        for event in sorted(shown, key=minute_and_order, reverse=True):
            self._add(event, record, clock(workplace.local(event.at)), newer.get(event.id))

    def _add(self, event: Event, record: SessionRecord, at: str, newer: Event | None) -> None:
        title = words.event_title(event, resumed=is_resumption(event, record.events))
        detail = _detail(event, record, newer)
        item = QListWidgetItem(f"{title}\n{detail}", self)
        item.setData(_EVENT, event)
        item.setData(_LOOK, _look(event))
        item.setData(_STRUCK, newer is not None)
        item.setData(_TIME, at)
        said = ". ".join(part for part in (title, at, detail) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def chosen(self) -> Event | None:
        """The chosen event, if it still counts and the record takes entries."""
        items = self.selectedItems()
        if not items or self._locked or items[0].data(_STRUCK):
            return None
        event: Event = items[0].data(_EVENT)
        return event

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._amend()
        elif event.key() == Qt.Key.Key_W:
            self._withdraw()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same two actions under the right mouse button."""
        if self.chosen() is not None:
            self.actions_.pop_up(event.globalPos())

    @Slot()
    def _on_row(self) -> None:
        chosen = self.chosen()
        can = chosen is not None
        self.actions_.setVisible(can)
        self.actions_.withdraw.setVisible(can and not _is_step(chosen))
        self.choosable.emit(can)

    @Slot()
    def _amend(self, _item: object = None) -> None:
        chosen = self.chosen()
        if chosen is not None:
            (self.time_wanted if _is_step(chosen) else self.amend_wanted).emit(chosen)

    @Slot()
    def _withdraw(self) -> None:
        chosen = self.chosen()
        if chosen is not None and not _is_step(chosen):
            self.withdraw_wanted.emit(chosen)


def _is_step(event: Event | None) -> bool:
    return event is not None and event.kind is EventKind.PHASE


class _EventDelegate(QStyledItemDelegate):
    """An icon, the title in bold with its time at the right edge, what else is said under it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        title, _, detail = str(index.data()).partition("\n")
        icon, tone = index.data(_LOOK)
        at = str(index.data(_TIME))
        area = option.rect.adjusted(0, 3, -theme.px(4), -3)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.current().accent.background)
        painter.drawPixmap(area.x(), area.y() + 2, pixmap(icon, role=tone, size=16))
        text = area.adjusted(theme.px(26), 0, 0, 0)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("muted"))
        painter.drawText(text.adjusted(0, 1, 0, 0), _AT_RIGHT, at)
        font = _title_font(index)
        narrow = _title_width(text.width(), at)
        height = _height(QFontMetrics(font), title, narrow)
        painter.drawText(text.adjusted(0, height, 0, 0), _WRAP, detail)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(text.topLeft(), QSize(narrow, height)), _WRAP, title)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        title, _, detail = str(index.data()).partition("\n")
        view: Any = option.widget
        width = (view.viewport().width() if view is not None else 240) - theme.px(30)
        narrow = _title_width(width, str(index.data(_TIME)))
        height = _height(QFontMetrics(_title_font(index)), title, narrow)
        if detail:
            height += _height(QFontMetrics(theme.font("note")), detail, width)
        return QSize(width, height + 8)


_AT_RIGHT = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)


def _title_font(index: QModelIndex | QPersistentModelIndex) -> QFont:
    font = theme.font("body", strong=True)
    font.setStrikeOut(bool(index.data(_STRUCK)))
    return font


def _title_width(width: int, at: str) -> int:
    """What the time leaves of a line."""
    return width - QFontMetrics(theme.font("note")).horizontalAdvance(at) - theme.px(8)


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height()


def _detail(event: Event, record: SessionRecord, newer: Event | None) -> str:
    """What stands under the title, nothing for most."""
    parts = [words.event_detail(event)]
    if event.addendum:
        parts.append(record.staff_names.get(event.entered_by, ""))
    if newer is not None:
        parts.append(tr("withdrawn") if newer.withdrawn else tr("replaced"))
    if event.amend_reason:
        parts.append(tr("amended: {reason}", reason=event.amend_reason))
    return " · ".join(part for part in parts if part)


def _look(event: Event) -> tuple[str, Tone]:
    if event.kind is EventKind.SIDE_EFFECT:
        return "triangle-alert", "red" if event.severe else "amber"
    if event.kind is EventKind.MEDICINE:
        return "pill", "blue"
    if event.kind is EventKind.PHASE:
        icons = {"infusing": "play", "paused": "pause", "stopped": "circle-x"}
        return icons.get(event.code, "circle-dot"), "accent"
    return ("hand-helping" if event.kind is EventKind.INTERVENTION else "message-square"), "muted"
