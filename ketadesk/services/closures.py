"""Those who are booked where it was closed: listed, each with another place, until none is left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Closure
from ketadesk.domain.day import Visit
from ketadesk.domain.fitting import Answer, Offer
from ketadesk.domain.ids import ClosureId
from ketadesk.domain.wishes import Wishes
from ketadesk.services import calendar, judging, planning
from ketadesk.services.action import action
from ketadesk.store import clinic
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.values import seconds

LOOKED_AHEAD = timedelta(days=366)
"""So far ahead closures are looked through for people who are still booked in them."""


@dataclass(frozen=True)
class Affected:
    """Somebody booked where it is closed, and where they could go instead."""

    visit: Visit
    instead: Answer

    @property
    def proposed(self) -> Offer | None:
        """The best acceptable place."""
        return next((offer for offer in self.instead.offers if self.acceptable(offer)), None)

    def acceptable(self, offer: Offer) -> bool:
        """Whether nothing speaks against a place that was not decided for them before."""
        decided = self.visit.appointment.override.guards & judging.ABOUT_THE_PATIENT
        return all(one.guard in decided for one in offer.candidate.objections)


@dataclass(frozen=True)
class Clearing:
    """A closure with everybody who is still booked in it, earliest first."""

    closure: Closure
    affected: tuple[Affected, ...]


def affected(db: Database, closure_id: ClosureId, *, now: datetime) -> tuple[Visit, ...]:
    """Who is still booked in a closed chair or in the closed clinic, earliest first."""
    closure = clinic.closure(db, closure_id)
    booked = calendar.booked_in(db, closure.chair_id, closure.span)
    return tuple(
        one for one in booked if one.appointment.status.can_move and one.appointment.ends > now
    )


def instead_of(db: Database, visit: Visit, *, now: datetime) -> Affected:
    """The best other places for one of them: as near as can be to the day and time they had."""
    return Affected(
        visit, planning.fit_in(db, _request(db, visit, _first(db, visit, now)), now=now)
    )


def to_clear(db: Database, closure_id: ClosureId, *, now: datetime) -> Clearing:
    """Everybody affected, each with places that those before them are not proposed already."""
    closure, found = clinic.closure(db, closure_id), []
    visits = affected(db, closure_id, now=now)
    if not visits:
        return Clearing(closure, ())
    first, last = _first(db, visits[0], now), _first(db, visits[-1], now)
    days = (last - first).days + 7 * planning.WEEKS_LOOKED_AHEAD
    diary = judging.open_diary(db, first, days=days)
    for visit in visits:
        begin = _first(db, visit, now)
        answer = planning.fit_into(db, diary, _request(db, visit, begin), first=begin, now=now)
        one = Affected(visit, answer)
        found.append(one)
        if one.proposed is not None:
            place = one.proposed.place
            diary = diary.moved(visit.appointment.id, place.chair_id, place.span.starts)
    return Clearing(closure, tuple(found))


def uncleared(db: Database, *, now: datetime) -> tuple[Closure, ...]:
    """Closures to come, or going on, in which somebody is still booked, earliest first."""
    coming = clinic.closures(db, Span(now, now + LOOKED_AHEAD))
    return tuple(one for one in coming if affected(db, one.id, now=now))


@action("closure_cleared", undoable=True)
def move_away(act: Act, closure_id: ClosureId, moves: tuple[planning.Move, ...]) -> None:
    """Moves several of those who are booked where it is closed: all or none, one undo."""
    closure = clinic.closure(act.db, closure_id)
    moved = planning.put_moves(act, moves)
    act.say(
        visits=len(moved),
        reason=closure.reason,
        starts_at=seconds(closure.span.starts),
        ends_at=seconds(closure.span.ends),
    )


def _first(db: Database, visit: Visit, now: datetime) -> date:
    local = clinic.clinic(db).local
    return max(local(visit.appointment.starts).date(), local(now).date())


def _request(db: Database, visit: Visit, first: date) -> planning.FitRequest:
    appointment = visit.appointment
    wishes = Wishes(
        chair_id=None,
        nurse_id=appointment.nurse_id,
        at=clinic.clinic(db).local(appointment.starts).time(),
        not_before=first,
    )
    return planning.FitRequest(
        patient_id=appointment.patient_id,
        protocol_id=appointment.protocol_id,
        wishes=wishes,
        course_id=appointment.course_id,
        escort_id=appointment.escort_id,
        appointment_id=appointment.id,
    )
