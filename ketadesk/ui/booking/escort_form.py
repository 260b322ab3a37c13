"""Who takes the patient home, and how far that is settled: one small form, from anywhere."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import AppointmentId, EscortId
from ketadesk.domain.patients import Escort
from ketadesk.i18n import tr
from ketadesk.services import booking, calendar, patients
from ketadesk.services.patients import PatientRecord
from ketadesk.ui.booking.new_escort import NewEscort
from ketadesk.ui.booking.small_form import SmallForm
from ketadesk.ui.lobby import person
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace

NEW = -2
"""Stands for someone nobody knew yet; Qt keeps -1 for "none chosen"."""

NOBODY = 0


def ask_escort(workplace: Workplace, parent: QWidget, visit: Visit) -> "EscortForm":
    """Opens the form for a visit."""
    form = EscortForm(workplace, parent, visit)
    form.open()
    form.read()
    return form


class EscortForm(SmallForm):
    """The patient's escorts by digit, someone new by A, the state by its letter, Enter saves."""

    def __init__(self, workplace: Workplace, parent: QWidget, visit: Visit) -> None:
        title = tr("Who takes {patient} home?", patient=person(visit.patient_name))
        super().__init__(
            workplace, parent, name="escort_form", title=title, window_title=tr("Escort")
        )
        self._visit = visit
        self._people = QButtonGroup(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._new = NewEscort()
        self._new.hide()
        self._state = Segmented(
            [
                Segment(EscortState.NAMED.value, tr("not confirmed"), "N"),
                Segment(EscortState.CONFIRMED.value, tr("confirmed"), "C"),
                Segment(EscortState.CALLED.value, tr("called"), "L"),
                Segment(EscortState.ON_THE_WAY.value, tr("on the way"), "W"),
                Segment(EscortState.HERE.value, tr("here"), "H"),
            ]
        )
        self._state.setObjectName("escort_state")
        self._state_title = Label(tr("How far it is settled"), size="note", tone="muted")
        self.body.addLayout(self._rows)
        self.body.addWidget(self._new)
        self.body.addWidget(self._state_title)
        self.body.addWidget(self._state)
        self._people.idToggled.connect(self._on_chosen)
        self.save_wanted.connect(self._write)

    def read(self) -> None:
        """Asks for the visit as it stands now, and for whom the patient has."""
        appointment_id = AppointmentId(self._visit.appointment.id)
        patient_id = self._visit.appointment.patient_id
        self.workplace.desk.ask(
            lambda db: (calendar.visit(db, appointment_id), patients.record(db, patient_id)),
            receiver=self,
            done=self._show,
            key="escorts",
        )

    def _show(self, answer: tuple[Visit, PatientRecord]) -> None:
        self._visit, record = answer
        named = self._visit.appointment.escort_id
        known = [one for one in record.escorts if one.active or one.id == named]
        for number, escort in enumerate(known, start=1):
            key = str(number) if number < 10 else ""
            self._offer(escort_text(escort), key=key, number=escort.id)
        if named is not None:
            self._offer(tr("Nobody yet"), key="0", number=NOBODY)
        self._offer(tr("Someone else…") if known else tr("Someone new…"), key="A", number=NEW)
        usual = known[0].id if known else NEW
        state = self._visit.appointment.escort_state
        if named is not None and state not in (EscortState.NOT_ASKED, EscortState.HANDED_OVER):
            self._state.choose(state.value)
        chosen = self._people.button(named if named is not None else usual)
        chosen.setChecked(True)
        (self._new if not known else chosen).setFocus()
        self.set_ready()
        self.adjustSize()

    def _offer(self, text: str, *, key: str, number: int) -> None:
        button = Button(text, key=key, spread=True)
        button.setCheckable(True)
        button.setObjectName(f"escort_{number}")
        self._people.addButton(button, number)
        self._rows.addWidget(button)
        button.show()  # a layout would show it later, too late to give it the focus

    @Slot(int, bool)
    def _on_chosen(self, number: int, chosen: bool) -> None:
        """Only the escort who was named already can be further than having confirmed."""
        if not chosen:
            return
        someone_new = number == NEW
        self._new.setVisible(someone_new)
        if someone_new:
            self._new.setFocus()
        another = number != self._visit.appointment.escort_id
        for state in (EscortState.CALLED, EscortState.ON_THE_WAY, EscortState.HERE):
            self._state.set_possible(state.value, possible=not another)
        if another:
            self._state.choose(EscortState.NAMED.value)
        settled = number != NOBODY
        self._state.setVisible(settled)
        self._state_title.setVisible(settled)
        self.adjustSize()

    @Slot()
    def _write(self) -> None:
        number = self._people.checkedId()
        new = self._new.draft() if number == NEW else None
        if number == NEW and (new is None or self._new.nameless):
            self._new.name.reject()
            return
        known = number not in (NEW, NOBODY)
        escort_id = EscortId(number) if known else None
        nobody = number == NOBODY
        state = EscortState.NOT_ASKED if nobody else EscortState(self._state.choice())
        appointment = self._visit.appointment
        self.send(
            (appointment.version, escort_id, state, new),
            lambda db, stamp: booking.set_escort(
                db,
                stamp,
                appointment.id,
                appointment.version,
                escort_id=escort_id,
                state=state,
                new=new,
            ),
        )


def escort_text(escort: Escort) -> str:
    """Name, relation and phone."""
    return " · ".join(part for part in (person(escort.name), escort.relation, escort.phone) if part)
