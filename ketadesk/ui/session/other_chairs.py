"""The other chairs in one line: whoever is most overdue elsewhere in the room."""

from collections.abc import Sequence
from datetime import datetime

from ketadesk.domain.board import ChairCard, most_overdue_first
from ketadesk.domain.ids import SessionId
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.theme import Tone


def other_chair(
    cards: Sequence[ChairCard], session_id: SessionId, now: datetime
) -> tuple[str, Tone]:
    """What to say of the most overdue other chair; nothing when nobody else sits."""
    others = [
        card
        for card in most_overdue_first(cards, now)
        if card.visit is not None and (card.session is None or card.session.id != session_id)
    ]
    if not others:
        return "", "muted"
    first = others[0]
    late = first.late_by(now)
    if late is not None:
        return tr(
            "Other chairs: {chair} vitals {late} late",
            chair=first.chair_name,
            late=words.minutes(late),
        ), "red"
    if first.next_due is not None:
        return tr(
            "Other chairs: {chair} vitals in {due}",
            chair=first.chair_name,
            due=words.minutes(first.next_due - now),
        ), "muted"
    state = first.session.phase if first.session is not None else None
    said = words.word(state) if state is not None else tr("arrived")
    return tr("Other chairs: {chair} {state}", chair=first.chair_name, state=said), "muted"
