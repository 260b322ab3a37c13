"""Each command: what it does, what it prints, how it ends."""

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ketadesk.domain.changes import Stamp
from ketadesk.domain.ids import StaffId, new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.services import patients
from ketadesk.services.watching import open_clinic
from tests.cli.conftest import Run


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """What a failed command said: one line on stderr, nothing else anywhere."""
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def rows(done: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture
def copy(clinic_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(clinic_file, tmp_path / "copy.ketadesk"))


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    program = (
        "import sys; from ketadesk.cli.commands import ketadesk; "
        "ketadesk(['--help'], standalone_mode=False)"
        "; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    *text, modules = done.stdout.splitlines()
    shown = "\n".join(text)
    for command in ("sample", "tour", "list", "print", "check", "backup", "restore", "self-test"):
        assert f"  {command} " in shown
    loaded = {name.partition(".")[0] for name in modules.split()}
    assert not loaded & {"PySide6", "typst", "sqlite_utils", "sqlcipher3", "pypdfium2"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("nonsense",),
        ("list",),
        ("list", "nothing"),
        ("list", "patients", "--from", "22.11.2026"),
        ("list", "patients", "--from", "2026-11-22", "--to", "2026-11-21"),
        ("print", "aftercare", "--pdf", "x.pdf"),
        ("print", "aftercare", "--appointment", "1"),
        ("sample",),
        ("sample", "x.ketadesk", "--patients", "-1"),
        ("--demo", "check"),
        ("--clinic",),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, wrong: tuple[str, ...]) -> None:
    done = run(*wrong)
    assert done.returncode == 2
    assert "Error: " in done.stderr


def test_sample_is_the_same_for_a_seed_and_leaves_nothing_beside_it(
    run: Run, tmp_path: Path
) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        assert run("sample", tmp_path / name, "--patients", 15, "--seed", seed).returncode == 0
    listed = {
        name: rows(run("--clinic", tmp_path / name, "list", "appointments", "--json"))
        for name in ("one", "two", "three")
    }
    assert listed["one"] == listed["two"] != listed["three"]
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two", "three"}
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600


def test_sample_overwrites_only_when_told_to(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("precious")
    assert "--force" in one_sentence(run("sample", file, "--patients", 0))
    assert file.read_text() == "precious"
    assert run("sample", file, "--patients", 0, "--force").returncode == 0
    assert rows(run("--clinic", file, "list", "patients", "--json")) == []


def test_sample_into_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "nowhere" in one_sentence(run("sample", tmp_path / "nowhere" / "x.ketadesk"))


def test_list_appointments_as_json_in_the_clinics_local_time(run: Run, clinic_file: Path) -> None:
    today = datetime.now(UTC).date()
    listed = rows(
        run(
            "--clinic",
            clinic_file,
            "list",
            "appointments",
            "--from",
            today,
            "--to",
            today,
            "--json",
        )
    )
    assert {row["patient"] for row in listed} >= {"Ana García", "Ivy O'Brien", "Luis Ibáñez"}
    ana = next(row for row in listed if row["patient"] == "Ana García")
    assert ana["chair"] == "Chair 1 · window"
    assert ana["starts"] == f"{today}T09:45:00+00:00"
    assert ana["ends"] == f"{today}T11:30:00+00:00"
    assert ana["status"] == "in_session"
    assert isinstance(ana["id"], int)


def test_list_of_some_days_is_a_part_of_the_list_of_all(run: Run, clinic_file: Path) -> None:
    def listed(what: str, *days: str) -> list[dict[str, object]]:
        return rows(run("--clinic", clinic_file, "list", what, *days, "--json"))

    for what in ("patients", "appointments", "sessions"):
        everything, some = listed(what), listed(what, "--from", "today", "--to", "today")
        assert 0 < len(some) < len(everything)
        assert [row for row in everything if row in some] == some


def test_list_draws_a_table_whose_columns_are_aligned(run: Run, clinic_file: Path) -> None:
    done = run("--clinic", clinic_file, "list", "appointments", "--from", "today", "--to", "today")
    head, line, *lines = done.stdout.splitlines()
    column = head.index("patient")
    assert line[column - 1] == " "
    assert any(text[column:].startswith("Ana García ") for text in lines)
    assert all(text[column - 1] == " " for text in lines)


def test_csv_holds_no_formula_and_the_terminal_no_control_characters(run: Run, copy: Path) -> None:
    db = open_clinic(copy)
    draft = PatientDraft("=cmd|'/c calc'!A0", "Red", note="+1", birth_date=date(1980, 1, 2))
    patients.add(db, Stamp(StaffId(1), datetime.now(UTC)), draft, uuid=new_uuid())
    another_programs_name = "UPDATE patients SET family_name = :name WHERE note = '+1'"
    db.run(another_programs_name, name="\x1b[31mRed")
    db.close()
    done = run("--clinic", copy, "list", "patients", "--csv")
    found = [row for row in csv.DictReader(io.StringIO(done.stdout)) if "calc" in row["given_name"]]
    assert found[0]["given_name"].startswith("'=")
    assert found[0]["note"] == "'+1"
    assert "\x1b" not in run("--clinic", copy, "list", "patients").stdout


def test_a_reader_that_leaves_is_no_error(clinic_file: Path) -> None:
    command = f"{sys.executable} -m ketadesk --clinic {clinic_file} list sessions --csv | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_print_writes_the_pdf_and_logs_it(run: Run, copy: Path, tmp_path: Path) -> None:
    listed = rows(run("--clinic", copy, "list", "appointments", "--from", "today", "--json"))
    number = next(row["id"] for row in listed if row["patient"] == "Ana García")
    pdf = tmp_path / "ana.pdf"
    for kind, language in (("aftercare", "es"), ("pickup", "en")):
        done = run(
            "--clinic", copy, "print", kind, "--appointment", number, "--language", language,
            "--pdf", pdf, "--by", "rosa m.",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert pdf.read_bytes().startswith(b"%PDF-")
    db = open_clinic(copy)
    kept = db.rows("SELECT kind, language, how, staff.name FROM sheets JOIN staff ON staff.id = by")
    db.close()
    assert [tuple(row.values()) for row in kept] == [
        ("aftercare", "es", "saved", "Rosa M."),
        ("pickup", "en", "saved", "Rosa M."),
    ]


def test_print_says_what_is_wrong(run: Run, copy: Path, tmp_path: Path) -> None:
    sheet = ("--clinic", copy, "print", "pickup", "--appointment")
    assert "not in the clinic file" in one_sentence(
        run(*sheet, 999_999, "--pdf", tmp_path / "x.pdf")
    )
    assert one_sentence(run(*sheet, 1, "--pdf", tmp_path / "no" / "x.pdf"))
    assert "Nobody" in one_sentence(run(*sheet, 1, "--pdf", tmp_path / "x.pdf", "--by", "Nobody"))
    assert not (tmp_path / "x.pdf").exists()


def test_check_backup_and_restore(run: Run, copy: Path, tmp_path: Path) -> None:
    assert "whole" in run("--clinic", copy, "check").stdout
    backup = tmp_path / "backup.ketadesk"
    assert run("--clinic", copy, "backup", backup).returncode == 0
    before = rows(run("--clinic", copy, "list", "appointments", "--json"))
    assert rows(run("--clinic", backup, "list", "appointments", "--json")) == before
    assert "--replace" in one_sentence(run("--clinic", copy, "restore", backup))
    assert run("--clinic", copy, "restore", backup, "--replace").returncode == 0
    assert rows(run("--clinic", copy, "list", "appointments", "--json")) == before
    assert run("--clinic", tmp_path / "new.ketadesk", "restore", backup).returncode == 0


def test_check_tells_what_it_found(run: Run, copy: Path) -> None:
    db = open_clinic(copy)
    db.run("UPDATE patients SET phone = '1' WHERE id = 1")
    db.close()
    done = run("--clinic", copy, "check")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "audit: 1" in done.stdout


@pytest.mark.parametrize("command", [("check",), ("list", "patients"), ("backup", "x.ketadesk")])
def test_a_bad_clinic_file_gives_one_sentence(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear clinic, " * 400)
    for file in (text, tmp_path / "missing.ketadesk", tmp_path):
        assert one_sentence(run("--clinic", file, *command))
    assert text.read_text().startswith("Dear clinic")


def test_without_any_clinic_a_command_says_what_to_do(run: Run) -> None:
    assert "--clinic FILE" in one_sentence(run("check"))


def test_the_window_says_that_there_is_no_display(run: Run, clinic_file: Path) -> None:
    assert "no display" in one_sentence(run("--clinic", clinic_file))


def test_self_test_passes_and_writes_nowhere_else(run: Run, tmp_path: Path) -> None:
    aside = {
        name: str(tmp_path / name)
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")
    }
    Path(aside["TMPDIR"]).mkdir()
    done = run("self-test", **aside)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("self-test: ")
    assert done.stdout.endswith("checks passed\n")
    assert [path.name for path in tmp_path.iterdir()] == ["TMPDIR"]
    assert not list(Path(aside["TMPDIR"]).iterdir())
