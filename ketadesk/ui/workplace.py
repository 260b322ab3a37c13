"""What every view is given: the desk, the clinic's frame, the present moment, one door for words.

It decides nothing; it only keeps what all views share, so that no view needs to know another.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ketadesk import i18n
from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Staff
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import StaffId
from ketadesk.ui import words
from ketadesk.ui.day_board import DayBoard
from ketadesk.ui.desk import Desk
from ketadesk.ui.view import Wanted

if TYPE_CHECKING:
    from ketadesk.services.calendar import Frame


class Workplace(QObject):
    """Signals: `framed` when the clinic's facts are (re)read; `ticked(local time)` every second;
    `told(text, role)` for the window's notice bar (role "info", "warning" or "error");
    `wanted(view, target)` when someone asks for another view ("calendar", "patients", "sessions",
    "sheets", ...) and what to show there; `staff_changed` when someone else takes over;
    `names_turned` when names became initials, or names again (see `lobby`).
    """

    framed = Signal()
    ticked = Signal(object)
    told = Signal(str, str)
    wanted = Signal(str, object)
    staff_changed = Signal()
    names_turned = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.board = DayBoard(desk, self)
        self.frame: Frame | None = None
        desk.opened.connect(self.read_frame)
        desk.refused.connect(self.tell_error)
        desk.changed.connect(self._on_changed)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._second.start()

    @property
    def clinic_frame(self) -> "Frame":
        """The frame, for code that runs only after `framed`."""
        if self.frame is None:
            raise RuntimeError("the clinic's frame was needed before it was read")
        return self.frame

    @property
    def staff(self) -> Staff | None:
        """Who is working here now."""
        members = self.frame.staff if self.frame else ()
        return next((member for member in members if member.id == self.desk.staff_id), None)

    def take_over(self, staff_id: StaffId) -> None:
        """From now on every action carries this person."""
        self.desk.staff_id = staff_id
        self.staff_changed.emit()

    def now(self) -> datetime:
        """The present moment on the clinic's wall clock."""
        return self.local(self.desk.clock())

    def today(self) -> date:
        return self.now().date()

    def local(self, moment: datetime) -> datetime:
        return self.clinic_frame.clinic.local(moment) if self.frame else moment

    def tell(self, text: str, role: str = "info") -> None:
        self.told.emit(text, role)

    @Slot(object)
    def tell_error(self, error: KnownError) -> None:
        """The one door for what a person can act on."""
        self.told.emit(words.refusal(error), "error")

    def show(self, view: Wanted, target: object = None) -> None:
        self.wanted.emit(view, target)

    @Slot()
    def read_frame(self) -> None:
        from ketadesk.services.calendar import frame

        self.desk.ask(frame, receiver=self, done=self._take_frame, key="frame")

    def _take_frame(self, read: "Frame") -> None:
        self.frame = read
        i18n.speak("en", read.clinic.zone)
        self.framed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        from ketadesk.services.calendar import FRAME_TABLES

        if changes.tables & FRAME_TABLES:
            self.read_frame()

    @Slot()
    def _tick(self) -> None:
        self.ticked.emit(self.now())
