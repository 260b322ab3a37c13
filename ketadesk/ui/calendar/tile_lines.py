"""Which words a tile has room for: what must be acted on stays longest. Nothing is painted here."""

from collections.abc import Callable
from typing import NamedTuple

from ketadesk.domain.names import initials, short_name
from ketadesk.ui.calendar.visit_text import Look, TileText
from ketadesk.ui.theme import Tone

DESPITE = "circle-alert"
"""Marks who was booked against a rule."""


class Line(NamedTuple):
    """One line of a tile: an icon, words, and what stands at the right end.

    `shorter` is said where the words have no room, the first of them that fits.
    """

    text: str
    tone: Tone = "muted"
    strong: bool = False
    icon: str = ""
    icon_tone: Tone = "muted"
    end: str = ""
    end_icon: str = ""
    end_tone: Tone = "muted"
    shorter: tuple[str, ...] = ()


def lines(text: TileText, rows: int) -> list[Line]:
    """At most `rows` lines, at least one; short tiles drop what is in order first."""
    name = Line(text.name, "ink", True, end=text.number, end_tone=text.status.role)
    if text.despite:
        name = name._replace(end_icon=DESPITE)
    detail = Line(text.detail, shorter=text.shorter_detail)
    status = _status(text)
    escort = None if text.escort is None else _escort(text.escort)
    if rows >= 4 or (rows == 3 and escort is None):
        return [line for line in (name, detail, escort, status) if line is not None and line.text]
    if rows == 3:
        return [name, escort if escort and _calls(text) else detail, _with(status, text, rows)]
    if rows == 2:
        return [name, _with(status, text, rows)]
    return [_with(name, text, rows)]


def _escort(look: Look) -> Line:
    return Line(look.text, look.role, icon=look.icon, icon_tone=look.role, shorter=look.shorter)


def _status(text: TileText) -> Line:
    if text.late:
        return Line(f"{text.late} · {text.status.text}", "amber", True, shorter=(text.late,))
    return Line(text.status.text, text.status.role, True, shorter=text.status.shorter)


def _calls(text: TileText) -> bool:
    """Whether the escort needs someone to act."""
    return text.escort is not None and text.escort.role in ("red", "amber")


def _with(line: Line, text: TileText, rows: int) -> Line:
    """The line with the escort's icon at its end, where the escort has no line of its own."""
    if text.escort is None or (rows == 3 and _calls(text)):
        return line
    if rows == 1 and not _calls(text):
        return line
    return line._replace(end_icon=text.escort.icon, end_tone=text.escort.role)


def fitting(line: Line, width: float, measure: Callable[[str], float]) -> str:
    """The line's words where they fit, else the first shorter ones that do, else the shortest."""
    for words in (line.text, *line.shorter):
        if measure(words) <= width:
            return words
    return (line.text, *line.shorter)[-1]


def fitting_name(name: str, width: float, measure: Callable[[str], float]) -> str:
    """The name as long as it fits: whole, "Ana G.", "A.G."."""
    for shown in (name, short_name(name)):
        if measure(shown) <= width:
            return shown
    return initials(name)
