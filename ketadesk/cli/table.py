"""Draws rows as an aligned table of plain text for a terminal."""

import unicodedata
from collections.abc import Mapping, Sequence

GAP = "  "


def draw(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """A heading, a line, and one line for each row; numbers to the right."""
    heads = [column.replace("_", " ") for column in columns]
    cells = [[_text(row[column]) for column in columns] for row in rows]
    right = [all(isinstance(row[column], int) for row in rows) for column in columns]
    widths = [
        max(width(line[number]) for line in [heads, *cells]) for number in range(len(columns))
    ]
    lines = [_line(heads, widths, right), GAP.join("─" * width_ for width_ in widths)]
    lines += [_line(line, widths, right) for line in cells]
    return "\n".join(lines)


def width(text: str) -> int:
    """Terminal columns: East Asian wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        for mark in text
    )


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, wide, to_right in zip(cells, widths, right, strict=True):
        room = " " * (wide - width(cell))
        padded.append(room + cell if to_right else cell + room)
    return GAP.join(padded).rstrip()


def _text(value: object) -> str:
    """Without control characters: data must not steer the terminal."""
    text = "" if value is None else str(value)
    if len(text) == 25 and text[10] == "T":
        text = text[:16].replace("T", " ")
    return "".join(" " if unicodedata.category(mark) == "Cc" else mark for mark in text)
