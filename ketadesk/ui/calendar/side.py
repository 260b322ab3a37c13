"""The column beside the calendar: the month, what waits for a place, and escorts to confirm."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar.escorts_card import EscortsCard
from ketadesk.ui.calendar.month_card import MonthCard
from ketadesk.ui.calendar.pinboard_card import PinboardCard
from ketadesk.ui.calendar.waiting_card import WaitingCard

WIDTH = 262


class CalendarSide(QScrollArea):
    """Scrolls when the window is too low; its cards speak for themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Month and escorts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.month = MonthCard()
        self.pinboard = PinboardCard()
        self.waiting = WaitingCard()
        self.escorts = EscortsCard()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        column.addWidget(self.month)
        column.addWidget(self.pinboard)
        column.addWidget(self.waiting)
        column.addWidget(self.escorts)
        column.addStretch(1)
        self.setWidget(inside)
        self.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        """As wide as the text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self.setFixedWidth(theme.px(WIDTH))
