"""Reads an iCalendar file (RFC 5545) of any origin, event by event and within bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from ketadesk.domain.calendar_exchange.content_lines import (
    ContentLine,
    taken_apart,
    unescaped,
    unfolded,
)
from ketadesk.domain.calendar_exchange.events import (
    DAYS_LOOKED_AT,
    LONGEST_LINE,
    MOST_BYTES,
    MOST_EVENTS,
    MOST_PARTS,
    CalendarEvent,
    CalendarSource,
    EventFault,
    Moment,
)
from ketadesk.domain.calendar_exchange.recurrence import Budget, Rule, rule_from
from ketadesk.domain.calendar_exchange.zones import (
    MOST_OBSERVANCES,
    DescribedZone,
    Observance,
    Zones,
)
from ketadesk.domain.errors import Refused

_PROPERTIES = frozenset(
    {
        *("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "SEQUENCE", "TZID"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("TZOFFSETFROM", "TZOFFSETTO", "EXRULE"),
    }
)
_MANY = ("RDATE", "EXDATE", "RRULE", "EXRULE")
_MOST_DATES = 2_000
_DEEPEST = 16
_DATE_TIME = re.compile(r"(\d{8})(?:T(\d{6}))?(Z?)", re.ASCII)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?"
)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
_NAME = re.compile(r"[^:;\r\n]{0,20}")


@dataclass
class _Component:
    """A VEVENT, VTIMEZONE, STANDARD or DAYLIGHT while it is being read."""

    name: str
    line: int
    lines: list[ContentLine] = field(default_factory=list)
    parts: list["_Component"] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return "" if found is None else unescaped(found.value).strip()

    def all(self, name: str) -> list[ContentLine]:
        return [line for line in self.lines if line.name == name]


def read_calendar(source: bytes, *, own: ZoneInfo) -> CalendarSource:
    """Every event of a file; `own` is the zone of times that name none.

    Refused as a whole, with a code that starts with "calendar_", when it is too large or no
    calendar at all; a single event that can't be read is one of the faults.
    """
    if len(source) > MOST_BYTES:
        raise Refused("calendar_too_large", megabytes=MOST_BYTES // 1_000_000)
    budget = Budget(DAYS_LOOKED_AT)
    found = _components(_decoded(source))
    described: dict[str, DescribedZone] = {}
    events: list[CalendarEvent] = []
    faults: list[EventFault] = []
    for zone in found.zones:
        observances = _observances(zone, budget)
        if observances:
            described.setdefault(zone.text("TZID"), DescribedZone(observances, budget))
    zones = Zones(own, described)
    for component in found.events:
        try:
            events.append(_event(component, zones, budget))
        except Refused as error:
            faults.append(_fault(component, error))
    for component in found.unfinished:
        faults.append(_fault(component, Refused("event_unfinished")))
    return CalendarSource(tuple(events), tuple(faults), zones, budget)


def _decoded(source: bytes) -> str:
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return source.decode("utf-16", errors="replace").replace("\0", "")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = source.decode("cp1252", errors="replace")
    text = text.replace("\0", "")
    return text if "\n" in text else text.replace("\r", "\n")


@dataclass
class _Found:
    events: list[_Component] = field(default_factory=list)
    zones: list[_Component] = field(default_factory=list)
    unfinished: list[_Component] = field(default_factory=list)


def _components(text: str) -> _Found:
    """The events and zones of the file; what lies deeper in an event (alarms) is passed over."""
    found, open_, calendar, parts = _Found(), list[_Component](), False, 0
    for line in _lines(text):
        if line.name == "BEGIN":
            parts += 1
            if parts > MOST_PARTS:
                raise Refused("calendar_too_many_events", most=MOST_EVENTS)
            name = line.value.strip().upper()
            calendar = calendar or name == "VCALENDAR"
            if name == "VEVENT":
                found.unfinished += [one for one in open_ if one.name == "VEVENT"]
                open_ = [_Component(name, line.number)]
                if len(found.events) + len(found.unfinished) >= MOST_EVENTS:
                    raise Refused("calendar_too_many_events", most=MOST_EVENTS)
            elif calendar and name != "VCALENDAR" and len(open_) < _DEEPEST:
                open_.append(_Component(name, line.number))
        elif line.name == "END":
            _end(line.value.strip().upper(), open_, found)
        elif open_ and len(open_[-1].lines) < _MOST_DATES:
            open_[-1].lines.append(line)
    if not calendar:
        raise Refused("calendar_is_none")
    found.unfinished += [one for one in open_ if one.name == "VEVENT"]
    return found


def _end(name: str, open_: list[_Component], found: _Found) -> None:
    """Closes a part and what was left open in it; a stray END closes nothing."""
    if all(one.name != name for one in open_):
        return
    while (closed := open_.pop()).name != name:
        pass
    if name == "VEVENT":
        found.events.append(closed)
    elif name == "VTIMEZONE":
        found.zones.append(closed)
    elif open_ and open_[-1].name == "VTIMEZONE" and len(open_[-1].parts) < MOST_OBSERVANCES:
        open_[-1].parts.append(closed)


def _lines(text: str) -> Iterator[ContentLine]:
    """The lines that say something here, taken apart; most do not, so their name comes first."""
    for number, line in unfolded(text):
        name = _NAME.match(line)
        upper = name[0].upper() if name else ""
        if upper not in _PROPERTIES and upper not in ("BEGIN", "END"):
            continue
        read = taken_apart(number, line[:LONGEST_LINE])
        if read is not None:
            yield read


def _event(component: _Component, zones: Zones, budget: Budget) -> CalendarEvent:
    start = component.first("DTSTART")
    if start is None:
        raise Refused("event_without_start")
    if component.all("EXRULE") or len(component.all("RRULE")) > 1:
        raise Refused("event_recurrence_unknown", rule="EXRULE")
    starts = _moment(start)
    rules = component.all("RRULE")
    instead = component.first("RECURRENCE-ID")
    if instead is not None and instead.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
        raise Refused("event_recurrence_unknown", rule="THISANDFUTURE")
    rule = rule_from(rules[0].value) if rules else None
    return CalendarEvent(
        line=component.line,
        uid=_uid(component),
        title=_one_line(component.text("SUMMARY"))[:500],
        place=_one_line(component.text("LOCATION"))[:500],
        text=component.text("DESCRIPTION")[:5_000],
        starts=starts,
        lasts=_length(component, starts, zones),
        cancelled=component.text("STATUS").upper() == "CANCELLED",
        sequence=_number(component.text("SEQUENCE")),
        rule=rule,
        more=_moments(component, "RDATE", budget),
        without=_moments(component, "EXDATE", budget),
        instead_of=None if instead is None else _moment(instead),
    )


def _uid(component: _Component) -> str:
    """What names the event from file to file; made of what it says where it has no name."""
    uid = component.text("UID")
    if uid:
        return uid[:500]
    said = "\x1f".join(f"{line.name}:{line.value}" for line in component.lines)
    return f"without-uid-{sha256(said.encode(errors='replace')).hexdigest()[:32]}"


def _length(component: _Component, starts: Moment, zones: Zones) -> timedelta | None:
    ends, lasts = component.first("DTEND"), component.first("DURATION")
    if ends is not None:
        until = _moment(ends)
        if starts.all_day or until.all_day:
            return until.wall - starts.wall
        between = zones.moment(until.wall, until.zone) - zones.moment(starts.wall, starts.zone)
        if between < timedelta():
            raise Refused("event_ends_before_start")
        return between
    return None if lasts is None else _duration(lasts.value)


def _duration(value: str) -> timedelta | None:
    found = _DURATION.fullmatch(value.strip().upper())
    if found is None or found[1] == "-":
        raise Refused("event_date_unreadable", value=value[:80])
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _moments(component: _Component, name: str, budget: Budget) -> tuple[Moment, ...]:
    found: list[Moment] = []
    for line in component.all(name):
        values = line.value.split(",")
        budget.spend(len(values))
        # Of a period only its beginning says when the event comes again.
        zone = line.parameters.get("TZID", "")
        found += [_moment_from(one.partition("/")[0], zone) for one in values if one.strip()]
    return tuple(found)


def _moment(line: ContentLine) -> Moment:
    return _moment_from(line.value, line.parameters.get("TZID", ""))


def _moment_from(value: str, zone: str) -> Moment:
    found = _DATE_TIME.fullmatch(value.strip().upper())
    if found is None:
        raise Refused("event_date_unreadable", value=value[:80])
    try:
        day, clock = found[1], found[2] or "000000"
        hour, minute, second = int(clock[:2]), int(clock[2:4]), int(clock[4:])
        # A second that was put in between (60) is the last one of its minute.
        put_in = second == 60
        wall = datetime(
            *(int(day[:4]), int(day[4:6]), int(day[6:])), hour, minute, 59 if put_in else second
        )
    except ValueError:
        raise Refused("event_date_unreadable", value=value[:80]) from None
    return Moment(wall, "UTC" if found[3] else zone, all_day=not found[2])


def _observances(zone: _Component, budget: Budget) -> list[Observance]:
    """How the file describes a zone; a part that can't be read is as if it was not there."""
    found = []
    for part in zone.parts:
        start, offset = part.first("DTSTART"), _OFFSET.fullmatch(part.text("TZOFFSETTO"))
        was = _OFFSET.fullmatch(part.text("TZOFFSETFROM"))
        if start is None or offset is None:
            continue
        rule = part.first("RRULE")
        try:
            read = None if rule is None else rule_from(rule.value)
            ends = _moment_from(read.until, "") if read is not None and read.until else None
            dates = tuple(moment.wall for moment in _moments(part, "RDATE", budget))
            begins = _moment(start).wall
        except Refused:
            continue
        becomes = _offset(offset)
        until = None if ends is None else ends.wall.date()
        before = becomes if was is None else _offset(was)
        found.append(Observance(begins, becomes, before, read, until, dates))
    return found


def _offset(found: re.Match[str]) -> timedelta:
    hours, minutes, seconds = int(found[2]), int(found[3]), int(found[4] or 0)
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if found[1] == "-" else size


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _fault(component: _Component, error: Refused) -> EventFault:
    title = _one_line(component.text("SUMMARY"))[:500]
    return EventFault(component.line, _uid(component), title, error.code, error.values)


def until_of(rule: Rule, zone: str, zones: Zones) -> datetime | None:
    """The last moment of a rule by its event's own clock; None when it has none."""
    if not rule.until:
        return None
    until = _moment_from(rule.until, "")
    if until.all_day:
        return until.wall.replace(hour=23, minute=59, second=59)
    if until.zone != "UTC":
        return until.wall
    return zones.wall(until.wall.replace(tzinfo=UTC), zone)
