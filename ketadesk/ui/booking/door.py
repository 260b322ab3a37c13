"""Opens the booking form over a view; made when first needed, because that takes a moment."""

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
        if self._workplace.frame is None:
            return
        lacking = missing(self._workplace.frame)
        if lacking:
            ask_to_set_up(self._workplace, self._view, lacking)
            return
        from ketadesk.ui.booking.popover import BookingPopover

        if self._form is None:
            self._form = BookingPopover(self._workplace, self._view)
            self._form.booked.connect(self._tell)
            self._form.day_shown.connect(self.day_shown)
            self._form.rejected.connect(self.left)
        self._form.open_for(chair_id, starts, patient_id=patient_id)

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
