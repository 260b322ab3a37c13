"""Where this machine was last: which view, and which session, patient or day it showed there.

Kept outside the clinic file, therefore as ids and days only. Another day begins at the beginning:
what was left yesterday is seldom what a morning starts with.
"""

from datetime import date

from ketadesk.settings import SettingsFile
from ketadesk.ui.view import Place


class LastPlace:
    """Writes only what changed, as it is asked every second."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def keep(self, view_id: str, place: Place | None, *, today: date) -> None:
        """From now on a restart leads back here."""
        kept = self._settings.current
        wanted = (view_id, _written(place), today.isoformat())
        if wanted != (kept.view, kept.place, kept.place_on):
            self._settings.change(view=wanted[0], place=wanted[1], place_on=wanted[2])

    def place(self, *, today: date) -> Place | None:
        """Where the last view stood, None when that was not today or cannot be read."""
        kept = self._settings.current
        return _read(kept.place) if kept.place_on == today.isoformat() else None


def _written(place: Place | None) -> str:
    if place is None:
        return ""
    kind = "day" if isinstance(place, date) else "id" if isinstance(place, int) else "page"
    return f"{kind}:{place.isoformat() if isinstance(place, date) else place}"


def _read(written: str) -> Place | None:
    kind, _, value = written.partition(":")
    try:
        if kind == "id":
            return int(value)
        if kind == "day":
            return date.fromisoformat(value)
    except ValueError:
        return None
    return value if kind == "page" else None
