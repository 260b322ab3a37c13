"""Two desks book, move, cancel, plan and close at random in one file: nothing is lost or twice.

`KETADESK_TWO_WRITERS_SECONDS=60` makes it the minute that is run before a release.
"""

import os
from pathlib import Path

from tests.e2e.two_writers import run

SECONDS = float(os.environ.get("KETADESK_TWO_WRITERS_SECONDS", "4"))


def test_two_desks_at_random_never_double_book_nor_lose_a_change(tmp_path: Path) -> None:
    found = run(tmp_path / "harbor.ketadesk", for_seconds=SECONDS, seed=20270510)
    assert found.wrong == []
    assert {"appointment_booked", "appointment_moved", "course_booked", "closure_added",
            "appointment_status_set", "action_undone"} <= found.done.keys()  # fmt: skip
    assert found.refused, "two desks at random must get into each other's way"
    assert found.standing > 0
