"""Text measured once per letter, so that a grid full of names costs little to set."""

import unicodedata

from PySide6.QtGui import QFont, QFontMetricsF

SIMPLE = "\u0590"
"""From here on letters join or run from right to left: then only the whole text can be measured."""

ELLIPSIS = "…"


class _Widths(dict[str, float]):
    """How wide each letter is, in logical pixels; measured when first asked for."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._metrics.horizontalAdvance(letter)
        return width


class Letters:
    """A font with the widths of its letters."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._widths = _Widths(self._metrics)

    def width(self, text: str) -> float:
        """In logical pixels."""
        if text.isascii() or max(text) < SIMPLE:
            return sum(map(self._widths.__getitem__, text))
        return self._metrics.horizontalAdvance(text)

    def baseline(self, height: float) -> float:
        """How far below the top of a line of this height the letters stand, on a whole pixel."""
        metrics = self._metrics
        return round((height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent())

    def cut(self, text: str, room: float) -> str:
        """As much of the text as there is room for, with an ellipsis where it was cut."""
        if self.width(text) <= room:
            return text
        left = room - self.width(ELLIPSIS)
        used, count = 0.0, 0
        for letter in text:
            used += self.width(letter)
            if used > left:
                break
            count += 1
        while count and unicodedata.combining(text[count]):
            count -= 1
        return text[:count].rstrip() + ELLIPSIS if count else ""
