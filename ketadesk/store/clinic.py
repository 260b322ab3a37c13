"""Reads the clinic's own facts: identity, thresholds, staff, chairs, opening hours, closures."""

import json
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Clinic, Closure, OpeningHours, Role, SetBy, Staff
from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import ChairId, ClosureId, ProtocolId, StaffId
from ketadesk.domain.rules import Rules
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, seconds

_SETTINGS = "SELECT name, value FROM settings"
_SETTING = "SELECT * FROM settings WHERE name = :name"
_STAFF = "SELECT * FROM staff WHERE active = 1 ORDER BY name"
_STAFF_ROW = "SELECT * FROM staff WHERE id = :id"
_CHAIRS = "SELECT * FROM chairs WHERE active = 1 ORDER BY position, id"
_CHAIR = "SELECT * FROM chairs WHERE id = :id"
_HOURS = "SELECT * FROM opening_hours WHERE active = 1 ORDER BY weekday, opens"
_CLOSURES = """
SELECT * FROM closures WHERE active = 1 AND starts < :ends AND ends > :starts ORDER BY starts"""
_CLOSURE_BY_ID = "SELECT * FROM closures WHERE id = :id"
_INTERVALS = "SELECT * FROM vitals_intervals WHERE protocol_id = :protocol_id AND active = 1"
_LAST_SET = """
SELECT settings.name, actions.at, coalesce(staff.name, '') AS staff_name
FROM settings
JOIN audit ON audit.table_name = 'settings' AND audit.row_id = settings.id
JOIN actions ON actions.id = audit.action_id
LEFT JOIN staff ON staff.id = actions.staff_id
WHERE settings.value <> 'null' AND actions.undoes IS NULL AND NOT EXISTS (
    SELECT 1 FROM actions AS undoing WHERE undoing.undoes = actions.id AND NOT EXISTS (
        SELECT 1 FROM actions AS redoing WHERE redoing.undoes = undoing.id))
ORDER BY audit.id"""
_STILL_BOOKED = """
SELECT count(*) AS count FROM appointments
WHERE chair_id = :chair_id AND ends > :after
    AND status IN ('booked', 'confirmed', 'arrived', 'in_session')"""

CLINIC_SETTING = "clinic"


def settings(db: Database) -> dict[str, Any]:
    """Every setting by name, decoded; one whose first setting was undone is as if never set."""
    found = {row["name"]: json.loads(row["value"]) for row in db.rows(_SETTINGS)}
    return {name: value for name, value in found.items() if value is not None}


def setting_row(db: Database, name: str) -> Row | None:
    rows = db.rows(_SETTING, name=name)
    return rows[0] if rows else None


def last_set(db: Database) -> dict[str, SetBy]:
    """Who set each setting last, by the setting's name; those never set are left out."""
    return {row["name"]: SetBy(row["staff_name"], moment(row["at"])) for row in db.rows(_LAST_SET)}


def clinic(db: Database) -> Clinic:
    """Who the clinic is; a file without one is an empty clinic in UTC."""
    row = setting_row(db, CLINIC_SETTING)
    return _described(None if row is None else json.loads(row["value"]))


def clinic_and_rules(db: Database) -> tuple[Clinic, Rules]:
    """Who the clinic is and its thresholds, read at once."""
    found = settings(db)
    return _described(found.get(CLINIC_SETTING)), Rules.from_settings(found)


def _described(kept: dict[str, Any] | None) -> Clinic:
    if kept is None:
        return Clinic("", "", "", "", "", "911", "988", "#0B6E69", "UTC")
    known = {name.name for name in fields(Clinic)}
    return Clinic(**{name: value for name, value in kept.items() if name in known})


def rules(db: Database) -> Rules:
    return Rules.from_settings(settings(db))


def staff(db: Database) -> tuple[Staff, ...]:
    return tuple(_staff(row) for row in db.rows(_STAFF))


def staff_member(db: Database, staff_id: StaffId) -> Staff | None:
    rows = db.rows(_STAFF_ROW, id=staff_id)
    return _staff(rows[0]) if rows else None


def chairs(db: Database) -> tuple[Chair, ...]:
    return tuple(_chair(row) for row in db.rows(_CHAIRS))


def chair(db: Database, chair_id: ChairId) -> Chair:
    """A chair, in use or not."""
    rows = db.rows(_CHAIR, id=chair_id)
    if not rows:
        raise NotFound("reference_not_found")
    return _chair(rows[0])


def still_booked(db: Database, chair_id: ChairId, *, after: datetime) -> int:
    """How many appointments still take this chair after a moment."""
    count: int = db.rows(_STILL_BOOKED, chair_id=chair_id, after=seconds(after))[0]["count"]
    return count


def opening_hours(db: Database) -> tuple[OpeningHours, ...]:
    return tuple(
        OpeningHours(
            row["weekday"], time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"])
        )
        for row in db.rows(_HOURS)
    )


def hours_rows(db: Database) -> list[Row]:
    """The opening hours as rows, to be changed."""
    return db.rows(_HOURS)


def interval_rows(db: Database, protocol_id: ProtocolId) -> list[Row]:
    """A protocol's vitals plan as rows, to be changed."""
    return db.rows(_INTERVALS, protocol_id=protocol_id)


def closures(db: Database, span: Span) -> tuple[Closure, ...]:
    rows = db.rows(_CLOSURES, starts=seconds(span.starts), ends=seconds(span.ends))
    return tuple(_closure(row) for row in rows)


def closure(db: Database, closure_id: ClosureId) -> Closure:
    rows = db.rows(_CLOSURE_BY_ID, id=closure_id)
    if not rows:
        raise NotFound("row_not_found", table="closures", row_id=closure_id)
    return _closure(rows[0])


def _closure(row: Row) -> Closure:
    chair_id = row["chair_id"]
    return Closure(
        id=ClosureId(row["id"]),
        chair_id=None if chair_id is None else ChairId(chair_id),
        span=Span(moment(row["starts"]), moment(row["ends"])),
        reason=row["reason"],
    )


def _chair(row: Row) -> Chair:
    return Chair(
        ChairId(row["id"]), row["name"], row["position"], bool(row["active"]), row["version"]
    )


def _staff(row: Row) -> Staff:
    return Staff(
        StaffId(row["id"]), row["name"], Role(row["role"]), bool(row["active"]), row["version"]
    )
