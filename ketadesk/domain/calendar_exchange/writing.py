"""The clinic's appointments as one iCalendar file that other calendars show; never read back.

The same appointments make the same bytes: what says when something changed comes from the clinic
file, not from the clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ketadesk.domain.calendar_exchange.content_lines import escaped, folded
from ketadesk.domain.calendar_exchange.zone_lines import zone_lines

PRODUCT = "-//KetaDesk//KetaDesk//EN"
UID_ENDING = "@ketadesk"
"""Tells the entries of the clinic's calendar from the pickup card's, which has the bare UUID."""


@dataclass(frozen=True)
class CalendarEntry:
    """One appointment for other eyes: `version` counts from 1, `changed_at` is its last change."""

    uuid: str
    version: int
    changed_at: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str
    cancelled: bool


def calendar_text(
    entries: Iterable[CalendarEntry], *, name: str, zone: ZoneInfo, zone_name: str
) -> str:
    """A VCALENDAR with the zone and one VEVENT for each entry, in the order given."""
    kept = tuple(entries)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{escaped(zone_name)}",
    ]
    if kept:
        years = [moment.astimezone(zone).year for one in kept for moment in (one.starts, one.ends)]
        lines += zone_lines(zone, zone_name, first=min(years), last=max(years))
    for entry in kept:
        lines += _event(entry, zone, zone_name)
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(entry: CalendarEntry, zone: ZoneInfo, zone_name: str) -> Iterator[str]:
    changed = entry.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uuid)}{UID_ENDING}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.version - 1}"
    for name, moment in (("DTSTART", entry.starts), ("DTEND", entry.ends)):
        yield _moment(name, moment, zone, zone_name)
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"LOCATION:{escaped(entry.place)}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if entry.cancelled else 'OPAQUE'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _moment(name: str, moment: datetime, zone: ZoneInfo, zone_name: str) -> str:
    """On the wall clock; in UTC where the wall clock shows this time for the second time.

    A local time that comes twice means its first coming (section 3.3.5).
    """
    local = moment.astimezone(zone)
    if local.fold:
        return f"{name}:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={zone_name}:{local:%Y%m%dT%H%M%S}"
