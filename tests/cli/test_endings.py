"""However a command ends, it says so: one sentence, an exit code, never a traceback."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from ketadesk.cli.commands import ketadesk
from ketadesk.cli.ending import told
from ketadesk.cli.table import draw
from ketadesk.services import listing
from ketadesk.services.exchange.tables import table_text
from ketadesk.services.watching import open_clinic
from tests.clinic_day import add_patient, at, book, open_harbor

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
not_as_root = pytest.mark.skipif(AS_ROOT, reason="root may do everything")


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder = tmp_path / "clinic"
    folder.mkdir()
    file = folder / "harbor.ketadesk"
    db = open_harbor(file)
    book(db, add_patient(db), at(10))
    db.close()
    yield file
    folder.chmod(0o700)


def run(harbor: Path, *arguments: object) -> int:
    return told(ketadesk, ["--clinic", str(harbor), *(str(part) for part in arguments)])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence of a command that failed."""
    written = capsys.readouterr()
    assert written.out == ""
    (line,) = written.err.splitlines()
    assert "defect" not in line
    return line


@pytest.mark.parametrize("what", ["patients", "appointments", "sessions"])
@pytest.mark.parametrize(
    "days",
    [("--to", "9999-12-31"), ("--from", "9999-12-31"), ("--from", "0001-01-01"),
     ("--to", "1899-12-31"), ("--to", "2201-01-01")],
)  # fmt: skip
def test_a_day_beyond_the_calendar(
    harbor: Path, capsys: pytest.CaptureFixture[str], what: str, days: tuple[str, str]
) -> None:
    assert run(harbor, "list", what, *days) == 1
    assert "1900 to 2200" in said(capsys)


def test_the_calendars_first_and_last_day_are_days(harbor: Path) -> None:
    assert run(harbor, "list", "patients", "--from", "1900-01-01", "--to", "2200-12-31") == 0


def test_a_name_that_is_too_long(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = tmp_path / ("x" * 256)
    export = tmp_path / "list.csv"
    export.write_text("name\nAna Gil\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert told(ketadesk, ["--clinic", str(long), "check"]) == 1
    assert str(long) in said(capsys)
    assert told(ketadesk, ["tour", str(long)]) == 1
    assert str(long) in said(capsys)
    for command in (
        ("backup", long),
        ("restore", long, "--replace"),
        ("sample", long, "--patients", 0),
        ("sample", long / "x", "--patients", 0),
        ("print", "pickup", "--appointment", 1, "--pdf", long),
        ("import", "patients", long),
        ("import", "patients", export, "--rejects", long),
    ):
        assert run(harbor, *command) == 1
        assert str(long) in said(capsys)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_number_that_no_appointment_can_have(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = "99999999999999999999"
    assert run(harbor, "print", "pickup", "--appointment", number, "--pdf", tmp_path / "x") == 2
    assert number in capsys.readouterr().err


def test_a_pipe_is_no_clinic_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe.ketadesk"
    os.mkfifo(pipe)
    assert run(pipe, "check") == 1
    assert "not a KetaDesk clinic file" in said(capsys)
    assert run(tmp_path / "new.ketadesk", "restore", pipe) == 1
    assert "not a KetaDesk clinic file" in said(capsys)


def test_a_no_show_is_not_called_cancelled(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for status, words in (("no_show", "no-show"), ("cancelled_by_clinic", "by the clinic")):
        db = open_clinic(harbor)
        db.run("UPDATE appointments SET status = :status, status_reason = 'ill'", status=status)
        db.close()
        assert run(harbor, "print", "pickup", "--appointment", 1, "--pdf", tmp_path / "x") == 1
        sentence = said(capsys)
        assert words in sentence and ("cancelled" in sentence) == (status != "no_show")


def test_today_is_the_clinics_day(harbor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kiritimati and Niue never have the same day; the machine's own zone says neither."""
    now = datetime.now(UTC)
    for zone, hours in (("Pacific/Kiritimati", 14), ("Pacific/Niue", -11)):
        db = open_clinic(harbor)
        db.run("UPDATE settings SET value = json_set(value, '$.zone_name', :zone)"
               " WHERE name = 'clinic'", zone=zone)  # fmt: skip
        local = (now + timedelta(hours=hours)).replace(hour=12, minute=0, second=0, microsecond=0)
        noon = int((local - timedelta(hours=hours)).timestamp())
        db.run("UPDATE appointments SET ends = :at + ends - starts, starts = :at", at=noon)
        rows = listing.list_appointments(db, first=local.date(), last=local.date())
        assert len(rows) == 1
        db.close()
        done = subprocess.run(
            [sys.executable, "-m", "ketadesk", "--clinic", str(harbor), "list", "appointments",
             "--from", "today", "--to", "today", "--csv"],
            capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"},
        )  # fmt: skip
        assert len(done.stdout.splitlines()) == 2


def test_csv_without_rows_still_names_its_columns(
    harbor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for what, reader in listing.READERS.items():
        assert run(harbor, "list", what, "--from", "1950-01-01", "--to", "1950-01-01", "--csv") == 0
        assert capsys.readouterr().out == ",".join(listing.COLUMNS[what]) + "\r\n"
        db = open_clinic(harbor)
        for row in reader(db, first=None, last=None):
            assert tuple(row) == listing.COLUMNS[what]
        db.close()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_starts_like_a_formula(start: str) -> None:
    (_, line) = table_text(("note", "number"), [(f"{start}1+1", -1)]).split("\n", 1)
    assert line.lstrip('"').startswith(f"'{start}1+1")
    assert line.endswith(",-1\r\n")


@pytest.mark.parametrize("mark", ["\x1b", "\x07", "\x9b", "\x00", "\x7f", "\r", "\n"])
def test_no_mark_of_control_reaches_the_terminal(mark: str) -> None:
    head, _, line = draw([{"name": f"Ana{mark}[31mRed"}], ("name",)).split("\n")
    assert head == "name" and line == "Ana [31mRed"


def test_letters_that_no_encoding_holds_are_written_as_their_numbers(harbor: Path) -> None:
    folder = os.fsencode(harbor.parent)
    base = [sys.executable, "-m", "ketadesk", "--clinic", str(harbor)]
    kept = subprocess.run([*base, "backup", folder + b"/b\xff"], capture_output=True, check=True)
    assert b"/b\\udcff; the copy was checked." in kept.stdout
    lost = subprocess.run(
        [*base, "restore", b"\xff", "--replace"], capture_output=True, check=False
    )
    assert lost.returncode == 1 and lost.stderr.count(b"\n") == 1 and b"\\udcff" in lost.stderr


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_output_that_finds_no_room(harbor: Path, form: str) -> None:
    most = 4_000_000
    with harbor.with_name("list").open("ab") as full:
        full.truncate(most)
        done = subprocess.run(
            [sys.executable, "-m", "ketadesk", "--clinic", str(harbor), "list", "patients", form],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("The output can't be written: ")


@pytest.mark.parametrize(
    "command", [("list", "patients"), ("list", "patients", "--csv"), ("check",)]
)
def test_output_that_is_closed(harbor: Path, command: tuple[str, ...]) -> None:
    before = harbor.read_bytes()
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "ketadesk", "--clinic", str(harbor),
         *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("The output can't be written: ")
    assert harbor.read_bytes() == before


@pytest.mark.parametrize(
    "module", ["click", "ketadesk.cli.ending", "ketadesk.cli.listing", "zoneinfo"]
)
def test_stopped_while_it_still_loads(harbor: Path, module: str) -> None:
    program = f"""
import sys
class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Impatient())
from ketadesk.cli import main
main(["--clinic", {str(harbor)!r}, "list", "patients"])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


@not_as_root
def test_folders_that_may_not_be_entered(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    try:
        for command in (
            ("backup", locked),
            ("backup", locked / "x"),
            ("restore", locked / "x", "--replace"),
            ("sample", locked / "x"),
            ("print", "pickup", "--appointment", 1, "--pdf", locked / "x"),
            ("import", "patients", locked / "x"),
        ):
            assert run(harbor, *command) == 1
            assert str(locked) in said(capsys)
        assert run(locked / "x", "check") == 1
        assert "may not open" in said(capsys)
    finally:
        locked.chmod(0o700)


@not_as_root
def test_a_file_that_may_not_be_read_is_no_wrong_usage(
    harbor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    harbor.chmod(0o000)
    assert run(harbor, "list", "patients") == 1
    assert "may not open" in said(capsys)


@not_as_root
@pytest.mark.parametrize("only_the_file", [True, False])
def test_a_file_that_can_only_be_read_is_read(
    harbor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], only_the_file: bool
) -> None:
    before = harbor.read_bytes()
    harbor.chmod(0o400)
    if not only_the_file:
        harbor.parent.chmod(0o500)
    pdf, copy = tmp_path / "x.pdf", tmp_path / "copy.ketadesk"
    assert run(harbor, "list", "patients") == 0
    assert "Ana" in capsys.readouterr().out
    assert run(harbor, "check") == 0
    assert run(harbor, "backup", copy) == 0
    assert run(copy, "list", "patients") == 0
    assert run(harbor, "print", "pickup", "--appointment", 1, "--pdf", pdf) == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "not noted" in capsys.readouterr().out
    export = tmp_path / "list.csv"
    export.write_text("name\nAna Gil\n")
    assert run(harbor, "import", "patients", export) == 1
    assert "can't be written" in said(capsys)
    assert harbor.read_bytes() == before
    assert [path.name for path in harbor.parent.iterdir()] == [harbor.name]


@not_as_root
def test_a_tour_into_a_folder_that_takes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    try:
        for folder in (locked, locked / "x"):
            assert told(ketadesk, ["tour", str(folder)]) == 1
            assert str(locked) in said(capsys)
    finally:
        locked.chmod(0o700)


def test_a_defect_is_told_in_one_sentence_and_logged_without_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    @click.command()
    def broken() -> None:
        raise ValueError("secret of Ana")

    assert told(broken, []) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "defect of KetaDesk" in line
    log = Path(line.rpartition("details in ")[2].rstrip("."))
    assert log.is_relative_to(tmp_path / "state")
    assert "ValueError" in log.read_text()
    assert "secret" not in log.read_text() + line
    assert log.stat().st_mode & 0o777 == 0o600
