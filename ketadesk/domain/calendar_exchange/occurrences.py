"""The single times of events within a range: recurrences written out, moved ones in their place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ketadesk.domain.calendar_exchange.events import (
    MOST_IN_RANGE,
    CalendarEvent,
    CalendarSource,
    EventFault,
    Moment,
)
from ketadesk.domain.calendar_exchange.reading import until_of
from ketadesk.domain.calendar_exchange.recurrence import days_of
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused

_A_DAY = timedelta(days=1)
_TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Occurrence:
    """One time of an event; `identity` names it from file to file, wherever it was moved."""

    event: CalendarEvent
    identity: str
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True)
class InRange:
    """What a file has in a range: times to book, events that can't be, and how many cancelled."""

    occurrences: tuple[Occurrence, ...]
    faults: tuple[EventFault, ...]
    cancelled: int


def in_range(source: CalendarSource, span: Span) -> InRange:
    """Every time that starts within the span, earliest first.

    Refused "calendar_too_many_in_range" when they are more than one import takes.
    """
    found: list[Occurrence] = []
    cancelled = 0
    newest, faults = _newest(source)
    moved: dict[str, set[datetime]] = defaultdict(set)
    for uid, at in newest:
        if at is not None:
            moved[uid].add(at)
    for (uid, at), event in newest.items():
        try:
            times = _times(source, event, span, at=at, without=moved[uid] if at is None else set())
        except Refused as error:
            faults.append(fault(event, error))
            continue
        if event.cancelled:
            cancelled += len(times)
        elif times and event.starts.all_day:
            faults.append(fault(event, Refused("event_all_day")))
        else:
            found += times
        if len(found) > MOST_IN_RANGE:
            raise Refused("calendar_too_many_in_range", most=MOST_IN_RANGE)
    found.sort(key=lambda one: (one.starts, one.identity))
    return InRange(tuple(found), (*source.faults, *faults), cancelled)


def fault(event: CalendarEvent, error: Refused) -> EventFault:
    """Why an event did not become what it should."""
    return EventFault(event.line, event.uid, event.title, error.code, error.values)


_Key = tuple[str, datetime | None]


def _newest(source: CalendarSource) -> tuple[dict[_Key, CalendarEvent], list[EventFault]]:
    """Each event in its newest form, by its name and the time that it stands in for."""
    newest: dict[_Key, CalendarEvent] = {}
    faults: list[EventFault] = []
    for event in source.events:
        try:
            key = (event.uid, _instead_of(source, event))
        except Refused as error:
            faults.append(fault(event, error))
            continue
        before = newest.get(key)
        if before is not None and before.sequence > event.sequence:
            before, event = event, before
        if before is not None:
            faults.append(fault(before, Refused("event_superseded")))
        newest[key] = event
    return newest, faults


def _instead_of(source: CalendarSource, event: CalendarEvent) -> datetime | None:
    if event.instead_of is None:
        return None
    return source.zones.moment(event.instead_of.wall, event.instead_of.zone)


def _times(
    source: CalendarSource,
    event: CalendarEvent,
    span: Span,
    *,
    at: datetime | None,
    without: set[datetime],
) -> list[Occurrence]:
    """The event's times within the span; `at` is the time of its series that it stands in for."""
    if event.recurs and at is None:
        return _series(source, event, span, without)
    starts = source.zones.moment(event.starts.wall, event.starts.zone)
    if not span.starts <= starts < span.ends:
        return []
    identity = event.uid if at is None else _identity(event, at)
    return [Occurrence(event, identity, starts, _ends(event, starts))]


def _series(
    source: CalendarSource, event: CalendarEvent, span: Span, without: set[datetime]
) -> list[Occurrence]:
    zones, begins = source.zones, event.starts
    excepted = {zones.moment(one.wall, one.zone) for one in event.without if not one.all_day}
    days_off = {one.wall.date() for one in event.without if one.all_day}
    walls = {(begins.wall, begins.zone)} if event.rule is None else set()
    walls |= {(_at(one, begins), one.zone or begins.zone) for one in event.more}
    walls |= {(wall, begins.zone) for wall in _by_rule(source, event, span)}
    found = []
    for wall, zone in sorted(walls):
        if not span.starts - _TWO_DAYS < wall.replace(tzinfo=UTC) < span.ends + _TWO_DAYS:
            continue
        starts = zones.moment(wall, zone)
        if starts in excepted or starts in without or wall.date() in days_off:
            continue
        if span.starts <= starts < span.ends:
            found.append(Occurrence(event, _identity(event, starts), starts, _ends(event, starts)))
    return found


def _at(one: Moment, begins: Moment) -> datetime:
    """A date alone comes again at the event's own time."""
    return datetime.combine(one.wall.date(), begins.wall.time()) if one.all_day else one.wall


def _by_rule(source: CalendarSource, event: CalendarEvent, span: Span) -> Iterable[datetime]:
    if event.rule is None:
        return []
    until = until_of(event.rule, event.starts.zone, source.zones)
    clock = event.starts.wall.time()
    days = days_of(
        event.rule,
        event.starts.wall.date(),
        first=_day(span.starts, -_A_DAY),
        last=_day(span.ends, _A_DAY),
        until=None if until is None else until.date(),
        budget=source.budget,
    )
    walls = (datetime.combine(day, clock) for day in days)
    return [wall for wall in walls if until is None or wall <= until]


def _day(moment: datetime, further: timedelta) -> date:
    return (moment + further).date()


def _ends(event: CalendarEvent, starts: datetime) -> datetime | None:
    try:
        return None if event.lasts is None else starts + event.lasts
    except OverflowError:
        raise Refused("event_date_unreadable", value=str(event.lasts)) from None


def _identity(event: CalendarEvent, at: datetime) -> str:
    return f"{event.uid}\x1f{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
