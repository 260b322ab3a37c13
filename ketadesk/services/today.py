"""What the Today view reads: the chairs, and the day's short lists, as they are at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ketadesk.domain import day_lists
from ketadesk.domain.appointments import Status
from ketadesk.domain.board import ChairCard, Running, cards
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.day_lists import Arrival, Late, Pickup, SheetDue
from ketadesk.domain.escorts import EscortToConfirm, escorts_to_confirm
from ketadesk.domain.ids import AppointmentId, ProtocolId
from ketadesk.domain.protocols import VitalsInterval
from ketadesk.domain.readings import standing
from ketadesk.domain.ready_about import ready_about
from ketadesk.domain.rules import Rules
from ketadesk.domain.sessions import Session
from ketadesk.domain.vitals_due import next_due
from ketadesk.services import sheet_truth
from ketadesk.store import appointments, clinic, day, orders, protocols, session_lines, sessions
from ketadesk.store import sheets as kept_sheets
from ketadesk.store.database import Database

Plans = dict[ProtocolId, tuple[VitalsInterval, ...]]


@dataclass(frozen=True)
class Board:
    """The day at a glance. Cards come by chair; `most_overdue_first` sorts them for the screen."""

    cards: tuple[ChairCard, ...]
    arrivals: tuple[Arrival, ...]
    pickups: tuple[Pickup, ...]
    sheets_due: tuple[SheetDue, ...]
    late: tuple[Late, ...]
    escorts: tuple[EscortToConfirm, ...]
    """Those whom the clinic's own rule says to ask by now, also for the coming days."""

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Everybody on it, each once."""
        here = [visit for card in self.cards for visit in (card.visit, card.next_visit) if visit]
        coming = [*(one.visit for one in self.arrivals), *(one.visit for one in self.pickups)]
        owed = [*(one.visit for one in self.sheets_due), *(one.visit for one in self.late)]
        found = {visit.appointment.id: visit for visit in (*here, *coming, *owed)}
        return tuple(found.values())

    @property
    def in_chairs(self) -> int:
        return sum(card.visit is not None for card in self.cards)

    @property
    def to_come(self) -> int:
        return sum(
            arrival.visit.appointment.status is not Status.ARRIVED for arrival in self.arrivals
        )


def board(db: Database, now: datetime) -> Board:
    """The clinic's local day around `now`. Everyone not released is on it, whatever their day."""
    described = clinic.clinic(db)
    rules = clinic.rules(db)
    span = day_span(described.local(now).date(), described.zone)
    visits = appointments.visits(db, Span(span.starts, span.ends + _ahead(rules)))
    by_id = {visit.appointment.id: visit for visit in visits}
    left = _with_visits(db, by_id, day.left(db, span))
    unsigned = _with_visits(db, by_id, day.unsigned_before(db, span))
    todays = _starting_in(visits, span)
    freed = {session.chair_id: session.released_at for _, session in left if session.released_at}
    shown = cards(clinic.chairs(db), _running(db, by_id, now), todays, freed)
    coming = day_lists.arrivals(todays, rules, now)
    fetched = day_lists.pickups(shown, left, rules, now)
    asked = escorts_to_confirm(
        visits, now=now, rules=rules, hours=clinic.opening_hours(db), zone=described.zone
    )
    return Board(
        cards=shown,
        arrivals=coming,
        pickups=fetched,
        sheets_due=_sheets_due(db, shown, left, span, now),
        late=day_lists.late(shown, coming, fetched, unsigned, rules, now),
        escorts=tuple(entry for entry in asked if entry.due),
    )


def _sheets_due(
    db: Database,
    shown: tuple[ChairCard, ...],
    left: list[tuple[Visit, Session]],
    span: Span,
    now: datetime,
) -> tuple[SheetDue, ...]:
    """Holds what was printed for who is here or left today against how things stand."""
    printed = day.printed_copies(db, span)
    here = [card.visit for card in shown if card.visit is not None]
    changed = {
        visit.appointment.id: sheet_truth.changed(
            db, visit, kept_sheets.of_appointment(db, visit.appointment.id), at=now
        )
        for visit in (*here, *(visit for visit, _ in left))
        if visit.appointment.id in printed
    }
    return day_lists.sheets_due(shown, left, printed, changed)


def _ahead(rules: Rules) -> timedelta:
    """How far ahead an escort may have to be asked: a closed week can lie between."""
    return timedelta(hours=rules.escort_ask_hours, days=7)


def _running(
    db: Database, visits: dict[AppointmentId, Visit], now: datetime
) -> tuple[Running, ...]:
    plans: Plans = {protocol.id: protocol.vitals_plan for protocol in protocols.protocols(db)}
    return tuple(
        _person(db, visit, session, plans, now)
        for visit, session in _with_visits(db, visits, sessions.not_released(db))
    )


def _person(db: Database, visit: Visit, session: Session, plans: Plans, now: datetime) -> Running:
    counted = standing(sessions.readings(db, session.id))
    measured = [reading for reading in counted if reading.vitals.measured]
    ordered = orders.of_session(db, session.id)
    order = ordered[-1] if ordered else None
    plan = plans.get(visit.appointment.protocol_id, ())
    return Running(
        visit=visit,
        session=session,
        order=order,
        last_reading=measured[-1] if measured else None,
        next_due=next_due(session, counted, plan, now),
        ready_about=ready_about(session, order, visit.appointment, now),
        chair_name=session_lines.chair_name(db, session.chair_id),
    )


def _with_visits(
    db: Database, visits: dict[AppointmentId, Visit], found: tuple[Session, ...]
) -> list[tuple[Visit, Session]]:
    """Each session with its visit, also when the visit belongs to another day."""
    return [
        (
            visits.get(session.appointment_id) or appointments.visit(db, session.appointment_id),
            session,
        )
        for session in found
    ]


def _starting_in(visits: tuple[Visit, ...], span: Span) -> tuple[Visit, ...]:
    return tuple(visit for visit in visits if span.starts <= visit.appointment.starts < span.ends)
