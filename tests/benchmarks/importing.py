"""20,000 patients of another system taken in, against `insert_all` of the same rows."""

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from ketadesk.domain.changes import Stamp
from ketadesk.services import calendar
from ketadesk.services.importing.patients import import_patients, read_source
from ketadesk.services.watching import open_clinic
from tests.benchmarks.measure import Measured, timed

ROWS = 20_000
ROUNDS = 3
AT = datetime(2026, 11, 2, 18, tzinfo=UTC)
GIVEN = ("Ana", "Marta", "Luis", "Siobhán", "Noor", "Jia", "Peter", "Olga", "Rosa", "Tom")
FAMILY = ("García", "Muñoz", "Kelly", "Haddad", "Chen", "Brown", "Ivanova", "Okafor", "Lund", "Rey")


def measure(empty_clinic: Path, folder: Path) -> Iterator[Measured]:
    """Reading the file, judging every row, looking for doubles and writing, each time anew."""
    rows = list(_rows())
    text = _as_csv(rows)
    ours, raw = [], []
    for number in range(ROUNDS):
        clinic = Path(shutil.copy(empty_clinic, folder / f"import-{number}.ketadesk"))
        db = open_clinic(clinic)
        stamp = Stamp(calendar.frame(db).staff[0].id, AT)
        ours.append(timed(lambda db=db, stamp=stamp: _import(db, stamp, text)))
        db.close()
        bare = Database(folder / f"bare-{number}.db")
        raw.append(timed(lambda bare=bare: bare["patients"].insert_all(rows)))
        bare.close()
    yield Measured(
        f"{ROWS} patients imported", median(ours), "5x", median(raw), "sqlite-utils insert_all"
    )


def _import(db: object, stamp: Stamp, text: bytes) -> None:
    report = import_patients(db, stamp, read_source(text))  # type: ignore[arg-type]
    assert report.added == ROWS, (report.added, len(report.refused))


def _rows() -> Iterator[dict[str, str]]:
    for number in range(ROWS):
        born = date(1940, 1, 1) + timedelta(days=number * 7 % 23_000)
        given, family = GIVEN[number % 10], FAMILY[number // 10 % 10]
        yield {
            "MRN": f"A{number:06}",
            "First Name": f"{given} {_letters(number)}",
            "Last Name": family,
            "Date of Birth": born.isoformat(),
            "Phone": f"206-{200 + number // 10_000}-{number % 10_000:04}",
            "Email": f"patient{number}@example.org",
            "Address": f"{number} Pine Street",
            "Language": "en",
        }


def _letters(number: int) -> str:
    """A middle name that tells namesakes apart."""
    word = ""
    while number or not word:
        number, letter = divmod(number, 26)
        word += chr(97 + letter)
    return word.capitalize()


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
