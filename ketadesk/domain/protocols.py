"""A protocol: the clinic's own way of treating. Doses are ranges the clinic sets, never advice."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.sessions import Phase


class Route(StrEnum):
    INTRAVENOUS = "iv"
    INTRAMUSCULAR = "im"
    SUBCUTANEOUS = "sc"
    ORAL = "oral"
    NASAL = "nasal"


class Tier(StrEnum):
    """Low, mid and high are the clinic's own words with the clinic's own bounds."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Segment(StrEnum):
    CHECK_IN = "check_in"
    INFUSION = "infusion"
    RECOVERY = "recovery"
    TURNOVER = "turnover"


@dataclass(frozen=True)
class SegmentMinutes:
    """How long each part of an appointment takes, in minutes and in this order."""

    check_in: int
    infusion: int
    recovery: int
    turnover: int

    @property
    def total(self) -> int:
        return self.check_in + self.infusion + self.recovery + self.turnover

    def spans(self, starts: datetime) -> tuple[tuple[Segment, Span], ...]:
        """Each part with its stretch of time; parts of no length are left out."""
        parts = []
        moment = starts
        for segment, minutes in (
            (Segment.CHECK_IN, self.check_in),
            (Segment.INFUSION, self.infusion),
            (Segment.RECOVERY, self.recovery),
            (Segment.TURNOVER, self.turnover),
        ):
            if minutes:
                ends = moment + timedelta(minutes=minutes)
                parts.append((segment, Span(moment, ends)))
                moment = ends
        return tuple(parts)

    def resized(self, total: int) -> "SegmentMinutes":
        """The same parts in `total` minutes: only recovery gives way, what is treated stays."""
        recovery = self.recovery + total - self.total
        if recovery < 0:
            raise Refused("appointment_too_short", least=self.total - self.recovery)
        return replace(self, recovery=recovery)


@dataclass(frozen=True)
class VitalsInterval:
    """In `phase` (infusing or recovering), a reading every `every` minutes.

    Counted from the start of the phase until minute `until`; None means until the phase ends.
    """

    phase: Phase
    every: int
    until: int | None = None


@dataclass(frozen=True)
class Protocol:
    id: ProtocolId
    name: str
    route: Route
    tier: Tier
    segments: SegmentMinutes
    vitals_plan: tuple[VitalsInterval, ...]
    dose_low: Decimal | None = None
    dose_high: Decimal | None = None
    active: bool = True
    version: int = 1
