"""The shades of tiles and the hatching of closed time, made from the tokens of the theme."""

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPen, QPixmap

from ketadesk.ui import theme
from ketadesk.ui.theme import Role

BASE = 0.35
"""How far a tile's ground lies from its role's background towards the surface."""

INFUSION = 0.09
"""How far the infusion's shade goes towards the role's foreground; more would break AA."""

HATCH_GAP = 7


class Shades(NamedTuple):
    """The colours of one tile."""

    ground: QColor
    infusion: QColor
    stripe: QColor
    border: QColor
    hatch: QColor


def blend(one: str | QColor, other: str | QColor, part: float) -> QColor:
    """The colour `part` of the way (0 to 1) from one to the other."""
    first, second = QColor(one), QColor(other)
    return QColor(
        *(
            round(a + (b - a) * part)
            for a, b in (
                (first.red(), second.red()),
                (first.green(), second.green()),
                (first.blue(), second.blue()),
            )
        )
    )


def shades(role: Role) -> Shades:
    tokens = theme.current()
    return _shades(tokens.pair(role).foreground, tokens.pair(role).background, tokens.surface)


@cache
def _shades(foreground: str, background: str, surface: str) -> Shades:
    return Shades(
        ground=blend(background, surface, BASE),
        infusion=blend(background, foreground, INFUSION),
        stripe=QColor(foreground),
        border=blend(background, foreground, 0.5),
        hatch=blend(background, foreground, 0.35),
    )


def hatched(color: QColor) -> QBrush:
    """Fine diagonal lines, to say without colour that a stretch is not for treating."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    brush = QBrush(_hatching(color.name(), ratio))
    return brush


@cache
def _hatching(color: str, ratio: float) -> QPixmap:
    made = QPixmap(round(HATCH_GAP * ratio), round(HATCH_GAP * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 1))
    for shift in (-HATCH_GAP, 0, HATCH_GAP):
        painter.drawLine(shift, HATCH_GAP, shift + HATCH_GAP, 0)
    painter.end()
    return made
