"""Opens the booking form over the calendar; made when first needed, because that takes a moment."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.ui.workplace import Workplace


class BookingDoor(QObject):
    """`booked(AppointmentId)` when someone was booked in the form."""

    booked = Signal(object)

    def __init__(self, workplace: Workplace, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view
        self._form: QDialog | None = None

    @Slot(object, object)
    def open(self, chair_id: ChairId | None, starts: datetime | None) -> None:
        """For a place, or for the next free one when there is none."""
        from ketadesk.ui.booking.popover import BookingPopover

        if not isinstance(self._form, BookingPopover):
            self._form = BookingPopover(self._workplace, self._view)
            self._form.booked.connect(self._tell)
        self._form.open_for(chair_id, starts)

    @Slot(object)
    def _tell(self, changes: Changes) -> None:
        row_id = changes.row_ids.get("appointments")
        if row_id is not None:
            self.booked.emit(AppointmentId(row_id))
