"""Where an appointment of a given length fits: a chair and a start, within hours, past closures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Closure, day_span, open_on
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import ChairId
from ketadesk.domain.times import QUARTER_HOUR


@dataclass(frozen=True)
class Place:
    """A chair and when it would be taken."""

    chair_id: ChairId
    span: Span


@dataclass(frozen=True)
class Judgement:
    """What speaks against a place, for a person to weigh; nothing here forbids it."""

    taken_by: Visit | None = None
    closed_by: Closure | None = None
    outside_hours: bool = False
    in_the_past: bool = False
    same_day: Visit | None = None

    @property
    def free(self) -> bool:
        return self.taken_by is None and self.closed_by is None


def free_place(
    schedule: Schedule,
    day: date,
    *,
    zone: ZoneInfo,
    length: timedelta,
    after: datetime,
    chair_id: ChairId | None = None,
) -> Place | None:
    """The earliest place of the day from `after` on, in one chair or in the first that has it.

    A clinic that has set no opening hours at all is taken to be open all day.
    """
    chairs = [chair.id for chair in schedule.chairs if chair_id in (None, chair.id)]
    for span in _open_spans(schedule, day, zone):
        starts = _next_step(max(span.starts, after), span.starts)
        while starts + length <= span.ends:
            wanted = Span(starts, starts + length)
            for candidate in chairs:
                place = Place(candidate, wanted)
                if taken_by(schedule.visits, place) is None and closed_by(schedule, place) is None:
                    return place
            starts += QUARTER_HOUR
    return None


def judge(schedule: Schedule, place: Place, *, zone: ZoneInfo, now: datetime) -> Judgement:
    """What speaks against the place on its day."""
    day = place.span.starts.astimezone(zone).date()
    inside = any(
        span.starts <= place.span.starts and place.span.ends <= span.ends
        for span in _open_spans(schedule, day, zone)
    )
    return Judgement(
        taken_by=taken_by(schedule.visits, place),
        closed_by=closed_by(schedule, place),
        outside_hours=not inside,
        in_the_past=place.span.starts < now - QUARTER_HOUR,
    )


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


def _open_spans(schedule: Schedule, day: date, zone: ZoneInfo) -> Iterator[Span]:
    if not schedule.hours:
        whole = day_span(day, zone)
        yield Span(whole.starts.astimezone(UTC), whole.ends.astimezone(UTC))
    for hours in open_on(day, schedule.hours):
        # In UTC, so that adding minutes counts real ones when the clocks change.
        yield Span(
            datetime.combine(day, hours.opens, zone).astimezone(UTC),
            datetime.combine(day, hours.closes, zone).astimezone(UTC),
        )


def _next_step(moment: datetime, start: datetime) -> datetime:
    """The first quarter of an hour from `start` that is not before the moment."""
    late = max(timedelta(), moment - start)
    steps = -(-late // QUARTER_HOUR)
    return start + steps * QUARTER_HOUR
