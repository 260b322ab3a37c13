"""How this view makes room for large text."""

from PySide6.QtWidgets import QBoxLayout

from ketadesk.ui import theme

LARGE = 1.3
"""From this text scale on, two groups of controls no longer fit side by side at 1366 pixels."""


def line_direction() -> QBoxLayout.Direction:
    """Side by side, or one below the other when the text is large."""
    large = theme.current_scale() > LARGE
    return QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
