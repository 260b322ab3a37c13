"""The command line's lists on days on which the clocks change, wherever the computer stands."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ketadesk.domain.times import moment_on
from ketadesk.services import clinic
from tests.cli.conftest import Run
from tests.clinic_day import HARBOR, add_patient, book, open_harbor, stamp

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("zone_name", "day", "hours"),
    [
        ("America/Los_Angeles", date(2027, 3, 14), "-08:00 -07:00"),
        ("America/Los_Angeles", date(2027, 11, 7), "-07:00 -08:00"),
        ("Europe/Madrid", date(2027, 3, 28), "+01:00 +02:00"),
        ("Europe/Madrid", date(2027, 10, 31), "+02:00 +01:00"),
        ("Pacific/Auckland", date(2027, 4, 4), "+13:00 +12:00"),
        ("Asia/Kolkata", date(2027, 3, 14), "+05:30 +05:30"),
        ("Pacific/Honolulu", date(2027, 3, 14), "-10:00 -10:00"),
    ],
)
def test_a_day_is_listed_from_its_own_midnight_to_its_own_midnight(
    run: Run, tmp_path: Path, zone_name: str, day: date, hours: str
) -> None:
    path, zone = tmp_path / "harbor.ketadesk", ZoneInfo(zone_name)
    db = open_harbor(path)
    clinic.describe(db, stamp(), replace(HARBOR, zone_name=zone_name))
    ana = add_patient(db)
    for on, at in (
        (day - DAY, time(20)),
        (day, time(0)),
        (day, time(21, 45)),
        (day + DAY, time(0)),
    ):
        book(db, ana, moment_on(on, at, zone))
    db.close()
    for computer in ("UTC", "Pacific/Kiritimati"):
        order = ("--clinic", path, "list", "appointments", "--from", day, "--to", day)
        listed = json.loads(run(*order, "--json", TZ=computer).stdout)
        before, after = hours.split()
        assert [row["starts"] for row in listed] == [
            f"{day}T00:00:00{before}",
            f"{day}T21:45:00{after}",
        ]
