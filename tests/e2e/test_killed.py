"""Power cord, power button, crash: whatever was acknowledged is there, and asking again is safe."""

import json
import random
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from ketadesk.domain.appointments import Status
from ketadesk.domain.ids import SessionId
from ketadesk.services import booking, keeping, sessions
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import ROSA, add_patient, at, book, open_harbor, stamp
from tests.e2e.busy_desk import Told, act

KILLS = 50


def test_a_desk_killed_at_any_moment_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    appointment_id = book(db, add_patient(db), at(10))
    booking.set_status(db, stamp(at(9, 50)), appointment_id, 1, status=Status.ARRIVED)
    sessions.open_session(db, stamp(at(9, 55)), appointment_id, nurse_id=ROSA)
    db.close()
    chance = random.Random(20270510)
    acknowledged: list[str] = []
    unfinished = 0

    for round_number in range(KILLS):
        first = at(10) + timedelta(days=1 + 100 * round_number)
        told, done = killed_desk(path, first, after=chance.uniform(0.0, 0.05))
        acknowledged += done
        db = open_clinic(path)
        for last in [entry for entry in told if entry["uuid"] not in done]:
            unfinished += 1
            before = rows(db)
            act(db, last)
            act(db, last)
            assert rows(db) - before in (0, 1), "one more at most, however often it is asked"
            acknowledged.append(str(last["uuid"]))
        db.close()

    db = open_clinic(path)
    kept = {
        row["uuid"]
        for row in db.rows("SELECT uuid FROM readings UNION SELECT uuid FROM appointments")
    }
    assert set(acknowledged) <= kept
    assert len(acknowledged) == len(set(acknowledged)) > KILLS
    assert rows(db) == len(acknowledged) + 1, "the first booking and what was told, nothing twice"
    assert unfinished > 0, "some kills must hit between asking and acknowledging"
    assert not any(keeping.check(db).values())
    assert len(sessions.load(db, SessionId(1)).readings) > 0
    db.close()


def killed_desk(path: Path, first: datetime, *, after: float) -> tuple[list[Told], list[str]]:
    """Starts a busy desk, kills it `after` seconds from its first acknowledgement."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.busy_desk", str(path), first.isoformat()],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert desk.stdout is not None
    lines = [desk.stdout.readline(), desk.stdout.readline()]
    time.sleep(after)
    desk.kill()
    lines += desk.stdout.read().splitlines()
    desk.wait()
    desk.stdout.close()
    whole = [line.split(maxsplit=1) for line in lines if line.rstrip().endswith("}")]
    told = [json.loads(words) for verb, words in whole if verb == "try"]
    names = {str(entry["uuid"]) for entry in told}
    done = [line[5:].strip() for line in lines if line.startswith("done ")]
    return told, [uuid for uuid in done if uuid in names]


def rows(db: SqliteDatabase) -> int:
    counts = db.rows(
        "SELECT (SELECT count(*) FROM readings) + (SELECT count(*) FROM appointments) AS rows"
    )
    number: int = counts[0]["rows"]
    return number
