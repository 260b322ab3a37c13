"""The day's short lists: who comes, who is fetched, what to print, what is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.board import ChairCard
from ketadesk.domain.changes import Span
from ketadesk.domain.day import Visit
from ketadesk.domain.escorts import unsure
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.ready_about import pickup_window
from ketadesk.domain.rules import Rules
from ketadesk.domain.sessions import Phase, Session
from ketadesk.domain.sheets import Copy, SheetKind, kinds_read, language_of


class ArrivalNeed(StrEnum):
    """What the desk does next for someone who is still to be treated."""

    NAME_ESCORT = "name_escort"
    CALL_ESCORT = "call_escort"
    ARRIVE = "arrive"
    OPEN_SESSION = "open_session"


@dataclass(frozen=True)
class Arrival:
    """Someone still to come, or arrived and waiting; `late` by the clinic's own rule."""

    visit: Visit
    need: ArrivalNeed
    late: bool


class PickupStep(StrEnum):
    LATER = "later"
    CALL = "call"
    COMING = "coming"
    HERE = "here"
    DONE = "done"


@dataclass(frozen=True)
class Pickup:
    """Who fetches whom, about when, and from when on to call them."""

    visit: Visit
    about: datetime
    window: Span
    call_at: datetime
    step: PickupStep


@dataclass(frozen=True)
class SheetDue:
    """A sheet to print, in the language of the one who reads it.

    `changed`: it was printed, and no longer says what it would say now.
    """

    visit: Visit
    kind: SheetKind
    language: str
    changed: bool = False


class LateKind(StrEnum):
    VITALS = "vitals"
    ARRIVAL = "arrival"
    PICKUP = "pickup"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Late:
    """Something that should have happened at `since`."""

    kind: LateKind
    visit: Visit
    since: datetime


def arrivals(visits: Iterable[Visit], rules: Rules, now: datetime) -> tuple[Arrival, ...]:
    """Those still to be treated today, by time."""
    found = []
    for visit in visits:
        booked = visit.appointment
        here = booked.status is Status.ARRIVED and visit.session_id is None
        if not here and not booked.status.awaited:
            continue
        late = not here and now > _latest_arrival(visit, rules)
        found.append(Arrival(visit, _need(visit, here=here), late))
    return tuple(sorted(found, key=lambda arrival: arrival.visit.appointment.starts))


def pickups(
    cards: Iterable[ChairCard],
    left_today: Iterable[tuple[Visit, Session]],
    rules: Rules,
    now: datetime,
) -> tuple[Pickup, ...]:
    """The escorts of those who are here, by time, then those who have fetched someone today."""
    coming = [
        _pickup(card.visit, card.ready_about, rules, now)
        for card in cards
        if card.visit is not None and card.ready_about is not None
    ]
    gone = [
        _pickup(visit, session.released_at, rules, now)
        for visit, session in left_today
        if session.released_at is not None
    ]
    return tuple(sorted([*coming, *gone], key=lambda pickup: (_done(pickup), pickup.about)))


def sheets_due(
    cards: Iterable[ChairCard],
    left_today: Iterable[tuple[Visit, Session]],
    printed: Mapping[AppointmentId, frozenset[Copy]],
    changed: Mapping[AppointmentId, frozenset[SheetKind]],
) -> tuple[SheetDue, ...]:
    """What those who are here, and those who left today, still need; see `sheets_needed`.

    Only a copy in the language that the patient reads counts as printed, and one that `changed`
    since is to print again.
    """
    found: list[tuple[Visit, SheetKind]] = []
    for card in cards:
        if card.visit is not None:
            found += [(card.visit, SheetKind.AFTERCARE), (card.visit, SheetKind.PICKUP)]
    for visit, session in left_today:
        found += [(visit, kind) for kind in sorted(sheets_needed(visit, session))]
    due = []
    for visit, kind in found:
        number, tag = visit.appointment.id, visit.written_language
        missing = kind not in kinds_read(printed.get(number, ()), tag)
        if missing or kind in changed.get(number, ()):
            due.append(SheetDue(visit, kind, language_of(tag), changed=not missing))
    return tuple(due)


def sheets_needed(visit: Visit, session: Session | None) -> frozenset[SheetKind]:
    """Aftercare for everyone who was treated, and a pickup card while they are here.

    Someone who was sent home without an infusion needs no aftercare sheet.
    """
    if session is None:
        here = visit.appointment.status is Status.ARRIVED
        return frozenset({SheetKind.AFTERCARE, SheetKind.PICKUP}) if here else frozenset()
    if session.released_at is None:
        return frozenset({SheetKind.AFTERCARE, SheetKind.PICKUP})
    return frozenset() if session.infusion_started_at is None else frozenset({SheetKind.AFTERCARE})


def late(
    cards: Iterable[ChairCard],
    coming: Iterable[Arrival],
    fetched: Iterable[Pickup],
    unsigned: Iterable[tuple[Visit, Session]],
    rules: Rules,
    now: datetime,
) -> tuple[Late, ...]:
    """What should have happened by now, the longest ago first within each kind.

    Vital signs, arrivals, escorts of patients who are ready, and records of earlier days that
    nobody has signed.
    """
    found = [
        Late(LateKind.VITALS, card.visit, card.next_due)
        for card in cards
        if card.visit is not None and card.next_due is not None and card.next_due < now
    ]
    found += [
        Late(LateKind.ARRIVAL, arrival.visit, arrival.visit.appointment.starts)
        for arrival in coming
        if arrival.late
    ]
    found += [
        Late(LateKind.PICKUP, pickup.visit, pickup.window.ends)
        for pickup in fetched
        if _ready(pickup.visit) and not _done(pickup) and now > pickup.window.ends
    ]
    found += [
        Late(LateKind.SIGNATURE, visit, session.released_at)
        for visit, session in unsigned
        if session.released_at is not None
    ]
    order = list(LateKind)
    return tuple(sorted(found, key=lambda entry: (order.index(entry.kind), entry.since)))


def _latest_arrival(visit: Visit, rules: Rules) -> datetime:
    return visit.appointment.starts + timedelta(minutes=rules.late_arrival_minutes)


def _need(visit: Visit, *, here: bool) -> ArrivalNeed:
    if here:
        return ArrivalNeed.OPEN_SESSION
    booked = visit.appointment
    if not unsure(booked):
        return ArrivalNeed.ARRIVE
    named = booked.escort_id is not None and booked.escort_state is EscortState.NAMED
    return ArrivalNeed.CALL_ESCORT if named else ArrivalNeed.NAME_ESCORT


def _pickup(visit: Visit, about: datetime, rules: Rules, now: datetime) -> Pickup:
    call_at = about - timedelta(minutes=rules.pickup_call_minutes)
    return Pickup(
        visit=visit,
        about=about,
        window=pickup_window(about, rules.pickup_window_minutes),
        call_at=call_at,
        step=_pickup_step(visit, now >= call_at),
    )


def _pickup_step(visit: Visit, time_to_call: bool) -> PickupStep:
    state = visit.appointment.escort_state
    if state is EscortState.HANDED_OVER or visit.phase is Phase.RELEASED:
        return PickupStep.DONE
    if state is EscortState.HERE:
        return PickupStep.HERE
    if state in (EscortState.CALLED, EscortState.ON_THE_WAY):
        return PickupStep.COMING
    return PickupStep.CALL if time_to_call else PickupStep.LATER


def _ready(visit: Visit) -> bool:
    return visit.phase is Phase.READY


def _done(pickup: Pickup) -> bool:
    return pickup.step in (PickupStep.DONE, PickupStep.HERE)
