"""The side of a session: the order in short, what happened, what can be added, other chairs."""

from datetime import datetime
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
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.session import words
from ketadesk.ui.session.event_forms import Addition, additions
from ketadesk.ui.session.order_words import order_lines
from ketadesk.ui.session.other_chairs import OtherChair
from ketadesk.ui.session.others_line import OthersLine
from ketadesk.ui.session.row_actions import RowActions
from ketadesk.ui.session.strip_story import minute_and_order
from ketadesk.ui.theme import Tone, plain_tooltip
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.key_hint import key_text
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace

WIDTH = 288
_EVENT = Qt.ItemDataRole.UserRole
_LOOK = Qt.ItemDataRole.UserRole + 1
_STRUCK = Qt.ItemDataRole.UserRole + 2


class EventsPanel(QFrame):
    """Signals: `addition_wanted(Addition)`, `amend_wanted(Event)`, `withdraw_wanted(Event)`,
    `chair_wanted(ChairCard)`.
    """

    addition_wanted = Signal(object)
    amend_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    chair_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("events_panel")
        self._workplace = workplace
        self._additions = additions()
        self._buttons: list[Button] = []
        self._order_title = SectionTitle(tr("Order"))
        self._order_box = QVBoxLayout()
        self._order_box.setSpacing(1)
        self.events = _EventsList()
        self.events.amend_wanted.connect(self.amend_wanted)
        self.events.withdraw_wanted.connect(self.withdraw_wanted)
        self._none = Label(tr("Nothing yet."), size="note", tone="muted")
        self.others = OthersLine()
        self.others.chosen.connect(self.chair_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(4)
        column.addWidget(self._order_title)
        column.addLayout(self._order_box)
        column.addSpacing(8)
        self._events_title = SectionTitle(tr("Events"), note=tr("newest first"))
        self.events.choosable.connect(self._on_choosable)
        titles = QHBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._events_title, 1)
        titles.addWidget(self.events.actions_)
        column.addLayout(titles)
        column.addWidget(self._none)
        column.addWidget(self.events, 1)
        self._add_title = SectionTitle(tr("Add"), note=tr("with Ctrl"))
        column.addWidget(self._add_title)
        column.addLayout(self._grid())
        column.addWidget(self.others)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, addition in enumerate(self._additions):
            button = Button(addition.text, key=_bare(addition.key), spread=True, bind=False)
            shown = f"{addition.text}  ({key_text(addition.key)})"
            button.setToolTip(plain_tooltip(shown))
            QShortcut(QKeySequence(addition.key), button).activated.connect(button.click)
            button.setObjectName(f"add_{addition.id}")
            button.setProperty("addition", index)
            button.clicked.connect(self._on_add)
            self._buttons.append(button)
            last = index == len(self._additions) - 1
            wide = 2 if last and len(self._additions) % 2 else 1
            grid.addWidget(button, index // 2, index % 2, 1, wide)
        return grid

    def addition(self, name: str) -> Addition:
        return next(addition for addition in self._additions if addition.id == name)

    def show_record(self, record: SessionRecord) -> None:
        self._show_order(record)
        self.events.show_events(record, self._workplace)
        self._none.setVisible(self.events.count() == 0)
        for button in (*self._buttons, self._add_title):
            button.setVisible(not record.session.signed)

    @Slot(bool)
    def _on_choosable(self, choosable: bool) -> None:
        """The two actions take the place of the note."""
        self._events_title.set_text(tr("Events"), note="" if choosable else tr("newest first"))

    def show_others(self, other: OtherChair | None) -> None:
        """The most overdue other chair, in a line that leads there."""
        self.others.show_chair(other)

    def _show_order(self, record: SessionRecord) -> None:
        while self._order_box.count():
            item = self._order_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        order = record.order
        self._order_title.set_text(tr("Order"), note=order.ordered_by if order else "")
        if order is None:
            self._order_box.addWidget(Label(tr("Not written yet."), size="note", tone="muted"))
            return
        for text, size, tone, strong in order_lines(record, self._workplace):
            line = Label(text, size=size, tone=tone, strong=strong, wrap=True)
            self._order_box.addWidget(line)

    @Slot()
    def _on_add(self) -> None:
        self.addition_wanted.emit(self._additions[int(self.sender().property("addition"))])


class _EventsList(QListWidget):
    """What happened, newest first. A or Enter amends the chosen one, W withdraws it."""

    amend_wanted = Signal(object)
    withdraw_wanted = Signal(object)
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
        struck = {event.amends_id for event in record.events if event.amends_id is not None}
        self.clear()
        for event in sorted(shown, key=minute_and_order, reverse=True):
            title, detail = _said(event, record, workplace)
            if event.id in struck:
                detail = tr("{detail} · withdrawn", detail=detail)
            item = QListWidgetItem(f"{title}\n{detail}", self)
            item.setData(_EVENT, event)
            item.setData(_LOOK, _look(event))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}. {detail}")
            item.setData(_STRUCK, event.id in struck)

    def chosen(self) -> Event | None:
        """The chosen event, if it can be amended: phases follow the session's own steps."""
        items = self.selectedItems()
        if not items or self._locked or items[0].data(_STRUCK):
            return None
        event: Event = items[0].data(_EVENT)
        return None if event.kind is EventKind.PHASE else event

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
        can = self.chosen() is not None
        self.actions_.setVisible(can)
        self.choosable.emit(can)

    @Slot()
    def _amend(self, _item: object = None) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.amend_wanted.emit(chosen)

    @Slot()
    def _withdraw(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.withdraw_wanted.emit(chosen)


class _EventDelegate(QStyledItemDelegate):
    """An icon, the title in bold, the rest under it, wrapped."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        title, _, detail = str(index.data()).partition("\n")
        icon, tone = index.data(_LOOK)
        area = option.rect.adjusted(0, 3, 0, -3)
        painter.save()
        if option.state & option.state.__class__.State_Selected:
            painter.fillRect(option.rect, theme.current().accent.background)
        painter.drawPixmap(area.x(), area.y() + 2, pixmap(icon, role=tone, size=16))
        text = area.adjusted(theme.px(26), 0, 0, 0)
        font = _title_font(index)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        height = _height(QFontMetrics(font), title, text.width())
        painter.drawText(QRect(text.topLeft(), QSize(text.width(), height)), _WRAP, title)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("muted"))
        painter.drawText(text.adjusted(0, height, 0, 0), _WRAP, detail)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        title, _, detail = str(index.data()).partition("\n")
        view: Any = option.widget
        width = (view.viewport().width() if view is not None else 240) - theme.px(26)
        height = _height(QFontMetrics(_title_font(index)), title, width)
        height += _height(QFontMetrics(theme.font("note")), detail, width)
        return QSize(width, height + 8)


def _bare(key: str) -> str:
    """The key without Ctrl, which the title over the buttons says once for all."""
    return key.removeprefix("Ctrl+")


_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)


def _title_font(index: QModelIndex | QPersistentModelIndex) -> QFont:
    font = theme.font("body", strong=True)
    font.setStrikeOut(bool(index.data(_STRUCK)))
    return font


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height()


def _said(event: Event, record: SessionRecord, workplace: Workplace) -> tuple[str, str]:
    at: datetime = workplace.local(event.at)
    detail = [clock(at), words.event_detail(event)]
    if event.addendum:
        detail.append(record.staff_names.get(event.entered_by, ""))
    return words.event_title(event), " · ".join(part for part in detail if part)


def _look(event: Event) -> tuple[str, Tone]:
    if event.kind is EventKind.SIDE_EFFECT:
        return "triangle-alert", "red" if event.severe else "amber"
    if event.kind is EventKind.MEDICINE:
        return "pill", "blue"
    if event.kind is EventKind.PHASE:
        icons = {"infusing": "play", "paused": "pause", "stopped": "circle-x"}
        return icons.get(event.code, "circle-dot"), "accent"
    return ("hand-helping" if event.kind is EventKind.INTERVENTION else "message-square"), "muted"
