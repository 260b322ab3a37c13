"""A clinic on a Monday morning at a quarter to eight, before the first patient, and its windows."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ketadesk import app
from ketadesk.clock import HeldClock
from ketadesk.domain.clinic import Role
from ketadesk.domain.ids import StaffId
from ketadesk.domain.patients import Eligibility, EscortDraft
from ketadesk.services import clinic, patients
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme
from ketadesk.ui.main_window import MainWindow
from tests.clinic_day import add_patient, at, open_harbor, stamp
from tests.e2e.hands import Hands

MIA = StaffId(4)
"""The receptionist."""

OPENING = at(7, 45)

Opens = Callable[..., Hands]


@pytest.fixture
def clinic_file(tmp_path: Path) -> Path:
    """Ana, approved, with a sister who drives her home, and two others whose names begin alike."""
    path = tmp_path / "harbor.ketadesk"
    db = open_harbor(path)
    clinic.add_staff(db, stamp(OPENING), name="Mia R.", role=Role.RECEPTIONIST)
    ana = add_patient(
        db,
        "Ana",
        "García",
        birth_date=date(1985, 3, 12),
        phone="310-555-0142",
        eligibility=Eligibility.APPROVED,
        assessed_on=date(2027, 4, 20),
        assessed_by="Dr. Shah",
        approved_on=date(2027, 4, 22),
        approved_by="Dr. Shah",
    )
    patients.add_escort(
        db,
        stamp(OPENING),
        ana,
        EscortDraft(
            name="Marta García", relation="sister", phone="310-555-0190", stays_overnight=True
        ),
    )
    add_patient(db, "Anton", "Meyer", birth_date=date(1979, 11, 2))
    add_patient(db, "Gareth", "Lund", birth_date=date(1990, 6, 30))
    db.close()
    return path


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(OPENING)


@pytest.fixture
def opens(
    qtbot, qapp: QApplication, tmp_path: Path, clinic_file: Path, clock: HeldClock
) -> Iterator[Opens]:
    """Opens the program's window on the clinic as `ketadesk` does; more than one if asked."""
    kept = SettingsFile(tmp_path / "settings" / "settings.json")
    kept.change(dark=False)
    made: list[MainWindow] = []

    def open_one(**more) -> Hands:
        window = app.build(clinic_file, clock=clock, kept=kept, **{"staff_id": MIA, **more})
        made.append(window)
        with qtbot.waitSignal(window.opened, timeout=15_000):
            window.show()
        return Hands(window, qtbot)

    yield open_one
    for window in made:
        window.close_now()
        window.deleteLater()
    theme.apply(qapp, dark=False)
