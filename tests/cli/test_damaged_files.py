"""A damaged clinic file is called so, by every command; `check` gets through it and names it."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from tests.cli.conftest import Run

DAMAGE = {
    "facts that are no longer JSON": ["UPDATE settings SET value = '{' WHERE name = 'clinic'"],
    "settings of another kind": ["UPDATE settings SET value = '[]'"],
    "a zone of no world": ["UPDATE settings SET value = replace(value, 'UTC', 'Mars/Base')"],
    "a status of no day": ["UPDATE appointments SET status = 'zzz'"],
    "a day of no month": ["UPDATE patients SET birth_date = '1985-19-39'"],
    "an audit of another kind": [
        "DROP TRIGGER audit_are_kept_as_written",
        "UPDATE audit SET after = '[1]'",
    ],
}


def damaged(whole: Path, file: Path, statements: Sequence[str]) -> Path:
    """A copy, written past every check as failing hardware would."""
    shutil.copyfile(whole, file)
    connection = sqlcipher3.dbapi2.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    for statement in statements:
        if not statement.startswith("DROP") or statement.split()[-1] in names:
            connection.execute(statement)
    connection.close()
    return file


@pytest.mark.parametrize("what", DAMAGE)
def test_values_that_nobody_wrote_are_damage_and_no_defect_of_ours(
    run: Run, clinic_file: Path, tmp_path: Path, what: str
) -> None:
    file = damaged(clinic_file, tmp_path / "clinic.ketadesk", DAMAGE[what])
    checked = run("--clinic", file, "check")
    assert checked.returncode == 1 and "restore the newest good backup" in checked.stderr
    for command in (("list", "appointments"), ("list", "patients")):
        listed = run("--clinic", file, *command)
        assert "defect" not in listed.stderr
        assert listed.returncode == 0 or "is damaged" in listed.stderr


@pytest.mark.parametrize("seed", range(6))
def test_bytes_that_turned_over_never_look_like_our_defect(
    run: Run, clinic_file: Path, tmp_path: Path, seed: int
) -> None:
    chance, file = random.Random(seed), tmp_path / "clinic.ketadesk"
    content = bytearray(clinic_file.read_bytes())
    for _ in range((1, 20, 400)[seed % 3]):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(content)
    for command in (("check",), ("list", "appointments"), ("backup", tmp_path / "copy.ketadesk")):
        assert "defect" not in run("--clinic", file, *command).stderr


def test_half_a_file_is_damaged(run: Run, clinic_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "clinic.ketadesk"
    content = clinic_file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    checked = run("--clinic", file, "check")
    assert checked.returncode == 1 and "defect" not in checked.stderr
