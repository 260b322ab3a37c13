"""What a booking is made of: who, where and when, what for; each choice asks how it stands."""

from datetime import date, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import ChairId, PatientId, Uuid
from ketadesk.domain.patients import CourseDraft, EscortDraft
from ketadesk.domain.places import Place
from ketadesk.services import proposing
from ketadesk.services.proposing import LookFor, PlaceAnswer, Proposal
from ketadesk.ui.booking.patient_picker import PatientPicker
from ketadesk.ui.booking.place_fields import PlaceFields
from ketadesk.ui.booking.remarks import Remarks, remarks_on
from ketadesk.ui.booking.treatment_fields import TreatmentFields
from ketadesk.ui.lobby import person
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.workplace import Workplace


class BookingFields(QWidget):
    """Filled from the running course and the last visit as soon as it is known for whom.

    Signals: `filled()` then; `place_asked()` when another place is looked at and `place_answered()`
    when it is known how that stands; `day_shown(date)` on turning to another day;
    `new_wanted(typed text)` for somebody who is not a patient yet.
    """

    filled = Signal()
    place_asked = Signal()
    place_answered = Signal()
    day_shown = Signal(object)
    new_wanted = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.proposal: Proposal | None = None
        self.patient_id: PatientId | None = None
        self.answer: PlaceAnswer | None = None
        self._day: date | None = None
        self.picker = PatientPicker(workplace)
        self._who = ElidedLabel(size="note", tone="muted")
        self._who.setObjectName("booking_who")
        self.treatment = TreatmentFields(workplace)
        self.place = PlaceFields(workplace)
        self._remarks = Remarks()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.picker, self._who, self.place, self.treatment, self._remarks):
            column.addWidget(part)
        self.picker.taken.connect(self.take)
        self.picker.cleared.connect(self._clear_patient)
        self.picker.new_wanted.connect(self.new_wanted)
        self.place.changed.connect(self.look)
        self.treatment.protocol_chosen.connect(self._protocol_chosen)
        self.treatment.escort_chosen.connect(self.look)
        self.treatment.nurse_chosen.connect(self.look)

    def start(self, chair_id: ChairId | None, starts: datetime | None) -> None:
        """Nobody yet, for a place or for the next free one."""
        self.proposal = self.patient_id = self.answer = None
        self.treatment.start()
        self.place.start(chair_id, starts)
        self._day = self.place.day()
        self._remarks.show_remarks(())
        self._who.setText("")

    @property
    def waiting(self) -> bool:
        """Whether it is still being asked who they are, or what they come for."""
        return self.picker.searching or (self.patient_id is not None and self.proposal is None)

    @property
    def typed(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.treatment.typed

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (self.picker.line, *self.place.tab_widgets(), *self.treatment.tab_widgets())

    def problem(self) -> KnownError | None:
        """What keeps this from being booked; the field that is wrong or missing gets the keys."""
        problem = self.place.problem()
        if problem is not None:
            self.place.reject()
        elif self.place.place() is None or self.treatment.protocol() is None:
            problem = Refused("booking_without_setting")
        elif self.treatment.escort_nameless:
            self.treatment.reject_escort()
            problem = Refused("escort_without_name")
        return problem

    def draft(self, uuid: Uuid) -> AppointmentDraft:
        """What is to be booked, for fields without a `problem` and a known patient."""
        place, protocol = self.place.place(), self.treatment.protocol()
        if place is None or protocol is None or self.patient_id is None:
            raise RuntimeError("a booking was sent before it was complete")
        return AppointmentDraft(
            patient_id=self.patient_id,
            chair_id=place.chair_id,
            protocol_id=protocol.id,
            starts=place.span.starts,
            segments=protocol.segments,
            nurse_id=self.treatment.nurse_id(),
            escort_id=self.treatment.escort_id(),
            course_id=self.treatment.course_id(),
            note=self.treatment.note(),
            uuid=uuid,
        )

    def new_course(self) -> CourseDraft | None:
        """The course that begins with this booking, None when none does."""
        return self.treatment.new_course()

    def new_escort(self) -> EscortDraft | None:
        """Who is named for the first time, None when nobody is."""
        return self.treatment.new_escort()

    # Who

    @Slot(object)
    def take(self, patient_id: PatientId) -> None:
        """Books for this patient: asks what they come for, and when."""
        self.patient_id = patient_id
        self.proposal = None
        chair_id = self.place.chair_id() if self.place.chair_set else None
        starts = self.place.starts() if self.place.time_set else None
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: proposing.propose(db, patient_id, chair_id=chair_id, starts=starts, now=now),
            receiver=self,
            done=self._fill,
            key="proposal",
        )

    def _fill(self, proposal: Proposal) -> None:
        patient = proposal.record.patient
        if patient.id != self.patient_id:
            return
        self.proposal = proposal
        self.picker.show_name(person(patient.name))
        self._who.setText(told_apart(patient, self._workplace.today()))
        self.treatment.fill(proposal)
        self._show_length()
        self.place.show_place(proposal.place)
        self.place.focus_time()
        self.look()
        self.filled.emit()

    @Slot()
    def _clear_patient(self) -> None:
        self.patient_id = self.proposal = None
        self._who.setText("")
        self._show_remarks()

    # Where and when

    def take_place(self, place: Place) -> None:
        """Another place, taken by a person."""
        self.place.take_place(place)
        self.place.focus_time()

    def _show_length(self) -> None:
        protocol = self.treatment.protocol()
        self.place.set_minutes(protocol.segments.total if protocol else 0)

    @Slot()
    def _protocol_chosen(self) -> None:
        self._show_length()
        self.look()

    @Slot()
    def look(self) -> None:
        """Asks how the chosen place stands; the newest answer wins."""
        place, day = self.place.place(), self.place.day()
        self.answer = None
        self.place_asked.emit()
        if day is not None and day != self._day:
            self._day = day
            self.day_shown.emit(day)
        if place is None:
            self._show_remarks()
            return
        now, who = self._workplace.now(), self._look_for()
        if who is None:
            return
        self._workplace.desk.ask(
            lambda db: proposing.look_at(db, place, who, now=now),
            receiver=self,
            done=self._take_answer,
            key="place",
        )

    def _look_for(self) -> LookFor | None:
        """Who would come for what, None in a clinic without a protocol."""
        protocol = self.treatment.protocol()
        if protocol is None:
            return None
        return LookFor(
            self.patient_id,
            protocol.segments,
            nurse_id=self.treatment.nurse_id(),
            escort_id=self.treatment.escort_id(),
            course_id=self.treatment.course_id(),
        )

    def _take_answer(self, answer: PlaceAnswer) -> None:
        self.answer = answer
        self._show_remarks()
        self.place_answered.emit()

    @Slot()
    def _show_remarks(self) -> None:
        starts = self.place.starts()
        self._remarks.show_remarks(
            remarks_on(
                self._workplace,
                proposal=self.proposal,
                answer=self.answer,
                escort_named=self.treatment.escort_named,
                day=self._workplace.local(starts).date() if starts else self._workplace.today(),
            )
        )
