"""Walks through the real window on a sample day and leaves what a person would see and print.

The clock is held at 10:42, the screen is 1366 by 768, once in light and once in dark. Each step
finds its widgets by name; a step whose widgets are not there is told, never passed over.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QPoint,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ketadesk import app
from ketadesk.clock import HeldClock, system_clock
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Refused
from ketadesk.services import sample, sheet_files, sheets
from ketadesk.services.calendar import frame, schedule
from ketadesk.services.watching import open_clinic
from ketadesk.settings import SettingsFile
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui.main_window import MainWindow

SIZE = (1366, 768)
ZONE = "America/Los_Angeles"
PATIENTS = 60
PATIENCE_MILLISECONDS = 10_000
QUIET_ROUNDS = 4
"""So many rounds of 20 ms without anything asked or painted, and the window has settled."""


class NotThere(Exception):
    """A widget that a step needs is not in the window."""


@dataclass(frozen=True)
class Left:
    """The files that the walk left, and the steps that could not be shown, with why."""

    files: tuple[Path, ...]
    missed: tuple[str, ...]


@dataclass
class Walker:
    """The window on its way, and the day's visits by the patient's name."""

    window: MainWindow
    visits: dict[str, Visit]

    def view(self, view_id: str, target: object = None) -> None:
        self.window.show_view(view_id, target)
        self.settle()
        if self.window.rail.choice() != view_id:
            raise NotThere(f"view {view_id}")

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible widget of an object name."""
        for widget in self._everywhere():
            if widget.objectName() == name and widget.isVisible() and isinstance(widget, kind):
                return widget
        raise NotThere(name)

    def click(self, name: str) -> None:
        button = self.find(name, QPushButton)
        assert isinstance(button, QPushButton)
        button.click()
        self.settle()

    def press(self, key: str) -> None:
        """Clicks the visible button that a key stands for."""
        for widget in self._everywhere():
            if isinstance(widget, QPushButton) and widget.isVisible():
                its_key = getattr(widget, "key", None)
                if its_key is not None and its_key() == key:
                    widget.click()
                    self.settle()
                    return
        raise NotThere(f"button {key}")

    def type(self, name: str, text: str) -> None:
        """Types letter by letter, as a person would."""
        field = self.find(name)
        field.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                stroke = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(field, stroke)
        self.settle()

    def settle(self) -> None:
        """Waits until what was asked has come back and is painted."""
        quiet = 0
        for _ in range(PATIENCE_MILLISECONDS // 20):
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            workplace = self.window.workplace
            busy = workplace is None or workplace.desk.busy or workplace.frame is None
            quiet = 0 if busy else quiet + 1
            if quiet >= QUIET_ROUNDS:
                return
        raise NotThere("an answer in time")

    def close_popups(self) -> None:
        for widget in _over(self.window):
            widget.close()
        self.settle()

    def picture(self) -> QPixmap:
        """The window as it is on the screen, with the dialogs that lie over it."""
        picture = self.window.grab()
        painter = QPainter(picture)
        for widget in _over(self.window):
            place = widget.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(place, widget.grab())
        painter.end()
        return picture

    def _everywhere(self) -> Iterator[QWidget]:
        for top in (*_over(self.window), self.window):
            yield top
            yield from top.findChildren(QWidget)


@dataclass(frozen=True)
class Step:
    """One picture: its name in the file's name, and how to get there from anywhere."""

    name: str
    go: Callable[[Walker], None]


def _calendar(key: str) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("calendar")
        walker.press(key)

    return go


def _booking(walker: Walker) -> None:
    _calendar("F5")(walker)
    walker.click("calendar_book")
    walker.type("booking_patient", "garcia")


def _new_patient(walker: Walker) -> None:
    walker.view("patients")
    walker.click("patients_add")


def _patient(walker: Walker) -> None:
    walker.view("patients", walker.visits["Ana García"].appointment.patient_id)


def _session_of(name: str) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("sessions", walker.visits[name].appointment.id)

    return go


def _checklist(walker: Walker) -> None:
    """Opens Omar's record, as the nurse would: the one thing that the tour writes."""
    omar = walker.visits["Omar Haddad"]
    walker.view("sessions", omar.appointment.id)
    if omar.session_id is None:
        walker.click("open_session")


def _reading(walker: Walker) -> None:
    _session_of("Ana García")(walker)
    walker.type("entry_line", "148/92 88 97 15 m4 d5")


def _sheet(kind: str) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("sheets", walker.visits["Ivy O'Brien"].appointment.id)
        walker.click(f"segment_{kind}")

    return go


def _settings(page: str) -> Callable[[Walker], None]:
    return lambda walker: walker.view("settings", page)


def _find(walker: Walker) -> None:
    walker.view("today")
    walker.type("find", "gar")


STEPS = (
    Step("today", lambda walker: walker.view("today")),
    Step("find", _find),
    Step("calendar-day", _calendar("F5")),
    Step("calendar-week", _calendar("F6")),
    Step("calendar-agenda", _calendar("F8")),
    Step("booking", _booking),
    Step("patient", _patient),
    Step("new-patient", _new_patient),
    Step("sessions", lambda walker: walker.view("sessions")),
    Step("session-infusing", _session_of("Ana García")),
    Step("session-reading", _reading),
    Step("session-released", _session_of("Ivy O'Brien")),
    Step("session-checklist", _checklist),
    Step("sheets-aftercare", _sheet("aftercare")),
    Step("sheets-pickup", _sheet("pickup")),
    Step("settings-clinic", _settings("clinic")),
    Step("settings-thresholds", _settings("thresholds")),
)


def walk(folder: Path) -> Left:
    """Takes every step in light and in dark and renders the sheets; `folder` is made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_without_chatter)
    files: list[Path] = []
    missed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ketadesk-tour-") as name:
        order = sample.SampleOrder(system_clock().astimezone().date(), ZONE, PATIENTS)
        clinic_file = Path(name) / "clinic.ketadesk"
        db = open_clinic(clinic_file, create=True)
        try:
            sample.make(db, order)
            files += _sheets(folder, db, order)
            for dark in (False, True):
                kept = SettingsFile(Path(name) / "settings.json")
                kept.change(dark=dark)
                with _window(clinic_file, db, order, kept) as walker:
                    shown, absent = _look(folder, walker, "dark" if dark else "light")
                files += shown
                missed += absent
        finally:
            db.close()
    return Left(tuple(sorted(files)), tuple(missed))


@contextmanager
def _window(
    clinic_file: Path, db: SqliteDatabase, order: sample.SampleOrder, kept: SettingsFile
) -> Iterator[Walker]:
    """The real window on the sample's day; its clock stands."""
    rosa = next(person for person in frame(db).staff if person.name == "Rosa M.")
    window = app.build(
        clinic_file, demo=True, clock=HeldClock(order.stands_at), kept=kept, staff_id=rosa.id
    )
    window.resize(*SIZE)
    window.show()
    visits = {visit.patient_name: visit for visit in schedule(db, order.today).visits}
    walker = Walker(window, visits)
    try:
        walker.settle()
        yield walker
    finally:
        window.close()
        window.deleteLater()


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
        walker.close_popups()
    return files, missed


def _sheets(folder: Path, db: SqliteDatabase, order: sample.SampleOrder) -> list[Path]:
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
            sheet_files.write(file, sheet.pdf)
            files.append(file)
    return files


def _without_chatter(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own words on stderr, but for what the offscreen platform says of itself."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")


def _over(window: QWidget) -> list[QWidget]:
    """What lies over the window: dialogs, menus, lists that have dropped down."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget is not window and widget.isVisible()
    ]
