"""`ketadesk export ics` as people type it: what it writes, what it says, what it leaves alone."""

import stat
from pathlib import Path

import icalendar
import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from tests.clinic_day import add_patient, at, book, open_harbor


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    file = tmp_path / "harbor.ketadesk"
    db = open_harbor(file)
    book(db, add_patient(db), at(10))
    db.close()
    return file


def run(harbor: Path, *arguments: str) -> int:
    return told(ketadesk, ["--clinic", str(harbor), "export", "ics", *arguments])


def test_the_calendar_is_for_its_owner_only_and_says_no_names(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "clinic.ics"
    assert run(harbor, str(file)) == 0
    assert f"Saved 1 appointments to {file}." in capsys.readouterr().out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Garc" not in file.read_bytes()


def test_names_are_written_when_asked_for_and_it_is_said(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "clinic.ics"
    assert run(harbor, str(file), "--names", "--from", "2027-05-10", "--to", "2027-05-10") == 0
    assert "patients' names" in capsys.readouterr().out
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Ana García"


def test_days_the_wrong_way_round_are_wrong_usage(harbor: Path, tmp_path: Path) -> None:
    assert run(harbor, str(tmp_path / "x.ics"), "--from", "2027-05-11", "--to", "2027-05-10") == 2


def test_the_clinic_file_is_never_written_over(
    harbor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = harbor.read_bytes()
    assert run(harbor, str(harbor)) == 1
    assert harbor.read_bytes() == before
    assert capsys.readouterr().err.strip()
