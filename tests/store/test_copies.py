"""Copies of a clinic file: whole or not there, in a free place, and nothing left beside them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from ketadesk.domain.errors import KnownError, Refused
from ketadesk.services import keeping, patients
from ketadesk.services.watching import open_clinic
from ketadesk.store.errors import StoreError
from tests.clinic_day import MONDAY_TEN, add_patient, at, book, open_harbor

HOLD = """
import sys
import time
from pathlib import Path
from ketadesk.services.watching import open_clinic
db = open_clinic(Path(sys.argv[1]))
db.run("UPDATE patients SET note = note || '.'")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    book(db, add_patient(db, "Ana", "Muñoz"), at(10))
    db.close()
    return path


def raw(file: Path, *statements: str) -> None:
    """Changes a file as a failing disk would: past every trigger and without checks."""
    connection = sqlcipher3.dbapi2.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def backing_up(file: Path, copy: Path) -> str:
    """The code with which a backup is refused; nothing of it may be left."""
    before = set(copy.parent.iterdir())
    db = open_clinic(file)
    try:
        with pytest.raises(KnownError) as refused:
            keeping.back_up(db, copy, at=MONDAY_TEN)
    finally:
        db.close()
    assert set(copy.parent.iterdir()) <= before
    assert str(refused.value.values.get("file", copy)) == str(copy)
    return refused.value.code


def test_a_copy_with_a_row_less_than_was_counted_is_no_backup(harbor: Path, tmp_path: Path) -> None:
    copy = tmp_path / "stick.ketadesk"
    db = open_clinic(harbor)
    # Counted in the place of the file's own table, but no part of the file: lost on the way.
    db.run("CREATE TEMP TABLE readings AS SELECT * FROM readings")
    db.run("INSERT INTO temp.readings (id) VALUES (1)")
    with pytest.raises(StoreError) as refused:
        keeping.back_up(db, copy, at=MONDAY_TEN)
    db.close()
    assert refused.value.code == "copy_incomplete"
    assert refused.value.values == {"file": str(copy), "tables": "readings"}
    assert [path.name for path in tmp_path.iterdir()] == ["harbor.ketadesk"]


def test_a_copy_that_is_damaged_is_no_backup(harbor: Path, tmp_path: Path) -> None:
    raw(harbor, "UPDATE appointments SET patient_id = 99")
    assert backing_up(harbor, tmp_path / "stick.ketadesk") == "copy_damaged"


def test_a_damaged_backup_is_not_restored_and_named(harbor: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick.ketadesk"
    stick.write_bytes(harbor.read_bytes())
    raw(stick, "UPDATE appointments SET patient_id = 99")
    cut = tmp_path / "cut.ketadesk"
    cut.write_bytes(harbor.read_bytes()[: -4 * 4096])
    before, names = harbor.read_bytes(), sorted(tmp_path.iterdir())
    for source in (stick, cut):
        with pytest.raises(StoreError) as refused:
            keeping.restore(source, harbor, at=MONDAY_TEN, replace=True)
        assert refused.value.values["file"] == str(source)
        assert harbor.read_bytes() == before
        assert sorted(tmp_path.iterdir()) == names


@pytest.mark.parametrize("part", ["", "-wal", "-shm", "-journal"])
def test_no_backup_takes_the_name_of_a_part_of_the_clinic_file(
    harbor: Path, tmp_path: Path, part: str
) -> None:
    assert backing_up(harbor, Path(f"{harbor}{part}")) in ("backup_exists", "over_clinic_file")


def test_the_log_of_a_file_that_is_gone_is_not_read_into_the_restored_one(
    harbor: Path, tmp_path: Path
) -> None:
    db = open_clinic(harbor)
    stick = keeping.back_up(db, tmp_path / "stick.ketadesk", at=MONDAY_TEN)
    add_patient(db, "After", "Backup")
    log = Path(f"{harbor}-wal").read_bytes()
    assert log
    db.close()
    harbor.write_bytes(b"Someone wrote a letter over the clinic file.")
    Path(f"{harbor}-wal").write_bytes(log)

    aside = keeping.restore(stick, harbor, at=MONDAY_TEN, replace=True)

    assert aside is not None and aside.read_bytes().startswith(b"Someone wrote")
    assert Path(f"{aside}-wal").read_bytes() == log
    restored = open_clinic(harbor)
    assert [patient.name for patient in patients.find(restored, "")] == ["Ana Muñoz"]
    assert not any(keeping.check(restored).values())
    restored.close()


def test_what_two_restores_of_one_moment_replaced_is_kept_twice(
    harbor: Path, tmp_path: Path
) -> None:
    db = open_clinic(harbor)
    stick = keeping.back_up(db, tmp_path / "stick.ketadesk", at=MONDAY_TEN)
    db.close()
    aside = {keeping.restore(stick, harbor, at=MONDAY_TEN, replace=True) for _ in range(2)}
    assert len(aside) == 2 and all(file is not None and file.exists() for file in aside)


def test_a_file_that_another_process_has_open_is_not_made_anew(harbor: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(harbor)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == "open\n"
    log = Path(f"{harbor}-wal")
    before = log.stat().st_ino
    try:
        with (
            pytest.raises(StoreError, match="file_in_use"),
            keeping.made_anew(harbor, replace=True),
        ):
            pass
        assert log.stat().st_ino == before
    finally:
        holder.communicate("")
    assert holder.returncode == 0
    found = open_clinic(harbor)
    assert [patient.note for patient in patients.find(found, "")] == ["."]
    found.close()
    with keeping.made_anew(harbor, replace=True):
        pass
    found = open_clinic(harbor)
    assert not patients.find(found, "")
    found.close()


def test_the_later_of_two_new_files_does_not_win(tmp_path: Path) -> None:
    file = tmp_path / "new.ketadesk"
    with (
        pytest.raises(Refused, match="sample_file_exists"),
        keeping.made_anew(file, replace=False),
    ):
        open_harbor(file).close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.ketadesk"]
    db = open_clinic(file)
    assert db.rows("SELECT * FROM staff")
    db.close()


def test_a_copy_of_a_file_whose_name_is_as_long_as_can_be(harbor: Path, tmp_path: Path) -> None:
    db = open_clinic(harbor)
    assert keeping.back_up(db, tmp_path / ("x" * 255), at=MONDAY_TEN).stat().st_size > 0
    db.close()
    assert backing_up(harbor, tmp_path / ("x" * 256)) == "name_unusable"


def test_neither_a_pipe_nor_a_folder_is_replaced(harbor: Path, tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    for there in (pipe, folder):
        with (
            pytest.raises(Refused, match="not_a_plain_file"),
            keeping.made_anew(there, replace=True),
        ):
            pass
        with pytest.raises(Refused, match="not_a_plain_file"):
            keeping.restore(harbor, there, at=MONDAY_TEN, replace=True)
    assert pipe.is_fifo() and folder.is_dir() and len(list(tmp_path.iterdir())) == 3


def test_a_backup_clears_away_what_one_that_was_ended_left_behind(
    harbor: Path, tmp_path: Path
) -> None:
    """A draft that nobody has written to for an hour goes; one that somebody works on stays."""
    ended, under_way, other = (
        tmp_path / name
        for name in (".ketadesk-1-aa.part", ".ketadesk-2-bb.part", "ketadesk-notes.part")
    )
    for file in (ended, under_way, other):
        file.write_bytes(b"half a clinic")
    long_ago = time.time() - 2 * 3600
    os.utime(ended, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))

    db = open_clinic(harbor)
    keeping.back_up(db, tmp_path / "copy.ketadesk", at=MONDAY_TEN)
    db.close()

    assert [file.exists() for file in (ended, under_way, other)] == [False, True, True]
