"""`ketadesk import patients` as people type it: what it says, what it leaves, how it ends."""

import csv
import stat
from pathlib import Path

import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from ketadesk.services import patients
from ketadesk.services.watching import open_clinic
from tests.clinic_day import open_harbor

SAMPLES = Path(__file__).parent.parent / "imports"


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic file with nobody in it; the machine's own settings are out of reach."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    file = tmp_path / "harbor.ketadesk"
    open_harbor(file).close()
    return file


def run(harbor: Path, *arguments: str) -> int:
    return told(ketadesk, ["--clinic", str(harbor), "import", "patients", *arguments])


def names(harbor: Path) -> list[str]:
    db = open_clinic(harbor)
    try:
        return sorted(patient.name for patient in patients.find(db, "", most=100))
    finally:
        db.close()


def export(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_bytes((SAMPLES / name).read_bytes())
    return file


def test_refused_rows_lie_beside_the_export_for_its_owner_only(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, "openemr.csv")
    assert run(harbor, str(file)) == 0
    said = capsys.readouterr().out
    assert "added 2, already there 0, refused 1" in said
    assert "1 (lines 4): The patient has died (column deceased_date)." in said
    assert "Not kept, as they identify people elsewhere: ss" in said
    rejects = tmp_path / "openemr-refused.csv"
    with rejects.open(encoding="utf-8-sig", newline="") as kept:
        (row,) = csv.DictReader(kept)
    assert (row["ketadesk_line"], row["fname"], row["pubpid"]) == ("4", "Walter", "000120")
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    assert names(harbor) == ["Belen Ortiz", "Iker Luis Sanz"]

    assert run(harbor, str(file)) == 0
    assert "added 0, already there 2, refused 1" in capsys.readouterr().out
    assert (tmp_path / "openemr-refused-2.csv").exists()


def test_a_dry_run_writes_nothing(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = export(tmp_path, "openemr.csv")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert run(harbor, str(file), "--dry-run") == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert names(harbor) == []


def test_a_named_rejects_file_always_tells_of_this_run(harbor: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    assert run(harbor, str(export(tmp_path, "openemr.csv")), "--rejects", str(rejects)) == 0
    assert len(rejects.read_text("utf-8-sig").splitlines()) == 2
    assert run(harbor, str(export(tmp_path, "jane.csv")), "--rejects", str(rejects)) == 0
    assert len(rejects.read_text("utf-8-sig").splitlines()) == 1


def test_dates_and_columns_can_be_said(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("who,born,tel\nAna Gil,03/04/1985,5\n")
    assert run(harbor, str(file)) == 1
    assert "No column holds" in capsys.readouterr().err
    assert run(harbor, str(file), "--column", "who=full_name") == 1
    assert "03/04/1985" in capsys.readouterr().err
    assert not list(tmp_path.glob("*refused*"))
    assert run(harbor, str(file), "--column", "who=full_name", "--dates", "dmy") == 0
    assert names(harbor) == ["Ana Gil"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.csv"], 1),
        (["list.csv", "--column", "tel=phone"], 1),
        (["list.csv", "--column", "name=shoe size"], 2),
        (["list.csv", "--rejects", "list.csv"], 1),
        (["list.csv", "--rejects", "no/such/folder.csv"], 1),
        (["list.csv", "--encoding", "klingon"], 1),
        (["list.csv", "--dates", "today"], 2),
        (["list.csv", "--by", "Nobody"], 1),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    harbor: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("name\nAna Gil\n")
    assert run(harbor, *arguments) == code
    said = capsys.readouterr()
    assert said.out == "" and "Traceback" not in said.err
    if code == 1:
        assert len(said.err.splitlines()) == 1
    assert (tmp_path / "list.csv").read_text() == "name\nAna Gil\n"
    assert names(harbor) == []
