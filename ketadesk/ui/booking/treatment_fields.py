"""Protocol, nurse, escort and note of a booking."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ketadesk.domain.clinic import Role
from ketadesk.domain.ids import CourseId, EscortId, StaffId
from ketadesk.domain.patients import Escort
from ketadesk.domain.protocols import Protocol
from ketadesk.i18n import tr
from ketadesk.services.proposing import Proposal
from ketadesk.ui import words
from ketadesk.ui.patients.fields import TextField, choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class TreatmentFields(QWidget):
    """Filled from a proposal; `protocol_chosen` and `escort_chosen` when a person chose."""

    protocol_chosen = Signal()
    escort_chosen = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._proposal: Proposal | None = None
        self._protocol, protocol = choice_box(tr("Protocol"), name="booking_protocol")
        self._nurse, nurse = choice_box(tr("Nurse"), name="booking_nurse")
        self._escort, escort = choice_box(tr("Escort"), name="booking_escort")
        self._count = Label(strong=True)
        self._count.setObjectName("booking_count")
        self._note = TextField(
            tr("Note for the desk"),
            name="booking_note",
            hint=tr("for example: comes by wheelchair"),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.addWidget(protocol, 0, 0)
        count = QWidget()
        under_count = QGridLayout(count)
        under_count.setContentsMargins(0, 0, 0, 0)
        under_count.addWidget(self._count, 1, 0)
        under_count.setRowStretch(0, 1)
        self._count.setContentsMargins(0, 0, 0, 7)
        grid.addWidget(count, 0, 1)
        grid.addWidget(nurse, 1, 0)
        grid.addWidget(escort, 1, 1)
        grid.addWidget(self._note, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._protocol.activated.connect(self._chosen)
        self._escort.activated.connect(self.escort_chosen)

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
        self._note.set_text("")
        self._show_count()

    def fill(self, proposal: Proposal) -> None:
        """The proposal's protocol, nurse and escort; a typed note stays."""
        self._proposal = proposal
        self._protocol.choose(proposal.protocol_id)
        self._nurse.choose(proposal.nurse_id)
        self._fill_escorts(proposal.record.escorts, proposal.escort_id)
        self._show_count()

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
        """Who takes the patient home."""
        escort_id: EscortId | None = self._escort.currentData()
        return escort_id

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
        return bool(self._note.text().strip())

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (self._protocol, self._nurse, self._escort, self._note.line)

    def _fill_escorts(self, escorts: tuple[Escort, ...], chosen: EscortId | None) -> None:
        named = [(_escort_text(escort), escort.id) for escort in escorts]
        self._escort.fill([(tr("not named yet"), None), *named], chosen=chosen)

    def _show_count(self) -> None:
        if self._proposal is None:
            self._count.setText("")
        elif self.course_id() is None or self._proposal.course is None:
            self._count.setText(tr("outside a course"))
        else:
            planned = self._proposal.course.planned
            self._count.setText(
                tr(
                    "{number}/{planned} of the course",
                    number=self._proposal.number,
                    planned=planned,
                )
            )

    @Slot()
    def _chosen(self) -> None:
        self._show_count()
        self.protocol_chosen.emit()


def _protocol_text(protocol: Protocol) -> str:
    return f"{protocol.name} · {words.word(protocol.tier)}"


def _escort_text(escort: Escort) -> str:
    return f"{escort.name} ({escort.relation})" if escort.relation else escort.name
