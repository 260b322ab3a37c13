"""A desk that never rests: books and records in a loop until it is killed.

Run as `python -m tests.e2e.busy_desk FILE FIRST_DAY`. Before each action it says on stdout what it
is about to do, after the commit that it is done; whoever killed it can then look what is there.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.ids import PatientId, SessionId, Uuid, new_uuid
from ketadesk.domain.readings import ReadingDraft, Vitals
from ketadesk.services import booking, recording
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import AGREED, ROSA, draft_for

Told = dict[str, str | int]


def plan(number: int, first: datetime) -> Told:
    """What the desk does as its `number`-th action: every other one is a reading."""
    kind = "reading" if number % 2 else "booking"
    moment = first + number * timedelta(hours=2)
    return {"kind": kind, "uuid": new_uuid(), "at": moment.isoformat(), "number": number}


def act(db: SqliteDatabase, told: Told) -> Changes:
    """Does what was told; told again, it writes nothing new."""
    moment = datetime.fromisoformat(str(told["at"]))
    uuid = Uuid(str(told["uuid"]))
    stamp = Stamp(ROSA, moment.astimezone(UTC), uuid)
    if told["kind"] == "booking":
        wanted = draft_for(PatientId(1), moment, uuid=uuid)
        return booking.book(db, stamp, wanted, override=AGREED)
    vitals = Vitals(systolic=120 + int(told["number"]) % 40, diastolic=80, heart_rate=70)
    draft = ReadingDraft(moment.astimezone(UTC), vitals, uuid=uuid)
    return recording.record_reading(db, stamp, SessionId(1), draft)


def main() -> None:
    path, first = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    db = open_clinic(path)
    for number in count(1):
        told = plan(number, first)
        print("try", json.dumps(told), flush=True)
        act(db, told)
        print("done", told["uuid"], flush=True)


if __name__ == "__main__":
    main()
