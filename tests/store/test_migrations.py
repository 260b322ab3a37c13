"""A clinic file of every earlier version opens, upgraded, with a copy of itself beside it."""

from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest
import sqlcipher3.dbapi2

from ketadesk.domain.changes import Noun
from ketadesk.domain.ids import ChairId, PatientId
from ketadesk.services import keeping
from ketadesk.services.watching import open_clinic
from ketadesk.store import migrations
from ketadesk.store.checks import audited_tables
from ketadesk.store.errors import StoreError
from tests.clinic_day import add_patient, at, book, open_harbor


def test_a_new_file_has_the_wanted_schema_and_says_whose_it_is(tmp_path: Path) -> None:
    db = open_harbor(tmp_path / "new.ketadesk")
    assert not any(keeping.check(db).values())
    assert db.rows("PRAGMA application_id")[0]["application_id"] == migrations.APPLICATION_ID
    assert db.rows("PRAGMA user_version")[0]["user_version"] == len(migrations.STEPS)
    db.close()


def test_what_an_action_can_touch_is_every_table_that_people_write(tmp_path: Path) -> None:
    db = open_clinic(tmp_path / "new.ketadesk", create=True)
    assert set(get_args(Noun)) == set(audited_tables(db))
    db.close()


def test_an_older_file_is_copied_first_then_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A next version that adds a table, made for this test, upgrades a file of today's."""
    path = tmp_path / "old.ketadesk"
    old = open_harbor(path)
    add_patient(old)
    old.close()
    next_step = "9999_for_this_test"
    script = "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n"
    read = migrations.read_step
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, next_step))
    monkeypatch.setattr(
        migrations, "read_step", lambda name: script if name == next_step else read(name)
    )

    upgraded = open_clinic(path)

    assert upgraded.rows("SELECT count(*) AS rows FROM later")[0]["rows"] == 0
    assert not any(keeping.check(upgraded).values())
    upgraded.close()
    monkeypatch.undo()
    (copy,) = tmp_path.glob(f"old.before-version-{len(migrations.STEPS) + 1}.*.ketadesk")
    kept = open_clinic(copy)
    assert kept.rows("SELECT given_name FROM patients")[0]["given_name"] == "Ana"
    kept.close()
    with pytest.raises(StoreError, match="newer_file"):
        open_clinic(path)


def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.ketadesk"
    open_harbor(path).close()
    bad_step = "9999_broken"
    script = "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\nSELECT no_such_function();\n"
    read = migrations.read_step
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, bad_step))
    monkeypatch.setattr(
        migrations, "read_step", lambda name: script if name == bad_step else read(name)
    )
    with pytest.raises(sqlcipher3.dbapi2.Error):
        open_clinic(path)
    monkeypatch.undo()

    db = open_clinic(path)
    assert db.rows("SELECT name FROM sqlite_master WHERE name = 'later'") == []
    assert not any(keeping.check(db).values())
    db.close()


def test_every_kept_old_file_opens_upgraded(tmp_path: Path) -> None:
    """One small file per schema version lies in tests/databases; nobody in it is lost."""
    kept = sorted((Path(__file__).parents[1] / "databases").glob("version-*.ketadesk"))
    assert [one.stem for one in kept] == [f"version-{n + 1}" for n in range(len(migrations.STEPS))]
    for version, original in enumerate(kept, start=1):
        path = tmp_path / original.name
        path.write_bytes(original.read_bytes())
        before = bare_rows(original)
        db = open_clinic(path)
        assert db.rows("PRAGMA user_version")[0]["user_version"] == len(migrations.STEPS)
        assert not any(keeping.check(db).values())
        for table, rows in before.items():
            assert rows, f"{original.name} has nobody in {table}"
            after = db.rows(f"SELECT * FROM {table} ORDER BY id")
            assert [{name: row[name] for name in rows[0]} for row in after] == rows
        book(db, PatientId(before["patients"][0]["id"]), at(9, day=9), chair_id=ChairId(1))
        assert not any(keeping.check(db).values())
        db.close()
        copies = list(tmp_path.glob(f"{original.stem}.before-version-*"))
        assert len(copies) == (version < len(migrations.STEPS))


def bare_rows(original: Path) -> dict[str, list[dict[str, Any]]]:
    """What lies in the kept file itself, read without opening it as a clinic."""
    address = f"{original.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlcipher3.dbapi2.connect(address, uri=True)) as bare:
        found = {}
        for table in ("patients", "appointments", "staff", "actions", "audit"):
            cursor = bare.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return found
