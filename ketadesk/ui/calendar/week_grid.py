"""The week at a glance: read-only; a click or the arrows choose, Enter opens the day."""

from datetime import date, datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.tile_painter import TilePainter
from ketadesk.ui.calendar.visit_text import Local, description
from ketadesk.ui.calendar.week_layout import DAYS, WeekGeometry, WeekPlan, told_at
from ketadesk.ui.calendar.week_painter import paint_week

GUTTER = 58
HEADER = 44


class WeekGrid(QWidget):
    """`day_opened(date, AppointmentId or None)`; `choice_changed()`; `day_chosen(date)`."""

    day_opened = Signal(object, object)
    day_chosen = Signal(object)
    choice_changed = Signal()

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("week_grid")
        self.setAccessibleName(tr("Week"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._local = local
        self._tiles = TilePainter()
        self._plan: WeekPlan | None = None
        self._now: datetime | None = None
        self._day = 0
        self._chosen: AppointmentId | None = None

    def show_plan(self, plan: WeekPlan, *, day: date, now: datetime) -> None:
        """A week, with the cursor on one of its days; the chosen visit stays chosen."""
        self._plan, self._now = plan, now
        self._day = min(max((day - plan.days[0].axis.day).days, 0), DAYS - 1)
        if plan.days[self._day].tile(self._chosen) is None:
            self._chosen = None
        self._changed()

    def set_now(self, now: datetime) -> None:
        """The present moment moved; minutes on tiles count on."""
        if self._now is None or (now.hour, now.minute) == (self._now.hour, self._now.minute):
            return
        self._now = now
        if self._plan is not None:
            self._plan = told_at(self._plan, now=now, local=self._local)
        self.update()

    def chosen(self) -> AppointmentId | None:
        return self._chosen

    def geometry_now(self) -> WeekGeometry:
        """Where everything lies at this moment."""
        assert self._plan is not None
        return WeekGeometry(
            self._plan,
            width=self.width(),
            height=self.height(),
            gutter=theme.px(GUTTER),
            header=theme.px(HEADER),
        )

    def choose(self, day: int, appointment_id: AppointmentId | None = None) -> None:
        """Puts the cursor on a day, and on a visit of it."""
        assert self._plan is not None
        turned = day != self._day
        self._day, self._chosen = day, appointment_id
        self._changed()
        if turned:
            self.day_chosen.emit(self._plan.days[day].axis.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right turn days, up and down walk their visits, Enter opens the day."""
        key = event.key()
        if self._plan is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            day = self._day + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= day < DAYS:
                self.choose(day)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the day and the visit under the pointer."""
        if self._plan is not None and event.position().x() >= theme.px(GUTTER):
            day = self.geometry_now().day_at(event.position().x())
            tile = self._tile_at(event.position())
            self.choose(day, tile.id if tile else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the day."""
        if self._plan is not None and event.position().x() >= theme.px(GUTTER):
            self._open()

    def _walk(self, step: int) -> None:
        assert self._plan is not None
        ids = [
            tile.id
            for tile in sorted(
                self._plan.days[self._day].tiles, key=lambda tile: (tile.span[0], tile.column)
            )
        ]
        if not ids:
            return
        if self._chosen in ids:
            place = min(max(ids.index(self._chosen) + step, 0), len(ids) - 1)
        else:
            place = 0 if step > 0 else len(ids) - 1
        self.choose(self._day, ids[place])

    def _open(self) -> None:
        assert self._plan is not None
        self.day_opened.emit(self._plan.days[self._day].axis.day, self._chosen)

    def _changed(self) -> None:
        self.setAccessibleDescription(self._say())
        self.update()
        self.choice_changed.emit()

    def _say(self) -> str:
        assert self._plan is not None
        plan = self._plan.days[self._day]
        tile = plan.tile(self._chosen)
        day = words.day(plan.axis.day)
        return f"{day}\n{self._describe(self._day, tile)}" if tile else day

    def _describe(self, day: int, tile: Tile) -> str:
        assert self._plan is not None and self._now is not None
        chair = self._plan.days[day].chairs[tile.column].name
        return description(tile.visit, chair=chair, now=self._now, local=self._local)

    def _tile_at(self, point: QPointF) -> Tile | None:
        if self._plan is None:
            return None
        geometry = self.geometry_now()
        day = geometry.day_at(point.x())
        tiles = self._plan.days[day].tiles
        return next(
            (tile for tile in tiles if QRectF(*geometry.box(day, tile)).contains(point)), None
        )

    def event(self, event: QEvent) -> bool:
        """A tooltip with the visit in full."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tile = self._tile_at(QPointF(event.pos()))
            text = ""
            if tile is not None:
                day = self.geometry_now().day_at(event.pos().x())
                text = theme.plain_tooltip(self._describe(day, tile))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """What was drawn in other colours or sizes is drawn again."""
        super().changeEvent(event)
        if theme.is_theme_change(event):
            self._tiles.renew()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed is painted."""
        painter = QPainter(self)
        if self._plan is None or self._now is None:
            painter.fillRect(event.rect(), theme.color("surface"))
        else:
            paint_week(
                painter,
                self.geometry_now(),
                tiles=self._tiles,
                exposed=QRectF(event.rect()),
                now=self._now,
                local=self._local,
                day=self._day,
                chosen=self._chosen,
                focused=self.hasFocus(),
            )
        painter.end()
