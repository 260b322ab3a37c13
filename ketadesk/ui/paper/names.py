"""How this view calls kinds of sheets, languages and papers."""

import re
from datetime import datetime

from ketadesk.domain.names import folded
from ketadesk.i18n import tr
from ketadesk.services.sheets import KeptSheet
from ketadesk.ui import words

_KINDS = {"aftercare": "Aftercare sheet", "pickup": "Pickup card"}
_SHORT = {"aftercare": "aftercare", "pickup": "card"}
_FILES = {"pickup": "pickup-card"}
_LANGUAGES = {"en": "English", "es": "Spanish"}
_PAPERS = {"letter": "Letter", "a4": "A4"}


def kind(sheet: str) -> str:
    """ "Aftercare sheet"."""
    return tr(_KINDS[sheet]) if sheet in _KINDS else sheet


def short_kind(sheet: str) -> str:
    """ "card", for a chip."""
    return tr(_SHORT[sheet]) if sheet in _SHORT else sheet


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
    kind = re.sub(r"\W+", "-", _FILES.get(sheet, sheet))
    return "-".join(filter(None, (kind, f"{starts:%Y-%m-%d-%H%M}", place, copy))) + ".pdf"


def when(moment: datetime, now: datetime) -> str:
    """ "10:42" on the same day, else "Fri 14 May 10:42"; both local."""
    if moment.date() == now.date():
        return words.clock(moment)
    return f"{words.day(moment, short=True, year=moment.year != now.year)} {words.clock(moment)}"
