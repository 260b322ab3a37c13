"""The clinic file as a file: who may open it, what is refused, what a copy is worth."""

import os
import stat
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from ketadesk.domain.errors import Refused
from ketadesk.services import keeping, patients
from ketadesk.services.watching import open_clinic
from ketadesk.store import connection as connection_module
from ketadesk.store.database import SqliteDatabase
from ketadesk.store.errors import StoreError
from ketadesk.store.migrations import STEPS
from tests.clinic_day import MONDAY_TEN, add_patient, at, book, open_harbor

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    book(db, add_patient(db, "Ana", "Muñoz", phone="310-555-0142"), at(10))
    db.close()
    return path


def refusal(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as refused:
        open_clinic(path)
    after = path.read_bytes() if path.is_file() else None
    assert before == after, "a refused file must stay as it was"
    return refused.value.code


def test_every_safety_setting_is_on(harbor: Path) -> None:
    db = open_clinic(harbor)
    settings = {
        name: next(iter(db.rows(f"PRAGMA {name}")[0].values()))
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
    }
    db.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_the_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        db = open_harbor(tmp_path / "open.ketadesk")
        add_patient(db)
        modes = {
            part.name: stat.S_IMODE(part.stat().st_mode) for part in tmp_path.glob("open.ketadesk*")
        }
        db.close()
    finally:
        os.umask(before)
    assert len(modes) == 3, "the file, its log and its index"
    assert set(modes.values()) == {0o600}


def test_a_missing_file_a_folder_and_a_missing_folder_are_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.ketadesk") == "file_missing"
    assert refusal(tmp_path) == "not_a_database"
    assert refusal(tmp_path / "nowhere" / "none.ketadesk") == "folder_missing"


def test_a_picture_and_another_programs_database_are_refused(tmp_path: Path) -> None:
    picture = tmp_path / "photo.ketadesk"
    picture.write_bytes(b"\x89PNG\r\n" + bytes(4096))
    assert refusal(picture) == "not_a_database"
    other = tmp_path / "accounts.db"
    with sqlcipher3.dbapi2.connect(str(other)) as connection:
        connection.execute("CREATE TABLE accounts (id INTEGER)")
    connection.close()
    assert refusal(other) == "not_a_clinic_file"


def test_a_newer_programs_file_is_refused(harbor: Path) -> None:
    connection = sqlcipher3.dbapi2.connect(str(harbor))
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    assert refusal(harbor) == "newer_file"


@pytest.mark.skipif(AS_ROOT, reason="root may do everything")
def test_files_that_may_not_be_read_or_written(harbor: Path) -> None:
    harbor.chmod(0o400)
    assert refusal(harbor) == "read_only"
    harbor.chmod(0o000)
    with pytest.raises(StoreError, match="no_permission"):
        open_clinic(harbor)
    harbor.chmod(0o600)
    harbor.parent.chmod(0o500)
    try:
        assert refusal(harbor) == "read_only"
    finally:
        harbor.parent.chmod(0o700)


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path: Path) -> None:
    db = open_harbor(tmp_path / "harbor.ketadesk")
    add_patient(db)
    pages = db.rows("PRAGMA page_count")[0]["page_count"]
    db.run(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError, match="disk_full"):
        for number in range(500):
            add_patient(db, f"Patient {number}", "X" * 500)

    db.run("PRAGMA max_page_count = 1000000")
    assert all(found == [] for found in keeping.check(db).values())
    add_patient(db, "Once more", "Saved")
    assert patients.find(db, "once more")
    db.close()


def test_an_old_database_library_is_refused(harbor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "OLDEST_SQLITE", (99, 0, 0))
    assert refusal(harbor) == "sqlite_too_old"


def test_one_wrong_letter_on_the_disk_is_noticed_by_the_check(harbor: Path) -> None:
    """SQLite itself would read "Muños" without a word; the audit remembers what was written."""
    content = harbor.read_bytes()
    harbor.write_bytes(content.replace("Muñoz".encode(), "Muños".encode(), 1))
    assert harbor.read_bytes() != content
    db = open_clinic(harbor)
    found = keeping.check(db)
    db.close()
    assert any(found.values())


@pytest.mark.parametrize("page", [0, 1, 2, 5, 9])
def test_a_page_of_zeroes_is_noticed(harbor: Path, page: int) -> None:
    content = harbor.read_bytes()
    harbor.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])
    try:
        db = open_clinic(harbor)
    except StoreError as refused:
        assert refused.code in ("file_damaged", "not_a_database", "not_a_clinic_file")
        return
    try:
        noticed = any(keeping.check(db).values())
    except StoreError as refused:
        noticed = refused.code == "file_damaged"
    finally:
        db.close()
    assert noticed


@pytest.mark.parametrize(
    ("tampering", "check"),
    [
        ("UPDATE patients SET given_name = 'Eve' WHERE id = 1", "audit"),
        ("UPDATE chairs SET name = 'Throne', version = version + 1 WHERE id = 1", "audit"),
        ("INSERT INTO chairs (name, position) VALUES ('Ghost', 9)", "audit"),
        ("DROP TRIGGER appointments_overlap_insert", "schema"),
        ("CREATE TABLE extra (id INTEGER)", "schema"),
    ],
)
def test_whatever_is_changed_behind_the_programs_back_is_found(
    harbor: Path, tampering: str, check: str
) -> None:
    db = open_clinic(harbor)
    db.run(tampering)
    found = keeping.check(db)
    db.close()
    assert found.pop(check), "the tampering must be found"
    assert not any(found.values()), "and nothing else"


def test_an_unforced_overlap_is_found_even_when_the_guard_was_off(harbor: Path) -> None:
    db = open_clinic(harbor)
    db.run("DROP TRIGGER appointments_overlap_insert")
    row = db.rows("SELECT * FROM appointments")[0]
    values = {**row, "id": 2, "uuid": "another"}
    names, slots = ", ".join(values), ", ".join(f":{name}" for name in values)
    db.run(f"INSERT INTO appointments ({names}) VALUES ({slots})", **values)
    (finding,) = keeping.check(db)["overlaps"]
    db.close()
    assert (finding.values["first_id"], finding.values["second_id"]) == (1, 2)


def test_a_backup_made_while_the_clinic_works_is_whole(harbor: Path, tmp_path: Path) -> None:
    db = open_clinic(harbor)
    copy = keeping.back_up(db, tmp_path / "stick.ketadesk", at=MONDAY_TEN)
    add_patient(db, "After", "Backup")
    db.close()

    kept = open_clinic(copy)
    assert [patient.name for patient in patients.find(kept, "")] == ["Ana Muñoz"]
    assert not any(keeping.check(kept).values())
    kept.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part*")) and not list(tmp_path.glob(".*.part*"))


def test_a_backup_never_overwrites_and_names_itself_in_a_folder(
    harbor: Path, tmp_path: Path
) -> None:
    db = open_clinic(harbor)
    with pytest.raises(Refused, match="backup_exists"):
        keeping.back_up(db, harbor, at=MONDAY_TEN)
    folder = tmp_path / "stick"
    folder.mkdir()
    copy = keeping.back_up(db, folder, at=MONDAY_TEN)
    db.close()
    assert copy.parent == folder and copy.name == "harbor-2027-05-10-170000.ketadesk"


def test_restoring_keeps_the_file_it_replaces(harbor: Path, tmp_path: Path) -> None:
    db = open_clinic(harbor)
    copy = keeping.back_up(db, tmp_path / "stick.ketadesk", at=MONDAY_TEN)
    add_patient(db, "After", "Backup")

    with pytest.raises(Refused, match="restore_would_replace"):
        keeping.restore(copy, harbor, at=MONDAY_TEN)
    with pytest.raises(StoreError, match="file_in_use"):
        keeping.restore(copy, harbor, at=MONDAY_TEN, replace=True)
    db.close()
    aside = keeping.restore(copy, harbor, at=MONDAY_TEN, replace=True)

    assert aside is not None
    for path, expected in ((harbor, 1), (aside, 2)):
        restored = open_clinic(path)
        assert len(patients.find(restored, "")) == expected
        restored.close()


def test_a_damaged_backup_is_not_restored(harbor: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "stick.ketadesk"
    damaged.write_bytes(harbor.read_bytes()[:5000])
    before = harbor.read_bytes()
    with pytest.raises(StoreError):
        keeping.restore(damaged, harbor, at=MONDAY_TEN, replace=True)
    assert harbor.read_bytes() == before


def test_nothing_is_written_when_an_action_fails_half_way(harbor: Path) -> None:
    db: SqliteDatabase = open_clinic(harbor)
    with pytest.raises(ZeroDivisionError), db.transaction():
        db.run("INSERT INTO chairs (name, position) VALUES ('Half', 3)")
        _ = 1 / 0
    assert not any(keeping.check(db).values())
    db.close()


@pytest.mark.parametrize("trouble", ["deleted", "moved", "replaced"])
def test_nothing_is_saved_to_a_file_that_is_gone(
    harbor: Path, tmp_path: Path, trouble: str
) -> None:
    """On this system an open file can vanish from its folder while the program writes to it."""
    db = open_clinic(harbor)
    copy = tmp_path / "copy.ketadesk"
    copy.write_bytes(harbor.read_bytes())
    if trouble == "deleted":
        harbor.unlink()
    elif trouble == "moved":
        harbor.rename(tmp_path / "elsewhere.ketadesk")
    else:
        os.replace(copy, harbor)
    with pytest.raises(StoreError, match="file_moved"):
        add_patient(db, "Nobody", "Saved")
    db.close()


def test_what_can_not_be_kept_is_refused_not_a_defect(harbor: Path) -> None:
    db = open_clinic(harbor)
    with pytest.raises(Refused, match="text_unwritable"):
        add_patient(db, "Lone \udcff", "Surrogate")
    with pytest.raises(Refused, match="number_too_large"), db.transaction():
        db.run("INSERT INTO chairs (name, position) VALUES ('Far', :far)", far=2**70)
    assert not any(keeping.check(db).values())
    db.close()
