"""Puts a look on the whole program and remembers it; the header and the settings both ask here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.settings import SettingsFile
from ketadesk.ui import theme


def put_on(settings: SettingsFile, *, dark: bool | None = None, scale: float | None = None) -> None:
    """Changes light or dark, or the text size (1.0 to 2.0), or both, and remembers it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    wanted_dark = theme.current().dark if dark is None else dark
    wanted_scale = theme.current_scale() if scale is None else scale
    if (wanted_dark, wanted_scale) == (theme.current().dark, theme.current_scale()):
        return
    # Every widget of every view that was shown is dressed anew: a moment on a slow machine.
    app.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        theme.apply(app, dark=wanted_dark, scale=wanted_scale)
    finally:
        app.restoreOverrideCursor()
    if dark is not None:
        settings.change(dark=dark)
    if scale is not None:
        settings.change(text_scale=wanted_scale)
