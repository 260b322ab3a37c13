"""Brings a clinic file to this program's schema: a copy first, each step in its transaction."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2

from ketadesk.store.connection import told_as_store_errors, write_ahead
from ketadesk.store.errors import StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

APPLICATION_ID = 0x4B455441
"""Spells KETA in the file's header, so that another program's file is never taken for ours."""

STEPS = ("0001_a_clinics_day", "0002_plans_and_waiting", "0003_printed_lists")


def migrate(connection: Any, path: Path, *, create: bool, read_only: bool = False) -> None:
    """Applies what is missing; refuses, untouched, other programs' and newer programs' files."""
    with told_as_store_errors(path):
        version = _single(connection, "PRAGMA user_version")
        application = _single(connection, "PRAGMA application_id")
        tables = _single(connection, "SELECT count(*) AS tables FROM sqlite_master")
        if application != APPLICATION_ID and not (create and tables == 0):
            raise StoreError("not_a_clinic_file", file=str(path))
        if version > len(STEPS):
            raise StoreError("newer_file", file=str(path), found=version, known=len(STEPS))
        if not read_only:
            write_ahead(connection)
        if version == len(STEPS):
            return
        if read_only:
            raise StoreError("read_only", file=str(path))
        if tables:
            _copy_first(connection, path, version)
        create_schema(connection)


def create_schema(connection: Any) -> None:
    """Runs every step that the file (or an empty database) does not have yet."""
    from sqlite_utils import Database as Tables  # 90 ms that opening a file of today need not wait
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("ketadesk")
    for number, step in enumerate(STEPS, start=1):
        migrations(name=step)(_step(step, number))
    migrations.apply(Tables(connection, execute_plugins=False))


def read_step(name: str) -> str:
    """The SQL script of one step."""
    return resources.files("ketadesk.store").joinpath("schema", f"{name}.sql").read_text("utf-8")


def _step(name: str, number: int) -> Callable[["Tables"], None]:
    def run(tables: "Tables") -> None:
        for statement in _statements(read_step(name)):
            tables.execute(statement)
        tables.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        tables.execute(f"PRAGMA user_version = {number}")

    run.__name__ = name
    return run


def _statements(script: str) -> Iterator[str]:
    """One statement at a time: running a whole script would commit the step half done."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlcipher3.dbapi2.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError(f"schema script ends within a statement: {pending[:60]!r}")


def _copy_first(connection: Any, path: Path, version: int) -> None:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}.before-version-{version + 1}.{moment}{path.suffix}")
    connection.execute("VACUUM INTO :copy", {"copy": str(copy)})
    os.chmod(copy, 0o600)


def _single(connection: Any, sql: str) -> int:
    ((value,),) = connection.execute(sql).fetchall()
    return int(value)
