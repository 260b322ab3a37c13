"""A step pressed too early or too late: which, when it really was, and why the time is changed."""

from PySide6.QtCore import Qt, QTime, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.events import Event
from ketadesk.domain.ids import EventId
from ketadesk.domain.phase_times import is_resumption, steps_taken
from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.services import phases
from ketadesk.ui import theme
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.sending import Sending
from ketadesk.ui.session import words
from ketadesk.ui.session.clock_field import ClockField
from ketadesk.ui.session.times import meant
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, Field, TextField, refuse_first, tab_in_order
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace


class StepTimeDialog(QDialog):
    """Opens on the step it is given, else on the newest. It closes when the file has the time."""

    def __init__(
        self,
        workplace: Workplace,
        record: SessionRecord,
        parent: QWidget,
        *,
        step_id: EventId | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("step_time_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Correct a time"))
        self.setMinimumWidth(theme.px(440))
        self._workplace = workplace
        self._session_id = record.session.id
        self._events = record.events
        self._steps = {step.id: step for step in steps_taken(record.events)}
        self._over = False
        choices = [(self._said(step), step.id) for step in reversed(self._steps.values())]
        self.step = ChoiceField(tr("Step"), choices, name="step_time_step")
        self.time = ClockField(name=tr("Really at"))
        self._time_field = Field(tr("Really at"), self.time, name="step_time_time")
        self.reason = TextField(tr("Why"), name="step_time_reason")
        self.said = Label("", tone="red", wrap=True)
        self.confirm = Button(tr("Correct"), key="Return", role="primary", bind=False)
        self.confirm.setObjectName("step_time_confirm")
        self.confirm.clicked.connect(self._confirm)
        self.confirm.setDefault(True)
        self._lay_out()
        if step_id in self._steps:
            self.step.choose(step_id)
        self._show_time()
        self.step.changed.connect(self._show_time)
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self.confirm,),
            done=lambda _changes: self.accept(),
            refused=self._refused,
        )
        self.time.setFocus()

    def _lay_out(self) -> None:
        leave = Button(tr("Cancel"), key="Esc", role="quiet", bind=False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), size="title", strong=True))
        for part in (self.step, self._time_field, self.reason, self.said):
            column.addWidget(part)
        column.addLayout(foot)
        tab_in_order((self.step, self._time_field, self.reason, self.confirm, leave))

    def _said(self, step: Event) -> str:
        at = clock(self._workplace.local(step.at))
        resumed = is_resumption(step, self._events)
        return tr("{at}  {step}", at=at, step=words.event_title(step, resumed=resumed))

    def _chosen(self) -> Event:
        return self._steps[self.step.chosen()]

    @Slot()
    def _show_time(self) -> None:
        local = self._workplace.local(self._chosen().at)
        self.time.setTime(QTime(local.hour, local.minute))
        self._time_field.settle()
        self.said.setText("")

    @property
    def unsaved(self) -> bool:
        """Whether another time or a reason is typed that the file does not have yet."""
        local = self._workplace.local(self._chosen().at)
        moved = self.time.time() != QTime(local.hour, local.minute)
        return not self._over and (moved or bool(self.reason.text().strip()))

    def done(self, result: int) -> None:
        """Corrected or left: nothing is half typed any more."""
        self._over = True
        super().done(result)

    @Slot()
    def reject(self) -> None:
        """Escape leaves at once, unless something half typed would be lost."""
        if self.unsaved:
            ask_to_leave(self, tr("The time was not corrected yet."), super().reject)
        else:
            super().reject()

    @Slot()
    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if refuse_first(
            (self._time_field, self._wrong_time()),
            (self.reason, "" if reason else tr("Say why the time is corrected.")),
        ):
            return
        try:
            at = meant(self._workplace, self.time)
        except Refused as refused:
            self._refused(refused)
            return
        session_id, step_id = self._session_id, self._chosen().id
        self.said.setText("")
        self._sending.send(
            (step_id, self.time.time().toString(), reason),
            lambda db, stamp: phases.correct_time(
                db, stamp, session_id, step_id, at=at, reason=reason
            ),
        )

    def _wrong_time(self) -> str:
        """Why the typed time corrects nothing."""
        typed, step = self.time.time(), self._chosen()
        if not typed.isValid():
            return words.coded("time_unreadable", {"text": self.time.text()})
        local = self._workplace.local(step.at)
        if typed == QTime(local.hour, local.minute):
            return words.coded("phase_time_same", {"moment_at": int(step.at.timestamp())})
        return ""

    def _refused(self, error: KnownError) -> None:
        self.said.setText(words.coded(error.code, error.values))
        self.time.setFocus()
