"""Restoring and making a clinic file, killed at any moment: a whole file, or a word where it is."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import StaffId
from ketadesk.services import clinic, keeping, patients
from ketadesk.services.watching import open_clinic
from ketadesk.store.errors import StoreError
from tests.clinic_day import MONDAY_TEN, add_patient, open_harbor, stamp

RESTORE = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, datetime
from ketadesk.services import keeping
from ketadesk.store import backup
source, file, last, links = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
steps = 0

def power_cut(event, arguments):
    global steps
    if event == "os.link" and links == "none":
        raise PermissionError(1, "no second names on this disk")
    if event in ("os.link", "os.rename", "os.remove", "os.chmod"):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(power_cut)
keeping.restore(source, file, at=datetime(2027, 5, 10, 17, tzinfo=UTC), replace=True)
print("restored")
"""


def who_is_in(file: Path) -> list[str]:
    db = open_clinic(file)
    try:
        assert all(found == [] for found in keeping.check(db).values())
        return [patient.given_name for patient in patients.find(db, "")]
    finally:
        db.close()


def clinic_with(file: Path, name: str) -> Path:
    db = open_harbor(file)
    add_patient(db, name)
    db.close()
    return file


def restored_until(step: int, source: Path, file: Path, *, links: str) -> bool:
    """Whether the restore came to its end before it was killed at its n-th step in the folder."""
    ended = subprocess.run(
        [sys.executable, "-c", RESTORE, str(source), str(file), str(step), links],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode == 0


@pytest.mark.parametrize("links", ["some", "none"])
def test_a_restore_killed_at_any_step_leaves_the_old_clinic_the_new_one_or_says_where_it_is(
    tmp_path: Path, links: str
) -> None:
    source = clinic_with(tmp_path / "backup.ketadesk", "New")
    found = []
    for step in range(1, 40):
        folder = tmp_path / f"{links}-{step}"
        folder.mkdir()
        file = clinic_with(folder / "clinic.ketadesk", "Old")
        ended = restored_until(step, source, file, links=links)
        try:
            (name,) = who_is_in(file)
        except StoreError as error:
            assert error.code == "file_set_aside" and links == "none", error
            (name,) = who_is_in(Path(str(error.values["aside"])))
            assert name == "Old"
        found.append(name)
        if ended:
            break
    assert found[-1] == "New" and found[0] == "Old" and len(found) > 2


def test_a_missing_or_empty_file_without_anything_beside_it_is_called_so(tmp_path: Path) -> None:
    file = tmp_path / "clinic.ketadesk"
    with pytest.raises(StoreError, match="file_missing"):
        open_clinic(file)
    file.touch()
    with pytest.raises(StoreError, match="file_empty"):
        open_clinic(file)
    clinic_with(tmp_path / "clinic.replaced-20270509-120000.ketadesk", "Older")
    newest = clinic_with(tmp_path / "clinic.replaced-20270510-120000.ketadesk", "Newer")
    with pytest.raises(StoreError, match="file_set_aside") as told:
        open_clinic(file)
    assert told.value.values["aside"] == str(newest)


def test_what_is_written_while_it_is_copied_never_makes_a_whole_backup_look_damaged(
    tmp_path: Path,
) -> None:
    source = tmp_path / "clinic.ketadesk"
    db = open_harbor(source)
    for number in range(8):
        add_patient(db, f"P{number}")
        copy = tmp_path / f"copy-{number}.ketadesk"
        keeping.restore(source, copy, at=MONDAY_TEN)
        assert len(who_is_in(copy)) == number + 1
    db.close()


def test_a_clinic_whose_log_finds_no_room_in_its_file_is_told_and_not_left_behind(
    tmp_path: Path,
) -> None:
    """Closing a file says nothing of that; what would be put in place is damaged."""
    resource = pytest.importorskip("resource")
    file = tmp_path / "new.ketadesk"
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(KnownError) as told, keeping.made_anew(file, replace=False) as db:
            db.run("PRAGMA wal_autocheckpoint = 0")
            clinic.add_staff(db, stamp(staff_id=StaffId(0)), name="Rosa M.", role=Role.MANAGER)
            for number in range(30):
                add_patient(db, f"P{number}")
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert told.value.code in ("copy_disk_full", "disk_failing")
    assert list(tmp_path.iterdir()) == []
