"""The one form that books: N, a few letters, Enter, Enter.

It fills itself from the running course and the last visit; everything can be changed before the
second Enter. What speaks against a booking is said beside it and does not stand in the way; only
a taken chair is refused, and then the next free time or a reason is one key away.
"""

from datetime import date, datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import ChairId, PatientId, Uuid, new_uuid
from ketadesk.domain.places import Place
from ketadesk.domain.protocols import Protocol
from ketadesk.i18n import tr
from ketadesk.services import booking, proposing
from ketadesk.services.proposing import PlaceAnswer, Proposal
from ketadesk.ui import theme, words
from ketadesk.ui.booking.patient_picker import PatientPicker
from ketadesk.ui.booking.place_fields import PlaceFields
from ketadesk.ui.booking.reasons import ask_overlap_reason
from ketadesk.ui.booking.remarks import Remarks, remarks_on
from ketadesk.ui.booking.treatment_fields import TreatmentFields
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.patients.new_patient import NewPatientForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 660, 500


class BookingPopover(QDialog):
    """`booked(Changes)` once a booking is in the clinic file; `day_shown(date)` when it turns to
    another day; `open_for` opens it anew.
    """

    booked = Signal(object)
    day_shown = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.setObjectName("booking_popover")
        self.setWindowTitle(tr("Book"))
        self._picker = PatientPicker(workplace)
        self._who = ElidedLabel(size="note", tone="muted")
        self._who.setObjectName("booking_who")
        self._treatment = TreatmentFields(workplace)
        self._place = PlaceFields(workplace)
        self._remarks = Remarks()
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("booking_notice")
        self._new = NewPatientForm(workplace, names="booking_new")
        self._lay_out()
        self._connect()
        self._reset()

    def sizeHint(self) -> QSize:
        """One size as long as everything fits, so that nothing jumps while one types."""
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def event(self, event: QEvent) -> bool:
        """A message, or a row more, makes it higher instead of squashing what stands there."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """As high as its rows need, within the screen, and up rather than out of it."""
        layout = self.layout()
        if layout is None:
            return
        needed = max(layout.minimumSize().height(), layout.totalMinimumHeightForWidth(self.width()))
        screen = self.screen().availableGeometry()
        height = min(max(needed, theme.px(HEIGHT)), screen.height())
        if height > self.height():
            top = min(self.y(), screen.bottom() + 1 - height)
            self.setGeometry(self.x(), max(top, screen.top()), self.width(), height)

    def open_for(
        self,
        chair_id: ChairId | None = None,
        starts: datetime | None = None,
        *,
        patient_id: PatientId | None = None,
    ) -> None:
        """A new form for a chair and a time, or for the next free one when they are None."""
        if self._workplace.frame is None:
            return
        self._reset()
        self._treatment.start()
        self._place.start(chair_id, starts)
        self._day: date | None = self._place.day()
        self._remarks.show_remarks(())
        self._notice.hide()
        self._who.setText("")
        self._stack.setCurrentIndex(0)
        self._show_ready()
        self.resize(self.sizeHint())
        self.open()
        self._picker.start()
        if patient_id is not None:
            self._take(patient_id)

    def _reset(self) -> None:
        self._uuid: Uuid = new_uuid()
        self._stamp: Stamp | None = None
        self._proposal: Proposal | None = None
        self._patient_id: PatientId | None = None
        self._answer: PlaceAnswer | None = None
        self._day = None
        self._sending = False
        self._book_when_ready = False
        self._leave_anyway = False

    def _lay_out(self) -> None:
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._picker)
        column.addWidget(self._who)
        column.addWidget(self._place)
        column.addWidget(self._treatment)
        column.addWidget(self._remarks)
        column.addStretch(1)
        column.addWidget(self._notice)
        column.addLayout(self._foot())
        self._stack = QStackedWidget()
        self._stack.addWidget(fields)
        self._stack.addWidget(self._new)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 16)
        whole.addWidget(self._stack)
        widgets = (
            self._picker.line,
            *self._place.tab_widgets(),
            *self._treatment.tab_widgets(),
            self._leave,
            self._book,
        )
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._saying = Label(size="note", tone="muted")
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("booking_leave")
        self._book = Button(tr("Book"), key="Enter", role="primary", icon="check", bind=False)
        self._book.setObjectName("booking_book")
        foot.addWidget(self._saying, 1)
        foot.addWidget(self._leave)
        foot.addWidget(self._book)
        return foot

    def _connect(self) -> None:
        self._picker.taken.connect(self._take)
        self._picker.cleared.connect(self._clear_patient)
        self._picker.new_wanted.connect(self._open_new)
        self._new.added.connect(self._take_new)
        self._new.same.connect(self._take_new)
        self._new.left.connect(self._leave_new)
        self._place.changed.connect(self._look)
        self._treatment.protocol_chosen.connect(self._protocol_chosen)
        self._treatment.escort_chosen.connect(self._show_remarks)
        self._notice.acted.connect(self._on_notice)
        self._book.clicked.connect(self._send)
        self._leave.clicked.connect(self.reject)
        self._workplace.desk.failed.connect(self._failed)

    # Who

    @Slot(object)
    def _take(self, patient_id: PatientId) -> None:
        self._patient_id = patient_id
        self._proposal = None
        chair_id = self._place.chair_id() if self._place.chair_set else None
        starts = self._place.starts() if self._place.time_set else None
        now = self._workplace.now()
        self._workplace.desk.ask(
            lambda db: proposing.propose(db, patient_id, chair_id=chair_id, starts=starts, now=now),
            receiver=self,
            done=self._fill,
            key="proposal",
        )

    def _fill(self, proposal: Proposal) -> None:
        if proposal.record.patient.id != self._patient_id:
            return
        self._proposal = proposal
        patient = proposal.record.patient
        self._picker.show_name(patient.name)
        self._who.setText(told_apart(patient, self._workplace.today()))
        self._treatment.fill(proposal)
        self._show_length()
        self._place.show_place(proposal.place)
        self._place.focus_time()
        self._look()
        self._show_ready()
        if self._book_when_ready:
            self._book_when_ready = False
            self._send()

    @Slot()
    def _clear_patient(self) -> None:
        self._patient_id = None
        self._proposal = None
        self._book_when_ready = False
        self._who.setText("")
        self._show_remarks()
        self._show_ready()

    @Slot(str)
    def _open_new(self, typed: str) -> None:
        """A form for somebody new; somebody half typed before is not thrown away unasked."""
        self._book_when_ready = False
        self._stack.setCurrentIndex(1)
        if self._new.dirty:
            self._new.setFocus()
            sentence = tr("You have typed a part of another new patient, who is not saved.")
            ask_to_leave(self, sentence, lambda: self._new.start(typed))
        else:
            self._new.start(typed)

    @Slot(object)
    def _take_new(self, patient_id: PatientId) -> None:
        self._stack.setCurrentIndex(0)
        self._take(patient_id)
        self._place.focus_time()

    @Slot()
    def _leave_new(self) -> None:
        self._stack.setCurrentIndex(0)
        self._picker.setFocus()

    # Where and when

    def _protocol(self) -> Protocol | None:
        return self._treatment.protocol()

    def _show_length(self) -> None:
        protocol = self._protocol()
        self._place.set_minutes(protocol.segments.total if protocol else 0)

    @Slot()
    def _protocol_chosen(self) -> None:
        self._show_length()
        self._look()

    @Slot()
    def _look(self) -> None:
        """Asks how the chosen place stands; the newest answer wins."""
        place, day = self._place.place(), self._place.day()
        self._answer = None
        self._notice.hide()
        if day is not None and day != self._day:
            self._day = day
            self.day_shown.emit(day)
        self._show_ready()
        if place is None:
            self._show_remarks()
            return
        now, patient_id = self._workplace.now(), self._patient_id
        self._workplace.desk.ask(
            lambda db: proposing.look_at(db, place, now=now, patient_id=patient_id),
            receiver=self,
            done=self._show_answer,
            key="place",
        )

    def _show_answer(self, answer: PlaceAnswer) -> None:
        self._answer = answer
        self._show_remarks()
        taken = answer.judgement.taken_by
        if taken is not None:
            self._offer(
                tr(
                    "Taken by {name}, {starts} to {ends}.",
                    name=taken.patient_name,
                    starts=words.clock(self._workplace.local(taken.appointment.starts)),
                    ends=words.clock(self._workplace.local(taken.appointment.ends)),
                ),
                kind="warning",
            )

    @Slot()
    def _show_remarks(self) -> None:
        place = self._place.starts()
        self._remarks.show_remarks(
            remarks_on(
                self._workplace,
                proposal=self._proposal,
                answer=self._answer,
                escort_named=self._treatment.escort_named,
                day=self._workplace.local(place).date() if place else self._workplace.today(),
            )
        )

    def _offer(self, sentence: str, *, kind: str) -> None:
        """Says what is taken, with the next free place and sharing one key away."""
        actions = []
        instead = self._answer.instead if self._answer else None
        if instead is not None:
            actions.append(NoticeAction("instead", self._place_text(instead), key="Alt+T"))
        actions.append(NoticeAction("share", tr("Share…"), key="Alt+S"))
        self._notice.tell(sentence, kind="error" if kind == "error" else "warning", actions=actions)

    def _place_text(self, place: Place) -> str:
        local = self._workplace.local(place.span.starts)
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        chair = chairs.get(place.chair_id, "").split(" · ")[0]
        if local.date() == self._workplace.today():
            return tr("Take {time}, {chair}", time=words.clock(local), chair=chair)
        day = words.day(local.date(), short=True)
        return tr("Take {day} {time}, {chair}", day=day, time=words.clock(local), chair=chair)

    @Slot(str)
    def _on_notice(self, action: str) -> None:
        if action == "instead" and self._answer is not None and self._answer.instead is not None:
            self._place.take_place(self._answer.instead)
            self._place.focus_time()
        elif action == "share":
            ask_overlap_reason(self, self._notice.text(), self._share)
        elif action == "leave":
            self._leave_anyway = True
            self.reject()

    def _share(self, reason: str) -> None:
        self._send_draft(overlap_reason=reason)

    # Booking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter books, wherever the focus is; a button with the focus is pressed instead."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            else:
                self._send()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        if self._stack.currentIndex() != 0:
            return
        waiting = self._patient_id is not None and self._proposal is None
        if self._picker.searching or waiting:
            self._book_when_ready = True
        elif self._patient_id is None:
            self._picker.reject()
        else:
            self._send_draft()

    def _send_draft(self, *, overlap_reason: str = "") -> None:
        """Sends it under one stamp, so that sending it again is harmless."""
        if self._sending:
            return
        problem, place, protocol = self._place.problem(), self._place.place(), self._protocol()
        if problem is not None:
            self._notice.tell(words.refusal(problem), kind="warning")
            self._place.reject()
            return
        if place is None or protocol is None or self._patient_id is None:
            self._notice.tell(tr("Set up a chair and a protocol first, in Settings."))
            return
        if self._treatment.escort_nameless:
            self._notice.tell(tr("Type the escort's name, or leave their line empty."))
            self._treatment.reject_escort()
            return
        draft = AppointmentDraft(
            patient_id=self._patient_id,
            chair_id=place.chair_id,
            protocol_id=protocol.id,
            starts=place.span.starts,
            segments=protocol.segments,
            nurse_id=self._treatment.nurse_id(),
            escort_id=self._treatment.escort_id(),
            course_id=self._treatment.course_id(),
            note=self._treatment.note(),
            overlap_reason=overlap_reason,
            uuid=self._uuid,
        )
        stamp = self._stamp = self._stamp or self._workplace.desk.stamp()
        self._sending = True
        self._show_ready()
        course, escort = self._treatment.new_course(), self._treatment.new_escort()

        def work(db: Any) -> Changes:
            if course is None:
                return booking.book(db, stamp, draft, escort=escort)
            return booking.begin_course(db, stamp, draft, course, escort=escort)

        self._workplace.desk.do(work, initiator=self, done=self._done, refused=self._refused)

    def _done(self, changes: Changes) -> None:
        self._sending = False
        self._leave_anyway = True
        self.accept()
        self.booked.emit(changes)

    def _refused(self, error: KnownError) -> None:
        self._sending = False
        self._show_ready()
        if error.code == "chair_taken":
            self._look()
        else:
            self._notice.tell(words.refusal(error), kind="error")

    @Slot(object)
    def _failed(self, _error: Exception) -> None:
        self._sending = False
        self._show_ready()

    def _show_ready(self) -> None:
        self._book.setEnabled(not self._sending)
        self._saying.setText(tr("Booking …") if self._sending else "")

    # Leaving

    @property
    def unsaved(self) -> bool:
        """Whether somebody is half booked here, or half added."""
        begun = self._patient_id is not None or self._treatment.typed
        return self._new.dirty or (self.isVisible() and begun)

    def reject(self) -> None:
        """Esc leaves; what was typed by hand is never thrown away without asking."""
        if self._stack.currentIndex() == 1:
            self._leave_new()
        elif self._leave_anyway or not (self._treatment.typed or self._new.dirty):
            self._new.clear()
            super().reject()
        else:
            self._notice.tell(
                tr("Leave this booking? What you typed would be lost."),
                kind="warning",
                actions=[NoticeAction("leave", tr("Throw it away"), key="Alt+L")],
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross leaves in the same way."""
        self.reject()
        event.setAccepted(not self.isVisible())
