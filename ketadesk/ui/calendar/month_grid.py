"""The month as a grid of days: how full each is, what is closed, who is short of an escort."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar import month_words
from ketadesk.ui.calendar.grid_words import announce
from ketadesk.ui.calendar.month_card import STEPS
from ketadesk.ui.calendar.month_painter import HEADER, MonthPainter, Seen
from ketadesk.ui.calendar.overview import WEEKS, MonthDay, MonthPlan, first_of_grid
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.widgets.keys import is_enter


class MonthGrid(QWidget):
    """`day_chosen(date)` by a click or the arrows; `day_opened(date)` by Enter or two clicks."""

    day_chosen = Signal(object)
    day_opened = Signal(object)

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month_grid")
        self.setAccessibleName(tr("Month"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._local = local
        self._painter = MonthPainter()
        self._day = self._today = date(2000, 1, 1)
        self._plan: MonthPlan | None = None

    def show_day(self, day: date, *, today: date) -> None:
        """Which day the cursor is on, and which is today."""
        self._day, self._today = day, today
        self._changed()

    def show_plan(self, plan: MonthPlan) -> None:
        """How full the days of a month are."""
        self._plan = plan
        self._changed()

    def day(self) -> date:
        """The day with the cursor."""
        return self._day

    def say(self, day: date) -> str:
        """A day in words, for its tooltip and the screen reader."""
        return month_words.describe(self._of(day), local=self._local, today=self._today)

    def box(self, day: date) -> QRectF:
        """Where a day lies."""
        offset = (day - first_of_grid(self._month())).days
        top = theme.px(HEADER)
        width, height = self.width() / 7, (self.height() - top) / WEEKS
        return QRectF(offset % 7 * width, top + offset // 7 * height, width, height)

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point, of this month or of its neighbours."""
        first = first_of_grid(self._month())
        days = (first + timedelta(days=offset) for offset in range(7 * WEEKS))
        return next((day for day in days if self.box(day).contains(point)), None)

    def _month(self) -> date:
        return self._day.replace(day=1)

    def _of(self, day: date) -> MonthDay:
        days = self._plan.days if self._plan is not None else ()
        return next((one for one in days if one.day == day), MonthDay(day, month_words.NOTHING))

    def _changed(self) -> None:
        announce(self, self.say(self._day))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk over days and weeks, Home and End go to the month's ends, Enter opens."""
        key = Qt.Key(event.key())
        following = (self._month() + timedelta(days=32)).replace(day=1)
        if is_enter(event):
            self.day_opened.emit(self._day)
        elif key in STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.day_chosen.emit(self._day + timedelta(days=STEPS[key]))
        elif key == Qt.Key.Key_Home:
            self.day_chosen.emit(self._month())
        elif key == Qt.Key.Key_End:
            self.day_chosen.emit(following - timedelta(days=1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the day."""
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the day."""
        day = self.day_at(event.position())
        if day is not None:
            self.day_opened.emit(day)

    def event(self, event: QEvent) -> bool:
        """A tooltip for each day."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))
            text = theme.plain_tooltip(self.say(day)) if day is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """What was measured in another size is measured again."""
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self._painter.renew()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekdays, then day by day."""
        painter = QPainter(self)
        self._painter.paint_ground(painter, QRectF(self.rect()))
        first = first_of_grid(self._month())
        for offset in range(7 * WEEKS):
            one = self._of(first + timedelta(days=offset))
            seen = Seen(
                today=one.day == self._today,
                chosen=one.day == self._day,
                focused=self.hasFocus(),
                beside=one.day.month != self._day.month,
            )
            self._painter.paint_day(painter, self.box(one.day), one, seen)
        painter.end()
