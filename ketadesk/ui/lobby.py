"""Lobby mode: while strangers can see the screen, the names of patients and escorts are initials.

A name becomes text in `person`, wherever it is shown. What is typed, printed or read from the file
keeps the whole name.
"""

from ketadesk.domain.names import initials
from ketadesk.settings import SettingsFile

_on = False


def is_on() -> bool:
    """Whether names are hidden now."""
    return _on


def put_on(on: bool, settings: SettingsFile | None = None) -> None:
    """Hides names or shows them again, and remembers it for the next start."""
    global _on
    _on = on
    if settings is not None and settings.current.lobby != on:
        settings.change(lobby=on)


def person(name: str) -> str:
    """The name of a patient or an escort as it may be shown now."""
    return initials(name) if _on else name
