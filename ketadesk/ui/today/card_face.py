"""What a chair's card says at one moment: words and colours only, so that they can be tested."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.board import CardState, ChairCard
from ketadesk.domain.day import Visit
from ketadesk.domain.sessions import Phase
from ketadesk.domain.times import MINUTE
from ketadesk.domain.written_line import signs
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.theme import Role, Tone
from ketadesk.ui.words import Look

SOON = timedelta(minutes=3)
"""From so long before vital signs are due, the countdown asks for attention."""


@dataclass(frozen=True)
class CardFigure:
    """The big figure, what it means, and its colour, which is also that of the card's edge."""

    value: str
    caption: str
    role: Role
    urgent: bool = False
    """Underlined as well: in grey, amber alone would be fainter than what can wait."""


def title(card: ChairCard) -> str:
    """Who sits there."""
    return words.person(card.visit.patient_name) if card.visit else tr("free")


def subtitle(card: ChairCard) -> str:
    """What they come for; for a free chair who comes next."""
    if card.visit is not None:
        return treatment(card.visit)
    if card.next_visit is None:
        return tr("nobody else today")
    return tr("next: {patient}", patient=words.person(card.next_visit.patient_name))


def treatment(visit: Visit) -> str:
    """ "Mood IV · low · 3/6"."""
    parts = (visit.protocol_name, words.word(visit.tier), visit.count)
    return " · ".join(part for part in parts if part)


def state(card: ChairCard) -> tuple[str, Look]:
    """The word on the chip, with its colour and icon."""
    if card.state is CardState.FREE:
        return tr("free"), Look("slate", "armchair")
    if card.state is CardState.ARRIVED:
        return tr("arrived"), Look("violet", "user-check")
    phase = Phase(card.state.value)
    return words.word(phase), words.phase_look(phase)


def figure(card: ChairCard, now: datetime, *, local_due: str, local_next: str) -> CardFigure:
    """The one number that matters now; `local_*` are the due and next times as written."""
    if card.next_due is not None:
        return _due(card, now, local_due)
    if card.visit is None:
        return _free(card, now, local_next)
    role = state(card)[1].role
    minutes = _short(timedelta(minutes=card.minutes(now) or 0))
    if card.state is CardState.READY:
        who = words.person(card.visit.escort_name) or tr("the escort")
        return CardFigure(minutes, tr("ready, waiting for {name}", name=who), role)
    return CardFigure(minutes, tr(_CAPTIONS[card.state]), role)


_CAPTIONS = {
    CardState.ARRIVED: "since arrival",
    CardState.PREPARING: "in preparation",
    CardState.INFUSING: "infusing",
    CardState.PAUSED: "infused, now paused",
    CardState.RECOVERING: "in recovery",
    CardState.STOPPED: "since the stop",
}


def _due(card: ChairCard, now: datetime, local_due: str) -> CardFigure:
    assert card.next_due is not None
    late = card.late_by(now)
    if late is not None and late >= MINUTE:
        value = tr("{length} late", length=_short(late))
        return CardFigure(value, tr("vitals due {time}", time=local_due), "red", urgent=True)
    if late is not None or card.next_due == now:
        return CardFigure(tr("now"), tr("vitals due {time}", time=local_due), "red", urgent=True)
    left = card.next_due - now
    if left <= SOON:
        return CardFigure(_countdown(left), tr("soon: next vitals"), "amber", urgent=True)
    return CardFigure(_countdown(left), tr("to next vitals"), state(card)[1].role)


def _free(card: ChairCard, now: datetime, local_next: str) -> CardFigure:
    if card.next_visit is None:
        return CardFigure("–", tr("no more visits"), "slate")
    left = card.next_visit.appointment.starts - now
    if left < -MINUTE:
        value = tr("{length} late", length=_short(-left))
        return CardFigure(value, tr("expected {time}", time=local_next), "amber")
    value = _short(max(left, timedelta()))
    return CardFigure(value, tr("until check-in, {time}", time=local_next), "slate")


def _short(length: timedelta) -> str:
    """Minutes, or hours and minutes as on a clock, so that the big figure stays short."""
    whole = int(length.total_seconds()) // 60
    if whole < 60:
        return tr("{minutes} min", minutes=whole)
    return tr("{hours} h", hours=f"{whole // 60}:{whole % 60:02d}")


def _countdown(left: timedelta) -> str:
    seconds = int(left.total_seconds())
    if seconds >= 3600:
        return _short(left)
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def vitals_line(card: ChairCard, *, local_taken: str, local_free: str) -> str:
    """The last vital signs, or why there are none."""
    if card.visit is None:
        return tr("free since {time}", time=local_free) if local_free else tr("not used today")
    if card.last_reading is None:
        return tr("baseline not taken")
    shown = signs(card.last_reading.vitals)
    return tr("last {vitals} at {time}", vitals=shown, time=local_taken)


def escort_line(visit: Visit, *, about: str) -> tuple[str, Tone]:
    """The escort's name and state, and when they are needed."""
    escort_state = visit.appointment.escort_state
    look = words.escort_look(escort_state)
    if not visit.escort_name or escort_state is EscortState.NOT_ASKED:
        return tr("no escort named"), look.role
    name = words.with_relation(first_name(visit.escort_name), visit.escort_relation)
    said = f"{name} {words.word(escort_state)}"
    if about:
        said = tr("{escort}, about {time}", escort=said, time=about)
    return said, look.role


def first_name(name: str) -> str:
    """What an escort is called across the room; the pickup's own row has the phone."""
    return name.split()[0] if name.split() else name
