"""Paints what a hand points at or carries: a free place, a ghost; says how tiles stand out."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ketadesk.domain.changes import Span
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.places import Place, taken_by
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.calendar.day_layout import Sight, Tile
from ketadesk.ui.calendar.geometry import Box
from ketadesk.ui.calendar.ghost import Ghost, Kind
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.calendar.walking import Plan
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role
from ketadesk.ui.words import clock, person

NARROW_WORDS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
LEAST_GHOST = 104


class Hover(NamedTuple):
    """What the pointer is over: a tile, or a free quarter hour."""

    column: int
    row: int
    tile_id: AppointmentId | None = None


class Pointed(NamedTuple):
    """Which tiles stand out, and whether the keys go to the grid."""

    chosen: AppointmentId | None
    focused: bool
    hovered: AppointmentId | None = None
    lifted: AppointmentId | None = None

    def sight(self, tile: Tile) -> Sight:
        """How a tile is seen."""
        tile_id = tile.id
        if tile_id not in (self.chosen, self.hovered, self.lifted):
            return tile.sight
        selected = tile_id == self.chosen
        return tile.sight._replace(
            selected=selected,
            focused=selected and self.focused,
            hovered=tile_id == self.hovered,
            lifted=tile_id == self.lifted,
        )


def meets(box: Box, exposed: QRectF) -> bool:
    """Whether a box, or the edge of a pixel around it, has to be painted."""
    return (
        box.bottom > exposed.top() - 1
        and box.y < exposed.bottom() + 1
        and box.right > exposed.left() - 1
        and box.x < exposed.right() + 1
    )


def paint_free(
    painter: QPainter,
    box: QRectF,
    label: str,
    *,
    strong: bool,
) -> None:
    """A free quarter hour that is chosen, or only pointed at: its time, and a plus for booking."""
    box = box.adjusted(3.5, 0.5, -2.5, 0.5)
    accent = theme.color("accent")
    ground = QColor(theme.current().accent.background)
    ground.setAlphaF(1.0 if strong else 0.6)
    painter.setPen(QPen(accent, 2) if strong else QPen(ground, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    icon, font = theme.px(12), theme.font("small", strong=True)
    painter.setFont(font)
    painter.setPen(accent)
    if QFontMetricsF(font).horizontalAdvance(label) > box.width() - theme.px(16) - icon:
        painter.drawText(box, NARROW_WORDS, label if strong else "")
        return
    painter.drawPixmap(
        QPointF(box.left() + theme.px(8), round(box.center().y() - icon / 2)),
        pixmap("plus", role="accent", size=12),
    )
    box.setLeft(box.left() + theme.px(12) + icon)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)


def met_by(plan: Plan, ghost: Ghost) -> str:
    """Who has the chair already at that time."""
    place = Place(plan.chair_at(ghost.column).id, Span(ghost.starts, ghost.ends))
    itself = ghost.tile.id if ghost.tile is not None else None
    visits = (tile.visit for tile in plan.tiles if tile.id != itself)
    taken = taken_by(visits, place)
    return person(taken.patient_name) if taken is not None else ""


def paint_ghost(
    painter: QPainter, box: QRectF, ghost: Ghost, local: Local, *, meets: str, right: float
) -> None:
    """Where it would lie, with the snapped times in words, and whom it would share with.

    In a narrow column it is wider than its place, so that the times can be read; `right` is as far
    as it may go.
    """
    least = theme.px(LEAST_GHOST)
    if box.width() < least:
        box = QRectF(min(box.left(), right - least), box.top(), least, box.height())
    box = box.adjusted(1, 1, -1, -1)
    role: Role = "red" if meets else "accent"
    ground = QColor(theme.current().pair(role).background)
    ground.setAlphaF(1.0 if meets else 0.94)
    painter.setPen(QPen(theme.color(role), 2))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 6, 6)
    words = f"{clock(local(ghost.starts))}–{clock(local(ghost.ends))}"
    if ghost.kind is not Kind.MOVE:
        words += f" · {ghost.minutes} min"
    lines = [words] if ghost.tile is None else [words, person(ghost.tile.visit.patient_name)]
    if meets:
        lines.append(tr("taken by {name}", name=meets))
    room = box.adjusted(theme.px(10), 2, -theme.px(6), -1)
    painter.setPen(theme.color("ink"))
    for index, line in enumerate(lines):
        font = theme.font("body" if index == 0 else "note", strong=index == 0)
        painter.setFont(font)
        height = min(theme.px(19), room.height())
        if height < theme.px(10):
            break
        shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(
            QRectF(room.left(), room.top(), room.width(), height),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            shown,
        )
        room.setTop(room.top() + height)
