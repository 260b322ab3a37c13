"""A clinic with a patient, a desk on its file, and keys that go where a person's would go."""

from datetime import UTC
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk.clock import HeldClock
from ketadesk.domain.day import Visit
from ketadesk.domain.patients import CourseDraft, Eligibility, EscortDraft
from ketadesk.services import calendar, patients
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui.desk import Desk
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import (
    LENA,
    MONDAY_TEN,
    MOOD_LOW,
    ROSA,
    add_patient,
    at,
    book,
    open_harbor,
    stamp,
)


class AnasClinic:
    """Ana has an escort and a course, two of six booked. A second connection looks on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db: SqliteDatabase = open_harbor(path)
        self.ana = add_patient(
            self.db, "Ana", "García", phone="310-555-0142", eligibility=Eligibility.APPROVED
        )
        patients.add_escort(
            self.db, stamp(), self.ana, EscortDraft(name="Marta", relation="sister")
        )
        self.marta = patients.record(self.db, self.ana).escorts[0].id
        patients.plan_course(
            self.db,
            stamp(),
            self.ana,
            CourseDraft(protocol_id=MOOD_LOW, planned=6, spacing_min_days=2, spacing_max_days=4),
        )
        self.course = patients.record(self.db, self.ana).courses[0].id
        for day in (4, 6):
            book(
                self.db,
                self.ana,
                at(9, day=day),
                course_id=self.course,
                nurse_id=LENA,
                escort_id=self.marta,
            )

    def visits(self, day: int = 10) -> list[Visit]:
        """The visits of a day in May 2027."""
        return list(calendar.schedule(self.db, at(12, day=day).date()).visits)


def open_workplace(path: Path, qtbot) -> Workplace:
    """A workplace on the file, at ten on Monday; close its desk when done."""
    desk = Desk(path, clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA)
    made = Workplace(desk, desk)
    with qtbot.waitSignal(made.framed):
        desk.open()
    return made


def control(parent: QWidget, kind: type, name: str):
    """The control of that name; there must be one."""
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot, *keys: Qt.Key | str) -> None:
    """Keys go to whatever has the focus, as they do for a person."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key)


def settled(qtbot, workplace: Workplace) -> None:
    """Everything asked and written has come back."""
    qtbot.waitUntil(lambda: not workplace.desk.busy)
