"""Where a tile's words and icons stand within it; what has no room is shortened or left out."""

from typing import Literal, NamedTuple

from PySide6.QtGui import QFont, QPixmap

from ketadesk.ui import theme
from ketadesk.ui.calendar.letters import Letters
from ketadesk.ui.calendar.tile_ground import STRIPE
from ketadesk.ui.calendar.tile_lines import Line, fitting, fitting_name, lines
from ketadesk.ui.calendar.visit_text import TileText
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone

ICON = 15
NAME_LINE = 19
LINE = 17
NARROW = 56
"""Below this width words go along the tile instead of across it."""

UPRIGHT = 13
"""The least width, beside the stripe, in which words along a tile can be read."""

Style = Literal["name", "note", "strong", "struck"]


class Run(NamedTuple):
    """Words in one style and tone; `x` and `y` are where they begin to stand, from the corner."""

    style: Style
    tone: Tone
    x: float
    y: float
    words: str


class Sign(NamedTuple):
    """An icon, placed by its upper left corner."""

    x: float
    y: float
    drawn: QPixmap


class TileWords(NamedTuple):
    """`upright` runs along the tile, its `x` is down and its `y` to the left of the right edge.

    `cut` says that the tile is lower than its line, so the painter has to keep the words inside.
    """

    runs: tuple[Run, ...] = ()
    signs: tuple[Sign, ...] = ()
    upright: Run | None = None
    cut: bool = False


class Styles:
    """The fonts of tiles, and the lengths of a narrow one, in the text size in force."""

    def __init__(self) -> None:
        self.narrow, self.least = theme.px(NARROW), theme.px(UPRIGHT)
        self.icon, self.pad, self.gap = theme.px(ICON), theme.px(4), theme.px(3)
        name = theme.font("body", strong=True)
        struck = QFont(name)
        struck.setStrikeOut(True)
        self._letters: dict[Style, Letters] = {
            "name": Letters(name),
            "note": Letters(theme.font("note")),
            "strong": Letters(theme.font("note", strong=True)),
            "struck": Letters(struck),
        }

    def __getitem__(self, style: Style) -> Letters:
        return self._letters[style]


def rows_in(height: float) -> int:
    """How many lines fit a tile of this height."""
    return 1 + max(0, int((height - theme.px(NAME_LINE) - 1) // theme.px(LINE)))


def set_words(
    text: TileText, width: float, height: float, *, absent: bool, over: bool, styles: Styles
) -> TileWords:
    """The words of a tile of this size; `absent` and `over` as in `TileSight`."""
    if width < styles.narrow and height > 2 * width:
        return _upright(text, width, height, quiet=over or absent, styles=styles)
    left, right = float(STRIPE + theme.px(8)), width - theme.px(8)
    if right - left < theme.px(14):
        return TileWords()
    name_line = theme.px(NAME_LINE)
    setting = _Setting(styles, left, right)
    setting.top = float(theme.px(3) if height > name_line + theme.px(4) else 0)
    setting.height = min(float(name_line), height)
    for index, line in enumerate(lines(text, rows_in(height))):
        quiet = over or (absent and index == 0)
        style: Style = "strong" if line.strong else "note"
        if index == 0:
            style = "struck" if absent else "name"
        setting.add(line._replace(tone="muted") if quiet else line, style, is_name=index == 0)
    return TileWords(tuple(setting.runs), tuple(setting.signs), cut=height < name_line)


def _upright(
    text: TileText, width: float, height: float, *, quiet: bool, styles: Styles
) -> TileWords:
    """The name alone along a narrow tile, and the escort's icon when someone must act."""
    room = width - STRIPE
    if room < styles.least:
        return TileWords()
    top = float(styles.pad)
    signs: tuple[Sign, ...] = ()
    if text.escort is not None and text.escort.role in ("red", "amber"):
        icon = min(styles.icon, int(room) - 2)
        drawn = pixmap(text.escort.icon, role=text.escort.role, size=icon / theme.current_scale())
        signs = (Sign(STRIPE + round((room - icon) / 2), top, drawn),)
        top += icon + styles.gap
    length = height - styles.pad - top
    letters = styles["strong"]
    name = fitting_name(text.name, length, letters.width)
    if name is not text.name:
        name = letters.cut(name, length)
    run = Run("strong", "muted" if quiet else "ink", top, letters.baseline(room), name)
    return TileWords(signs=signs, upright=run if name else None)


class _Setting:
    """Puts line under line."""

    def __init__(self, styles: Styles, left: float, right: float) -> None:
        self.runs: list[Run] = []
        self.signs: list[Sign] = []
        self.top = self.height = 0.0
        self._styles, self._left, self._right = styles, left, right

    def add(self, line: Line, style: Style, *, is_name: bool) -> None:
        left, right = self._left, self._ends(line)
        icon = theme.px(ICON)
        if line.icon:
            self._sign(left, line.icon, line.icon_tone)
            left += icon + theme.px(4)
        room = right - left
        if room >= theme.px(8):
            letters = self._styles[style]
            words = fitting(line, room, letters.width)
            if is_name:
                words = fitting_name(words, room, letters.width)
            self._run(style, line.tone, left, letters.cut(words, room + 1))
        self.top += self.height
        self.height = float(theme.px(LINE))

    def _ends(self, line: Line) -> float:
        """Sets what stands at the line's right end; how far the words may go."""
        left, right, icon = self._left, self._right, theme.px(ICON)
        if line.end and right - left > theme.px(90):
            width = self._styles["name"].width(line.end)
            tone: Tone = "muted" if line.tone == "muted" else line.end_tone
            self._run("name", tone, right - width, line.end)
            right -= width + theme.px(6)
        if line.end_icon and right - left > icon + theme.px(20):
            self._sign(right - icon, line.end_icon, line.end_tone)
            right -= icon + theme.px(4)
        return right

    def _run(self, style: Style, tone: Tone, x: float, words: str) -> None:
        if words:
            y = self.top + self._styles[style].baseline(self.height)
            self.runs.append(Run(style, tone, x, y, words))

    def _sign(self, x: float, name: str, tone: Tone) -> None:
        y = round(self.top + (self.height - theme.px(ICON)) / 2)
        self.signs.append(Sign(round(x), y, pixmap(name, role=tone, size=ICON)))
