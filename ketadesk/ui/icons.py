"""Lucide icons drawn in the colours of the theme, from the SVG files in resources/icons.

An icon is drawn once per name, colour, size and pixel ratio. Icons do not follow a later change
of theme by themselves: a widget that keeps one asks again on `theme.is_theme_change`.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap

from ketadesk import resources
from ketadesk.ui import theme
from ketadesk.ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

DISABLED_OPACITY = 0.45


class UnknownIcon(LookupError):
    """No SVG of that name is bundled; a mistake in the program, never in the data."""


def icon(name: str, *, role: Tone = "ink", size: float = 18) -> "QIcon":
    """The icon for buttons, menus and lists, `size` logical pixels at 100 % text."""
    from PySide6.QtGui import QIcon

    made = QIcon(pixmap(name, role=role, size=size))
    made.addPixmap(
        pixmap(name, role=role, size=size, opacity=DISABLED_OPACITY), QIcon.Mode.Disabled
    )
    return made


def pixmap(name: str, *, role: Tone = "ink", size: float = 18, opacity: float = 1.0) -> QPixmap:
    """The icon for painting: `painter.drawPixmap(x, y, pixmap(...))`; sharp on dense screens."""
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    return _draw(name, theme.current().tone(role), theme.px(size), ratio, opacity)


@cache
def _draw(name: str, color: str, size: int, ratio: float, opacity: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    stroke = QColor(color).name()
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", stroke).encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@cache
def _source(name: str) -> str:
    try:
        return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownIcon(name) from None
