"""Nothing that a command writes may cost the clinic file, or anything else that is there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import add_patient, at, book, open_harbor

Command = Callable[[Path, Path], list[str]]


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder = tmp_path / "clinic"
    folder.mkdir()
    file = folder / "harbor.ketadesk"
    db = open_harbor(file)
    book(db, add_patient(db), at(10))
    db.close()
    (folder / "export.csv").write_text("name\nIker Sanz\nNo One,too,many\n")
    return file


def printing(harbor: Path, target: Path) -> list[str]:
    return ["print", "pickup", "--appointment", "1", "--pdf", str(target)]


def importing(harbor: Path, target: Path) -> list[str]:
    export = harbor.with_name("export.csv")
    return ["import", "patients", str(export), "--rejects", str(target)]


def listed(folder: Path) -> dict[str, tuple[int, int]]:
    """What is there, by inode and size."""
    found = {path.name: path.lstat() for path in folder.iterdir()}
    return {name: (stat.st_ino, stat.st_size) for name, stat in found.items()}


def hard_link(harbor: Path) -> Path:
    other = harbor.with_name("hard.pdf")
    os.link(harbor, other)
    return other


def symbolic_link(harbor: Path) -> Path:
    other = harbor.with_name("soft.pdf")
    other.symlink_to(harbor)
    return other


def link_to_the_log(harbor: Path) -> Path:
    other = harbor.with_name("log.pdf")
    other.symlink_to(f"{harbor}-wal")
    return other


def fifo(harbor: Path) -> Path:
    other = harbor.with_name("pipe.pdf")
    os.mkfifo(other)
    return other


def folder(harbor: Path) -> Path:
    other = harbor.with_name("folder.pdf")
    other.mkdir()
    return other


def database(harbor: Path) -> Path:
    other = harbor.with_name("other.ketadesk")
    open_harbor(other).close()
    return other


@pytest.mark.parametrize("command", [printing, importing])
@pytest.mark.parametrize(
    "target",
    [
        lambda harbor: harbor,
        lambda harbor: Path(f"{harbor}-wal"),
        lambda harbor: Path(f"{harbor}-shm"),
        lambda harbor: Path(f"{harbor}-journal"),
        hard_link,
        symbolic_link,
        link_to_the_log,
        fifo,
        folder,
        database,
    ],
)
def test_what_is_there_stays_and_one_sentence_says_so(
    harbor: Path,
    capsys: pytest.CaptureFixture[str],
    command: Command,
    target: Callable[[Path], Path],
) -> None:
    wanted = target(harbor)
    watching: SqliteDatabase = open_clinic(harbor)
    before = listed(harbor.parent)
    assert told(ketadesk, ["--clinic", str(harbor), *command(harbor, wanted)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1
    assert str(wanted) in said.err and "defect" not in said.err
    assert listed(harbor.parent) == before
    assert [row["given_name"] for row in watching.rows("SELECT * FROM patients")] == ["Ana"]
    watching.close()


def test_a_sheet_replaces_a_sheet_but_no_letter(harbor: Path) -> None:
    letter, sheet, empty = (harbor.with_name(name) for name in ("a.txt", "b.pdf", "c.pdf"))
    letter.write_text("Dear clinic")
    sheet.write_bytes(b"%PDF-1.7 older")
    empty.touch()
    codes = [
        told(ketadesk, ["--clinic", str(harbor), *printing(harbor, file)])
        for file in (letter, sheet, empty)
    ]
    assert codes == [1, 0, 0]
    assert letter.read_text() == "Dear clinic"
    assert sheet.read_bytes()[8:13] != b" olde" and empty.read_bytes().startswith(b"%PDF-")


def test_refused_rows_through_a_link_go_where_it_leads(harbor: Path) -> None:
    real, link = harbor.with_name("real.csv"), harbor.with_name("link.csv")
    link.symlink_to(real)
    assert told(ketadesk, ["--clinic", str(harbor), *importing(harbor, link)]) == 0
    assert link.is_symlink() and "too" in real.read_text("utf-8-sig")


@pytest.mark.parametrize("other_name", [hard_link, symbolic_link])
def test_the_clinic_file_is_known_under_any_name(
    harbor: Path, capsys: pytest.CaptureFixture[str], other_name: Callable[[Path], Path]
) -> None:
    wanted = other_name(harbor)
    assert told(ketadesk, ["--clinic", str(harbor), *printing(harbor, wanted)]) == 1
    assert capsys.readouterr().err.startswith(f"{wanted} belongs to the clinic file.")
