"""The side of a session: the order in short, what happened, what can be added, other chairs."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.event_forms import Addition, additions
from ketadesk.ui.session.events_list import EventsList
from ketadesk.ui.session.order_words import brief, order_lines
from ketadesk.ui.session.other_chairs import OtherChair
from ketadesk.ui.session.others_line import OthersLine
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.workplace import Workplace

WIDTH = 288


class EventsPanel(QFrame):
    """Signals: `addition_wanted(Addition)`, `amend_wanted(Event)`, `withdraw_wanted(Event)`,
    `time_wanted(Event)` for a step of the session, `chair_wanted(ChairCard)`.
    """

    addition_wanted = Signal(object)
    amend_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    time_wanted = Signal(object)
    chair_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("events_panel")
        self._workplace = workplace
        self._record: SessionRecord | None = None
        self._additions = additions()
        self._buttons: list[Button] = []
        self._order_title = SectionTitle(tr("Order"))
        self._order_box = QVBoxLayout()
        self._order_box.setSpacing(1)
        self.events = EventsList()
        self.events.amend_wanted.connect(self.amend_wanted)
        self.events.withdraw_wanted.connect(self.withdraw_wanted)
        self.events.time_wanted.connect(self.time_wanted)
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
        self._places = QGridLayout()
        self._places.setSpacing(6)
        for index, addition in enumerate(self._additions):
            bare = _bare(addition.key)
            button = Button(addition.text, key=addition.key, face=bare, spread=True)
            button.setObjectName(f"add_{addition.id}")
            button.setProperty("addition", index)
            button.clicked.connect(self._on_add)
            self._buttons.append(button)
        self._place_buttons()
        return self._places

    def _place_buttons(self) -> None:
        """Two in a row with their keys, or with large text three, whose keys the tooltips say."""
        large = theme.current_scale() > ROOMY
        columns = 3 if large else 2
        for index, button in enumerate(self._buttons):
            button.show_hint(not large)
            last = index == len(self._buttons) - 1
            wide = columns - index % columns if last else 1
            self._places.addWidget(button, index // columns, index % columns, 1, wide)
        self._places.setSpacing(4 if large else 6)
        self._add_title.setVisible(not large)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_places"):
            self._place_buttons()
            if self._record is not None:
                self._show_order(self._record)

    def addition(self, name: str) -> Addition:
        return next(addition for addition in self._additions if addition.id == name)

    def show_record(self, record: SessionRecord) -> None:
        self._record = record
        self._show_order(record)
        self.events.show_events(record, self._workplace)
        self._none.setVisible(self.events.count() == 0)
        for button in self._buttons:
            button.setVisible(not record.session.signed)
        roomy = theme.current_scale() <= ROOMY
        self._add_title.setVisible(roomy and not record.session.signed)

    @Slot(bool)
    def _on_choosable(self, choosable: bool) -> None:
        """The two actions take the place of the note."""
        self._events_title.set_text(tr("Events"), note="" if choosable else tr("newest first"))

    @Slot(object)
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
        lines = order_lines(record, self._workplace)
        if theme.current_scale() > ROOMY:
            lines = brief(lines)
        for line in lines:
            shown = Label(line.text, size=line.size, tone=line.tone, strong=line.strong, wrap=True)
            self._order_box.addWidget(shown)

    @Slot()
    def _on_add(self) -> None:
        self.addition_wanted.emit(self._additions[int(self.sender().property("addition"))])


def _bare(key: str) -> str:
    """The key without Ctrl, which the title over the buttons says once for all."""
    return key.removeprefix("Ctrl+")
