"""The bar over the calendar: which day, how it is shown, and the button that books."""

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.segmented import Segment, Segmented

MODES = ("day", "week", "month", "agenda")
MARGIN = 14
FACTS = 110
"""The least room, in logical pixels, for how the day stands."""


class CalendarBar(QFrame):
    """Signals: `today_wanted()`; `turned(int)` a step back or on; `mode_chosen(str)` of MODES;
    `book_wanted()`; `absent_shown(bool)` whether those who do not come are to be seen;
    `print_wanted()` for what is shown; `table_wanted()` for the agenda's rows.
    """

    today_wanted = Signal()
    turned = Signal(int)
    mode_chosen = Signal(str)
    book_wanted = Signal()
    absent_shown = Signal(bool)
    print_wanted = Signal()
    table_wanted = Signal()

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
                Segment("month", tr("Month"), "F7"),
                Segment("agenda", tr("Agenda"), "F8"),
            ]
        )
        self._absent = Button(
            icon="user-x", key="H", hint=False, role="quiet", name=tr("Cancelled and no-shows")
        )
        self._absent.setObjectName("calendar_absent")
        self._absent.setCheckable(True)
        self._absent.clicked.connect(self.absent_shown)
        self._book = Button(tr("Book"), icon="plus", key="N", role="primary")
        self._book.setObjectName("calendar_book")
        self._print = Button(icon="printer", key="Ctrl+P", name=tr("Print this view…"), hint=False)
        self._print.setObjectName("calendar_print")
        self._table = Button(
            icon="download", key="Ctrl+E", name=tr("Save this list as CSV…"), hint=False
        )
        self._table.setObjectName("calendar_table")
        self._table.hide()
        self._lay_out()
        self._print.clicked.connect(self.print_wanted)
        self._table.clicked.connect(self.table_wanted)
        self._today.clicked.connect(self.today_wanted)
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        self._modes.chosen.connect(self.mode_chosen)
        self._book.clicked.connect(self.book_wanted)

    def _lay_out(self) -> None:
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(10)
        self._second.setSpacing(10)
        for widget in (self._today, self._back, self._on, self._title):
            self._first.addWidget(widget)
        self._first.addWidget(self._facts, 1)
        self._second.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self._rows.setSpacing(8)
        self._rows.addLayout(self._first)
        self._rows.addLayout(self._second)
        self._in_one_row = False
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Two rows are narrower than one."""
        width = max(self._left_width(), self._right_width()) + 2 * MARGIN
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where there is room, else two."""
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_rows"):
            self._fold()

    def _left_width(self) -> int:
        widgets = (self._today, self._back, self._on, self._title)
        return sum(widget.sizeHint().width() + 10 for widget in widgets)

    def _right_width(self) -> int:
        shown = [one for one in self._right() if not one.isHidden()]
        return sum(one.sizeHint().width() + 10 for one in shown) - 10

    def _right(self) -> tuple[QWidget, ...]:
        return (self._absent, self._modes, self._print, self._table, self._book)

    def _fold(self) -> None:
        needed = self._left_width() + theme.px(FACTS) + self._right_width() + 2 * MARGIN
        in_one_row = self.width() >= needed
        if in_one_row != self._in_one_row or self._modes.parent() is None:
            self._in_one_row = in_one_row
            for widget in self._right():
                self._first.removeWidget(widget)
                self._second.removeWidget(widget)
                (self._first if in_one_row else self._second).addWidget(widget)

    def show_title(self, title: str, facts: str) -> None:
        """The day or week in words, and how it stands."""
        self._title.setText(title)
        self._fold()
        self._facts.setText(facts)

    def show_absent(self, shown: bool) -> None:
        """Marks whether cancelled visits and no-shows are to be seen, silently."""
        self._absent.setChecked(shown)
        hide, show = tr("Hide cancelled and no-shows"), tr("Show cancelled and no-shows")
        self._absent.set_text("", name=hide if shown else show)

    def choose(self, mode: str) -> None:
        """Marks how it is shown, silently."""
        self._modes.choose(mode)
        self._table.setVisible(mode == "agenda")

    @Slot()
    def _turn_back(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.turned.emit(1)
