"""Reads the clinic's protocols with their segments and vitals plans."""

from collections import defaultdict

from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.store.database import Database, Row
from ketadesk.store.values import optional_decimal

_PROTOCOLS = "SELECT * FROM protocols ORDER BY active DESC, name, tier"
_INTERVALS = "SELECT * FROM vitals_intervals WHERE active = 1 ORDER BY protocol_id, id"


def protocols(db: Database) -> tuple[Protocol, ...]:
    """All protocols, those in use first."""
    plans: dict[int, list[VitalsInterval]] = defaultdict(list)
    for row in db.rows(_INTERVALS):
        plans[row["protocol_id"]].append(
            VitalsInterval(row["phase"], row["every_minutes"], row["until_minute"])
        )
    return tuple(_protocol(row, tuple(plans.get(row["id"], ()))) for row in db.rows(_PROTOCOLS))


def protocol(db: Database, protocol_id: ProtocolId) -> Protocol:
    for candidate in protocols(db):
        if candidate.id == protocol_id:
            return candidate
    raise NotFound("protocol_not_found", protocol_id=protocol_id)


def segment_minutes(row: Row) -> SegmentMinutes:
    """The four lengths, from a protocol's or an appointment's row."""
    return SegmentMinutes(
        row["check_in_minutes"],
        row["infusion_minutes"],
        row["recovery_minutes"],
        row["turnover_minutes"],
    )


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
