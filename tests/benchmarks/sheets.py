"""Both sheets as PDF, the first and the next, against a bare typst page with the same fonts."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from ketadesk import resources
from tests.benchmarks.measure import Measured

ROUNDS = 5
AIMS = {"first": "100 ms", "next": "20 ms"}

_BARE = """
import json, sys
from pathlib import Path
from time import perf_counter
fonts, page = sys.argv[1:]
took = []
start = perf_counter()
import typst
faces = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
for number in range(9):
    Path(page).write_text(f'#set document(title: "Bare")\\n#set text(lang: "en")\\nPage {number}')
    compiler = typst.Compiler(page, font_paths=faces, ignore_system_fonts=True)
    compiler.compile(format="pdf", pdf_standards="ua-1")
    took.append(perf_counter() - start)
    start = perf_counter()
print(json.dumps(took))
"""
_OURS = """
import json, sys
from pathlib import Path
from time import perf_counter
from ketadesk.services import listing, sheets, watching
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.ids import StaffId
clinic_file, kind, appointments = sys.argv[1:]
db = watching.open_clinic(Path(clinic_file))
at = watching.latest_moment(db)
took = []
for number in json.loads(appointments):
    request = sheets.SheetRequest(kind, AppointmentId(number))
    start = perf_counter()
    sheets.compose(db, request, at=at, staff_id=StaffId(1))
    took.append(perf_counter() - start)
db.close()
print(json.dumps(took))
"""


def measure(clinic_file: Path) -> Iterator[Measured]:
    """Each round is a fresh process: its first page, then the median of eight more."""
    bare_page = clinic_file.with_name("bare.typ")
    for kind in ("aftercare", "pickup"):
        wanted = json.dumps(_appointments(clinic_file))
        ours, raw = [], []
        for _ in range(ROUNDS):
            ours.append(_run(_OURS, str(clinic_file), kind, wanted))
            raw.append(_run(_BARE, str(resources.path("fonts")), str(bare_page)))
        for which, pick in (("first", _first), ("next", _next)):
            yield Measured(
                f"{which} sheet as PDF, {kind}",
                median(pick(took) for took in ours),
                AIMS[which],
                median(pick(took) for took in raw),
                "a page of one line",
            )


def _first(took: list[float]) -> float:
    return took[0] * 1000


def _next(took: list[float]) -> float:
    return median(took[1:]) * 1000


def _appointments(clinic_file: Path) -> list[int]:
    """Nine visits of the days around now for which both sheets can be made."""
    from datetime import timedelta

    from ketadesk.domain.errors import KnownError
    from ketadesk.domain.ids import AppointmentId, StaffId
    from ketadesk.services import calendar, sheets, watching

    db = watching.open_clinic(clinic_file)
    at = watching.latest_moment(db)
    assert at is not None
    found: list[int] = []
    for visit in calendar.schedule(db, at.date() - timedelta(days=2), days=3).visits:
        number = visit.appointment.id
        try:
            for kind in sheets.KINDS:
                request = sheets.SheetRequest(kind, AppointmentId(number))
                sheets.compose(db, request, at=at, staff_id=StaffId(1))
        except KnownError:
            continue
        found.append(number)
        if len(found) == 9:
            break
    db.close()
    return found


def _run(program: str, *arguments: str) -> Any:
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return json.loads(ended.stdout)
