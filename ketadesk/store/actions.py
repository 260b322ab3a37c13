"""The one door for writes: every row written leaves its audit entry in the same transaction.

An action is what one person did at once. Its client-made UUID is unique, so that an action sent
again (because its acknowledgement was lost) is found instead of done twice. Reads are named SQL in
`store/<noun>s.py`; only the INSERT and UPDATE statements here are put together, from the schema's
own table and column names.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from ketadesk.domain.changes import Changes, HistoryEntry, Noun, Span, Stamp
from ketadesk.domain.errors import Conflict, NotFound, Refused, Value
from ketadesk.domain.ids import ActionId, PatientId, StaffId, Uuid
from ketadesk.store.connection import DriverError
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, optional_moment, seconds

GUARDS = ("chair_taken", "session_signed", "kept_as_written", "never_removed")
"""What the file's own triggers say when they refuse a row."""

_FIND = "SELECT * FROM actions WHERE uuid = :uuid"
_BY_ID = "SELECT * FROM actions WHERE id = :id"
_SINCE = "SELECT * FROM actions WHERE id > :after ORDER BY id LIMIT +:most"
_UNDOING = "SELECT id FROM actions WHERE undoes = :id"
_LATEST = "SELECT coalesce(max(id), 0) AS id FROM actions"
_LATEST_AT = "SELECT max(at) AS at FROM actions"
_NEW = """
INSERT INTO actions (uuid, at, staff_id, verb, details, undoable, undoes)
VALUES (:uuid, :at, :staff_id, :verb, :details, :undoable, :undoes) RETURNING id"""
_AUDIT = """
INSERT INTO audit (action_id, table_name, row_id, before, after)
VALUES (:action_id, :table_name, :row_id, :before, :after)"""
_AUDIT_OF = "SELECT * FROM audit WHERE action_id = :action_id ORDER BY id DESC"
_HISTORY = """
SELECT actions.*, coalesce(staff.name, '') AS staff_name, later.id IS NOT NULL AS undone
FROM actions
LEFT JOIN staff ON staff.id = actions.staff_id
LEFT JOIN actions AS later ON later.undoes = actions.id
WHERE actions.undoable = 1 AND actions.staff_id = :staff_id
ORDER BY actions.id DESC LIMIT +:most"""
_PAST = """
SELECT actions.*, coalesce(staff.name, '') AS staff_name, later.id IS NOT NULL AS undone
FROM actions
LEFT JOIN staff ON staff.id = actions.staff_id
LEFT JOIN actions AS later ON later.undoes = actions.id
WHERE actions.id < :before
AND (:staff_id = 0 OR actions.staff_id = :staff_id)
AND (:undoable = 0 OR actions.undoable = 1)
AND (:about = '' OR actions.details LIKE :about)
ORDER BY actions.id DESC LIMIT +:most"""
NEWEST = 2**62

_NEVER_TYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e]")
"""What no keyboard types and no sheet can print, and what turns the text around it round."""

_json = json.JSONEncoder(ensure_ascii=False).encode


class Act:
    """One action while it is being done: writes rows, remembers what it touched.

    Rooms above get one from `services.action`; it is used inside its transaction only.
    """

    def __init__(self, db: Database, stamp: Stamp, verb: str) -> None:
        self.db = db
        self.stamp = stamp
        self.verb = verb
        self._values: dict[str, Value] = {}
        self._audit: list[dict[str, Any]] = []
        self._row_ids: dict[Noun, int] = {}
        self._patients: set[PatientId] = set()
        self._spans: list[Span] = []

    @property
    def at(self) -> datetime:
        return self.stamp.at

    def say(self, **values: Value) -> None:
        """Values for the action's sentence ("from when and where, to when and where")."""
        self._values.update(values)

    def about(self, *, patient_id: PatientId | None = None, span: Span | None = None) -> None:
        """Whose record and which stretch of time the action concerns, beyond the rows written."""
        if patient_id is not None:
            self._patients.add(patient_id)
        if span is not None:
            self._spans.append(span)

    def insert(self, table: Noun, values: Mapping[str, Any]) -> Row:
        """Writes a new row and returns it as kept."""
        _refuse_unwritable(values)
        row = self._write(_insert_statement(table, tuple(sorted(values))), values)[0]
        self._row_ids.setdefault(table, row["id"])
        self._remember(table, row["id"], None, row)
        return row

    def update(self, table: Noun, before: Row, values: Mapping[str, Any]) -> Row:
        """Changes a row that still has the version of `before`; Conflict when it has moved on."""
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return before
        _refuse_unwritable(changed)
        statement = _update_statement(table, tuple(sorted(changed)))
        given = {**changed, "row_id": before["id"], "row_version": before["version"]}
        rows = self._write(statement, given)
        if not rows:
            raise Conflict("changed_meanwhile", table=table, row_id=before["id"])
        after = rows[0]
        self._row_ids.setdefault(table, after["id"])
        self._remember(table, after["id"], before, after)
        return after

    def finish(self, *, undoable: bool, undoes: ActionId | None = None) -> Changes:
        """Writes the action and its audit entries; the last step before the commit.

        What changed nothing cannot be taken back: an undo that does nothing would only confuse.
        """
        details = self._details()
        action: dict[str, Any] = {
            "uuid": self.stamp.uuid,
            "at": seconds(self.at),
            "staff_id": self.stamp.staff_id or None,
            "verb": self.verb,
            "undoable": int(undoable and bool(self._row_ids)),
            "undoes": undoes,
        }
        action |= self._write(_NEW, {**action, "details": _json(details)})[0]
        self._keep_audit(ActionId(action["id"]))
        return _changes(action, details)

    def _keep_audit(self, action_id: ActionId) -> None:
        self.db.run_many(_AUDIT, [{"action_id": action_id, **entry} for entry in self._audit])

    def _details(self) -> dict[str, Any]:
        """What `Changes` are made from, now and when the action is read again."""
        return {
            "values": self._values,
            "tables": sorted(self._row_ids),
            "row_ids": self._row_ids,
            "patients": sorted(self._patients),
            "spans": [[seconds(span.starts), seconds(span.ends)] for span in self._spans],
        }

    def _write(self, statement: str, values: Mapping[str, Any]) -> list[Row]:
        try:
            return self.db.rows(statement, **values)
        except DriverError as error:
            code = str(error)
            if code in GUARDS:
                raise Refused(code, may_override=code == "chair_taken") from error
            if code == "FOREIGN KEY constraint failed":
                raise NotFound("reference_not_found") from error
            if code.startswith("CHECK constraint failed"):
                raise Refused("value_impossible", rule=code.partition(": ")[2]) from error
            if code.startswith("UNIQUE constraint failed") and code.endswith(".uuid"):
                raise Refused("recorded_already") from error
            raise

    def _remember(self, table: Noun, row_id: int, before: Row | None, after: Row) -> None:
        changed, was = after, None
        if before is not None:
            changed = {name: value for name, value in after.items() if before.get(name) != value}
            was = _json({name: before[name] for name in changed})
        entry = {"table_name": table, "row_id": row_id, "before": was, "after": _json(changed)}
        self._audit.append(entry)
        for row in (before, after):
            if row is None:
                continue
            patient_id = row["id"] if table == "patients" else row.get("patient_id")
            if patient_id is not None:
                self._patients.add(PatientId(patient_id))
            if "starts" in row and "ends" in row:
                self._spans.append(Span(moment(row["starts"]), moment(row["ends"])))


def find(db: Database, uuid: Uuid) -> Changes | None:
    """What an action with this UUID changed, None when it was never committed."""
    rows = db.rows(_FIND, uuid=uuid)
    return _changes_of(rows[0]) if rows else None


def latest_id(db: Database) -> ActionId:
    return ActionId(db.rows(_LATEST)[0]["id"])


def latest_moment(db: Database) -> datetime | None:
    """When the last thing was done in this file, None when nothing was."""
    return optional_moment(db.rows(_LATEST_AT)[0]["at"])


def since(db: Database, after: ActionId, *, most: int = 200) -> list[Changes]:
    """What was done after an action, oldest first; how other windows' changes are learned."""
    return [_changes_of(row) for row in db.rows(_SINCE, after=after, most=most)]


def history(db: Database, staff_id: StaffId, *, most: int = 50) -> list[HistoryEntry]:
    """One person's actions that can be undone, newest first."""
    rows = db.rows(_HISTORY, staff_id=staff_id, most=most)
    return [_history_entry(row) for row in rows]


def past(
    db: Database,
    *,
    before: ActionId | None,
    staff_id: StaffId | None,
    undoable: bool,
    patient: str,
    most: int,
) -> list[HistoryEntry]:
    """What was done before an action, newest first; of one person, about one patient's name."""
    name = _json(patient)[1:-1].replace("%", "").replace("_", "")
    rows = db.rows(
        _PAST,
        before=NEWEST if before is None else before,
        staff_id=staff_id or 0,
        undoable=int(undoable),
        about=f'%"patient": "{name}%' if name else "",
        most=most,
    )
    return [_history_entry(row) for row in rows]


def undone(db: Database, action_id: ActionId) -> bool:
    """Whether a later action took this one back."""
    return bool(db.rows(_UNDOING, id=action_id))


def undo_entries(db: Database, action_id: ActionId) -> tuple[Row, list[Row]]:
    """The action's row and its audit entries, last written first."""
    rows = db.rows(_BY_ID, id=action_id)
    if not rows:
        raise NotFound("action_not_found", action_id=action_id)
    return rows[0], db.rows(_AUDIT_OF, action_id=action_id)


def current_row(db: Database, table: Noun, row_id: int) -> Row:
    """The row as it is now, of a table named in the audit."""
    rows = db.rows(_select_statement(table), id=row_id)
    if not rows:
        raise NotFound("row_not_found", table=table, row_id=row_id)
    return rows[0]


def _history_entry(row: Row) -> HistoryEntry:
    return HistoryEntry(
        action_id=ActionId(row["id"]),
        verb=row["verb"],
        at=moment(row["at"]),
        staff_id=StaffId(row["staff_id"] or 0),
        staff_name=row["staff_name"],
        values=json.loads(row["details"])["values"],
        undoable=bool(row["undoable"]),
        undone=bool(row["undone"]),
        undoes=row["undoes"],
    )


def _changes_of(row: Row) -> Changes:
    return _changes(row, json.loads(row["details"]))


def _changes(row: Row, details: Mapping[str, Any]) -> Changes:
    return Changes(
        action_id=ActionId(row["id"]),
        verb=row["verb"],
        at=moment(row["at"]),
        staff_id=StaffId(row["staff_id"] or 0),
        values=details["values"],
        tables=frozenset(details["tables"]),
        row_ids=details["row_ids"],
        patients=frozenset(PatientId(patient) for patient in details["patients"]),
        spans=tuple(Span(moment(starts), moment(ends)) for starts, ends in details["spans"]),
        undoable=bool(row["undoable"]),
    )


def _refuse_unwritable(values: Mapping[str, Any]) -> None:
    if any(isinstance(value, str) and _NEVER_TYPED.search(value) for value in values.values()):
        raise Refused("text_unwritable")


def _name(identifier: str) -> str:
    if not identifier.isidentifier():
        raise ValueError(f"not a name of the schema: {identifier!r}")
    return identifier


@lru_cache(maxsize=256)
def _insert_statement(table: Noun, columns: tuple[str, ...]) -> str:
    names = ", ".join(_name(column) for column in columns)
    slots = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {_name(table)} ({names}) VALUES ({slots}) RETURNING *"  # noqa: S608


@lru_cache(maxsize=256)
def _update_statement(table: Noun, columns: tuple[str, ...]) -> str:
    slots = ", ".join(f"{_name(column)} = :{column}" for column in columns)
    return (
        f"UPDATE {_name(table)} SET {slots}, version = version + 1 "  # noqa: S608
        "WHERE id = :row_id AND version = :row_version RETURNING *"
    )


@lru_cache(maxsize=64)
def _select_statement(table: Noun) -> str:
    return f"SELECT * FROM {_name(table)} WHERE id = :id"  # noqa: S608 - a schema name
