"""Walks through the real window on a sample day and leaves what a person would see and print.

The clock is held at 10:42, the screen is 1366 by 768, once in light and once in dark. Each step
finds its widgets by name; a step whose widgets are not there is told, never passed over.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ketadesk import app
from ketadesk.clock import HeldClock, system_clock
from ketadesk.domain.errors import Refused
from ketadesk.sample import making as sample
from ketadesk.services import sheet_files, sheets
from ketadesk.services.calendar import frame, schedule
from ketadesk.services.watching import open_clinic
from ketadesk.settings import SettingsFile
from ketadesk.store.database import Database
from ketadesk.tour.steps import STEPS
from ketadesk.tour.walker import NotThere, Walker

SIZE = (1366, 768)
ZONE = "America/Los_Angeles"
PATIENTS = 150


@dataclass(frozen=True)
class Left:
    """The files that the walk left, and the steps that could not be shown, with why."""

    files: tuple[Path, ...]
    missed: tuple[str, ...]


def walk(folder: Path, *, patients: int = PATIENTS) -> Left:
    """Takes every step in light and in dark and renders the sheets; `folder` is made if needed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("folder_not_writable", folder=str(folder), detail=detail) from error
    qInstallMessageHandler(_without_chatter)
    files: list[Path] = []
    missed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ketadesk-tour-") as name:
        order = sample.SampleOrder(system_clock().astimezone().date(), ZONE, patients)
        clinic_file = Path(name) / "clinic.ketadesk"
        db = open_clinic(clinic_file, create=True)
        try:
            sample.make(db, order)
            files += _sheets(folder, db, order)
            for dark in (False, True):
                kept = SettingsFile(Path(name) / "settings.json")
                kept.change(dark=dark)
                with window(clinic_file, db, order, kept) as walker:
                    shown, absent = _look(folder, walker, "dark" if dark else "light")
                files += shown
                missed += absent
        finally:
            db.close()
    return Left(tuple(sorted(files)), tuple(missed))


@contextmanager
def window(
    clinic_file: Path, db: Database, order: sample.SampleOrder, kept: SettingsFile
) -> Iterator[Walker]:
    """The real window on the sample's day; its clock stands."""
    rosa = next(person for person in frame(db).staff if person.name == "Rosa M.")
    made = app.build(
        clinic_file, demo=True, clock=HeldClock(order.stands_at), kept=kept, staff_id=rosa.id
    )
    made.resize(*SIZE)
    made.show()
    visits = {visit.patient_name: visit for visit in schedule(db, order.today).visits}
    walker = Walker(made, visits)
    try:
        walker.settle()
        yield walker
    finally:
        made.close()
        made.deleteLater()


def _look(folder: Path, walker: Walker, look: str) -> tuple[list[Path], list[str]]:
    files, missed = [], []
    for number, step in enumerate(STEPS, start=1):
        try:
            step.go(walker)
        except NotThere as absence:
            missed.append(f"{step.name} ({look}): {absence}")
            continue
        except Exception as defect:  # noqa: BLE001
            # One broken view must not cost the pictures of all others.
            missed.append(f"{step.name} ({look}): {type(defect).__name__} {defect}")
            continue
        file = folder / f"{number:02d}-{step.name}-{look}.png"
        if not walker.picture().save(str(file)):
            raise Refused("picture_not_written", file=str(file))
        files.append(file)
        walker.tidy()
    return files, missed


def _sheets(folder: Path, db: Database, order: sample.SampleOrder) -> list[Path]:
    """Both sheets in both languages, of a visit that is over and of one that is not."""
    staff_id = frame(db).staff[0].id
    today = {visit.patient_name: visit for visit in schedule(db, order.today).visits}
    files = []
    for kind in sheets.KINDS:
        for language in sheets.LANGUAGES:
            visit = today["Ivy O'Brien" if language == "en" else "Ana García"]
            request = sheets.SheetRequest(kind, visit.appointment.id, language)
            sheet = sheets.compose(db, request, at=order.stands_at, staff_id=staff_id)
            file = folder / f"{kind}-{language}.pdf"
            sheet_files.write(file, sheet.pdf, clinic_file=db.path)
            files.append(file)
    return files


def _without_chatter(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own words on stderr, but for what the offscreen platform says of itself."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")
