"""What the day's grid shows and how it scrolls; keys and mouse are in `day_grid`."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar import walking
from ketadesk.ui.calendar.chair_names import header_height, tip
from ketadesk.ui.calendar.day_layout import DayPlan, Tile, told_at
from ketadesk.ui.calendar.day_painter import Hover, paint_day
from ketadesk.ui.calendar.geometry import Geometry, day_rows, row_height_for
from ketadesk.ui.calendar.ghost import Ghost
from ketadesk.ui.calendar.tile_painter import TilePainter
from ketadesk.ui.calendar.visit_text import Local, description
from ketadesk.ui.calendar.walking import Cursor

GUTTER = 58
LEAST_ROW = 12
LARGEST_ROW = 26


class DaySurface(QAbstractScrollArea):
    """Shows a `DayPlan`; `choice_changed` comes when another visit, or none, is chosen."""

    choice_changed = Signal()

    def __init__(self, *, local: Local, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("day_grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Day"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._local = local
        self._tiles = TilePainter()
        self._plan: DayPlan | None = None
        self._now: datetime | None = None
        self._cursor: Cursor | None = None
        self._hover: Hover | None = None
        self._ghost: Ghost | None = None
        self._by_keys = False
        self._pressed: tuple[QPoint, int] | None = None
        self._top_row: float = 0
        self._header = 0

    # What it shows

    def show_plan(self, plan: DayPlan, now: datetime) -> None:
        """A day, or the same day read again: choice and scroll position stay."""
        same_day = self._plan is not None and self._plan.axis.day == plan.axis.day
        self._plan, self._now = plan, now
        self._hover = None
        if self._pressed is None and not self._by_keys:
            self._ghost = None
        if self._cursor is not None:
            self._cursor = walking.kept(plan, self._cursor)
        if not same_day:
            self._top_row = self._window()[0]
        self._measure()
        self._say()
        self.choice_changed.emit()

    def set_now(self, now: datetime) -> None:
        """The present moment moved; minutes on tiles count on."""
        if self._now is None or (now.hour, now.minute) != (self._now.hour, self._now.minute):
            self._now = now
            if self._plan is not None:
                self._plan = told_at(self._plan, now=now, local=self._local)
            self.viewport().update()

    def plan(self) -> DayPlan | None:
        return self._plan

    def chosen(self) -> AppointmentId | None:
        """The visit the cursor is on."""
        return self._cursor.tile_id if self._cursor else None

    def cursor_place(self) -> Cursor | None:
        return self._cursor

    def choose(self, appointment_id: AppointmentId) -> None:
        """Puts the cursor on a visit and scrolls it into sight."""
        tile = self._plan.tile(appointment_id) if self._plan else None
        if self._plan is not None and tile is not None:
            self._set_cursor(walking.on_tile(self._plan, tile))

    def ghost(self) -> Ghost | None:
        """What is being moved, resized or marked."""
        return self._ghost

    def drop_ghost(self) -> None:
        """Forgets what was being moved; everything lies where it is written."""
        self._ghost, self._pressed, self._by_keys = None, None, False
        self.viewport().update()

    def geometry_now(self) -> Geometry:
        """Where everything lies at this moment, for painting and for tests."""
        assert self._plan is not None
        return Geometry(
            self._plan.axis,
            columns=len(self._plan.chairs),
            width=self.viewport().width(),
            height=self.viewport().height(),
            row_height=self._row_height(),
            gutter=theme.px(GUTTER),
            header=self._header,
            scrolled=self.verticalScrollBar().value(),
        )

    def tile_box(self, tile: Tile) -> QRectF:
        return QRectF(
            *self.geometry_now().box_of_rows(
                tile.column, tile.rows, left=tile.left, right=tile.right
            )
        )

    # Size

    def _window(self) -> tuple[int, int]:
        """The rows that should be in sight: opening hours and visits, a quarter hour around."""
        assert self._plan is not None
        axis = self._plan.axis
        spans = [tile.span for tile in self._plan.tiles]
        spans += [
            (axis.moment(top), axis.moment(bottom))
            for top, bottom in self._plan.open_rows
            if bottom - top < axis.rows
        ]
        if not spans:
            spans = [(axis.moment(axis.row_at_clock(8)), axis.moment(axis.row_at_clock(18)))]
        first, last = day_rows(axis, spans)
        return max(first - 1, 0), min(last + 1, axis.rows)

    def _row_height(self) -> float:
        first, last = self._window()
        room = self.viewport().height() - self._header
        height = row_height_for(room, rows=last - first, least=theme.px(LEAST_ROW))
        return min(height, theme.px(LARGEST_ROW))

    def _measure(self) -> None:
        """Fits what can be scrolled to the size, with the same row on top as before."""
        if self._plan is None:
            return
        column_width = (self.viewport().width() - theme.px(GUTTER)) / max(len(self._plan.chairs), 1)
        self._header = header_height(self._plan.chairs, column_width)
        geometry, top = self.geometry_now(), self._top_row
        room = round(self.viewport().height() - geometry.header)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(geometry.total_height - room)))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(round(4 * geometry.row_height))
        bar.setValue(round(top * geometry.row_height))
        self._top_row = top
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the same time on top."""
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measures again when text grows."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_tiles"):
            self._tiles.renew()
            self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is under the header moves as it was painted; only what comes into sight is new."""
        if self._plan is None:
            return
        self._top_row = self.verticalScrollBar().value() / self._row_height()
        header = self._header
        self.viewport().scroll(0, dy, self.viewport().rect().adjusted(0, header, 0, 0))

    # Painting and words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed is painted."""
        painter = QPainter(self.viewport())
        exposed = QRectF(event.rect())
        if self._plan is None:
            painter.fillRect(exposed, theme.color("surface"))
        else:
            paint_day(
                painter,
                self.geometry_now(),
                self._plan,
                tiles=self._tiles,
                exposed=exposed,
                now=self._now,
                local=self._local,
                cursor=self._cursor,
                focused=self.hasFocus(),
                hover=self._hover,
                ghost=self._ghost,
            )
        painter.end()

    def describe(self, tile: Tile) -> str:
        """The tile in full, for tooltip and screen reader."""
        assert self._plan is not None and self._now is not None
        chair = self._plan.chairs[tile.column].name
        return description(tile.visit, chair=chair, now=self._now, local=self._local)

    def _say(self) -> None:
        """Tells a screen reader where the cursor is."""
        if self._plan is None or self._cursor is None:
            text = ""
        elif (tile := self._chosen_tile()) is not None:
            text = self.describe(tile)
        else:
            text = self._describe_slot(self._plan, self._cursor)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if self.hasFocus():
                event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
                QAccessible.updateAccessibility(event)

    def _describe_slot(self, plan: DayPlan, place: Cursor) -> str:
        chair = plan.chairs[place.column].name if plan.chairs else ""
        time, closure = self._time(place.row), plan.closure_at(place.column, place.row)
        if closure is None:
            return tr("Free: {time}, {chair}", time=time, chair=chair)
        return tr(
            "Closed: {time}, {chair}, {reason}", time=time, chair=chair, reason=closure.reason
        )

    def _time(self, row: int) -> str:
        assert self._plan is not None
        return words.clock(self._plan.axis.local(row))

    # The cursor and the pointer

    def _set_cursor(self, cursor: Cursor) -> None:
        before = self.chosen()
        self._cursor = cursor
        self._show_cursor()
        self._say()
        self.viewport().update()
        if before != cursor.tile_id:
            self.choice_changed.emit()

    def _show_cursor(self) -> None:
        """Scrolls so that the chosen place can be seen whole, or at least its top."""
        tile = self._chosen_tile()
        if self._plan is None or self._cursor is None:
            return
        first, last = self._cursor.row, self._cursor.row + 1
        if tile is not None:
            first, last = walking.rows_of(self._plan, tile)
        height = self._row_height()
        bar = self.verticalScrollBar()
        room = self.viewport().height() - self._header
        top = min(bar.value(), int(first * height))
        if last * height > top + room:
            top = min(round(last * height - room), int(first * height))
        bar.setValue(max(top, 0))

    def _chosen_tile(self) -> Tile | None:
        if self._plan is None or self._cursor is None:
            return None
        return self._plan.tile(self._cursor.tile_id)

    def _tile_at(self, point: QPoint) -> Tile | None:
        if self._plan is None or not self.geometry_now().on_grid(point.x(), point.y()):
            return None
        where = QPointF(point)
        return next(
            (tile for tile in self._plan.tiles if self.tile_box(tile).contains(where)), None
        )

    def _tip_at(self, point: QPoint) -> str:
        """The visit under a point, or the whole name of the chair."""
        if self._plan is None or not self._plan.chairs:
            return ""
        geometry, tile = self.geometry_now(), self._tile_at(point)
        if tile is not None:
            return self.describe(tile)
        if point.y() >= geometry.header or point.x() < geometry.gutter:
            return ""
        return tip(self._plan.chairs, geometry.column_at(point.x()))

    def _set_hover(self, hover: Hover | None) -> None:
        if hover != self._hover:
            for each in (self._hover, hover):
                if each is not None:
                    self.viewport().update(self._hover_box(each))
            self._hover = hover

    def _hover_box(self, hover: Hover) -> QRect:
        tile = self._plan.tile(hover.tile_id) if self._plan else None
        geometry = self.geometry_now()
        box = (
            QRectF(*geometry.slot(hover.column, hover.row)) if tile is None else self.tile_box(tile)
        )
        return box.adjusted(-2, -2, 2, 2).toAlignedRect()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips, and forgetting the hover when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._set_hover(None)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = "" if self._ghost else theme.plain_tooltip(self._tip_at(event.pos()))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Moving with the keys ends when the keys go elsewhere."""
        super().focusOutEvent(event)
        if self._by_keys:
            self.drop_ghost()
        self.viewport().update()
