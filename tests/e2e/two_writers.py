"""Two desks at random on one clinic file, and whether the file is still true afterwards.

`python -m tests.e2e.two_writers --seconds 60` prints the figures; a test runs it for some seconds.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from ketadesk.domain.changes import Noun
from ketadesk.i18n import known_codes
from ketadesk.services import keeping
from ketadesk.services.watching import open_clinic
from ketadesk.store.actions import current_row
from ketadesk.store.database import Database
from tests.clinic_day import ROSA
from tests.e2e.desk_at_random import MIA, open_the_clinic

HERE = Path(__file__).parents[2]
UNSAID = "…"
"""What a sentence shows where it has no value."""


@dataclass
class Found:
    """What was done and refused, and everything that is not as it must be."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    standing: int = 0
    wrong: list[str] = field(default_factory=list)


def run(path: Path, *, for_seconds: float, seed: int) -> Found:
    """Lets two desks write, then looks at every promise that was made."""
    open_the_clinic(path)
    db = open_clinic(path)
    before = {row["id"] for row in db.rows("SELECT id FROM actions")}
    desks = [start(path, seed + n, for_seconds, who) for n, who in enumerate((ROSA, MIA))]
    found = Found()
    told = [told_by(desk, found) for desk in let_go(desks)]
    acknowledged = [line for lines in told for line in lines if "done" in line]
    found.done.update(line["verb"] for line in acknowledged)
    found.refused.update(line["refused"] for lines in told for line in lines if "refused" in line)
    found.wrong += unsaid(told)
    found.wrong += double_bookings(db, found)
    found.wrong += lost(db, acknowledged, before)
    found.wrong += unheard(told)
    found.wrong += [f"check: {name}: {one}" for name, all_ in keeping.check(db).items()
                    for one in all_]  # fmt: skip
    db.close()
    return found


def start(path: Path, seed: int, for_seconds: float, who: int) -> subprocess.Popen[str]:
    order = (str(path), str(seed), str(for_seconds), str(who))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.desk_at_random", *order],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=HERE,
    )


def let_go(desks: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    """Both begin at once, when both have opened the file."""
    for desk in desks:
        assert desk.stdout is not None
        desk.stdout.readline()
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
    return desks


def told_by(desk: subprocess.Popen[str], found: Found) -> list[dict[str, Any]]:
    told, trouble = desk.communicate()
    if desk.returncode:
        found.wrong.append(f"a desk ended with what nobody can act on:\n{trouble}")
    return [json.loads(line) for line in told.splitlines()]


def unsaid(told: list[list[dict[str, Any]]]) -> list[str]:
    """Refusals without a whole sentence, and those that only mean: try again."""
    refused = [line for lines in told for line in lines if "refused" in line]
    return [
        f"{line['refused']}: {line['said']}"
        for line in refused
        if line["refused"] not in known_codes()
        or UNSAID in line["said"]
        or line["kind"] not in ("Refused", "Objected", "Conflict", "NotFound")
    ]


def double_bookings(db: Database, found: Found) -> list[str]:
    """Nobody decided that two share a chair, so that none may, whatever the triggers say."""
    chairs: dict[int, list[Any]] = defaultdict(list)
    for row in db.rows("SELECT * FROM appointments"):
        if row["status"] not in ("cancelled_by_patient", "cancelled_by_clinic", "no_show"):
            found.standing += 1
            chairs[row["chair_id"]].append(row)
    return [
        f"double booking: {one['id']} and {other['id']} in chair {chair}"
        for chair, rows in chairs.items()
        for one, other in combinations(rows, 2)
        if one["starts"] < other["ends"] and other["starts"] < one["ends"]
    ]


def lost(db: Database, acknowledged: list[dict[str, Any]], before: set[int]) -> list[str]:
    """Every acknowledged action is there once and held; every row is what its steps lead to."""
    wrong = []
    done = [line["done"] for line in acknowledged]
    kept = {row["id"] for row in db.rows("SELECT id FROM actions")} - before
    if sorted(done) != sorted(kept):
        wrong.append(f"acknowledged and kept differ: {set(done) ^ kept} or something twice")
    promises = {line["done"]: line["holds"] for line in acknowledged}
    steps: dict[int, list[Any]] = defaultdict(list)
    for entry in db.rows("SELECT * FROM audit ORDER BY id"):
        steps[entry["action_id"]].append(entry)
    rows: dict[tuple[Noun, int], dict[str, Any]] = defaultdict(dict)
    for action_id in sorted(steps.keys() | promises.keys()):
        for entry in steps[action_id]:
            wrong += broken_steps(entry, rows[entry["table_name"], entry["row_id"]])
        for table, row_id, values in promises.get(action_id, ()):
            row = rows[table, row_id]
            if any(row.get(key) != value for key, value in values.items()):
                wrong.append(f"{table} {row_id} does not hold {values} after action {action_id}")
    wrong += [
        f"{name} is not what its steps lead to"
        for name, row in rows.items()
        if dict(current_row(db, *name)) != row
    ]
    return wrong


def broken_steps(entry: Mapping[str, Any], row: dict[str, Any]) -> list[str]:
    """Takes the row one step on; a step from another state, or over a version, lost a change."""
    was, after = json.loads(entry["before"] or "null"), json.loads(entry["after"])
    name = f"{entry['table_name']} {entry['row_id']} at action {entry['action_id']}"
    wrong = []
    if (was is None) != (not row) or any(row[key] != old for key, old in (was or {}).items()):
        wrong.append(f"{name} was not as its audit says")
    if after.get("version", 1) != row.get("version", 0) + 1:
        wrong.append(f"{name} skipped a version")
    row |= after
    return wrong


def unheard(told: list[list[dict[str, Any]]]) -> list[str]:
    """A window that misses what the other one did would show the old state for ever."""
    wrong = []
    for lines in told:
        heard = next((line["heard"] for line in lines if "heard" in line), [0])
        if heard != list(range(heard[0], heard[-1] + 1)):
            wrong.append("a desk did not hear of every change, in their order")
    return wrong


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=20270510)
    order = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="ketadesk-two-") as folder:
        found = run(Path(folder) / "clinic.ketadesk", for_seconds=order.seconds, seed=order.seed)
    print(f"done {found.done.total()}:", dict(found.done.most_common()))
    print(f"refused {found.refused.total()}:", dict(found.refused.most_common()))
    print(f"{found.standing} appointments stand; {len(found.wrong)} things are wrong")
    for one in found.wrong[:20]:
        print("-", one)
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
