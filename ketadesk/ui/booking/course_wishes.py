"""What a course is to be: protocol, how many and how far apart, from when, and what is wished."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.ids import EscortId, ProtocolId
from ketadesk.domain.patients import CourseDraft
from ketadesk.domain.wishes import NO_WISHES, Hours
from ketadesk.i18n import tr
from ketadesk.services.planning import PlanRequest
from ketadesk.services.proposing import Proposal
from ketadesk.ui import words
from ketadesk.ui.booking.wish_fields import WishFields, day_field, hours_text, time_field
from ketadesk.ui.patients.course_plan import USUAL, CoursePlanFields
from ketadesk.ui.widgets.field import ChoiceField
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.workplace import Workplace


class CourseWishes(QWidget):
    """`changed` when a person asked for something else."""

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._proposal: Proposal | None = None
        self.protocol = ChoiceField(tr("Protocol"), name="course_protocol")
        self.plan = CoursePlanFields("course")
        self.begin = day_field(workplace, tr("First visit from"), name="course_begin")
        self.wishes = WishFields(workplace, "course", across=2)
        self.escort = ChoiceField(tr("Escort"), name="course_escort")
        self.free_from = time_field(tr("Free from"), name="course_free_from", hint=tr("any time"))
        self.free_until = time_field(tr("until"), name="course_free_until", hint=tr("any time"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.protocol, 1)
        first.addWidget(self.begin, 1)
        column.addLayout(first)
        column.addWidget(self.plan)
        column.addWidget(self.wishes)
        column.addWidget(self.escort)
        hours = QHBoxLayout()
        hours.setSpacing(10)
        hours.addWidget(self.free_from)
        hours.addWidget(self.free_until)
        column.addLayout(hours)
        column.addStretch(1)
        self.protocol.changed.connect(self._edited)
        self.escort.changed.connect(self._escort_chosen)
        self.plan.changed.connect(self._edited)
        self.wishes.changed.connect(self._edited)
        for line in self._lines():
            line.changed.connect(self._edited)
        self.start()

    def _lines(self) -> tuple[ReadingField, ...]:
        return (self.begin, self.free_from, self.free_until)

    def start(self) -> None:
        """Nobody yet."""
        self._proposal = None
        self._fill_protocols(None)
        self.plan.show_plan(*USUAL)
        self.begin.set_value(self._workplace.today())
        self.wishes.show_wishes(NO_WISHES)
        self.escort.fill([(tr("not named yet"), None)])

    def fill(self, proposal: Proposal) -> None:
        """The numbers and wishes of the latest course, the usual escort with their hours."""
        self._proposal = proposal
        record = proposal.record
        latest = max(record.courses, key=lambda course: course.id, default=None)
        self._fill_protocols(proposal.protocol_id)
        if latest is not None:
            self.plan.show_plan(latest.planned, latest.spacing_min_days, latest.spacing_max_days)
            self.wishes.show_wishes(latest.wishes)
        named = [(words.with_relation(one.name, one.relation), one.id) for one in record.escorts]
        self.escort.fill([(tr("not named yet"), None), *named], chosen=proposal.escort_id)
        self._show_hours()

    def _fill_protocols(self, chosen: ProtocolId | None) -> None:
        protocols = self._workplace.clinic_frame.protocols
        named = [(f"{p.name} · {words.word(p.tier)}", p.id) for p in protocols if p.active]
        self.protocol.fill(named, chosen=chosen)

    def draft(self) -> CourseDraft | None:
        """The course, None in a clinic without a protocol."""
        protocol_id: ProtocolId | None = self.protocol.chosen()
        if protocol_id is None:
            return None
        return CourseDraft(protocol_id, *self.plan.plan(), self.wishes.wishes())

    def escort_id(self) -> EscortId | None:
        """Who takes the patient home."""
        escort_id: EscortId | None = self.escort.chosen()
        return escort_id

    def request(self) -> PlanRequest | None:
        """What is to be planned; None while nobody is chosen or something is missing."""
        draft, begin = self.draft(), self.begin.value()
        least_first = draft is not None and draft.spacing_min_days <= draft.spacing_max_days
        if self._proposal is None or draft is None or begin is None or not least_first:
            return None
        first: date = max(begin, self._workplace.today())
        return PlanRequest(
            patient_id=self._proposal.record.patient.id,
            course=draft,
            begin=first,
            escort_id=self.escort_id(),
            escort_hours=Hours(self.free_from.value(), self.free_until.value()),
        )

    def problem(self) -> ReadingField | None:
        """The first line that can't be read."""
        wrong = (line for line in self._lines() if line.problem() is not None)
        return next(wrong, None) or self.wishes.problem()

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (
            self.protocol.control,
            self.begin.line,
            *self.plan.fields(),
            *self.wishes.tab_widgets()[:-1],
            self.escort.control,
            self.free_from.line,
            self.free_until.line,
        )

    @Slot()
    def _escort_chosen(self) -> None:
        self._show_hours()
        self.changed.emit()

    def _show_hours(self) -> None:
        """The hours that are known of the escort; typed over they hold for this plan."""
        escorts = self._proposal.record.escorts if self._proposal else ()
        known = next((one.hours for one in escorts if one.id == self.escort_id()), Hours())
        self.free_from.set_value(known.begins)
        self.free_until.set_value(known.ends)
        self.escort.set_note(hours_text(known))

    @Slot()
    def _edited(self) -> None:
        self.changed.emit()
