"""Events of another calendar as a person meant them, and why one could not be read.

Each event stands for itself: a broken one is named with its line, and the others are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ketadesk.domain.calendar_exchange.recurrence import Budget, Rule
from ketadesk.domain.calendar_exchange.zones import Zones
from ketadesk.domain.errors import Value

MOST_BYTES = 20_000_000
MOST_EVENTS = 50_000
MOST_PARTS = 200_000
MOST_IN_RANGE = 4_000
DAYS_LOOKED_AT = 400_000
LONGEST_LINE = 20_000
"""Limits of one file: bytes, events, parts (alarms among them), times within the range, days that
all its rules together may look at, and characters of a line, of which the rest is left out.
"""


@dataclass(frozen=True)
class Moment:
    """A time by some wall clock: `zone` is its name, empty for a time that names none."""

    wall: datetime
    zone: str
    all_day: bool = False


@dataclass(frozen=True)
class CalendarEvent:
    """`lasts` is None where the event does not say; `instead_of` is the time it was moved from."""

    line: int
    uid: str
    title: str
    place: str
    text: str
    starts: Moment
    lasts: timedelta | None
    cancelled: bool
    sequence: int
    rule: Rule | None = None
    more: tuple[Moment, ...] = ()
    without: tuple[Moment, ...] = ()
    instead_of: Moment | None = None

    @property
    def recurs(self) -> bool:
        return self.rule is not None or bool(self.more)


@dataclass(frozen=True)
class EventFault:
    """An event that did not become an appointment; code and values make the sentence."""

    line: int
    uid: str
    title: str
    code: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class CalendarSource:
    """A calendar file as it was read; nothing of it is judged yet."""

    events: tuple[CalendarEvent, ...]
    faults: tuple[EventFault, ...]
    zones: Zones
    budget: Budget
