"""A day and a week shown: the window's thread from the key to the painted calendar."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import thread_time

from PySide6.QtCore import QEvent, QEventLoop, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk.clock import HeldClock
from ketadesk.domain.ids import StaffId
from ketadesk.services.calendar import schedule
from ketadesk.services.watching import latest_moment, open_clinic
from ketadesk.ui import theme
from ketadesk.ui.calendar.view import CalendarView
from ketadesk.ui.desk import Desk
from ketadesk.ui.workplace import Workplace
from tests.benchmarks.measure import Measured

SIZE = (1290, 690)
"""The view in a window of 1366 x 768."""

ROUNDS = 12
AIM = "under 16 ms"


def measure(clinic_file: Path) -> Iterator[Measured]:
    """Turns the pages of past days and weeks; the disk is read on another thread, not counted."""
    app = QApplication.instance() or QApplication(["bench", *theme.STYLE])
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False)
    db = open_clinic(clinic_file)
    now = latest_moment(db)
    assert now is not None
    desk = Desk(clinic_file, clock=HeldClock(now), staff_id=StaffId(1))
    workplace = Workplace(desk)
    desk.open()
    while workplace.frame is None:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    view = CalendarView(workplace)
    view.resize(*SIZE)
    view.show()
    today = workplace.today()
    _settle(app, desk)
    for mode, step in (("day", 1), ("week", 7)):
        view.bar.mode_chosen.emit(mode)
        _settle(app, desk)
        took, visits = [], []
        for page in range(1, ROUNDS + 1):
            first = _first_of(mode, today - timedelta(days=page * step))
            took.append(_thread_milliseconds(lambda day=first: _turn(app, desk, view, day)))
            visits.append(len(schedule(db, first, days=step).visits))
        shown = round(median(visits))
        # A day's visit is its four segments and up to four lines; a week's has room for one.
        bare = Bare(rectangles=4 * shown, lines=4 * shown if mode == "day" else shown)
        bare.show()
        app.processEvents()
        raw = median(_thread_milliseconds(bare.repaint) for _ in range(ROUNDS))
        name = f"a {mode} of {shown} visits shown"
        yield Measured(name, median(took), AIM, raw, "rectangles and lines, bare")
        bare.close()
    view.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.close()
    db.close()


def _first_of(mode: str, day: date) -> date:
    return day - timedelta(days=day.weekday()) if mode == "week" else day


def _turn(app: QApplication, desk: Desk, view: CalendarView, day: date) -> None:
    view.go_to(day)
    _settle(app, desk)


def _settle(app: QApplication, desk: Desk) -> None:
    """Until everything asked is answered and painted; waiting costs the thread nothing."""
    while desk.busy:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def _thread_milliseconds(work: Callable[[], object]) -> float:
    start = thread_time()
    work()
    return (thread_time() - start) * 1000


class Bare(QWidget):
    """The same number of rectangles and lines of text, with nothing thought about."""

    def __init__(self, *, rectangles: int, lines: int) -> None:
        super().__init__()
        self._rectangles, self._lines = rectangles, lines
        self.resize(*SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().surface))
        color = QColor(theme.current().accent.background)
        for number in range(self._rectangles):
            painter.fillRect(_place(number, 150, 14), color)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("ink"))
        for number in range(self._lines):
            painter.drawText(_place(number, 150, 18), Qt.AlignmentFlag.AlignLeft, "Marta García")
        painter.end()


def _place(number: int, width: float, height: float) -> QRectF:
    row, column = divmod(number, 8)
    return QRectF(column * 160, row * 18 % SIZE[1], width, height)
