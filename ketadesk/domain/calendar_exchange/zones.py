"""What a zone's name in a calendar file means: the zone of that name, or as the file describes it.

Outlook names zones in its own way ("Pacific Standard Time") and describes them in the file.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ketadesk.domain.calendar_exchange.recurrence import Budget, Rule, days_of
from ketadesk.domain.errors import Refused

MOST_OBSERVANCES = 400


@dataclass(frozen=True)
class Observance:
    """From `starts` on (by the wall clock until then), and as the rule or the dates say again."""

    starts: datetime
    offset: timedelta
    was: timedelta
    rule: Rule | None = None
    until: date | None = None
    dates: tuple[datetime, ...] = ()


@dataclass
class DescribedZone:
    """A zone that only the file knows."""

    observances: Sequence[Observance]
    budget: Budget
    _onsets: dict[int, list[tuple[datetime, timedelta]]] = field(default_factory=dict)

    def offset(self, wall: datetime) -> timedelta:
        """How far the zone is from UTC when its clocks show this."""
        onsets = self._known(wall.year)
        place = bisect_right(onsets, wall, key=lambda onset: onset[0])
        return onsets[place - 1][1] if place else min(self.observances, key=_begins).was

    def _known(self, year: int) -> list[tuple[datetime, timedelta]]:
        if year not in self._onsets:
            self.budget.spend(1)
            found: list[tuple[datetime, timedelta]] = []
            for one in self.observances:
                found += [(at, one.offset) for at in (one.starts, *one.dates)]
                if one.rule is not None:
                    days = days_of(
                        one.rule,
                        one.starts.date(),
                        first=date(max(year - 1, 1), 1, 1),
                        last=date(year, 12, 31),
                        until=one.until,
                        budget=self.budget,
                    )
                    clock = one.starts.time()
                    found += [(datetime.combine(day, clock), one.offset) for day in days]
            self.budget.spend(len(found))
            self._onsets[year] = sorted(found)
        return self._onsets[year]


def _begins(observance: Observance) -> datetime:
    return observance.starts


class Zones:
    """Finds zones by the names a file uses; `own` is the clinic's, for times that name none."""

    def __init__(self, own: ZoneInfo, described: Mapping[str, DescribedZone]) -> None:
        self._own = own
        self._described = described
        self._named: dict[str, ZoneInfo | DescribedZone | None] = {}

    def moment(self, wall: datetime, zone: str) -> datetime:
        """The moment at which that zone's clocks show this; Refused for a zone nobody knows."""
        known = self._own if not zone else self._zone(zone)
        try:
            if isinstance(known, DescribedZone):
                return (wall - known.offset(wall)).replace(tzinfo=UTC)
            return wall.replace(tzinfo=known).astimezone(UTC)
        except OverflowError:
            raise Refused("event_date_unreadable", value=wall.isoformat()) from None

    def wall(self, moment: datetime, zone: str) -> datetime:
        """What that zone's clocks show at a moment."""
        known = self._own if not zone else self._zone(zone)
        if isinstance(known, ZoneInfo):
            return moment.astimezone(known).replace(tzinfo=None)
        plain = moment.astimezone(UTC).replace(tzinfo=None)
        return plain + known.offset(plain + known.offset(plain))

    def _zone(self, name: str) -> ZoneInfo | DescribedZone:
        if name not in self._named:
            self._named[name] = _by_name(name) or self._described.get(name)
        found = self._named[name]
        if found is None:
            raise Refused("event_zone_unknown", zone=name[:80])
        return found


def _by_name(name: str) -> ZoneInfo | None:
    """By its IANA name, also at the end of a longer one (/citadel.org/2023_1/America/New_York)."""
    parts = name.strip().strip("/").split("/")
    if name.strip().upper() in ("UTC", "Z", "GMT", "ETC/UTC"):
        return ZoneInfo("UTC")
    for begin in range(len(parts)):
        candidate = "/".join(parts[begin:])
        if "/" not in candidate:
            break
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
