"""The sample clinic itself: who it is, who works there, its chairs, hours and ways of treating.

The lengths and bounds are those of this invented clinic, examples to be replaced, never advice.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from ketadesk.domain.changes import Stamp
from ketadesk.domain.clinic import Clinic, Role
from ketadesk.domain.ids import ChairId, ProtocolId, StaffId
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.sample.chance import Chance
from ketadesk.services import clinic as actions
from ketadesk.store import clinic, protocols
from ketadesk.store.database import Database

OPENS, CLOSES = time(8), time(18)
WORKING_DAYS = frozenset(range(5))
MOST_CHAIRS = 6

_STAFF = (
    ("Rosa M.", Role.NURSE),
    ("Lena K.", Role.NURSE),
    ("Dr. Shah", Role.CLINICIAN),
    ("Jo Alvarado", Role.RECEPTIONIST),
    ("Pat Lindqvist", Role.MANAGER),
)
_CHAIR_NAMES = (
    "Chair 1 · window",
    "Chair 2",
    "Chair 3",
    "Chair 4 · quiet room",
    "Chair 5",
    "Chair 6 · garden",
)
_EVERY_5 = (VitalsInterval(Phase.INFUSING, 5), VitalsInterval(Phase.RECOVERING, 15))
_LONG = (
    VitalsInterval(Phase.INFUSING, 15, 60),
    VitalsInterval(Phase.INFUSING, 30),
    VitalsInterval(Phase.RECOVERING, 15),
)
_NO_DRIP = (VitalsInterval(Phase.INFUSING, 5), VitalsInterval(Phase.RECOVERING, 20))
_PROTOCOLS = (
    ("Mood IV", Route.INTRAVENOUS, Tier.LOW, (20, 40, 40, 5), _EVERY_5, ("0.4", "0.6")),
    ("Mood IV", Route.INTRAVENOUS, Tier.MID, (20, 40, 40, 5), _EVERY_5, ("0.6", "1.0")),
    ("Pain IV 4 h", Route.INTRAVENOUS, Tier.HIGH, (30, 240, 30, 15), _LONG, ("1.0", "2.0")),
    ("Nasal", Route.NASAL, Tier.LOW, (15, 10, 110, 15), _NO_DRIP, (None, None)),
    ("IM booster", Route.INTRAMUSCULAR, Tier.MID, (10, 15, 30, 5), _NO_DRIP, ("0.4", "0.8")),
)


@dataclass(frozen=True)
class SampleClinic:
    """What the rest of the sample needs to know of the clinic it plays in."""

    clinic: Clinic
    rosa: StaffId
    lena: StaffId
    doctor: StaffId
    receptionist: StaffId
    manager: StaffId
    chairs: tuple[ChairId, ...]
    chair_names: dict[ChairId, str]
    protocols: dict[str, Protocol]
    weekdays: frozenset[int]

    def open_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays

    def protocol(self, key: str) -> Protocol:
        """By its name and tier: "Mood IV low"."""
        return self.protocols[key]

    def protocol_id(self, key: str) -> ProtocolId:
        return self.protocols[key].id


def set_up(
    db: Database,
    chance: Chance,
    *,
    zone_name: str,
    chairs: int,
    weekdays: frozenset[int],
    at: datetime,
) -> SampleClinic:
    """Does what a manager does on the first day; every step is an audited action."""
    staff_ids: dict[str, StaffId] = {}

    def stamp() -> Stamp:
        return Stamp(staff_ids.get("Pat Lindqvist", StaffId(0)), at, chance.uuid())

    for name, role in reversed(_STAFF):
        changes = actions.add_staff(db, stamp(), name=name, role=role)
        staff_ids[name] = StaffId(changes.row_ids["staff"])
    actions.describe(db, stamp(), _identity(zone_name))
    for name in _CHAIR_NAMES[:chairs]:
        actions.add_chair(db, stamp(), name=name)
    for weekday in sorted(weekdays):
        actions.add_hours(db, stamp(), weekday=weekday, opens=OPENS, closes=CLOSES)
    for name, route, tier, minutes, vitals_plan, (low, high) in _PROTOCOLS:
        actions.add_protocol(
            db,
            stamp(),
            name=name,
            route=route,
            tier=tier,
            segments=SegmentMinutes(*minutes),
            vitals_plan=vitals_plan,
            dose_low=low,
            dose_high=high,
        )
    found = clinic.chairs(db)
    return SampleClinic(
        clinic=clinic.clinic(db),
        rosa=staff_ids["Rosa M."],
        lena=staff_ids["Lena K."],
        doctor=staff_ids["Dr. Shah"],
        receptionist=staff_ids["Jo Alvarado"],
        manager=staff_ids["Pat Lindqvist"],
        chairs=tuple(chair.id for chair in found),
        chair_names={chair.id: chair.name for chair in found},
        protocols={
            f"{protocol.name} {protocol.tier.value}": protocol
            for protocol in protocols.protocols(db)
        },
        weekdays=weekdays,
    )


def _identity(zone_name: str) -> Clinic:
    return Clinic(
        name="Harbor Clinic",
        address="12 Pier Street, Suite 4",
        entrance="Side door on Alder Lane, ring twice",
        phone_day="310-555-0100",
        phone_night="310-555-0101",
        emergency_number="911",
        crisis_line="988",
        accent="#0B6E69",
        zone_name=zone_name,
    )
