"""The small form that puts somebody on the waitlist: who, for what, how urgent, what they like."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.domain.ids import CourseId, PatientId, ProtocolId
from ketadesk.domain.patients import Course
from ketadesk.domain.waitlist import WaitUrgency
from ketadesk.domain.wishes import PartOfDay, Wishes
from ketadesk.i18n import tr
from ketadesk.services import patients, waitlist
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import words
from ketadesk.ui.booking.patient_picker import PatientPicker
from ketadesk.ui.booking.small_form import SmallForm
from ketadesk.ui.patients.typed import read_typed_day
from ketadesk.ui.waitlist import words as waiting_words
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, TextField
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace


def ask_to_add(workplace: Workplace, parent: QWidget) -> "AddForm":
    """Opens the form with nobody in it yet."""
    form = AddForm(workplace, parent)
    form.open()
    form.begin()
    return form


class AddForm(SmallForm):
    """Enter saves; a course of the patient that is still open is gone on with."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        title = tr("Put on the waitlist")
        super().__init__(workplace, parent, name="waitlist_form", title=title, window_title=title)
        self._patient_id: PatientId | None = None
        self._courses: Sequence[Course] = ()
        frame = workplace.clinic_frame
        self._patient = PatientPicker(workplace)
        self._protocol = ChoiceField(
            tr("Protocol"),
            [(_protocol_name(one), one.id) for one in frame.protocols if one.active],
            name="waitlist_protocol",
        )
        self._urgency = Segmented(
            [
                Segment(one.value, waiting_words.urgency(one), key)
                for one, key in zip(WaitUrgency, ("Alt+R", "Alt+S", "Alt+U"), strict=True)
            ]
        )
        self._urgency.choose(WaitUrgency.ROUTINE.value)
        self._chosen_urgency = WaitUrgency.ROUTINE
        self._days = [_day_button(day) for day in range(7)]
        parts = [(waiting_words.part(one), one) for one in PartOfDay]
        self._part = ChoiceField(
            tr("Time of day"), [(tr("any"), None), *parts], name="waitlist_part"
        )
        chairs = [(chair.name, chair.id) for chair in frame.chairs]
        self._chair = ChoiceField(tr("Chair"), [(tr("any"), None), *chairs], name="waitlist_chair")
        nurses = [(one.name, one.id) for one in frame.staff if one.active and one.nurses]
        self._nurse = ChoiceField(tr("Nurse"), [(tr("any"), None), *nurses], name="waitlist_nurse")
        self._until = ReadingField(
            tr("Until, if not for good"),
            read=lambda text: read_typed_day(workplace, text),
            show=lambda day: words.day(day, short=True, year=True),
            say=lambda day: words.day(day, short=True, year=True),
            hint=tr("fri, +14 or 5/15"),
        )
        self._until.line.setObjectName("waitlist_until")
        self._note = TextField(
            tr("Note for the desk"), name="waitlist_note", hint=tr("for example: can come at once")
        )
        self._lay_out()
        self._urgency.chosen.connect(self._take_urgency)
        self._patient.taken.connect(self._take_patient)
        self._patient.cleared.connect(self._forget_patient)
        self._patient.new_wanted.connect(self._no_such_patient)
        self._protocol.changed.connect(self._tell_course)
        self.save_wanted.connect(self._write)

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(6)
        for button in self._days:
            days.addWidget(button)
        days.addStretch(1)
        self.body.addWidget(self._patient)
        self.body.addLayout(_row((self._protocol, 2), (self._until, 2)))
        self.body.addWidget(Label(tr("How urgent"), size="note", tone="muted"))
        self.body.addWidget(self._urgency)
        self.body.addWidget(Label(tr("Days, if not any"), size="note", tone="muted"))
        self.body.addLayout(days)
        self.body.addLayout(_row((self._part, 1), (self._chair, 1), (self._nurse, 1)))
        self.body.addWidget(self._note)

    def begin(self) -> None:
        """The keys go to the patient's line."""
        self.set_ready()
        self._patient.start()

    @property
    def unsaved(self) -> bool:
        """Whether somebody was chosen, or a note typed, that would be lost."""
        return self.isVisible() and (self._patient_id is not None or bool(self._note.text()))

    @Slot(str)
    def _take_urgency(self, chosen: str) -> None:
        self._chosen_urgency = WaitUrgency(chosen)

    @Slot(object)
    def _take_patient(self, patient_id: PatientId) -> None:
        self._patient_id = patient_id
        self.workplace.desk.ask(
            lambda db: patients.record(db, patient_id),
            receiver=self,
            done=self._show_patient,
            key="record",
        )

    def _show_patient(self, record: PatientRecord) -> None:
        if record.patient.id != self._patient_id:
            return
        self._patient.show_name(words.person(record.patient.name))
        self._courses = tuple(course for course in record.courses if course.active)
        if self._courses:
            self._protocol.choose(self._courses[-1].protocol_id)
        self._tell_course()
        self._protocol.control.setFocus()

    @Slot()
    def _forget_patient(self) -> None:
        self._patient_id, self._courses = None, ()
        self._tell_course()

    @Slot(str)
    def _no_such_patient(self, _typed: str) -> None:
        self._patient.reject()

    def _course(self) -> Course | None:
        """The patient's newest open course of that protocol."""
        protocol_id = self._protocol.chosen()
        fitting = [one for one in self._courses if one.protocol_id == protocol_id]
        return fitting[-1] if fitting else None

    @Slot()
    def _tell_course(self) -> None:
        course = self._course()
        self._protocol.set_note(
            "" if course is None else tr("in the course of {planned}", planned=course.planned)
        )

    @Slot()
    def _write(self) -> None:
        patient_id, problem = self._patient_id, self._until.problem()
        if self._patient.searching:
            return
        if patient_id is None:
            self._patient.reject()
            return
        if problem is not None:
            self.say(problem)
            self._until.reject()
            return
        course = self._course()
        course_id: CourseId | None = None if course is None else course.id
        protocol_id: ProtocolId = self._protocol.chosen()
        wishes = Wishes(
            weekdays=frozenset(day for day, one in enumerate(self._days) if one.isChecked()),
            part=self._part.chosen(),
            chair_id=self._chair.chosen(),
            nurse_id=self._nurse.chosen(),
            not_after=self._until.value(),
        )
        urgency, note = self._chosen_urgency, self._note.text()
        self.send(
            (patient_id, protocol_id, wishes, urgency, note),
            lambda db, stamp: waitlist.add(
                db,
                stamp,
                patient_id,
                protocol_id,
                urgency=urgency,
                wishes=wishes,
                course_id=course_id,
                note=note,
            ),
        )


def _protocol_name(one: object) -> str:
    return f"{one.name} · {words.word(one.tier)}"  # type: ignore[attr-defined]


def _day_button(day: int) -> Button:
    """A day of the week, by its number from 1 for Monday."""
    button = Button(
        words.weekday(day, short=True),
        key=f"Alt+{day + 1}",
        role="segment",
        name=words.weekday(day),
        hint=False,
    )
    button.setCheckable(True)
    button.setObjectName(f"waitlist_day_{day}")
    return button


def _row(*fields: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for field, share in fields:
        row.addWidget(field, share)
    return row
