"""The other chairs in one line: whoever is most overdue elsewhere, and who sits beside whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.board import ChairCard, most_overdue_first
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.theme import Tone

Here = Callable[[ChairCard], bool]
"""Whether a chair is the one at which the nurse is."""


@dataclass(frozen=True)
class OtherChair:
    """What to say of another chair, and where a click on it leads."""

    card: ChairCard
    words: str
    tone: Tone = "muted"


def other_chair(cards: Sequence[ChairCard], here: Here, now: datetime) -> OtherChair | None:
    """The most overdue other chair; None when nobody else sits."""
    others = [
        card for card in most_overdue_first(cards, now) if card.visit is not None and not here(card)
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


def beside(cards: Sequence[ChairCard], here: Here, step: int) -> ChairCard | None:
    """The next chair with an open record, round the room; None when there is no other.

    A patient who has only arrived is no stop: on the way round no key may begin a record.
    """
    round_ = sorted(
        (card for card in cards if card.session is not None or here(card)),
        key=lambda card: card.position,
    )
    place = next((index for index, card in enumerate(round_) if here(card)), None)
    if place is None:
        return round_[0 if step > 0 else -1] if round_ else None
    found = round_[(place + step) % len(round_)]
    return None if here(found) else found
