"""The small month: each day with a bar that says how full it is; a day is one click or key away."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from ketadesk.domain.day_load import DayLoad
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.overview import WEEKS, first_of_grid
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.label import Label

ROW = 25
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthDays(QWidget):
    """The painted days. `day_chosen(date)` comes from a click or an arrow key."""

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month_days")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Month"))
        self._month = date(2000, 1, 1)
        self._day = self._month
        self._today = self._month
        self._loads: dict[date, DayLoad] = {}

    def show_month(self, month: date, *, day: date, today: date) -> None:
        """Which month, which of its days is shown, and which is today."""
        self._month, self._day, self._today = month.replace(day=1), day, today
        self.setAccessibleDescription(self.say(day))
        self.updateGeometry()
        self.update()

    def show_loads(self, loads: dict[date, DayLoad]) -> None:
        """How full the days are."""
        self._loads = loads
        self.setAccessibleDescription(self.say(self._day))
        self.update()

    def say(self, day: date) -> str:
        """A day in words, for its tooltip and the screen reader."""
        load = self._loads.get(day, DayLoad())
        parts = [words.day(day), tr("{number} booked", number=load.booked)]
        if load.without_escort:
            parts.append(tr("{number} without escort", number=load.without_escort))
        return " · ".join(parts)

    def box(self, day: date) -> QRectF:
        """Where a day lies."""
        offset = (day - first_of_grid(self._month)).days
        width = self.width() / 7
        height = theme.px(ROW)
        return QRectF(offset % 7 * width, (offset // 7 + 1) * height, width, height)

    def day_at(self, point: QPoint) -> date | None:
        """The day of this month under a point."""
        row = int(point.y() // theme.px(ROW)) - 1
        column = int(point.x() // (self.width() / 7))
        day = first_of_grid(self._month) + timedelta(days=7 * row + column)
        shown = row >= 0 and 0 <= column < 7 and day.month == self._month.month
        return day if shown else None

    def sizeHint(self) -> QSize:
        """The weekdays and as many weeks as the month touches."""
        return QSize(theme.px(210), theme.px(ROW) * (1 + self._weeks()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(170), self.sizeHint().height())

    def _weeks(self) -> int:
        first = first_of_grid(self._month)
        return sum(
            any(
                (first + timedelta(days=7 * week + day)).month == self._month.month
                for day in range(7)
            )
            for week in range(WEEKS)
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A tooltip for each day."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.say(day) if day else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows choose another day."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.day_chosen.emit(self._day + timedelta(days=step))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekdays, days, bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("muted"))
        width, height = self.width() / 7, theme.px(ROW)
        for column in range(7):
            place = QRectF(column * width, 0, width, height)
            initial = words.weekday(column, short=True)[0]
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initial)
        days = [self._month]
        while (following := days[-1] + timedelta(days=1)).month == self._month.month:
            days.append(following)
        if self._day in days:
            self._paint_chosen(painter)
        self._paint_numbers(painter, days)
        self._paint_bars(painter, days)
        painter.end()

    def _paint_chosen(self, painter: QPainter) -> None:
        box = self.box(self._day)
        cell = QRectF(0, 0, min(theme.px(28), box.width()), box.height() - 1)
        cell.moveCenter(box.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(cell, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("ink"), 2))
            painter.drawRoundedRect(cell, 5, 5)

    def _paint_numbers(self, painter: QPainter, days: Sequence[date]) -> None:
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("ink"))
        standing_out = (self._today, self._day)
        for day in days:
            if day not in standing_out:
                self._paint_number(painter, day)
        painter.setFont(theme.font("note", strong=True))
        for day in set(standing_out) & set(days):
            painter.setPen(_on_accent() if day == self._day else theme.color("accent"))
            self._paint_number(painter, day)

    def _paint_number(self, painter: QPainter, day: date) -> None:
        place = self.box(day).adjusted(0, 1, 0, 1 - theme.px(6))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _paint_bars(self, painter: QPainter, days: Sequence[date]) -> None:
        """As long as the day is full; its end stands out where an escort is missing."""
        line, accent, red = QColor(theme.current().line), theme.color("accent"), theme.color("red")
        on_accent = _on_accent()
        quiet = QColor(on_accent)
        quiet.setAlphaF(0.35)
        width = theme.px(18)
        painter.setPen(Qt.PenStyle.NoPen)
        for day in days:
            load, box, chosen = self._loads.get(day, DayLoad()), self.box(day), day == self._day
            left = box.center().x() - width / 2
            top = box.bottom() - theme.px(3) - 3
            painter.fillRect(QRectF(left, top, width, 3), quiet if chosen else line)
            if load.booked:
                filled = QRectF(left, top, max(width * load.share, 3), 3)
                painter.fillRect(filled, on_accent if chosen else accent)
            if load.without_escort:
                painter.setBrush(on_accent if chosen else red)
                painter.drawEllipse(QRectF(left + width - 5, top - 1, 5, 5))


def _on_accent() -> QColor:
    tokens = theme.current()
    return QColor(tokens.bg if tokens.dark else tokens.surface)


class MonthCard(Card):
    """The month with its name and a step back and on. `day_chosen(date)`; `month_turned(date)`."""

    day_chosen = Signal(object)
    month_turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._month = date(2000, 1, 1)
        self._title = Label("", strong=True)
        self._title.setObjectName("month_title")
        back = _turner("month_back", "chevron-left", tr("Show an earlier month"))
        on = _turner("month_on", "chevron-right", tr("Show a later month"))
        self.days = MonthDays()
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._title, 1)
        top.addWidget(back)
        top.addWidget(on)
        self.body.setSpacing(2)
        self.body.addLayout(top)
        self.body.addWidget(self.days)
        back.clicked.connect(self._back)
        on.clicked.connect(self._on)
        self.days.day_chosen.connect(self.day_chosen)

    def month(self) -> date:
        """The first of the month shown."""
        return self._month

    def show_month(self, month: date, *, day: date, today: date) -> None:
        """Turns to the month."""
        self._month = month.replace(day=1)
        self._title.setText(f"{words.month(month.month)} {month.year}")
        self.days.show_month(month, day=day, today=today)

    @Slot()
    def _back(self) -> None:
        self.month_turned.emit((self._month - timedelta(days=1)).replace(day=1))

    @Slot()
    def _on(self) -> None:
        self.month_turned.emit((self._month + timedelta(days=32)).replace(day=1))


def _turner(name: str, icon: str, words_for_it: str) -> Button:
    button = Button(icon=icon, role="quiet", name=words_for_it)
    button.setObjectName(name)
    return button
