"""Those who are booked where it was closed: listed, each with another place, until none is left."""

from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.day import Visit
from ketadesk.domain.fitting import Answer
from ketadesk.domain.ids import ClosureId
from ketadesk.domain.wishes import Wishes
from ketadesk.services import calendar, planning
from ketadesk.store import clinic
from ketadesk.store.database import Database


@dataclass(frozen=True)
class Affected:
    """Somebody booked where it is closed, and where they could go instead."""

    visit: Visit
    instead: Answer


def affected(db: Database, closure_id: ClosureId, *, now: datetime) -> tuple[Visit, ...]:
    """Who is still booked in a closed chair or in the closed clinic, earliest first."""
    closure = clinic.closure(db, closure_id)
    booked = calendar.booked_in(db, closure.chair_id, closure.span)
    return tuple(
        one for one in booked if one.appointment.status.can_move and one.appointment.ends > now
    )


def instead_of(db: Database, visit: Visit, *, now: datetime) -> Affected:
    """The best other places for one of them: as near as can be to the day and time they had."""
    appointment = visit.appointment
    local = clinic.clinic(db).local(appointment.starts)
    wishes = Wishes(
        chair_id=None,
        nurse_id=appointment.nurse_id,
        at=local.time(),
        not_before=max(local.date(), clinic.clinic(db).local(now).date()),
    )
    request = planning.FitRequest(
        patient_id=appointment.patient_id,
        protocol_id=appointment.protocol_id,
        wishes=wishes,
        course_id=appointment.course_id,
        escort_id=appointment.escort_id,
        appointment_id=appointment.id,
    )
    return Affected(visit, planning.fit_in(db, request, now=now))
