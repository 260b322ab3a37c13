"""The chairs' names over the day's columns, in two lines where one has no room."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ketadesk.domain.clinic import Chair
from ketadesk.ui import theme
from ketadesk.ui.calendar.geometry import Geometry
from ketadesk.ui.calendar.letters import Letters
from ketadesk.ui.widgets.key_hint import key_hint_size, paint_key_hint

MOST_CHAIR_KEYS = 6
LINE = 18
PADDING = 14
"""Above and below the names together."""


def header_height(chairs: Sequence[Chair], column_width: float) -> int:
    """As high as the longest name needs in its column: one line or two."""
    letters = _letters()
    rows = [len(_lines(chair.name, column_width, letters)) for chair in chairs]
    return theme.px(PADDING + max(rows, default=1) * LINE)


def tip(chairs: Sequence[Chair], column: int) -> str:
    """The whole name, and the key where there is one."""
    name = chairs[column].name
    return f"{name}  ({column + 1})" if column < MOST_CHAIR_KEYS else name


def paint_header(
    painter: QPainter, geometry: Geometry, chairs: Sequence[Chair], *, chosen: int | None
) -> None:
    """Each name with the key that jumps to the chair, which the tooltip has too, if it has room."""
    line = QPen(QColor(theme.current().line), 1)
    painter.fillRect(QRectF(0, 0, geometry.width, geometry.header), theme.color("surface"))
    letters = _letters()
    height = theme.px(LINE)
    for column, chair in enumerate(chairs):
        left = geometry.x(column) + theme.px(10)
        names = _lines(chair.name, geometry.column_width, letters)
        top = (geometry.header - len(names) * height) / 2
        painter.setFont(letters.font)
        painter.setPen(theme.color("accent" if column == chosen else "ink"))
        for row, name in enumerate(names):
            y = round(top) + row * height + letters.baseline(height)
            painter.drawText(QPointF(left, y), name)
        if column < MOST_CHAIR_KEYS:
            after = letters.width(names[0]) + theme.px(8)
            if after + _key_width() <= _room(geometry.column_width):
                _paint_key(painter, str(column + 1), QPointF(left + after, top))
        painter.setPen(line)
        x = round(geometry.x(column)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, geometry.header))
    painter.setPen(line)
    bottom = geometry.header - 0.5
    painter.drawLine(QPointF(0, bottom), QPointF(geometry.width, bottom))


def _paint_key(painter: QPainter, key: str, corner: QPointF) -> None:
    size = key_hint_size(key).toSizeF()
    y = corner.y() + (theme.px(LINE) - size.height()) / 2
    place = QRectF(corner.x(), y, size.width(), size.height())
    paint_key_hint(painter, place, key, color=theme.color("muted"))


def _letters() -> Letters:
    return Letters(theme.font("body", strong=True))


def _room(column_width: float) -> float:
    return column_width - theme.px(18)


def _key_width() -> int:
    return key_hint_size("0").width()


def _lines(name: str, column_width: float, letters: Letters) -> list[str]:
    """The name, or broken between words into two lines, cut where it must be."""
    room = _room(column_width)
    if letters.width(name) <= room:
        return [name]
    first, _, rest = name.partition(" · ")
    if rest and letters.width(first) <= room:
        return [first, letters.cut(rest, room)]
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        if letters.width(" ".join(words[:count])) <= room:
            return [" ".join(words[:count]), letters.cut(" ".join(words[count:]), room)]
    return [letters.cut(name, room)]
