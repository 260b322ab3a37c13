"""Times of day as people type them, and the moment they mean on a day in the clinic's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ketadesk.domain.errors import Refused

MINUTE = timedelta(minutes=1)
QUARTER_HOUR = timedelta(minutes=15)
"""The grid of the calendar: where times are offered, drawn and snapped to."""

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{1,2})|(\d{2}))?\s*h?\s*([ap])?\.?\s*m?\.?")


def read_time(text: str) -> time:
    """ "930", "9:30", "9.30", "14" and "2:30 pm" as times of day; Refused `time_unreadable`."""
    match = _TIME.fullmatch(text.strip().lower())
    if match is None:
        raise Refused("time_unreadable", text=text)
    hour = int(match[1])
    minute = int(match[2] or match[3] or 0)
    if match[2] and len(match[2]) == 1:
        raise Refused("time_unreadable", text=text)
    if match[4]:
        if not 1 <= hour <= 12:
            raise Refused("time_unreadable", text=text)
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    if hour > 23 or minute > 59:
        raise Refused("time_unreadable", text=text)
    return time(hour, minute)


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment in the zone; Refused `time_skipped` when the clocks jump over it that day.

    Of an hour that comes twice it is the first.
    """
    moment = datetime.combine(day, at, zone)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Refused("time_skipped", time=at.isoformat("minutes"), day=day.isoformat())
    return moment
