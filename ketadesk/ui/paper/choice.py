"""What Sheets shows before anyone has chosen: which kind, and on which paper."""

from ketadesk.domain.sessions import Phase
from ketadesk.domain.sheets import SheetKind
from ketadesk.services.sheets import VisitSheets

LETTER_COUNTRIES = frozenset(
    {
        *("BZ", "CA", "CL", "CO", "CR", "GT", "MX"),
        *("NI", "PA", "PH", "PR", "SV", "US", "VE"),
    }
)
"""Where offices print on Letter (CLDR, supplemental measurement data: paper size US)."""
TREATED = (Phase.RECOVERING, Phase.READY, Phase.RELEASED, Phase.STOPPED)


def needed_first(entry: VisitSheets) -> SheetKind:
    """The card before and during an infusion, the aftercare sheet after it; what is due first."""
    wanted = (*entry.due, *entry.changed)
    if len(wanted) == 1:
        return wanted[0]
    if entry.visit.phase in TREATED or SheetKind.PICKUP in entry.kinds:
        return SheetKind.AFTERCARE
    return SheetKind.PICKUP


def usual_paper(remembered: str, country: str) -> str:
    """What this machine printed on last, else what the clinic's country prints on."""
    if remembered in ("letter", "a4"):
        return remembered
    return "letter" if country.upper() in LETTER_COUNTRIES else "a4"
