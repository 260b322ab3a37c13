"""Protocol, course, nurse, escort and note of a booking."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.ids import CourseId, EscortId, StaffId
from ketadesk.domain.patients import CourseDraft, Escort, EscortDraft
from ketadesk.domain.protocols import Protocol
from ketadesk.i18n import tr
from ketadesk.services.proposing import Proposal
from ketadesk.ui import words
from ketadesk.ui.booking.course_choice import CourseChoice
from ketadesk.ui.booking.new_escort import NewEscort
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import TextField, choice_box
from ketadesk.ui.workplace import Workplace


class TreatmentFields(QWidget):
    """Filled from a proposal; `protocol_chosen`, `nurse_chosen` and `escort_chosen` when a person
    chose.
    """

    protocol_chosen = Signal()
    nurse_chosen = Signal()
    escort_chosen = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._proposal: Proposal | None = None
        self._escort_wanted = False
        self._protocol, protocol = choice_box(tr("Protocol"), name="booking_protocol")
        self._nurse, nurse = choice_box(tr("Nurse"), name="booking_nurse")
        self._escort, escort = choice_box(tr("Escort"), name="booking_escort")
        self._course = CourseChoice()
        self._new_escort = NewEscort()
        self._add_escort = Button(
            tr("New"), icon="user-plus", key="Alt+E", name=tr("Name a new escort")
        )
        self._add_escort.setObjectName("booking_escort_new")
        self._note = TextField(
            tr("Note for the desk"),
            name="booking_note",
            hint=tr("for example: comes by wheelchair"),
        )
        self._lay_out(protocol, nurse, escort)
        self._protocol.activated.connect(self._chosen)
        self._nurse.activated.connect(self.nurse_chosen)
        self._course.chosen.connect(self._show_rows)
        self._escort.activated.connect(self._escort_taken)
        self._add_escort.clicked.connect(self._name_escort)
        self._new_escort.name.changed.connect(self.escort_chosen)
        self._show_rows()

    def _lay_out(self, protocol: QWidget, nurse: QWidget, escort: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        with_button = QHBoxLayout()
        with_button.setSpacing(6)
        with_button.addWidget(escort, 1)
        with_button.addWidget(self._add_escort, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(_row((protocol, 10), (nurse, 8), (self._course, 9)))
        column.addWidget(self._course.plan_fields)
        column.addLayout(_row((with_button, 15), (self._note, 12)))
        column.addWidget(self._new_escort)

    def start(self) -> None:
        """The clinic's protocols and nurses; nobody yet."""
        self._proposal = None
        frame = self._workplace.clinic_frame
        protocols = [protocol for protocol in frame.protocols if protocol.active]
        self._protocol.fill((_protocol_text(protocol), protocol.id) for protocol in protocols)
        nurses = [member for member in frame.staff if member.role is Role.NURSE]
        self._nurse.fill(
            [(tr("not decided"), None), *((member.name, member.id) for member in nurses)]
        )
        self._fill_escorts((), None)
        self._new_escort.clear()
        self._note.set_text("")
        self._escort_wanted = False
        self._show_course()

    def fill(self, proposal: Proposal) -> None:
        """The proposal's protocol, nurse and escort; what was typed stays.

        The line for a new escort is open for whoever has none, and otherwise closed: an escort
        typed for one patient is never another's.
        """
        if self._proposal is None or not _same_patient(self._proposal, proposal):
            self._escort_wanted = not proposal.record.escorts and not self._new_escort.typed
        self._proposal = proposal
        self._protocol.choose(proposal.protocol_id)
        self._nurse.choose(proposal.nurse_id)
        self._fill_escorts(proposal.record.escorts, proposal.escort_id)
        self._show_course()

    def protocol(self) -> Protocol | None:
        """The chosen protocol, None in a clinic that has none."""
        chosen = self._protocol.currentData()
        for protocol in self._workplace.clinic_frame.protocols:
            if protocol.id == chosen:
                return protocol
        return None

    def nurse_id(self) -> StaffId | None:
        """Who looks after it."""
        nurse_id: StaffId | None = self._nurse.currentData()
        return nurse_id

    def escort_id(self) -> EscortId | None:
        """Who takes the patient home, as far as they are known already."""
        escort_id: EscortId | None = self._escort.currentData()
        return None if self._escort_wanted else escort_id

    def new_escort(self) -> EscortDraft | None:
        """Who is named for the first time, None when nobody is."""
        return self._new_escort.draft() if self._escort_wanted else None

    @property
    def escort_named(self) -> bool:
        """Whether it is known who takes the patient home."""
        escort = self.new_escort()
        return self.escort_id() is not None or (escort is not None and bool(escort.name.strip()))

    @property
    def escort_nameless(self) -> bool:
        """Whether something was typed about an escort, but not their name."""
        return self._escort_wanted and self._new_escort.nameless

    def reject_escort(self) -> None:
        """Go to the name that is missing."""
        self._new_escort.name.reject()

    def new_course(self) -> CourseDraft | None:
        """The course that begins with this booking, None when none does."""
        protocol = self.protocol()
        return self._course.draft(protocol.id) if protocol is not None else None

    def course_id(self) -> CourseId | None:
        """The running course, as long as its own protocol is chosen."""
        course = self._proposal.course if self._proposal else None
        if course is None or course.protocol_id != self._protocol.currentData():
            return None
        return course.id

    def note(self) -> str:
        """What was typed for the desk."""
        return self._note.text()

    @property
    def typed(self) -> bool:
        """Whether something was typed that would be lost."""
        return bool(self._note.text().strip()) or self._new_escort.typed

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (
            self._protocol,
            self._nurse,
            self._course.box,
            *self._course.plan_fields.fields(),
            self._escort,
            self._add_escort,
            self._note.line,
            *self._new_escort.tab_widgets(),
        )

    def _fill_escorts(self, escorts: tuple[Escort, ...], chosen: EscortId | None) -> None:
        named = [(_escort_text(escort), escort.id) for escort in escorts]
        self._escort.fill([(tr("not named yet"), None), *named], chosen=chosen)

    def _show_course(self) -> None:
        """Which visit of the running course it is, or the choice to begin one."""
        proposal = self._proposal
        if proposal is None:
            self._course.show_nobody()
        elif proposal.course is None:
            self._course.offer(proposal.record.courses)
        elif self.course_id() is None:
            self._course.offer(proposal.record.courses, text=tr("outside the course"))
        else:
            text = tr(
                "{number}/{planned} of the course",
                number=proposal.number,
                planned=proposal.course.planned,
            )
            self._course.show_count(text)
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        """The rows that are needed now, and no others."""
        self._course.plan_fields.setVisible(self._course.begins)
        self._new_escort.setVisible(self._escort_wanted)

    @Slot()
    def _chosen(self) -> None:
        self._show_course()
        self.protocol_chosen.emit()

    @Slot()
    def _escort_taken(self) -> None:
        self._escort_wanted = False
        self._show_rows()
        self.escort_chosen.emit()

    @Slot()
    def _name_escort(self) -> None:
        """The line for somebody new, open already or not; to choose an escort puts it away."""
        self._escort_wanted = True
        self._show_rows()
        self._new_escort.setFocus()
        self.escort_chosen.emit()


def _row(*parts: tuple[QWidget | QLayout, int]) -> QHBoxLayout:
    """Parts beside each other, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for part, share in parts:
        if isinstance(part, QWidget):
            row.addWidget(part, share)
        else:
            row.addLayout(part, share)
    return row


def _same_patient(one: Proposal, other: Proposal) -> bool:
    return one.record.patient.id == other.record.patient.id


def _protocol_text(protocol: Protocol) -> str:
    return f"{protocol.name} · {words.word(protocol.tier)}"


def _escort_text(escort: Escort) -> str:
    return words.with_relation(escort.name, escort.relation)
