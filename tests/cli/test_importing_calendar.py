"""`ketadesk import ics` as people type it: what it says, what it leaves, how it ends."""

import csv
import stat
from pathlib import Path

import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from tests.clinic_day import add_patient, open_harbor
from tests.services.test_calendar_in import calendar, event


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    file = tmp_path / "harbor.ketadesk"
    db = open_harbor(file)
    add_patient(db, record_number="0042")
    db.close()
    both = calendar(event("Ana García"), event("A. from Tuesday", "20270513T100000", uid="a"))
    (tmp_path / "shared.ics").write_bytes(both)
    return file


def run(harbor: Path, *arguments: str) -> int:
    days = ("--from", "2027-05-01", "--to", "2027-05-31")
    return told(ketadesk, ["--clinic", str(harbor), "import", "ics", *arguments, *days])


def test_the_list_beside_the_calendar_is_filled_in_and_given_back(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = str(tmp_path / "shared.ics")
    assert run(harbor, shared) == 0
    said = capsys.readouterr().out
    assert "booked 1, already there 0, cancelled 0, left 1 events" in said
    assert "1 (lines 8): The title names no patient of the clinic." in said
    listed = tmp_path / "shared-to-match.csv"
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    with listed.open(encoding="utf-8-sig", newline="") as read:
        (row,) = csv.DictReader(read)
    assert (row["title"], row["first"], row["times"]) == (
        "A. from Tuesday",
        "2027-05-13 10:00",
        "1",
    )
    with listed.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.DictWriter(written, row.keys())
        writer.writeheader()
        writer.writerow({**row, "patient": "0042"})
    assert run(harbor, shared, "--matches", str(listed)) == 0
    assert "booked 1, already there 1, cancelled 0, left 0 events" in capsys.readouterr().out
    assert run(harbor, shared, "--matches", str(listed)) == 0
    assert "booked 0, already there 2, cancelled 0, left 0 events" in capsys.readouterr().out
    assert not (tmp_path / "shared-to-match-2.csv").exists()


def test_a_trial_leaves_no_file(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.iterdir())
    assert run(harbor, str(tmp_path / "shared.ics"), "--dry-run") == 0
    assert "Nothing was written; this is what would happen:" in capsys.readouterr().out
    assert sorted(one for one in tmp_path.iterdir() if one.suffix in (".ics", ".csv")) == [
        one for one in before if one.suffix in (".ics", ".csv")
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["missing.ics"], 1),
        (["shared.ics", "--protocol", "Nothing"], 1),
        (["shared.ics", "--matches", "shared.ics"], 1),
        (["shared.ics", "--rejects", "shared.ics"], 1),
        (["harbor.ketadesk"], 1),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    harbor: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
) -> None:
    named = [str(tmp_path / one) if "." in one else one for one in arguments]
    assert run(harbor, *named) == code
    assert len(capsys.readouterr().err.splitlines()) == 1
