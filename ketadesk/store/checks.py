"""Whether a clinic file is whole: SQLite's own checks, the schema, and what must always hold."""

import ast
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import sqlcipher3.dbapi2

from ketadesk.domain.errors import Value
from ketadesk.store.connection import DriverError
from ketadesk.store.database import Database
from ketadesk.store.errors import StoreError
from ketadesk.store.migrations import create_schema
from ketadesk.store.values import moment

_MASTER = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'patients_found_%'
    AND name <> '_sqlite_migrations'"""
_OVERLAPS = """
SELECT first.id AS first_id, second.id AS second_id, first.starts
FROM appointments AS first
JOIN appointments AS second ON second.chair_id = first.chair_id
    AND second.starts >= first.starts AND second.starts < first.ends AND second.id <> first.id
WHERE first.overlap_reason = '' AND second.overlap_reason = ''
    AND (second.starts > first.starts OR second.id > first.id)
    AND first.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
    AND second.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
ORDER BY first.starts"""
_AUDIT_OF_TABLE = """
SELECT row_id, before, after FROM audit WHERE table_name = :table ORDER BY row_id, id"""
_COLUMNS = "SELECT name, dflt_value FROM pragma_table_info(:table_name)"
_FTS_CHECK = "INSERT INTO patients_found (patients_found) VALUES ('integrity-check')"
_NOT_AUDITED = frozenset({"actions", "audit", "_sqlite_migrations"})
MOST_FINDINGS = 100


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be; the code names what, the values where."""

    code: str
    values: dict[str, Value] = field(default_factory=dict)


def find_damage(db: Database) -> list[Finding]:
    """SQLite's own checks: pages, indexes, foreign keys, the search index."""
    findings = [
        Finding("damaged", {"detail": row["integrity_check"]})
        for row in db.rows("PRAGMA integrity_check")
        if row["integrity_check"] != "ok"
    ]
    findings += [
        Finding("dangling_reference", {"table": row["table"], "row_id": row["rowid"]})
        for row in db.rows("PRAGMA foreign_key_check")
    ]
    if db.read_only:
        return findings[:MOST_FINDINGS]  # FTS5 checks its index only where it could write
    try:
        db.run(_FTS_CHECK)
    except (DriverError, StoreError) as error:
        if isinstance(error, StoreError) and error.code != "file_damaged":
            raise
        findings.append(Finding("search_index_damaged", {"detail": str(error)}))
    return findings[:MOST_FINDINGS]


def find_schema_differences(db: Database) -> list[Finding]:
    """Tables, indexes and triggers that are not exactly those this program makes."""
    with closing(sqlcipher3.dbapi2.connect(":memory:", isolation_level=None)) as fresh:
        create_schema(fresh)
        wanted = {(row[0], row[1]): row[2] for row in fresh.execute(_MASTER)}
    found = {(row["type"], row["name"]): row["sql"] for row in db.rows(_MASTER)}
    return [
        Finding("schema_differs", {"kind": kind, "name": name})
        for kind, name in sorted(wanted.keys() | found.keys())
        if wanted.get((kind, name)) != found.get((kind, name))
    ]


def find_unforced_overlaps(db: Database) -> list[Finding]:
    """Two in one chair at once, and neither says why."""
    return [
        Finding(
            "unforced_overlap",
            {
                "first_id": row["first_id"],
                "second_id": row["second_id"],
                "starts": moment(row["starts"]).isoformat(),
            },
        )
        for row in db.rows(_OVERLAPS)
    ][:MOST_FINDINGS]


def find_unexplained_rows(db: Database) -> list[Finding]:
    """Rows that the audit, played from its beginning, does not lead to."""
    findings: list[Finding] = []
    for table in audited_tables(db):
        explained = _explained_rows(db, table)
        added_later = _defaults(db, table)
        expected = next(explained, None)
        for row in db.each(f"SELECT * FROM {table} ORDER BY id"):  # noqa: S608
            while expected is not None and expected[0] < row["id"]:
                findings.append(Finding("row_vanished", {"table": table, "row_id": expected[0]}))
                expected = next(explained, None)
            if expected is not None and expected[0] == row["id"]:
                if {**added_later, **expected[1]} != row:
                    findings.append(
                        Finding("row_unexplained", {"table": table, "row_id": row["id"]})
                    )
                expected = next(explained, None)
            else:
                findings.append(Finding("row_unexplained", {"table": table, "row_id": row["id"]}))
            if len(findings) >= MOST_FINDINGS:
                return findings
        while expected is not None:
            findings.append(Finding("row_vanished", {"table": table, "row_id": expected[0]}))
            expected = next(explained, None)
    return findings[:MOST_FINDINGS]


def audited_tables(db: Database) -> tuple[str, ...]:
    """The schema's own tables that people's actions write."""
    names = {row["name"] for row in db.rows(_MASTER) if row["type"] == "table"}
    return tuple(sorted(names - _NOT_AUDITED - {"patients_found"}))


def _defaults(db: Database, table: str) -> dict[str, Any]:
    """What each column holds in rows written before a later schema step added it."""
    columns = db.rows(_COLUMNS, table_name=table)
    return {row["name"]: ast.literal_eval(row["dflt_value"] or "None") for row in columns}


def _explained_rows(db: Database, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row as the audit says it must be now, by row id."""
    current_id: int | None = None
    current: dict[str, Any] = {}
    for entry in db.each(_AUDIT_OF_TABLE, table=table):
        if entry["row_id"] != current_id:
            if current_id is not None:
                yield current_id, current
            current_id, current = entry["row_id"], {}
        current.update(json.loads(entry["after"]))
    if current_id is not None:
        yield current_id, current
