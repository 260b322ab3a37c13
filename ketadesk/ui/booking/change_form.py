"""Who looks after a booked visit, and the note for the desk."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import StaffId
from ketadesk.i18n import tr
from ketadesk.services import booking, calendar
from ketadesk.ui.booking.small_form import SmallForm
from ketadesk.ui.widgets.field import TextField, choice_box
from ketadesk.ui.workplace import Workplace


def ask_change(workplace: Workplace, parent: QWidget, visit: Visit) -> "ChangeForm":
    """Opens the form for a visit."""
    form = ChangeForm(workplace, parent, visit)
    form.open()
    form.read()
    return form


class ChangeForm(SmallForm):
    """Nurse and note; whoever else was planned stays on offer, so that nothing is lost."""

    def __init__(self, workplace: Workplace, parent: QWidget, visit: Visit) -> None:
        title = tr("Change the visit of {patient}", patient=visit.patient_name)
        super().__init__(workplace, parent, name="change_form", title=title)
        self._visit = visit
        self._nurse, nurse = choice_box(tr("Nurse"), name="change_nurse")
        self._note = TextField(
            tr("Note for the desk"), name="change_note", hint=tr("for example: comes by wheelchair")
        )
        self.body.addWidget(nurse)
        self.body.addWidget(self._note)
        self.save_wanted.connect(self._write)

    def read(self) -> None:
        """Asks for the visit as it stands now."""
        appointment_id = self._visit.appointment.id
        self.workplace.desk.ask(
            lambda db: calendar.visit(db, appointment_id),
            receiver=self,
            done=self._show,
            key="visit",
        )

    def _show(self, visit: Visit) -> None:
        self._visit = visit
        appointment = visit.appointment
        staff = self.workplace.clinic_frame.staff
        offered: list[tuple[str, StaffId | None]] = [
            (member.name, member.id) for member in staff if member.role is Role.NURSE
        ]
        if appointment.nurse_id not in (None, *(nurse_id for _, nurse_id in offered)):
            offered.append((visit.nurse_name, appointment.nurse_id))
        self._nurse.fill([(tr("not decided"), None), *offered], chosen=appointment.nurse_id)
        self._note.set_text(appointment.note)
        self._nurse.setFocus()
        self.set_ready()

    @Slot()
    def _write(self) -> None:
        stamp, appointment = self.stamp(), self._visit.appointment
        nurse_id, note = self._nurse.currentData(), self._note.text()
        self.send(
            lambda db: booking.edit(
                db, stamp, appointment.id, appointment.version, nurse_id=nurse_id, note=note
            )
        )
