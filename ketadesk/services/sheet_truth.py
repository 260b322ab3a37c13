"""Whether what was printed still says how things stand: phones, escort, next visit, hours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from ketadesk.domain.day import Visit
from ketadesk.domain.sessions import Phase
from ketadesk.domain.sheets import SheetKind, language_of
from ketadesk.paper.facts import AftercareFacts, SheetFacts
from ketadesk.paper.render import still_says
from ketadesk.services import sheet_facts
from ketadesk.store.database import Database
from ketadesk.store.sheets import KeptSheet

SLIDE_MINUTES = 30
"""People leave a little earlier or later than foreseen; within this a printed time still holds."""
_STEP_MINUTES = 5
"""The steps in which sheets name times."""
_STEPS = SLIDE_MINUTES // _STEP_MINUTES


def changed(
    db: Database, visit: Visit, kept: tuple[KeptSheet, ...], *, at: datetime
) -> frozenset[SheetKind]:
    """The kinds whose newest copy for the patient no longer says what it would say now.

    The escort's card is not looked at again once the patient has left.
    """
    own = language_of(visit.written_language)
    newest: dict[str, KeptSheet] = {}
    for sheet in kept:
        if sheet.language == own:
            newest.setdefault(sheet.kind, sheet)
    if visit.phase is Phase.RELEASED:
        newest.pop(SheetKind.PICKUP, None)
    return frozenset(
        SheetKind(kind)
        for kind, sheet in newest.items()
        if not _still_says(db, visit, sheet, at=at)
    )


def _still_says(db: Database, visit: Visit, kept: KeptSheet, *, at: datetime) -> bool:
    facts = sheet_facts.GATHERED_BY[SheetKind(kept.kind)](db, visit, at=at, staff_id=kept.by)
    return any(still_says(kept.input_json, slid) for slid in _slid(facts))


def _slid(facts: SheetFacts) -> Iterator[SheetFacts]:
    """These facts with the times that follow the session as they are, then a little off."""
    steps = [timedelta(minutes=_STEP_MINUTES * step) for step in range(-_STEPS, _STEPS + 1)]
    for by in sorted(steps, key=abs):
        slid = replace(facts, no_driving_before=facts.no_driving_before + by)
        if isinstance(slid, AftercareFacts):
            yield slid
            continue
        # The window is rounded from another moment, so it may stand a step apart.
        for apart in (-1, 0, 1):
            ready_by = by + timedelta(minutes=_STEP_MINUTES * apart)
            yield replace(
                slid,
                ready_from=slid.ready_from + ready_by,
                ready_until=slid.ready_until + ready_by,
            )
