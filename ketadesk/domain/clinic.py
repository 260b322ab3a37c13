"""The clinic itself: its identity, its staff, its chairs and when they are open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ChairId, ClosureId, StaffId

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years whose days can be asked for."""


class Role(StrEnum):
    RECEPTIONIST = "receptionist"
    NURSE = "nurse"
    CLINICIAN = "clinician"
    MANAGER = "manager"


@dataclass(frozen=True)
class Staff:
    id: StaffId
    name: str
    role: Role
    active: bool = True
    version: int = 1

    @property
    def nurses(self) -> bool:
        """Whether a session may be theirs."""
        return self.active and self.role in (Role.NURSE, Role.CLINICIAN)

    @property
    def sets_thresholds(self) -> bool:
        """Whether the clinic's clinical limits are theirs to set and to confirm."""
        return self.active and self.role in (Role.CLINICIAN, Role.MANAGER)


@dataclass(frozen=True)
class Chair:
    """A place where one infusion happens; the columns of the calendar, in `position` order."""

    id: ChairId
    name: str
    position: int
    active: bool = True
    version: int = 1


@dataclass(frozen=True)
class OpeningHours:
    """Open from `opens` to `closes` on one weekday (0 is Monday), in the clinic's local time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Closure:
    """A stretch in which a chair (or, without one, the whole clinic) takes no one."""

    id: ClosureId
    chair_id: ChairId | None
    span: Span
    reason: str


@dataclass(frozen=True)
class Clinic:
    """Who the clinic is, as printed on sheets."""

    name: str
    address: str
    entrance: str
    phone_day: str
    phone_night: str
    emergency_number: str
    crisis_line: str
    accent: str
    zone_name: str
    country: str = "US"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def local(self, moment: datetime) -> datetime:
        """The moment on the clinic's wall clock."""
        return moment.astimezone(self.zone)


@dataclass(frozen=True)
class SetBy:
    """Who set one of the clinic's settings last, and when; the name is empty for no one known."""

    staff_name: str
    at: datetime


def day_span(day: date, zone: ZoneInfo) -> Span:
    """The local day from midnight to midnight: 23 or 25 hours long when the clocks change.

    Refused beyond the years that a clinic can mean, at whose edges moments can't be reckoned.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("day_beyond_calendar", day=day.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
    starts = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    # In UTC, because Python subtracts two moments of one zone as if the clocks never changed.
    return Span(starts.astimezone(UTC), ends.astimezone(UTC))


def open_on(day: date, hours: tuple[OpeningHours, ...]) -> tuple[OpeningHours, ...]:
    """The day's opening hours, earliest first; more than one when the clinic closes for lunch."""
    todays = (entry for entry in hours if entry.weekday == day.weekday())
    return tuple(sorted(todays, key=lambda entry: entry.opens))
