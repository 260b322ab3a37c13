"""A place in the calendar, and who or what has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Closure
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import ChairId


@dataclass(frozen=True)
class Place:
    """A chair and when it would be taken."""

    chair_id: ChairId
    span: Span


def taken_by(visits: Iterable[Visit], place: Place) -> Visit | None:
    """The earliest visit that takes the chair during the span."""
    for visit in visits:
        appointment = visit.appointment
        if (
            appointment.chair_id == place.chair_id
            and appointment.status.takes_the_chair
            and appointment.span.overlaps(place.span)
        ):
            return visit
    return None


def closed_by(schedule: Schedule, place: Place) -> Closure | None:
    """The closure of the chair, or of the whole clinic, that the place runs into."""
    for closure in schedule.closures:
        if closure.chair_id in (None, place.chair_id) and closure.span.overlaps(place.span):
            return closure
    return None
