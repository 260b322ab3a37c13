"""Reads the clinic's protocols with their segments and vitals plans."""

from collections import defaultdict

from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.store.database import Database, Row
from ketadesk.store.values import optional_decimal

_PROTOCOLS = "SELECT * FROM protocols ORDER BY active DESC, name, tier"
_PROTOCOL = "SELECT * FROM protocols WHERE id = :id"
_INTERVALS = "SELECT * FROM vitals_intervals WHERE active = 1 ORDER BY protocol_id, id"
_INTERVALS_OF = """
SELECT * FROM vitals_intervals WHERE protocol_id = :id AND active = 1 ORDER BY id"""


def protocols(db: Database) -> tuple[Protocol, ...]:
    """All protocols, those in use first."""
    plans: dict[int, list[VitalsInterval]] = defaultdict(list)
    for row in db.rows(_INTERVALS):
        plans[row["protocol_id"]].append(interval_from(row))
    return tuple(_protocol(row, tuple(plans.get(row["id"], ()))) for row in db.rows(_PROTOCOLS))


def protocol(db: Database, protocol_id: ProtocolId) -> Protocol:
    rows = db.rows(_PROTOCOL, id=protocol_id)
    if not rows:
        raise NotFound("protocol_not_found", protocol_id=protocol_id)
    plan = tuple(interval_from(row) for row in db.rows(_INTERVALS_OF, id=protocol_id))
    return _protocol(rows[0], plan)


def segment_minutes(row: Row) -> SegmentMinutes:
    """The four lengths, from a protocol's or an appointment's row."""
    return SegmentMinutes(
        row["check_in_minutes"],
        row["infusion_minutes"],
        row["recovery_minutes"],
        row["turnover_minutes"],
    )


def interval_from(row: Row) -> VitalsInterval:
    return VitalsInterval(Phase(row["phase"]), row["every_minutes"], row["until_minute"])


def _protocol(row: Row, vitals_plan: tuple[VitalsInterval, ...]) -> Protocol:
    return Protocol(
        id=ProtocolId(row["id"]),
        name=row["name"],
        route=Route(row["route"]),
        tier=Tier(row["tier"]),
        segments=segment_minutes(row),
        vitals_plan=vitals_plan,
        dose_low=optional_decimal(row["dose_low"]),
        dose_high=optional_decimal(row["dose_high"]),
        active=bool(row["active"]),
        version=row["version"],
    )
