"""One timed set of vital signs, as kept. How a typed line becomes one is in `reading_line`."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ReadingId, SessionId, StaffId, Uuid, new_uuid

BOUNDS: dict[str, tuple[int, int]] = {
    "systolic": (20, 350),
    "diastolic": (10, 250),
    "heart_rate": (10, 350),
    "oxygen_saturation": (20, 100),
    "respiratory_rate": (0, 90),
    "oxygen_flow": (0, 60),
    "moaas": (0, 5),
    "pain": (0, 10),
    "dissociation": (0, 10),
}
"""Lowest and highest value of each vital that a living person or its scale can have.

What lies outside is a slip of the pen; the clinic file refuses it too.
"""


@dataclass(frozen=True)
class Vitals:
    """Units: blood pressure mmHg, rates per minute, saturation %, oxygen L/min.

    MOAA/S runs from 5 (awake) to 0, pain and dissociation from 0 to 10. None: not taken.
    """

    systolic: int | None = None
    diastolic: int | None = None
    heart_rate: int | None = None
    oxygen_saturation: int | None = None
    respiratory_rate: int | None = None
    oxygen_flow: Decimal | None = None
    moaas: int | None = None
    pain: int | None = None
    dissociation: int | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        return all(getattr(self, vital.name) in (None, "") for vital in fields(Vitals))

    @property
    def pressure(self) -> str:
        """ "132/84", empty when it was not taken."""
        return "" if self.systolic is None else f"{self.systolic}/{self.diastolic}"

    @property
    def measured(self) -> bool:
        """A vital sign was taken: more than a score or a note, so it answers a due time."""
        taken = (self.systolic, self.heart_rate, self.oxygen_saturation, self.respiratory_rate)
        return any(value is not None for value in taken)


@dataclass(frozen=True)
class ReadingDraft:
    """A reading to keep; an amendment names the reading it replaces and why."""

    taken_at: datetime
    vitals: Vitals
    amends_id: ReadingId | None = None
    amend_reason: str = ""
    withdrawn: bool = False
    uuid: Uuid = field(default_factory=new_uuid)


@dataclass(frozen=True)
class Reading:
    """A kept reading; `taken_at` is true time, `entered_at` when it was written down."""

    id: ReadingId
    uuid: Uuid
    session_id: SessionId
    taken_at: datetime
    entered_at: datetime
    entered_by: StaffId
    vitals: Vitals
    amends_id: ReadingId | None = None
    amend_reason: str = ""
    withdrawn: bool = False


def standing(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings that count, by true time: neither replaced by an amendment nor withdrawn."""
    replaced = {reading.amends_id for reading in readings if reading.amends_id is not None}
    kept = (reading for reading in readings if reading.id not in replaced and not reading.withdrawn)
    return tuple(sorted(kept, key=lambda reading: (reading.taken_at, reading.id)))


def check_vitals(vitals: Vitals) -> None:
    """Refuses what cannot be true: nothing at all, half a blood pressure, an impossible value."""
    if vitals.empty:
        raise Refused("reading_empty")
    if (vitals.systolic is None) != (vitals.diastolic is None):
        raise Refused("pressure_incomplete")
    for vital, (low, high) in BOUNDS.items():
        value = getattr(vitals, vital)
        if value is not None and not low <= value <= high:
            raise Refused("vital_impossible", vital=vital, value=str(value), low=low, high=high)
    systolic, diastolic = vitals.systolic, vitals.diastolic
    if systolic is not None and diastolic is not None and systolic <= diastolic:
        raise Refused("pressure_swapped", systolic=systolic, diastolic=diastolic)
