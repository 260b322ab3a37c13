"""Writes years of actions at once: the same rows and audit as through `Act`, in big batches.

For the sample clinic and the benchmarks. The caller tells what was done in the order of time;
rows that are changed later are written once, as they end, with every step in the audit.
Not for people's work: nothing here looks for conflicts or for an action sent twice.
"""

import ast
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from ketadesk.domain.changes import Noun, Stamp
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import StaffId, Uuid
from ketadesk.store.actions import GUARDS, Act
from ketadesk.store.connection import DriverError
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds

BATCH = 20_000
"""Actions kept in memory before they, and all that no later action changes, are written."""

_CHANGING = (
    "closures", "patients", "allergies", "medications", "escorts", "courses", "appointments",
    "sessions", "waitlist",
)  # fmt: skip
_ONLY_ADDED_TO = (
    "checklist_answers", "orders", "readings", "events", "assessments", "sheets", "actions",
    "audit", "escort_contacts", "waitlist_offers",
)  # fmt: skip
_PARENTS_LAST = "PRAGMA defer_foreign_keys = ON"
"""Until the commit: what was recorded is written before its session, which may still change."""
_COLUMNS = """
SELECT name, "type", "notnull", dflt_value FROM pragma_table_info(:table_name) ORDER BY cid"""
_LARGEST = {
    table: f"SELECT coalesce(max(id), 0) AS id FROM {table}"  # noqa: S608 - names of the schema
    for table in _CHANGING + _ONLY_ADDED_TO
}


class BulkAct(Act):
    """One action within a `Bulk`; its inserts and updates read as those of `Act`."""

    def __init__(self, bulk: "Bulk", stamp: Stamp, verb: str) -> None:
        super().__init__(bulk.db, stamp, verb)
        self._bulk = bulk

    def leave(self) -> tuple[str, list[dict[str, Any]]]:
        """The action's details and its audit entries, as `finish` would write them."""
        return json.dumps(self._details(), ensure_ascii=False), self._audit

    def insert(self, table: Noun, values: Mapping[str, Any]) -> Row:
        """Keeps a new row, filled up with the schema's defaults, and returns it."""
        row = self._bulk.add(table, values)
        self._row_ids.setdefault(table, row["id"])
        self._remember(table, row["id"], None, row)
        return row

    def update(self, table: Noun, before: Row, values: Mapping[str, Any]) -> Row:
        """Changes a row of this bulk; `before` must be the newest state of it."""
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return before
        after = {**before, **changed, "version": before["version"] + 1}
        self._bulk.replace(table, before, after)
        self._row_ids.setdefault(table, after["id"])
        self._remember(table, after["id"], before, after)
        return after


class Bulk:
    """Collects actions and writes them; used inside one transaction, ended by `write`."""

    def __init__(self, db: Database) -> None:
        self.db = db
        db.run(_PARENTS_LAST)
        self._next = {table: db.rows(sql)[0]["id"] + 1 for table, sql in _LARGEST.items()}
        self._defaults = {table: self._read_defaults(table) for table in _LARGEST}
        self._rows: dict[str, dict[int, Row]] = {table: {} for table in _LARGEST}

    @contextmanager
    def action(
        self, verb: str, *, staff_id: StaffId, at: datetime, uuid: Uuid, undoable: bool = False
    ) -> Iterator[BulkAct]:
        """One action of one person; kept when the block ends."""
        act = BulkAct(self, Stamp(staff_id, at, uuid), verb)
        yield act
        self._keep(act, verb, undoable=undoable)

    def add(self, table: str, values: Mapping[str, Any]) -> Row:
        unknown = values.keys() - self._defaults[table].keys()
        if unknown:
            raise ValueError(f"{table} has no columns {sorted(unknown)}")
        row = {**self._defaults[table], **values, "id": self._next[table]}
        self._next[table] += 1
        self._rows[table][row["id"]] = row
        return row

    def replace(self, table: str, before: Row, after: Row) -> None:
        if self._rows[table][after["id"]] is not before:
            raise ValueError(f"{table} {after['id']} has moved on since")
        self._rows[table][after["id"]] = after

    def write(self) -> None:
        """Writes everything that is still in memory, what is referred to first."""
        for table in _LARGEST:
            self._write(table)

    def _keep(self, act: BulkAct, verb: str, *, undoable: bool) -> None:
        details, entries = act.leave()
        row = self.add(
            "actions",
            {
                "uuid": act.stamp.uuid,
                "at": seconds(act.at),
                "staff_id": act.stamp.staff_id or None,
                "verb": verb,
                "details": details,
                "undoable": int(undoable),
            },
        )
        for entry in entries:
            self.add("audit", {"action_id": row["id"], **entry})
        if len(self._rows["actions"]) >= BATCH:
            for table in _ONLY_ADDED_TO:
                self._write(table)

    def _write(self, table: str) -> None:
        rows = self._rows[table]
        names = ", ".join(self._defaults[table])
        slots = ", ".join(f":{name}" for name in self._defaults[table])
        statement = f"INSERT INTO {table} ({names}) VALUES ({slots})"  # noqa: S608
        try:
            self.db.run_many(statement, list(rows.values()))
        except DriverError as error:
            if str(error) in GUARDS:
                raise Refused(str(error)) from error
            raise
        rows.clear()

    def _read_defaults(self, table: str) -> dict[str, Any]:
        return {
            column["name"]: None
            if column["dflt_value"] is None
            else ast.literal_eval(column["dflt_value"])
            for column in self.db.rows(_COLUMNS, table_name=table)
        }
