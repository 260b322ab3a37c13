"""What the window needs of a view, and the names by which views ask for each other."""

from datetime import date
from typing import Literal, Protocol

ViewId = Literal["today", "calendar", "patients", "sessions", "sheets", "settings"]

Wanted = ViewId | Literal["book", "course", "file"]
"""Where the window leads on request: a view, a booking form, or another clinic file."""

Place = int | date | str
"""An id, a day or the name of a page: never a patient's name, as it is kept outside the file."""


class View(Protocol):
    """A widget of the window's middle."""

    def show_target(self, target: object) -> None:
        """Leads to what another view, the find field or a restart asks for."""

    @property
    def at_hand(self) -> object:
        """Whom it is about, for a view that goes on with them; None when about nobody."""

    @property
    def stands_at(self) -> Place | None:
        """What `show_target` would lead back to, None for its beginning."""
