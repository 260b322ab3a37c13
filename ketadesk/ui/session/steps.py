"""What the buttons of a session do: asks what must be asked, then sends it down the desk."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import EventId, SessionId, StaffId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Release
from ketadesk.i18n import tr
from ketadesk.services import sessions
from ketadesk.ui.lobby import person
from ketadesk.ui.sending import Presses, Sending
from ketadesk.ui.session import words
from ketadesk.ui.session.doubt_words import doubts_said
from ketadesk.ui.session.questions import Question, ask
from ketadesk.ui.session.release_dialog import ReleaseDialog, Typed
from ketadesk.ui.session.step_time_dialog import StepTimeDialog
from ketadesk.ui.workplace import Workplace


class Steps(QObject):
    """Asks over its window. Signals: `keys_back()` after a question, `line_wanted()` after a step,
    `start_refused(sentence)` when the order is to be looked at first.
    """

    keys_back = Signal()
    line_wanted = Signal()
    start_refused = Signal(str)

    def __init__(self, window: QWidget, workplace: Workplace) -> None:
        super().__init__(window)
        self._window = window
        self._workplace = workplace
        self._presses = Presses(workplace.desk, window)
        self._put_aside: dict[SessionId, Typed] = {}

    def take(self, action: str, record: SessionRecord) -> None:
        """One of the action ids of the phase bar."""
        at = self._workplace.desk.clock()
        session_id = record.session.id
        plain = {
            "pause": sessions.pause,
            "resume": sessions.resume,
            "to_recovery": sessions.to_recovery,
            "back_to_recovery": sessions.back_to_recovery,
        }
        if action in plain:
            step = plain[action]
            self._presses.send(lambda db, stamp: step(db, stamp, session_id, at=at))
            self.line_wanted.emit()
        elif action == "begin":
            self._begin(session_id, at)
        elif action == "mark_ready":
            self._mark_ready(record, at)
        elif action == "not_gone":
            self._ask_take_back(record)
        elif action == "stop":
            self._ask_stop(record)
        elif action == "release":
            self._ask_release(record)
        elif action == "sign":
            self._ask_sign(record)
        elif action == "correct_time":
            self.correct_time(record)
        elif action == "addendum":
            self._ask_addendum(session_id)

    def correct_time(self, record: SessionRecord, step_id: EventId | None = None) -> None:
        """Asks when a step was really taken; the newest one, when none is named."""
        dialog = StepTimeDialog(self._workplace, record, self._window, step_id=step_id)
        dialog.finished.connect(self.keys_back)
        dialog.open()

    def _begin(self, session_id: SessionId, at: datetime) -> None:
        """An order for another weight is told beside Start, and the order comes up."""

        def refused(error: KnownError) -> None:
            if error.code != "order_for_other_weight":
                self._workplace.tell_error(error)
                return
            self.start_refused.emit(words.coded(error.code, error.values))

        self._presses.send(
            lambda db, stamp: sessions.begin(db, stamp, session_id, at=at), refused=refused
        )

    def _mark_ready(self, record: SessionRecord, at: datetime, reason: str = "") -> None:
        """What speaks against it is listed; keeping the patient in recovery is what Enter does."""
        session_id = record.session.id

        def answered(given: str, _staff_id: StaffId | None) -> None:
            self._mark_ready(record, self._workplace.desk.clock(), given)

        def refused(error: KnownError) -> None:
            if error.code != "not_ready_yet":
                self._workplace.tell_error(error)
                return
            self._ask(
                Question(
                    self._window,
                    title=tr("Ready already?"),
                    sentence=doubts_said(str(error.values["doubts"]), record, at),
                    reason_name=tr("why ready all the same"),
                    confirm=tr("Ready all the same"),
                    stay=tr("Keep in recovery"),
                ),
                answered,
            )

        self._presses.send(
            lambda db, stamp: sessions.mark_ready(
                db, stamp, session_id, at=at, override_reason=reason
            ),
            refused=refused,
        )

    def _ask_take_back(self, record: SessionRecord) -> None:
        session_id = record.session.id

        def answered(reason: str, _staff_id: StaffId | None) -> None:
            at = self._workplace.desk.clock()
            self._presses.send(
                lambda db, stamp: sessions.take_back_release(
                    db, stamp, session_id, at=at, reason=reason
                )
            )

        self._ask(
            Question(
                self._window,
                title=tr("{patient} has not gone yet", patient=person(record.patient.name)),
                sentence=tr("The release is taken back: ready and in the chair again."),
                reason_name=tr("why"),
                confirm=tr("Take the release back"),
            ),
            answered,
        )

    def _ask(self, question: Question, then: Callable[[str, StaffId | None], None]) -> None:
        """Asks over the page; afterwards the keys go back to it."""
        ask(question, then, closed=self.keys_back.emit)

    def _ask_stop(self, record: SessionRecord) -> None:
        session_id = record.session.id
        given = record.session.infusion_started_at is not None

        def answered(reason: str, _staff_id: StaffId | None) -> None:
            at = self._workplace.desk.clock()
            self._presses.send(
                lambda db, stamp: sessions.stop(db, stamp, session_id, at=at, reason=reason)
            )

        self._ask(
            Question(
                self._window,
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
        session_id = record.session.id
        dialog = ReleaseDialog(self._workplace, record, self._window)
        sending = Sending(
            self._workplace.desk,
            dialog,
            done=lambda _changes: dialog.accept(),
            refused=dialog.refuse,
        )

        def given(release: Release, at: datetime) -> None:
            sending.send(
                (release, at),
                lambda db, stamp: sessions.release(db, stamp, session_id, release, at=at),
            )

        dialog.given.connect(given)
        appointment_id = record.session.appointment_id
        dialog.finished.connect(self.keys_back)

        def print_first(typed: Typed | None) -> None:
            if typed is not None:
                self._put_aside[session_id] = typed
            self._workplace.show("sheets", appointment_id)

        dialog.sheets_wanted.connect(print_first)
        typed = self._put_aside.pop(session_id, None)
        if typed is not None:
            dialog.type_again(typed)
        dialog.open()

    def _ask_sign(self, record: SessionRecord) -> None:
        session_id = record.session.id
        staff = self._workplace.staff
        sentence = tr(
            "{name} signs. From then on the record is locked and takes only addenda.",
            name=staff.name if staff else "",
        )
        event = record.untold
        if event is not None:
            open_words = tr("Nobody is noted as told of: {event}.", event=words.event_title(event))
            sentence = f"{open_words}\n{sentence}"
        self._ask(
            Question(
                self._window,
                title=tr("Sign the session of {patient}", patient=person(record.patient.name)),
                sentence=sentence,
                confirm=tr("Sign"),
            ),
            lambda _reason, _staff_id: self._presses.send(
                lambda db, stamp: sessions.sign(db, stamp, session_id)
            ),
        )

    def _ask_addendum(self, session_id: SessionId) -> None:
        self._ask(
            Question(
                self._window,
                title=tr("Addendum"),
                sentence=tr("It is added below the signed record with your name and the time."),
                reason_name=tr("what is to be added"),
                confirm=tr("Add"),
            ),
            lambda text, _staff_id: self._presses.send(
                lambda db, stamp: sessions.addendum(db, stamp, session_id, text)
            ),
        )
