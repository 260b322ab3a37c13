"""The chairs as the nurses' station sees them: who sits there, what is due, who is next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from ketadesk.domain.appointments import Status
from ketadesk.domain.clinic import Chair
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import ChairId
from ketadesk.domain.readings import Reading
from ketadesk.domain.sessions import Order, Phase, Session
from ketadesk.domain.times import MINUTE

_FAR = datetime.max.replace(tzinfo=UTC)


class CardState(StrEnum):
    """What a chair is doing: a session's phase, or the two that come before one."""

    FREE = "free"
    ARRIVED = "arrived"
    PREPARING = "preparing"
    INFUSING = "infusing"
    PAUSED = "paused"
    RECOVERING = "recovering"
    READY = "ready"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Running:
    """One patient in a chair: the visit, and its session with what is known of it by now."""

    visit: Visit
    session: Session
    order: Order | None
    last_reading: Reading | None
    next_due: datetime | None
    ready_about: datetime
    chair_name: str


@dataclass(frozen=True)
class ChairCard:
    """One chair, or one of the patients who share it. `visit` is None when it is free.

    `next_due` is when vital signs are asked for (past when late), `ready_about` when the escort
    should come, `next_visit` who comes next, `free_since` when the last patient left it today.
    """

    chair_id: ChairId
    chair_name: str
    position: int
    visit: Visit | None = None
    session: Session | None = None
    order: Order | None = None
    last_reading: Reading | None = None
    next_due: datetime | None = None
    ready_about: datetime | None = None
    next_visit: Visit | None = None
    free_since: datetime | None = None

    @property
    def state(self) -> CardState:
        if self.session is not None:
            return CardState(self.session.phase.value)
        return CardState.FREE if self.visit is None else CardState.ARRIVED

    @property
    def since(self) -> datetime | None:
        """What the card's minutes count from: the start of the infusion, recovery, arrival, ..."""
        if self.session is None:
            return self.free_since if self.visit is None else self.visit.appointment.status_at
        if self.session.phase is Phase.PAUSED:  # its minutes are the infusion's own
            return self.session.infusion_started_at
        return self.session.phase_since or self.session.opened_at

    def minutes(self, now: datetime) -> int | None:
        """Whole minutes since `since`; an infusion's own minutes, pauses taken out."""
        if self.session is not None and self.session.phase in (Phase.INFUSING, Phase.PAUSED):
            return int(self.session.infusing_for(now) / MINUTE)
        since = self.since
        return None if since is None else max(0, int((now - since) / MINUTE))

    def late_by(self, now: datetime) -> timedelta | None:
        """How long vital signs have been due, None while they are not."""
        if self.next_due is None or self.next_due >= now:
            return None
        return now - self.next_due


def cards(
    chairs: Sequence[Chair],
    running: Iterable[Running],
    visits: Iterable[Visit],
    last_left: dict[ChairId, datetime],
) -> tuple[ChairCard, ...]:
    """One card for everyone who is here, and one for each chair that is free.

    A chair shared by a forced overlap has a card per patient, and a chair taken out of use keeps
    the card of whoever still sits in it: nobody who is here is ever hidden.
    """
    positions = {chair.id: chair.position for chair in chairs}
    names = {chair.id: chair.name for chair in chairs}
    todays = sorted(visits, key=lambda visit: visit.appointment.starts)
    made = []
    for person in running:
        chair_id = person.session.chair_id
        made.append(
            ChairCard(
                chair_id=chair_id,
                chair_name=person.chair_name,
                position=positions.get(chair_id, len(positions) + 1),
                visit=person.visit,
                session=person.session,
                order=person.order,
                last_reading=person.last_reading,
                next_due=person.next_due,
                ready_about=person.ready_about,
                next_visit=_next(todays, chair_id),
            )
        )
    for visit in todays:
        booked = visit.appointment
        if booked.status is not Status.ARRIVED or visit.session_id is not None:
            continue
        made.append(
            ChairCard(
                chair_id=booked.chair_id,
                chair_name=names.get(booked.chair_id, ""),
                position=positions.get(booked.chair_id, len(positions) + 1),
                visit=visit,
                ready_about=booked.ready_about,
                next_visit=_next(todays, booked.chair_id),
            )
        )
    taken = {card.chair_id for card in made}
    made += [
        ChairCard(
            chair.id,
            chair.name,
            chair.position,
            next_visit=_next(todays, chair.id),
            free_since=last_left.get(chair.id),
        )
        for chair in chairs
        if chair.id not in taken
    ]
    return tuple(sorted(made, key=lambda card: (card.position, _starts(card.visit))))


def most_overdue_first(unsorted: Iterable[ChairCard], now: datetime) -> tuple[ChairCard, ...]:
    """Vital signs that are due come first, the longest overdue at the very front.

    Then those in the chairs for whom nothing is due, longest waiting first, then free chairs by
    who comes next.
    """

    def urgency(card: ChairCard) -> tuple[int, datetime, int]:
        if card.next_due is not None:
            return 0, card.next_due, card.position
        if card.visit is not None:
            return 1, card.since or now, card.position
        return 2, _starts(card.next_visit), card.position

    return tuple(sorted(unsorted, key=urgency))


def _next(visits: Sequence[Visit], chair_id: ChairId) -> Visit | None:
    """Who is still to come to a chair, earliest first; also when they are late."""
    for visit in visits:
        booked = visit.appointment
        if booked.chair_id == chair_id and booked.status.awaited:
            return visit
    return None


def _starts(visit: Visit | None) -> datetime:
    return _FAR if visit is None else visit.appointment.starts
