"""How roomy a sheet is set: guessed from the length of its words, so that it is laid out once.

The guess only saves time: `render` counts the pages and takes a tighter look when there are two.
The measures are those of `aftercare-1.typ` and `sheet-1.typ`; all lengths are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

_AREA = {"letter": (496.8, 691.2), "a4": (480.1, 741.1)}
"""Width and height between the margins."""
_LETTER = 0.44
"""Mean width of a letter of the sheet font in running text, in em, fitted to sixty sheets."""
_CAPITAL, _LEADING = 0.668, 0.52
_OPTIMISM = 1.01
"""A guess up to this much too long is tried: a page too many costs time, a tight page nothing."""


@dataclass(frozen=True)
class Look:
    """The size of the text and how far its parts stand apart."""

    size: float
    gap: float


LOOKS = (Look(13, 1.5), Look(12.5, 1.4), Look(12.5, 1.15), Look(12, 1.2), Look(12, 0.9))
"""The looks of the template in its order, from roomy to tight."""

_Part = tuple[float, float, float]
"""Space above, height, space below; of two spaces that meet, the larger counts."""


def guess(document: dict[str, Any]) -> int:
    """The place of the roomiest look with which the sheet should fit on one page."""
    width, height = _AREA[document["paper"]]
    for place, look in enumerate(LOOKS):
        if needed(document, look, width=width) <= height * _OPTIMISM:
            return place
    return len(LOOKS) - 1


def needed(document: dict[str, Any], look: Look, *, width: float) -> float:
    """About how high the sheet gets in this look."""
    total, below = 0.0, 0.0
    for above, height, after in _parts(document, look, width):
        total += max(above, below) + height
        below = after
    return total


def _parts(document: dict[str, Any], look: Look, width: float) -> Iterator[_Part]:
    gap = look.gap
    between = 0.5 * look.size + 2 * gap
    yield 0, 27, between
    for style, blocks in _together(document["blocks"]):
        if style in ("strong", "emergency"):
            yield 9 * gap, _framed(blocks, look, width - 22), 9 * gap
            continue
        for block in blocks:
            if style == "checks":
                yield 13 * gap, look.size * _CAPITAL, between
            elif block["heading"]:
                above, size = (13 + 8 * gap, 23.0) if style == "title" else (11 * gap, 14.5)
                below = (7 if style == "title" else 4) + 3 * gap
                yield above, _text(block["heading"], size, width), below
            if style != "checks":
                yield from _words(block, look, width)


def _together(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Blocks one by one, but all of an emergency where its first stands."""
    emergency = [block for block in blocks if block["style"] == "emergency"]
    for block in blocks:
        if block["style"] != "emergency":
            yield block["style"], [block]
        elif block is emergency[0]:
            yield "emergency", emergency


def _framed(blocks: list[dict[str, Any]], look: Look, width: float) -> float:
    total, below = 2 * (8 + 2 * look.gap), 0.0
    for place, block in enumerate(blocks):
        above, size = (6 + 4 * look.gap, 13.5) if place else (0.0, 15.5)
        total += max(above, below) + _text(block["heading"], size, width)
        below = 4 + 3 * look.gap
        for above, height, after in _words(block, look, width):
            total += max(above, below) + height
            below = after
    return total


def _words(block: dict[str, Any], look: Look, width: float) -> Iterator[_Part]:
    between = 0.5 * look.size + 2 * look.gap
    for runs in block["body"]:
        yield between, _text(runs, look.size, width), between
    if block["lines"]:
        columns = block["columns"]
        indent = look.size
        room = (width - look.size * (columns - 1)) / columns - indent
        heights = [_text(line["text"], look.size, room) for line in block["lines"]]
        share = -(-len(heights) // columns)
        apart = 0.44 * look.size + 1.6 * look.gap
        longest = max(
            sum(heights[start : start + share]) + apart * (share - 1)
            for start in range(0, len(heights), share)
        )
        yield between, longest, between


def _text(runs: list[dict[str, Any]], size: float, width: float) -> float:
    words = "".join(run["text"] for run in runs)
    lines = max(1, len(wrap(words, max(1, int(width / (size * _LETTER))))))
    return size * (lines * _CAPITAL + (lines - 1) * _LEADING)
