"""The clinic's colour on white paper: kept when it can be read, darkened when it cannot."""

import re

from ketadesk.paper.errors import PaperRefused

READABLE_CONTRAST = 4.5
"""Contrast ratio for normal text, WCAG 2.2 success criterion 1.4.3 (level AA)."""


def readable_on_white(accent: str) -> str:
    """The colour `#RRGGBB`, darkened in steps until it reads on white."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", accent):
        raise PaperRefused("accent_unreadable", {"accent": accent})
    parts = [int(accent[index : index + 2], 16) for index in (1, 3, 5)]
    while contrast_with_white(parts) < READABLE_CONTRAST:
        parts = [int(part * 0.95) for part in parts]
    return "#" + "".join(f"{part:02X}" for part in parts)


def contrast_with_white(parts: list[int]) -> float:
    """Contrast ratio of an sRGB colour (0 to 255 each) against white, by WCAG's formula."""
    red, green, blue = (_linear(part / 255) for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
