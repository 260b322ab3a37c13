"""The bar over the calendar: which day, how it is shown, and the button that books."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.segmented import Segment, Segmented

MODES = ("day", "week", "agenda")


class CalendarBar(QFrame):
    """Signals: `today_wanted()`; `turned(int)` a step back or on; `mode_chosen(str)` of MODES;
    `book_wanted()`.
    """

    today_wanted = Signal()
    turned = Signal(int)
    mode_chosen = Signal(str)
    book_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._today = Button(tr("Today"), key="T", tip=tr("Go to today"))
        self._today.setObjectName("calendar_today")
        self._back = Button(icon="chevron-left", key="PgUp", name=tr("Earlier"), hint=False)
        self._back.setObjectName("calendar_back")
        self._on = Button(icon="chevron-right", key="PgDown", name=tr("Later"), hint=False)
        self._on.setObjectName("calendar_on")
        self._title = Label("", size="title", strong=True)
        self._title.setObjectName("calendar_title")
        self._facts = ElidedLabel("", tone="muted")
        self._facts.setObjectName("calendar_facts")
        self._modes = Segmented(
            [
                Segment("day", tr("Day"), "F5"),
                Segment("week", tr("Week"), "F6"),
                Segment("agenda", tr("Agenda"), "F8"),
            ]
        )
        self._book = Button(tr("Book"), icon="plus", key="N", role="primary")
        self._book.setObjectName("calendar_book")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        for widget in (self._today, self._back, self._on, self._title):
            row.addWidget(widget)
        row.addWidget(self._facts, 1)
        row.addWidget(self._modes)
        row.addWidget(self._book)
        self._today.clicked.connect(self.today_wanted)
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        self._modes.chosen.connect(self.mode_chosen)
        self._book.clicked.connect(self.book_wanted)

    def show_title(self, title: str, facts: str) -> None:
        """The day or week in words, and how it stands."""
        self._title.setText(title)
        self._facts.setText(facts)

    def choose(self, mode: str) -> None:
        """Marks how it is shown, silently."""
        self._modes.choose(mode)

    @Slot()
    def _turn_back(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.turned.emit(1)
