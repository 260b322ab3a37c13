"""The manager looks how many visits did not happen, and why."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.appointments import Reason, Status
from ketadesk.services import booking
from ketadesk.ui.calendar.missed_dialog import MissedDialog
from ketadesk.ui.waitlist.dialog import WaitlistDialog
from tests.clinic_day import stamp
from tests.ui.patients_desk import settled
from tests.ui.test_calendar_view import Clinic, clinic, view, workplace  # noqa: F401
from tests.ui.test_patients import drawn


def test_no_escort_is_a_reason_of_its_own(qtbot, clinic: Clinic, view, workplace) -> None:
    for one, status, reason in (
        (clinic.ana, Status.NO_SHOW, Reason.NO_ESCORT),
        (clinic.ben, Status.CANCELLED_BY_CLINIC, Reason.BOOKED_BY_MISTAKE),
    ):
        booking.set_status(clinic.db, stamp(), one, 1, status=status, reason=reason)
    settled(qtbot, workplace)
    qtbot.keyClick(view.grid, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    made = view.findChild(MissedDialog)
    qtbot.waitUntil(lambda: made.table.model() is not None)
    assert drawn(made.table) == [
        "no-show | no escort | – | – | – | – | – | 1 | 1",
        "all |  | 0 | 0 | 0 | 0 | 0 | 1 | 1",
        "of all booked |  | – | – | – | – | – | 100 % | 100 %",
    ]


def test_the_desks_lists_open_from_every_page(qtbot, clinic: Clinic, view, workplace) -> None:
    for page in (Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8):
        qtbot.keyClick(view, page)
        settled(qtbot, workplace)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L)
        qtbot.waitUntil(lambda: view.findChild(WaitlistDialog) is not None)
        view.findChild(WaitlistDialog).reject()
        qtbot.waitUntil(lambda: view.findChild(WaitlistDialog) is None)
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
