"""Reads the clinic's own facts: identity, thresholds, staff, chairs, opening hours, closures."""

import json
from datetime import time
from typing import Any

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Clinic, Closure, OpeningHours, Role, Staff
from ketadesk.domain.ids import ChairId, ClosureId, StaffId
from ketadesk.domain.rules import Rules
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, seconds

_SETTINGS = "SELECT name, value FROM settings"
_SETTING = "SELECT * FROM settings WHERE name = :name"
_STAFF = "SELECT * FROM staff WHERE active = 1 ORDER BY name"
_STAFF_ROW = "SELECT * FROM staff WHERE id = :id"
_CHAIRS = "SELECT * FROM chairs WHERE active = 1 ORDER BY position, id"
_HOURS = "SELECT weekday, opens, closes FROM opening_hours ORDER BY weekday, opens"
_CLOSURES = """
SELECT * FROM closures WHERE active = 1 AND starts < :ends AND ends > :starts ORDER BY starts"""

CLINIC_SETTING = "clinic"


def settings(db: Database) -> dict[str, Any]:
    """Every setting by name, decoded."""
    return {row["name"]: json.loads(row["value"]) for row in db.rows(_SETTINGS)}


def setting_row(db: Database, name: str) -> Row | None:
    rows = db.rows(_SETTING, name=name)
    return rows[0] if rows else None


def clinic(db: Database) -> Clinic:
    """Who the clinic is; a file without one is an empty clinic in UTC."""
    row = setting_row(db, CLINIC_SETTING)
    if row is None:
        return Clinic("", "", "", "", "", "", "911", "988", "#0B6E69", "UTC")
    return Clinic(**json.loads(row["value"]))


def rules(db: Database) -> Rules:
    return Rules.from_settings(settings(db))


def staff(db: Database) -> tuple[Staff, ...]:
    return tuple(_staff(row) for row in db.rows(_STAFF))


def staff_member(db: Database, staff_id: StaffId) -> Staff | None:
    rows = db.rows(_STAFF_ROW, id=staff_id)
    return _staff(rows[0]) if rows else None


def chairs(db: Database) -> tuple[Chair, ...]:
    return tuple(
        Chair(ChairId(row["id"]), row["name"], row["position"], bool(row["active"]), row["version"])
        for row in db.rows(_CHAIRS)
    )


def opening_hours(db: Database) -> tuple[OpeningHours, ...]:
    return tuple(
        OpeningHours(
            row["weekday"], time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"])
        )
        for row in db.rows(_HOURS)
    )


def closures(db: Database, span: Span) -> tuple[Closure, ...]:
    rows = db.rows(_CLOSURES, starts=seconds(span.starts), ends=seconds(span.ends))
    return tuple(_closure(row) for row in rows)


def _closure(row: Row) -> Closure:
    chair_id = row["chair_id"]
    return Closure(
        id=ClosureId(row["id"]),
        chair_id=None if chair_id is None else ChairId(chair_id),
        span=Span(moment(row["starts"]), moment(row["ends"])),
        reason=row["reason"],
    )


def _staff(row: Row) -> Staff:
    return Staff(
        StaffId(row["id"]), row["name"], Role(row["role"]), bool(row["active"]), row["version"]
    )
