"""Opens the booking forms over a view; made when first needed, because that takes a moment."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId
from ketadesk.ui.booking.set_up_first import ask_to_set_up, missing
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.ui.booking.popover import BookingPopover


class BookingDoor(QObject):
    """`booked(AppointmentId)` when someone was booked in the form, `day_shown(date)` when the form
    turns to another day; `left()` when it was closed without booking.
    """

    booked = Signal(object)
    left = Signal()
    day_shown = Signal(object)

    def __init__(self, workplace: Workplace, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view
        self._form: BookingPopover | None = None

    @Slot(object, object)
    def open(
        self,
        chair_id: ChairId | None,
        starts: datetime | None,
        patient_id: PatientId | None = None,
    ) -> None:
        """For a place, or for the next free one when there is none; for a patient, or for anyone.

        A clinic where nobody can be booked yet is told what to set up first instead.
        """
        if not self._ready():
            return
        from ketadesk.ui.booking.popover import BookingPopover

        if self._form is None:
            self._form = BookingPopover(self._workplace, self._view)
            self._form.booked.connect(self._tell)
            self._form.day_shown.connect(self.day_shown)
            self._form.rejected.connect(self.left)
            self._form.fit_wanted.connect(self.open_fit)
            self._form.course_wanted.connect(self.open_course)
        self._form.open_for(chair_id, starts, patient_id=patient_id)

    @Slot(object)
    def open_fit(self, patient_id: PatientId | None = None) -> None:
        """ "Can I fit her in?", for somebody or for whoever is typed there."""
        if self._ready():
            from ketadesk.ui.booking.fit_form import FitForm

            form = FitForm(self._workplace, self._view)
            form.booked.connect(self._tell)
            form.start(patient_id)

    @Slot(object)
    def open_course(self, patient_id: PatientId | None = None) -> None:
        """Books a whole course, for somebody or for whoever is typed there."""
        if self._ready():
            from ketadesk.ui.booking.course_booker import CourseBooker

            form = CourseBooker(self._workplace, self._view)
            form.booked.connect(self._tell)
            form.start(patient_id)

    def _ready(self) -> bool:
        """Whether anybody can be booked here; else it is told what to set up first."""
        if self._workplace.frame is None:
            return False
        lacking = missing(self._workplace.frame)
        if lacking:
            ask_to_set_up(self._workplace, self._view, lacking)
        return not lacking

    @property
    def unsaved(self) -> bool:
        """Whether somebody is half booked in the form, or half added."""
        return self._form is not None and self._form.unsaved

    def close(self) -> None:
        """The form goes with its clinic."""
        if self._form is not None:
            self._form.deleteLater()
        self.deleteLater()

    @Slot(object)
    def _tell(self, changes: Changes) -> None:
        row_id = changes.row_ids.get("appointments")
        if row_id is not None:
            self.booked.emit(AppointmentId(row_id))
