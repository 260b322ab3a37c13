"""A booking and a reading committed, and a find per key, against the bare database."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from ketadesk.domain.appointments import AppointmentDraft, Status
from ketadesk.domain.changes import Stamp
from ketadesk.domain.ids import AppointmentId, SessionId, StaffId, new_uuid
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.services import booking, calendar, patients, recording, sessions
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.benchmarks.measure import Measured, in_turn
from tests.clinic_day import AGREED

LATER = datetime(2090, 1, 2, 8, tzinfo=UTC)
"""Far beyond the sample's years, so that every chair is free."""

_RAW_FIND = """
SELECT patients.* FROM patients_found JOIN patients ON patients.id = patients_found.rowid
WHERE patients_found MATCH :words AND patients.active = 1
ORDER BY patients_found.rank LIMIT 20"""


def measure(clinic_file: Path) -> Iterator[Measured]:
    """Writes into the clinic file it is given: a copy, please."""
    db = open_clinic(clinic_file)
    bare = Bare(clinic_file)
    hours = count(1)
    frame = calendar.frame(db)
    patient_id = patients.find(db, "")[0].id
    staff_id = frame.staff[0].id
    protocol = frame.protocols[0]

    def draft() -> AppointmentDraft:
        starts = LATER + timedelta(hours=6 * next(hours))
        return AppointmentDraft(
            patient_id, frame.chairs[0].id, protocol.id, starts, protocol.segments
        )

    def book() -> None:
        booking.book(db, Stamp(staff_id, LATER), draft(), override=AGREED)

    book()
    again = bare.repeating("appointments", "actions", "audit")
    ours, raw = in_turn(book, again, rounds=300, warm_up=20)
    yield Measured("a booking committed", ours, "1.5x", raw, "the same rows, bare")

    whatever = Override(frozenset(Guard), "measured far beyond all hours")
    ours, raw = in_turn(
        lambda: booking.book(db, Stamp(staff_id, LATER), draft(), override=whatever),
        again,
        rounds=100,
        warm_up=10,
    )
    yield Measured("a booking held to every rule", ours, "3x", raw, "the same rows, bare")

    session_id = open_session(db, draft(), staff_id)
    minutes = count(1)

    def record() -> None:
        at = LATER + timedelta(minutes=next(minutes))
        vitals = Vitals(systolic=132, diastolic=84, heart_rate=78, oxygen_saturation=98)
        recording.record_reading(db, Stamp(staff_id, at), session_id, ReadingDraft(at, vitals))

    record()
    again = bare.repeating("readings", "actions", "audit")
    ours, raw = in_turn(record, again, rounds=300, warm_up=20)
    yield Measured("a reading committed", ours, "1.5x", raw, "the same rows, bare")

    for typed in ("g", "ga", "gar", "garc", "garcia a", "0142"):
        ours, raw = in_turn(
            lambda typed=typed: patients.find(db, typed),
            lambda typed=typed: raw_find(bare.connection, typed),
            rounds=15,
        )
        yield Measured(f"find {typed!r}", ours, "2x, under 10 ms", raw, "bare full-text query")
    db.close()
    bare.close()


def raw_find(db: Any, typed: str) -> None:
    words = " ".join(f'"{word}"*' for word in typed.split())
    db.execute(_RAW_FIND, {"words": words}).fetchall()


def open_session(db: SqliteDatabase, draft: AppointmentDraft, staff_id: StaffId) -> SessionId:
    stamp = Stamp(staff_id, LATER)
    booked = booking.book(db, stamp, draft, override=AGREED)
    appointment_id = AppointmentId(booked.row_ids["appointments"])
    booking.set_status(db, Stamp(staff_id, LATER), appointment_id, 1, status=Status.ARRIVED)
    opened = sessions.open_session(db, Stamp(staff_id, LATER), appointment_id, nurse_id=staff_id)
    return SessionId(opened.row_ids["sessions"])


class Bare:
    """A plain connection to the same file, with the same durability and nothing else."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None)
        self.connection.execute("PRAGMA synchronous = FULL").fetchall()
        self._repeats = count(1)

    def repeating(self, *tables: str) -> Callable[[], None]:
        """Writes the newest row of each table once more, in one transaction."""
        prepared = [self._newest(table) for table in tables]

        def again() -> None:
            number = next(self._repeats)
            self.connection.execute("BEGIN IMMEDIATE")
            for statement, values in prepared:
                moved = {"starts": 86400 * 90 * number, "ends": 86400 * 90 * number}
                later = {name: values[name] + moved[name] for name in moved if name in values}
                own = {"uuid": new_uuid()} if "uuid" in values else {}
                self.connection.execute(statement, {**values, **later, **own})
            self.connection.execute("COMMIT")

        return again

    def _newest(self, table: str) -> tuple[str, dict[str, Any]]:
        cursor = self.connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")
        names = [column[0] for column in cursor.description]
        values = dict(zip(names, cursor.fetchone(), strict=True))
        del values["id"]
        slots = ", ".join(f":{name}" for name in values)
        return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({slots})", values

    def close(self) -> None:
        self.connection.close()
