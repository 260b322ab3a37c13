"""A grid of visits: chairs as columns, quarter hours as rows, visits as tiles side by side.

It shows and asks; it writes nothing. What a person wants is told by signals. Keys and mouse are
read in `grid_keys` and `grid_mouse`. A day and a week are such grids: each has a port, which says
what of its plan is in sight and where, and a painter.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ketadesk.domain.ids import AppointmentId
from ketadesk.ui import theme
from ketadesk.ui.calendar import ghost as ghosts
from ketadesk.ui.calendar import grid_words, walking
from ketadesk.ui.calendar.day_layout import Tile
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.grid_keys import GridKeys
from ketadesk.ui.calendar.grid_mouse import GridMouse
from ketadesk.ui.calendar.hand import Hand, can_move
from ketadesk.ui.calendar.tile_painter import TilePainter
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.walking import Cursor, Plan


class Port(Protocol):
    """Looks onto a plan through the grid's viewport."""

    def geometry(self, plan: Any) -> Any: ...

    def begin(self, plan: Any) -> None: ...

    def measure(self, plan: Any) -> None: ...

    def scroll(self, plan: Any, dy: int) -> None: ...

    def show_rows(self, plan: Any, first: float, last: float) -> None: ...

    def show_ghost(self, plan: Any, held: Ghost) -> None: ...

    def tip(self, plan: Any, point: QPoint) -> str: ...


class VisitGrid(QAbstractScrollArea):
    """Signals: `choice_changed()` when another visit, or none, is chosen; `cursor_moved()`;
    `slot_chosen(ChairId, datetime)` to book there; `visit_opened(AppointmentId)`;
    `moved(AppointmentId, ChairId, datetime)`; `resized(AppointmentId, minutes)`;
    `menu_wanted(QPoint)` on a visit, where on the screen. Moments are UTC.
    """

    choice_changed = Signal()
    cursor_moved = Signal()
    slot_chosen = Signal(object, object)
    visit_opened = Signal(object)
    moved = Signal(object, object, object)
    resized = Signal(object, int)
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        *,
        name: str,
        title: str,
        local: Local,
        port: Callable[[QAbstractScrollArea], Port],
        paint: Callable[..., None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(title)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._local = local
        self._tiles = TilePainter()
        self._paint = paint
        self._plan: Any = None
        self._now: datetime | None = None
        self._cursor: Cursor | None = None
        self._hand = Hand()
        self._keys, self._mouse = GridKeys(self, self._hand), GridMouse(self, self._hand)
        self._port = port(self)

    # What it shows

    def take_plan(self, plan: Plan, now: datetime, *, anew: bool) -> None:
        """A plan; `anew` says that it is not the one shown before, read again: then choice and
        scroll position stay.
        """
        self._plan, self._now = plan, now
        self._mouse.forget()
        if not self._hand.busy:
            self._hand.ghost = None
        if self._cursor is not None:
            self._cursor = walking.kept(plan, self._cursor)
        if anew:
            self._port.begin(plan)
        self._port.measure(plan)
        self._say()
        self.choice_changed.emit()

    def set_now(self, now: datetime) -> None:
        """The present moment moved; minutes on tiles count on."""
        if self._now is None or (now.hour, now.minute) != (self._now.hour, self._now.minute):
            self._now = now
            if self._plan is not None:
                self._plan = self._plan.told_at(now=now, local=self._local)
            self.viewport().update()

    def plan(self) -> Any:
        """What is shown, None before something is."""
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
            self.set_cursor(walking.on_tile(self._plan, tile))

    def ghost(self) -> Ghost | None:
        """What is being moved, resized or marked."""
        return self._hand.ghost

    def drop_ghost(self) -> None:
        """Forgets what was being moved; everything lies where it is written."""
        self._hand.open()
        self.viewport().update()

    def geometry_now(self) -> Any:
        """Where everything lies at this moment, for painting and for tests."""
        assert self._plan is not None
        return self._port.geometry(self._plan)

    def tile_box(self, tile: Tile) -> QRectF:
        return QRectF(
            *self.geometry_now().box_of_rows(
                tile.column, tile.rows, left=tile.left, right=tile.right
            )
        )

    # Size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the same time on top."""
        if self._plan is not None:
            self._port.measure(self._plan)

    def changeEvent(self, event: QEvent) -> None:
        """Measures again when text grows."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_tiles"):
            self._tiles.renew()
            if self._plan is not None:
                self._port.measure(self._plan)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._plan is not None:
            self._port.scroll(self._plan, dy)

    # Painting and words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed is painted."""
        painter = QPainter(self.viewport())
        exposed = QRectF(event.rect())
        if self._plan is None:
            painter.fillRect(exposed, theme.color("surface"))
        else:
            self._paint(
                painter,
                self.geometry_now(),
                self._plan,
                tiles=self._tiles,
                exposed=exposed,
                now=self._now,
                local=self._local,
                cursor=self._cursor,
                focused=self.hasFocus(),
                hover=self._mouse.hover,
                ghost=self._hand.ghost,
            )
        painter.end()

    def _describe(self, tile: Tile) -> str:
        assert self._plan is not None and self._now is not None
        return grid_words.describe(self._plan, tile, now=self._now, local=self._local)

    def _say(self) -> None:
        """Tells a screen reader where the cursor is."""
        if self._plan is None or self._cursor is None:
            text = ""
        elif (tile := self.chosen_tile()) is not None:
            text = self._describe(tile)
        else:
            text = grid_words.describe_free(self._plan, self._cursor)
        grid_words.announce(self, text)

    # The cursor and the pointer

    def set_cursor(self, cursor: Cursor) -> None:
        before = self.chosen()
        self._cursor = cursor
        self._show_cursor()
        self._say()
        self.viewport().update()
        if before != cursor.tile_id:
            self.choice_changed.emit()
        self.cursor_moved.emit()

    def _show_cursor(self) -> None:
        if self._plan is None or self._cursor is None:
            return
        tile, row = self.chosen_tile(), self._cursor.row
        rows = (row, row + 1) if tile is None else walking.rows_of(self._plan, tile)
        self._port.show_rows(self._plan, *rows)

    def chosen_tile(self) -> Tile | None:
        if self._plan is None or self._cursor is None:
            return None
        return self._plan.tile(self._cursor.tile_id)

    def tile_at(self, point: QPoint) -> Tile | None:
        if self._plan is None or not self.geometry_now().on_grid(point.x(), point.y()):
            return None
        where, geometry = QPointF(point), self.geometry_now()
        column = geometry.column_at(point.x())
        row = geometry.row_at(point.y(), column)
        here = self._plan.tiles_in(column, row, row + 1)
        return next((tile for tile in here if self.tile_box(tile).contains(where)), None)

    def _tip_at(self, point: QPoint) -> str:
        if self._plan is None or self._hand.ghost is not None:
            return ""
        tile = self.tile_at(point)
        if tile is not None:
            return self._describe(tile)
        geometry = self.geometry_now()
        if not geometry.on_grid(point.x(), point.y()):
            return self._port.tip(self._plan, point)
        column = geometry.column_at(point.x())
        place = Cursor(column, geometry.row_at(point.y(), column))
        return grid_words.describe_closed(self._plan, place)

    # What a person does

    def lift(self) -> None:
        """Begins to move the chosen visit with the arrow keys; Enter lets go, Esc leaves it."""
        tile = self.chosen_tile()
        if tile is not None and can_move(tile):
            self.hold(ghosts.of_tile(Kind.MOVE, tile))

    def go_to_chair(self, column: int) -> None:
        """The same time in a chair of the day, by its number."""
        if self._plan is not None:
            place = self.place()
            day = self._plan.day_of(place.column)
            if column < day.columns:
                self.set_cursor(walking.at(self._plan, day.first_column + column, place.row))

    def menu_point(self) -> QPoint:
        """Where a menu for the chosen place belongs, on the screen."""
        tile = self.chosen_tile()
        place = self.place()
        box = QRectF(*self.geometry_now().slot(place.column, place.row))
        if tile is not None:
            box = self.tile_box(tile)
        return self.viewport().mapToGlobal(
            QPointF(box.left() + theme.px(24), box.top() + theme.px(24)).toPoint()
        )

    def place(self) -> Cursor:
        """The cursor, or where it begins: now, or when the clinic opens."""
        assert self._plan is not None
        return self._cursor or walking.start(self._plan, self._now, column=self.home_column())

    def home_column(self) -> int:
        """Where the cursor begins."""
        return 0

    def ask_for(self, column: int, row: int) -> None:
        """Says that somebody is to be booked there."""
        assert self._plan is not None
        moment = self._plan.axis_at(column).moment(row)
        self.slot_chosen.emit(self._plan.chair_at(column).id, moment)

    def hold(self, held: Ghost) -> None:
        """Takes hold of something by keys, or carries it on."""
        assert self._plan is not None
        self._hand.ghost, self._hand.by_keys = held, True
        self._port.show_ghost(self._plan, held)
        self.viewport().update()

    def let_go(self) -> None:
        """Says what is wanted. The ghost stays in its place until the day is read again."""
        held, self._hand.pressed, self._hand.by_keys = self._hand.ghost, None, False
        if held is None or self._plan is None:
            return
        if held.tile is None:
            self.drop_ghost()
            self.slot_chosen.emit(self._plan.chair_at(held.column).id, held.starts)
        elif not held.changed:
            self.drop_ghost()
        elif held.kind is Kind.MOVE:
            self.moved.emit(held.tile.id, self._plan.chair_at(held.column).id, held.starts)
        else:
            self.resized.emit(held.tile.id, held.minutes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; while something is held they carry it."""
        plan = self._plan
        if plan is None or not plan.columns or not self._keys.press(event, plan):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._keys.release(event)
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._plan is not None:
            self._mouse.press(event, self._plan)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._plan is not None:
            self._mouse.move(event, self._plan)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the visit."""
        tile = self.tile_at(event.position().toPoint())
        if tile is not None:
            self.visit_opened.emit(tile.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen visit, by mouse or by the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.menu_point())
        else:
            self.menu_wanted.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips, and forgetting the hover when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._mouse.set_hover(None)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = theme.plain_tooltip(self._tip_at(event.pos()))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Moving with the keys ends when the keys go elsewhere."""
        super().focusOutEvent(event)
        if self._hand.by_keys:
            self.drop_ghost()
        self.viewport().update()
