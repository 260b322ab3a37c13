"""What is written down in a session: answers, the order, amendments, who was told, the baseline.

It knows the parts in which things are typed, and writes for the session that they show.
"""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.clinic import Role as StaffRole
from ketadesk.domain.clinic import Staff
from ketadesk.domain.errors import KnownError
from ketadesk.domain.events import CLINICIAN_TOLD, Event, EventDraft, EventKind
from ketadesk.domain.flags import gate
from ketadesk.domain.ids import StaffId
from ketadesk.domain.readings import Reading
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistItem,
    OrderDraft,
    Phase,
    current_answers,
)
from ketadesk.i18n import tr
from ketadesk.services import recording, sessions
from ketadesk.ui.sending import Presses, Sending
from ketadesk.ui.session import words
from ketadesk.ui.session.bottom_line import BottomLine
from ketadesk.ui.session.checklist_page import ChecklistPage
from ketadesk.ui.session.checklist_words import question
from ketadesk.ui.session.order_page import OrderPage
from ketadesk.ui.session.questions import Question, ask
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace


class Entries(QObject):
    """Does nothing while no record is shown, or a signed one. Signals: `page_wanted(step id)`,
    `keys_back()` after a question, `line_wanted()` when the keys belong to the line again,
    `baseline_taken()` when a typed reading has answered the checklist.
    """

    page_wanted = Signal(str)
    keys_back = Signal()
    line_wanted = Signal()
    baseline_taken = Signal()

    def __init__(
        self,
        window: QWidget,
        workplace: Workplace,
        *,
        checklist: ChecklistPage,
        order: OrderPage,
        bottom: BottomLine,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workplace = workplace
        self._presses = Presses(workplace.desk, window)
        self._ordering = Sending(
            workplace.desk, window, done=lambda _changes: self.page_wanted.emit("infusing")
        )
        self._checklist, self._order, self._bottom = checklist, order, bottom
        self._record: SessionRecord | None = None
        self._baseline_typed = self._baseline_sent = False
        checklist.answered.connect(self.answer)
        checklist.override_wanted.connect(self.override)
        order.written.connect(self.write_order)
        bottom.reading_saved.connect(self._on_reading_saved)

    def show_record(self, record: SessionRecord | None) -> None:
        """What is shown from now on; None while another session is being read."""
        self._record = record
        if record is None:
            self._baseline_sent = False
        else:
            self._look_for_baseline(record)

    def _open_record(self) -> SessionRecord | None:
        """The record that is shown, as long as it takes entries."""
        record = self._record
        return None if record is None or record.session.signed else record

    # the checklist

    @Slot(object, object, str, bool)
    def answer(self, item: ChecklistItem, answer: Answer, detail: str, sure: bool) -> None:
        """Keeps an answer; what it lacks is asked for in its own row."""
        record = self._open_record()
        if record is None:
            return
        session_id = record.session.id
        draft = AnswerDraft(item, answer, detail)
        row = self._checklist.rows[item]
        self._presses.send(
            lambda db, stamp: sessions.answer(db, stamp, session_id, draft, sure=sure),
            done=lambda _changes: row.kept(),
            refused=lambda error: row.refuse(error, answer),
        )

    @Slot(object, str)
    def override(self, item: ChecklistItem, detail: str) -> None:
        """A named clinician lets the start go on although an item is not met."""
        record = self._open_record()
        if record is None:
            return
        session_id = record.session.id

        def answered(reason: str, staff_id: StaffId | None) -> None:
            draft = AnswerDraft(
                item, Answer.NOT_MET, detail, override_reason=reason, override_by=staff_id
            )
            self._presses.send(lambda db, stamp: sessions.answer(db, stamp, session_id, draft))

        ask(
            Question(
                self._window,
                title=tr("Override: {question}", question=question(item)),
                sentence=tr("Who lets the infusion start although this is not met, and why?"),
                reason_name=tr("why"),
                people=self._clinicians(),
                confirm=tr("Override"),
            ),
            answered,
            closed=self.keys_back.emit,
        )

    def _clinicians(self) -> list[Staff]:
        members = self._workplace.clinic_frame.staff
        return [
            member for member in members if member.role is StaffRole.CLINICIAN and member.active
        ]

    @Slot()
    def _on_reading_saved(self) -> None:
        """A reading typed before the start may be the baseline that the checklist asks for."""
        self._baseline_typed = True

    def _look_for_baseline(self, record: SessionRecord) -> None:
        answered = ChecklistItem.BASELINE in current_answers(record.answers)
        if answered and self._baseline_sent:
            self._baseline_sent = False
            self.baseline_taken.emit()
        typed, self._baseline_typed = self._baseline_typed, False
        if not typed or record.session.phase is not Phase.PREPARING or record.baseline is None:
            return
        if not answered:
            self._take_baseline(record.baseline)

    def _take_baseline(self, baseline: Reading) -> None:
        """Within the clinic's gate the row is met by the reading itself, above it someone says."""
        crossed = gate(baseline.vitals, self._workplace.clinic_frame.rules)
        if crossed:
            asked = tr("{flag}. M met, N not met?", flag=words.flag(crossed[0]))
            self.page_wanted.emit("checklist")
            self._checklist.rows[ChecklistItem.BASELINE].ask(asked)
            return
        at = clock(self._workplace.local(baseline.taken_at))
        detail = tr("{pressure} at {at}", pressure=baseline.vitals.pressure, at=at)
        self._baseline_sent = True
        self.answer(ChecklistItem.BASELINE, Answer.MET, detail, sure=False)

    # the order

    @Slot(object)
    def write_order(self, draft: OrderDraft, override_reason: str = "") -> None:
        """Writes an order; outside the protocol's range it asks why and sends it again."""
        record = self._open_record()
        if record is None:
            return
        session_id = record.session.id
        self._ordering.send(
            (session_id, draft, override_reason),
            lambda db, stamp: recording.write_order(
                db, stamp, session_id, draft, override_reason=override_reason
            ),
            refused=lambda error: self._order_refused(error, draft),
        )

    def _order_refused(self, error: KnownError, draft: OrderDraft) -> None:
        if not getattr(error, "may_override", False):
            self._order.said.setText(words.coded(error.code, error.values))
            return
        ask(
            Question(
                self._window,
                title=tr("Outside the protocol's range"),
                sentence=words.coded(error.code, error.values),
                reason_name=tr("why the clinician orders it"),
                confirm=tr("Write it with this reason"),
            ),
            lambda reason, _staff_id: self.write_order(draft, reason),
            closed=self.keys_back.emit,
        )

    # readings and events

    @Slot(object)
    def amend_reading(self, reading: Reading) -> None:
        if self._open_record() is not None:
            self._bottom.amend(reading)

    @Slot(object)
    def withdraw_reading(self, reading: Reading) -> None:
        if self._open_record() is not None:
            self._bottom.amend(reading, withdraw=True)

    @Slot(object)
    def amend_event(self, event: Event) -> None:
        if self._open_record() is not None:
            self._bottom.amend_event(event)

    @Slot(object)
    def withdraw_event(self, event: Event) -> None:
        """Asks why an event should no longer count."""
        record = self._open_record()
        if record is None:
            return
        session_id = record.session.id

        def answered(reason: str, _staff_id: StaffId | None) -> None:
            draft = EventDraft(
                event.kind,
                event.at,
                code=event.code,
                medicine=event.medicine,
                grade=event.grade,
                detail=event.detail,
                amends_id=event.id,
                amend_reason=reason,
                withdrawn=True,
            )
            self._presses.send(
                lambda db, stamp: recording.amend_event(db, stamp, session_id, draft)
            )

        ask(
            Question(
                self._window,
                title=tr("Withdraw: {event}", event=words.event_title(event)),
                sentence=tr("It stays readable, struck through, with your reason."),
                reason_name=tr("why"),
                confirm=tr("Withdraw"),
            ),
            answered,
            closed=self.keys_back.emit,
        )

    @Slot(str)
    def tell_clinician(self, name: str) -> None:
        """Writes down who was told of a severe side effect; the keys go back to the line."""
        record = self._open_record()
        if record is None:
            return
        session_id = record.session.id
        at = self._workplace.desk.clock()
        detail = tr("Told {name}", name=name)
        draft = EventDraft(EventKind.INTERVENTION, at, code=CLINICIAN_TOLD, detail=detail)
        self._presses.send(
            lambda db, stamp: recording.record_event(db, stamp, session_id, draft),
            done=lambda _changes: self.line_wanted.emit(),
        )
