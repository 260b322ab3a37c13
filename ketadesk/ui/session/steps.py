"""What the buttons of a session do: asks what must be asked, then sends it down the desk."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ketadesk.domain.clinic import Role as StaffRole
from ketadesk.domain.clinic import Staff
from ketadesk.domain.errors import KnownError
from ketadesk.domain.events import Event, EventDraft
from ketadesk.domain.ids import SessionId, StaffId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistItem,
    OrderDraft,
    Release,
)
from ketadesk.i18n import tr
from ketadesk.services import recording, sessions
from ketadesk.ui.session import words
from ketadesk.ui.session.checklist_words import question
from ketadesk.ui.session.questions import Question, ask
from ketadesk.ui.session.release_dialog import ReleaseDialog
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.ui.session.session_page import SessionPage


class Steps(QObject):
    """Belongs to a session page; every write goes through the page's `do`."""

    def __init__(self, page: "SessionPage", workplace: Workplace) -> None:
        super().__init__(page)
        self._page = page
        self._workplace = workplace

    @property
    def _session_id(self) -> SessionId:
        session_id = self._page.session_id()
        if session_id is None:
            raise RuntimeError("a step was taken before a session was open")
        return session_id

    def take(self, action: str, record: SessionRecord) -> None:
        """One of the action ids of the phase bar."""
        at = self._workplace.desk.clock()
        session_id = self._session_id
        plain = {
            "begin": sessions.begin,
            "pause": sessions.pause,
            "resume": sessions.resume,
            "to_recovery": sessions.to_recovery,
            "mark_ready": sessions.mark_ready,
            "back_to_recovery": sessions.back_to_recovery,
        }
        if action in plain:
            step = plain[action]
            self._page.do(lambda db, stamp: step(db, stamp, session_id, at=at))
        elif action == "stop":
            self._ask_stop(record)
        elif action == "release":
            self._ask_release(record)
        elif action == "sign":
            self._ask_sign(record)
        elif action == "addendum":
            self._ask_addendum()

    def answer(self, item: ChecklistItem, answer: Answer, detail: str) -> None:
        session_id = self._session_id
        draft = AnswerDraft(item, answer, detail)
        self._page.do(lambda db, stamp: sessions.answer(db, stamp, session_id, draft))

    def override(self, item: ChecklistItem, detail: str) -> None:
        """A named clinician lets the start go on although an item is not met."""
        session_id = self._session_id

        def answered(reason: str, staff_id: StaffId | None) -> None:
            draft = AnswerDraft(
                item, Answer.NOT_MET, detail, override_reason=reason, override_by=staff_id
            )
            self._page.do(lambda db, stamp: sessions.answer(db, stamp, session_id, draft))

        ask(
            Question(
                self._page,
                title=tr("Override: {question}", question=question(item)),
                sentence=tr("Who lets the infusion start although this is not met, and why?"),
                reason_name=tr("why"),
                people=self._clinicians(),
                confirm=tr("Override"),
            ),
            answered,
        )

    def write_order(self, draft: OrderDraft, *, override_reason: str = "") -> None:
        """Writes an order; outside the protocol's range it asks why and sends it again."""
        session_id = self._session_id
        self._page.do(
            lambda db, stamp: recording.write_order(
                db, stamp, session_id, draft, override_reason=override_reason
            ),
            done=lambda _changes: self._page.show_page("infusing"),
            refused=lambda error: self._order_refused(error, draft),
        )

    def withdraw_event(self, event: Event) -> None:
        session_id = self._session_id

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
            self._page.do(lambda db, stamp: recording.amend_event(db, stamp, session_id, draft))

        ask(
            Question(
                self._page,
                title=tr("Withdraw: {event}", event=words.event_title(event)),
                sentence=tr("It stays readable, struck through, with your reason."),
                reason_name=tr("why"),
                confirm=tr("Withdraw"),
            ),
            answered,
        )

    def _order_refused(self, error: KnownError, draft: OrderDraft) -> None:
        if not getattr(error, "may_override", False):
            self._page.order.said.setText(words.coded(error.code, error.values))
            return
        ask(
            Question(
                self._page,
                title=tr("Outside the protocol's range"),
                sentence=words.coded(error.code, error.values),
                reason_name=tr("why the clinician orders it"),
                confirm=tr("Write it with this reason"),
            ),
            lambda reason, _staff_id: self.write_order(draft, override_reason=reason),
        )

    def _ask_stop(self, record: SessionRecord) -> None:
        session_id = self._session_id
        given = record.session.infusion_started_at is not None

        def answered(reason: str, _staff_id: StaffId | None) -> None:
            at = self._workplace.desk.clock()
            self._page.do(
                lambda db, stamp: sessions.stop(db, stamp, session_id, at=at, reason=reason)
            )

        ask(
            Question(
                self._page,
                title=tr("Stop the infusion") if given else tr("No infusion today"),
                sentence=tr("Why does it stop before its end?")
                if given
                else tr("Why is nothing given today?"),
                reason_name=tr("why"),
                confirm=tr("Stop") if given else tr("Not today"),
                role="danger",
            ),
            answered,
        )

    def _ask_release(self, record: SessionRecord) -> None:
        session_id = self._session_id
        dialog = ReleaseDialog(self._workplace, record, self._page)

        def given(release: Release, at: datetime) -> None:
            stamp = self._workplace.desk.stamp()
            self._workplace.desk.do(
                lambda db: sessions.release(db, stamp, session_id, release, at=at),
                initiator=dialog,
                done=lambda _changes: dialog.accept(),
                refused=dialog.refuse,
            )

        dialog.given.connect(given)
        appointment_id = record.session.appointment_id
        dialog.sheets_wanted.connect(lambda: self._workplace.show("sheets", appointment_id))
        dialog.open()

    def _ask_sign(self, record: SessionRecord) -> None:
        session_id = self._session_id
        staff = self._workplace.staff
        sentence = tr(
            "{name} signs. From then on the record is locked and takes only addenda.",
            name=staff.name if staff else "",
        )
        event = record.untold
        if event is not None:
            open_words = tr("Nobody is noted as told of: {event}.", event=words.event_title(event))
            sentence = f"{open_words}\n{sentence}"
        ask(
            Question(
                self._page,
                title=tr("Sign the session of {patient}", patient=record.patient.name),
                sentence=sentence,
                confirm=tr("Sign"),
            ),
            lambda _reason, _staff_id: self._page.do(
                lambda db, stamp: sessions.sign(db, stamp, session_id)
            ),
        )

    def _ask_addendum(self) -> None:
        session_id = self._session_id
        ask(
            Question(
                self._page,
                title=tr("Addendum"),
                sentence=tr("It is added below the signed record with your name and the time."),
                reason_name=tr("what is to be added"),
                confirm=tr("Add"),
            ),
            lambda text, _staff_id: self._page.do(
                lambda db, stamp: sessions.addendum(db, stamp, session_id, text)
            ),
        )

    def _clinicians(self) -> list[Staff]:
        members = self._workplace.clinic_frame.staff
        return [
            member for member in members if member.role is StaffRole.CLINICIAN and member.active
        ]
