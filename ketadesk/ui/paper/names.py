"""How this view calls kinds of sheets, languages and papers."""

import re
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.names import folded
from ketadesk.domain.sheets import SheetKind
from ketadesk.i18n import tr
from ketadesk.services.sheets import KeptSheet
from ketadesk.ui import words
from ketadesk.ui.widgets.segmented import Segment


@dataclass(frozen=True)
class _Names:
    """One kind of sheet: as a title, as a choice with its key, in a line, in a chip, as a file."""

    title: str
    choice: str
    key: str
    in_a_line: str
    short: str
    file: str


_KINDS = {
    SheetKind.AFTERCARE: _Names(
        "Aftercare sheet", "Aftercare", "A", "aftercare", "aftercare", "aftercare"
    ),
    SheetKind.PICKUP: _Names(
        "Pickup card", "Pickup card", "C", "pickup card", "card", "pickup-card"
    ),
}
_LANGUAGES = {"en": "English", "es": "Spanish"}
_PAPERS = {"letter": "Letter", "a4": "A4"}


def kind(sheet: str) -> str:
    """ "Aftercare sheet"."""
    return tr(_KINDS[SheetKind(sheet)].title) if sheet in _KINDS else sheet


def choices() -> list[Segment]:
    """The kinds to choose between, each with its key."""
    return [Segment(kind, tr(names.choice), names.key) for kind, names in _KINDS.items()]


def in_a_line(sheet: SheetKind) -> str:
    """ "pickup card", among other words."""
    return tr(_KINDS[sheet].in_a_line)


def short_kind(sheet: str) -> str:
    """ "card", for a chip."""
    return tr(_KINDS[SheetKind(sheet)].short) if sheet in _KINDS else sheet


def language(code: str) -> str:
    """ "Spanish"; an unknown code as it is."""
    return tr(_LANGUAGES[code]) if code in _LANGUAGES else code


def paper(name: str) -> str:
    """ "Letter"."""
    return tr(_PAPERS[name]) if name in _PAPERS else name


def kept(sheet: KeptSheet) -> str:
    """ "Aftercare sheet, English, Letter"."""
    return f"{kind(sheet.kind)}, {language(sheet.language)}, {paper(sheet.paper)}"


def file_name(sheet: str, starts: datetime, chair: str, *, copy: str = "") -> str:
    """ "pickup-card-2027-05-14-0945-chair-1.pdf": which visit, and nothing about who it is.

    `starts` is local; `copy` is the language of a second copy.
    """
    place = re.sub(r"[^a-z0-9]+", "-", folded(chair.split(" · ")[0])).strip("-")
    known = _KINDS[SheetKind(sheet)].file if sheet in _KINDS else re.sub(r"\W+", "-", sheet)
    return "-".join(filter(None, (known, f"{starts:%Y-%m-%d-%H%M}", place, copy))) + ".pdf"


def when(moment: datetime, now: datetime) -> str:
    """ "10:42" on the same day, else "Fri 14 May 10:42"; both local."""
    if moment.date() == now.date():
        return words.clock(moment)
    return f"{words.day(moment, short=True, year=moment.year != now.year)} {words.clock(moment)}"
