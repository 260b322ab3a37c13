"""What a booked visit is for, who looks after it, and the note for the desk."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes, Span
from ketadesk.domain.clinic import Role
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import ProtocolId, StaffId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Objected, Override
from ketadesk.i18n import tr
from ketadesk.services import booking, calendar
from ketadesk.ui import words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.booking.decided import decided_otherwise
from ketadesk.ui.booking.small_form import SmallForm
from ketadesk.ui.widgets.field import ChoiceField, TextField
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


def ask_change(workplace: Workplace, parent: QWidget, visit: Visit) -> "ChangeForm":
    """Opens the form for a visit."""
    form = ChangeForm(workplace, parent, visit)
    form.open()
    form.read()
    return form


class ChangeForm(SmallForm):
    """Protocol, nurse and note; whatever was planned stays on offer, so that nothing is lost.

    Another protocol is an action of its own, as it asks for the chair again: it goes first, and
    what else was changed follows.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, visit: Visit) -> None:
        title = tr("Change the visit of {patient}", patient=words.person(visit.patient_name))
        super().__init__(
            workplace, parent, name="change_form", title=title, window_title=tr("Change the visit")
        )
        self._visit = visit
        self._protocol = ChoiceField(tr("Protocol"), name="change_protocol")
        self._nurse = ChoiceField(tr("Nurse"), name="change_nurse")
        self._note = TextField(
            tr("Note for the desk"), name="change_note", hint=tr("for example: comes by wheelchair")
        )
        self._decided = Label(size="note", tone="amber", wrap=True)
        self._decided.setObjectName("change_decided")
        self._decided.hide()
        for field in (self._protocol, self._nurse, self._note, self._decided):
            self.body.addWidget(field)
        self._protocol.changed.connect(self._show_end)
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
        appointment, frame = visit.appointment, self.workplace.clinic_frame
        protocols = [
            (f"{protocol.name} · {words.word(protocol.tier)}", protocol.id)
            for protocol in frame.protocols
            if protocol.active or protocol.id == appointment.protocol_id
        ]
        self._protocol.fill(protocols, chosen=appointment.protocol_id)
        self._protocol.setEnabled(appointment.status.awaited)
        nurses: list[tuple[str, StaffId | None]] = [
            (member.name, member.id) for member in frame.staff if member.role is Role.NURSE
        ]
        if appointment.nurse_id not in (None, *(nurse_id for _, nurse_id in nurses)):
            nurses.append((visit.nurse_name, appointment.nurse_id))
        self._nurse.fill([(tr("not decided"), None), *nurses], chosen=appointment.nurse_id)
        self._note.set_text(appointment.note)
        decided = decided_otherwise(visit)
        self._decided.setText(decided)
        self._decided.setVisible(bool(decided))
        self._show_end()
        self._nurse.setFocus()
        self.set_ready()

    @Slot()
    def _show_end(self) -> None:
        """Until when the chair is taken, before anything is saved."""
        appointment, wanted = self._visit.appointment, self._wanted_protocol()
        protocols = self.workplace.clinic_frame.protocols
        total = {protocol.id: protocol.segments.total for protocol in protocols}
        length = timedelta(minutes=total[wanted]) if wanted else _length(appointment.span)
        starts, ends = (
            words.clock(self.workplace.local(moment))
            for moment in (appointment.starts, appointment.starts + length)
        )
        times = {"starts": starts, "ends": ends, "length": words.minutes(length)}
        self._protocol.set_note(tr("{starts} to {ends} · {length}", **times))

    def _wanted_protocol(self) -> ProtocolId | None:
        """The protocol that is to be booked instead, None while it stays."""
        chosen: ProtocolId | None = self._protocol.chosen()
        return chosen if chosen != self._visit.appointment.protocol_id else None

    @Slot()
    def _write(self) -> None:
        if self._wanted_protocol() is None:
            self._write_rest(self._visit.appointment.version)
        else:
            self._write_protocol()

    def _write_protocol(self, override: Override = NOTHING_OVERRIDDEN) -> None:
        appointment, wanted = self._visit.appointment, self._wanted_protocol()
        if wanted is None:
            return
        self.send(
            (appointment.version, wanted, override),
            lambda db, stamp: booking.change_protocol(
                db,
                stamp,
                appointment.id,
                appointment.version,
                protocol_id=wanted,
                override=override,
            ),
            done=self._protocol_written,
            refused=self._protocol_refused,
        )

    def _protocol_written(self, _changes: Changes) -> None:
        before = self._visit.appointment
        appointment = replace(
            before, version=before.version + 1, protocol_id=self._protocol.chosen()
        )
        self._visit = replace(self._visit, appointment=appointment)
        if (self._nurse.chosen(), self._note.text()) == (appointment.nurse_id, appointment.note):
            self.accept()
        else:
            self._write_rest(appointment.version)

    def _protocol_refused(self, error: KnownError) -> None:
        if isinstance(error, Objected):
            ask_to_go_against(self.workplace, self, error.objections, self._write_protocol)
        else:
            self.say(error)

    def _write_rest(self, version: int) -> None:
        appointment = self._visit.appointment
        nurse_id, note = self._nurse.chosen(), self._note.text()
        self.send(
            (version, nurse_id, note),
            lambda db, stamp: booking.edit(
                db, stamp, appointment.id, version, nurse_id=nurse_id, note=note
            ),
        )


def _length(span: Span) -> timedelta:
    return span.ends - span.starts
