"""The other chairs in one line: whoever is most overdue elsewhere, and who sits beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.board import ChairCard, most_overdue_first
from ketadesk.domain.ids import SessionId
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.theme import Tone


@dataclass(frozen=True)
class OtherChair:
    """What to say of another chair, and where a click on it leads."""

    card: ChairCard
    words: str
    tone: Tone = "muted"


def other_chair(
    cards: Sequence[ChairCard], session_id: SessionId, now: datetime
) -> OtherChair | None:
    """The most overdue other chair; None when nobody else sits."""
    others = [
        card
        for card in most_overdue_first(cards, now)
        if card.visit is not None and not _is(card, session_id)
    ]
    if not others:
        return None
    first = others[0]
    chair = first.chair_name
    late = first.late_by(now)
    if late is not None:
        said = tr("{chair}: vitals {late} late", chair=chair, late=words.minutes(late))
        return OtherChair(first, said, "red")
    if first.next_due is not None:
        due = words.minutes(first.next_due - now)
        return OtherChair(first, tr("{chair}: vitals in {due}", chair=chair, due=due))
    state = first.session.phase if first.session is not None else None
    said = words.word(state) if state is not None else tr("arrived")
    return OtherChair(first, tr("{chair}: {state}", chair=chair, state=said))


def beside(cards: Sequence[ChairCard], session_id: SessionId, step: int) -> ChairCard | None:
    """The next chair in which somebody sits, round the room; None when nobody else does."""
    taken = sorted(
        (card for card in cards if card.visit is not None), key=lambda card: card.position
    )
    here = next((index for index, card in enumerate(taken) if _is(card, session_id)), None)
    if here is None:
        return taken[0 if step > 0 else -1] if taken else None
    found = taken[(here + step) % len(taken)]
    return None if _is(found, session_id) else found


def _is(card: ChairCard, session_id: SessionId) -> bool:
    return card.session is not None and card.session.id == session_id
