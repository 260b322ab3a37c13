"""The look of the program: colours, type scale, fonts, palette, and `apply` that puts them on.

Painted widgets read `current()` and `font()` while painting and refresh what they cache in
`changeEvent` when `is_theme_change(event)`. It does not draw anything itself.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ketadesk import resources

Role = Literal["accent", "blue", "violet", "amber", "red", "slate"]
"""What a colour says: in session, confirmed, arrived, attend, act now, booked or done."""

Tone = Literal["ink", "muted", "surface", "bg", "accent", "blue", "violet", "amber", "red", "slate"]
"""A colour something may be drawn in: a plain token, or the foreground of a role."""

TextSize = Literal["small", "note", "body", "title", "figure", "big_figure"]

ROLES: tuple[Role, ...] = ("accent", "blue", "violet", "amber", "red", "slate")
TEXT_SIZES: dict[TextSize, float] = {
    "small": 12,
    "note": 12.5,
    "body": 14,
    "title": 19,
    "figure": 30,
    "big_figure": 40,
}
"""The type scale in logical pixels at 100 %."""

FAMILY = "Atkinson Hyperlegible Next"
SCREEN_FONTS = ("400Regular", "600SemiBold")
"""The two weights the screen uses; the other files in resources/fonts are for paper."""

LARGEST_SCALE = 2.0

STYLE = ("-style", "Fusion")
"""What the QApplication is made with: the same look on every system, under our own colours."""


class Pair(NamedTuple):
    """A foreground and the background that it is readable on (WCAG AA)."""

    foreground: str
    background: str


@dataclass(frozen=True)
class Tokens:
    """Every colour of one palette, as #RRGGBB."""

    dark: bool
    bg: str
    surface: str
    ink: str
    muted: str
    line: str
    edge: str
    """The border of fields and boxes that one must find to use (3:1 on surface and bg)."""
    accent: Pair
    blue: Pair
    violet: Pair
    amber: Pair
    red: Pair
    slate: Pair

    def pair(self, role: Role) -> Pair:
        """The foreground and background of a role."""
        pair: Pair = getattr(self, role)
        return pair

    def tone(self, tone: Tone) -> str:
        """The colour to draw a tone in: a plain token or a role's foreground."""
        value: str | Pair = getattr(self, tone)
        return value.foreground if isinstance(value, Pair) else value


LIGHT = Tokens(
    dark=False,
    bg="#F4F6F8",
    surface="#FFFFFF",
    ink="#1B2430",
    muted="#566272",
    line="#DCE2E8",
    edge="#7E8C9A",
    accent=Pair("#0B6E69", "#E1F1EF"),
    blue=Pair("#1D5FA8", "#E6EFF9"),
    violet=Pair("#6B4FA3", "#F0EBF9"),
    amber=Pair("#8A5200", "#FFF1D6"),
    red=Pair("#B3261E", "#FCE9E7"),
    slate=Pair("#566578", "#EEF1F5"),
)

DARK = Tokens(
    dark=True,
    bg="#11161C",
    surface="#181F27",
    ink="#E7ECF1",
    muted="#9BA8B6",
    line="#2B3540",
    edge="#64717F",
    accent=Pair("#58C7BD", "#173532"),
    blue=Pair("#7DB4F0", "#1A2B40"),
    violet=Pair("#B9A3E8", "#292140"),
    amber=Pair("#F0B45A", "#3A2C12"),
    red=Pair("#F08A80", "#3F1D1A"),
    slate=Pair("#94A3B8", "#222B35"),
)


@dataclass(frozen=True)
class _Applied:
    tokens: Tokens
    scale: float


_applied = _Applied(LIGHT, 1.0)


def apply(app: QApplication, *, dark: bool, scale: float = 1.0) -> None:
    """Put the light or dark look on the whole program; `scale` 1.0 to 2.0 enlarges all text.

    The old sheet is taken off first: Qt dresses every widget once when a sheet is put on, but once
    for each of its ancestors when one sheet replaces another, which froze a full window for long.
    """
    global _applied
    from ketadesk.ui.stylesheet import stylesheet

    _applied = _Applied(DARK if dark else LIGHT, min(max(scale, 1.0), LARGEST_SCALE))
    _load_fonts()
    app.setStyleSheet("")
    app.setFont(font("body"))
    app.setPalette(palette(_applied.tokens))
    app.setStyleSheet(stylesheet(_applied.tokens, _applied.scale))


def current() -> Tokens:
    """The tokens now in force."""
    return _applied.tokens


def current_scale() -> float:
    """The text scale now in force, 1.0 to 2.0."""
    return _applied.scale


def px(logical: float) -> int:
    """A length in logical pixels that grows with the text, for padding and rows that hold text."""
    return round(logical * _applied.scale)


def font(size: TextSize = "body", *, strong: bool = False, italic: bool = False) -> QFont:
    """The bundled font at a step of the type scale, with figures of equal width."""
    return QFont(_font(points(size, _applied.scale), strong, italic))


@cache
def _font(size: float, strong: bool, italic: bool) -> QFont:
    made = QFont(FAMILY)
    made.setPointSizeF(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setItalic(italic)
    made.setUnderline(False)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def points(size: TextSize, scale: float) -> float:
    """A step of the type scale in points, because Qt keeps fractions only in points."""
    screen = QGuiApplication.primaryScreen()
    dots_per_inch = screen.logicalDotsPerInchY() if screen else 96.0
    return TEXT_SIZES[size] * scale * 72.0 / dots_per_inch


def color(tone: Tone) -> QColor:
    """A tone of the palette in force, ready to paint with."""
    return QColor(_applied.tokens.tone(tone))


def is_theme_change(event: QEvent) -> bool:
    """Whether a `changeEvent` means that colours or text sizes changed; caches must be renewed."""
    return event.type() in (
        QEvent.Type.PaletteChange,
        QEvent.Type.FontChange,
        QEvent.Type.StyleChange,
    )


def palette(tokens: Tokens) -> QPalette:
    """The Qt palette of these tokens, for Fusion and for everything the style sheet leaves out."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.bg,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.BrightText: tokens.red.foreground,
        QPalette.ColorRole.ToolTipBase: tokens.ink,
        QPalette.ColorRole.ToolTipText: tokens.bg,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Highlight: tokens.accent.background,
        QPalette.ColorRole.HighlightedText: tokens.ink,
        QPalette.ColorRole.Accent: tokens.accent.foreground,
        QPalette.ColorRole.Link: tokens.accent.foreground,
        QPalette.ColorRole.LinkVisited: tokens.accent.foreground,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Midlight: tokens.line,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.edge,
        QPalette.ColorRole.Shadow: tokens.line,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return made


def plain_tooltip(text: str) -> str:
    """The text as a tooltip that Qt cannot take for markup, because tooltips guess their format."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>"


@cache
def _load_fonts() -> None:
    for name in SCREEN_FONTS:
        file = resources.path("fonts", f"AtkinsonHyperlegibleNext_{name}.ttf")
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(file)
