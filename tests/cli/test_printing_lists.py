"""`ketadesk print day|week|agenda` as people type it."""

from pathlib import Path

import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from ketadesk.services.watching import open_clinic
from tests.clinic_day import add_patient, at, book, open_harbor
from tests.paper.reading_pdfs import text


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    file = tmp_path / "harbor.ketadesk"
    db = open_harbor(file)
    book(db, add_patient(db), at(10))
    db.close()
    return file


@pytest.mark.parametrize("view", ["day", "week", "agenda"])
def test_each_view_is_written_and_noted(harbor: Path, tmp_path: Path, view: str) -> None:
    file = tmp_path / f"{view}.pdf"
    command = ["--clinic", str(harbor), "print", view, "--date", "2027-05-10", "--pdf", str(file)]
    assert told(ketadesk, command) == 0
    assert "AnaGarcía" in text(file.read_bytes())
    assert told(ketadesk, [*command, "--initials", "--paper", "a4"]) == 0
    assert "AnaGarcía" not in text(file.read_bytes())
    db = open_clinic(harbor)
    rows = db.rows("SELECT kind, initials, paper FROM lists_printed ORDER BY id")
    db.close()
    assert [tuple(row.values()) for row in rows] == [
        (f"{view}_list", 0, "letter"),
        (f"{view}_list", 1, "a4"),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["day", "--appointment", "1"],
        ["week", "--language", "es"],
        ["day", "--to", "2027-05-12"],
        ["agenda", "--date", "2027-05-12", "--to", "2027-05-10"],
        ["pickup"],
        ["pickup", "--appointment", "1", "--date", "today"],
        ["aftercare", "--appointment", "1", "--initials"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    harbor: Path, tmp_path: Path, arguments: list[str]
) -> None:
    command = ["--clinic", str(harbor), "print", *arguments, "--pdf", str(tmp_path / "x.pdf")]
    assert told(ketadesk, command) == 2
