"""Paints visits as tiles, all of a grid together: grounds first, then the words style by style.

A tile costs a copied picture and a few lines of text; nothing is measured or shaped twice.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ketadesk.ui import theme
from ketadesk.ui.calendar.day_layout import Sight, TilePart
from ketadesk.ui.calendar.geometry import Box
from ketadesk.ui.calendar.tile_ground import STRIPE, Ground, draw_ground
from ketadesk.ui.calendar.tile_words import Style, Styles, TileWords, set_words
from ketadesk.ui.calendar.visit_text import TileText
from ketadesk.ui.theme import Tone

ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
LIFTED = 0.45
MOST_KEPT = 3000
"""Pictures and settings of words; more than any week needs, some megabytes at the most."""


class ShownTile(NamedTuple):
    """A tile to be painted: where, what it says, which parts it has.

    `now_y` is the height of the present moment where the tile's day has it; it goes under the
    words, because it must not strike a name through.
    """

    box: Box
    text: TileText
    parts: tuple[TilePart, ...]
    sight: Sight
    now_y: float | None = None


class TilePainter:
    """Keeps what it has drawn and set for the next painting; each grid has its own."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forgets everything: colours or text sizes are others now."""
        self._styles: Styles | None = None
        self._grounds: dict[tuple[Ground, float], QPixmap] = {}
        self._words: dict[tuple[object, ...], TileWords] = {}

    def paint(self, painter: QPainter, tiles: Iterable[ShownTile]) -> None:
        """Paints them; the painter keeps its state, but for font, pen and brush."""
        lying: dict[tuple[Style, Tone], list[tuple[QPointF, str]]] = {}
        upright: dict[tuple[Style, Tone], list[tuple[QPointF, str]]] = {}
        ratio = painter.device().devicePixelRatio()
        for tile in tiles:
            if tile.sight.lifted:
                painter.setOpacity(LIFTED)
                self.paint(painter, [tile._replace(sight=tile.sight._replace(lifted=False))])
                painter.setOpacity(1.0)
                continue
            left, top, width, height = self._ground(painter, tile, ratio)
            words = self._words_of(tile, width, height)
            if words.cut:
                self._draw_cut(painter, QRectF(left, top, width, height), words)
                continue
            for sign in words.signs:
                painter.drawPixmap(QPointF(left + sign.x, top + sign.y), sign.drawn)
            for style, tone, x, y, text in words.runs:
                place = (QPointF(left + x, top + y), text)
                lying.setdefault((style, tone), []).append(place)
            if words.upright is not None:
                style, tone, x, y, text = words.upright
                # Turned by a quarter, down is along and left is below.
                turned = (QPointF(top + x, y - left - width), text)
                upright.setdefault((style, tone), []).append(turned)
        self._draw(painter, lying)
        if upright:
            painter.save()
            painter.rotate(90)
            self._draw(painter, upright)
            painter.restore()

    def _ground(
        self, painter: QPainter, tile: ShownTile, ratio: float
    ) -> tuple[float, float, float, float]:
        """Copies the tile's ground; where it lies now, on whole pixels."""
        x, y, width, height = tile.box
        left, top = round(x * ratio), round(y * ratio)
        width = max(round(width * ratio), 1)  # equal tiles stay equal, so that grounds are shared
        height = max(round(height * ratio), 1)
        ground = Ground(tile.text.status.role, width, height, tile.parts, tile.sight)
        drawn = self._grounds.get((ground, ratio))
        if drawn is None:
            drawn = _keep(self._grounds, (ground, ratio), draw_ground(ground, ratio))
        area = (left / ratio, top / ratio, width / ratio, height / ratio)
        painter.drawPixmap(QPointF(area[0], area[1]), drawn)
        if tile.now_y is not None and area[1] < tile.now_y < area[1] + area[3]:
            line = QColor(theme.color("red"))
            line.setAlphaF(0.4)
            painter.fillRect(QRectF(area[0] + STRIPE, tile.now_y - 1, area[2] - STRIPE, 2), line)
        return area

    def _words_of(self, tile: ShownTile, width: float, height: float) -> TileWords:
        absent, over = tile.sight.absent, tile.sight.over
        styles = self._fonts()
        if width < styles.narrow:  # set faster than looked up
            return set_words(tile.text, width, height, absent=absent, over=over, styles=styles)
        key = (tile.text, width, height, absent, over)
        found = self._words.get(key)
        if found is None:
            made = set_words(tile.text, width, height, absent=absent, over=over, styles=styles)
            found = _keep(self._words, key, made)
        return found

    def _fonts(self) -> Styles:
        if self._styles is None:
            self._styles = Styles()
        return self._styles

    def _draw_cut(self, painter: QPainter, area: QRectF, words: TileWords) -> None:
        """Words in a tile that is lower than they are."""
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        for x, y, drawn in words.signs:
            painter.drawPixmap(QPointF(area.left() + x, area.top() + y), drawn)
        for style, tone, x, y, text in words.runs:
            point = QPointF(area.left() + x, area.top() + y)
            self._draw(painter, {(style, tone): [(point, text)]})
        painter.restore()

    def _draw(
        self, painter: QPainter, places: dict[tuple[Style, Tone], list[tuple[QPointF, str]]]
    ) -> None:
        fonts = self._fonts()
        for (style, tone), words in places.items():
            painter.setFont(fonts[style].font)
            painter.setPen(theme.color(tone))
            for point, text in words:
                painter.drawText(point, text)


Key = TypeVar("Key")
Value = TypeVar("Value")


def _keep(kept: dict[Key, Value], key: Key, value: Value) -> Value:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value
    return value
