"""The one form that books: N, a few letters, Enter, Enter.

It fills itself from the running course and the last visit; everything can be changed before the
second Enter. What speaks against a booking is said beside it; on the second Enter it is asked once
whether to go against it and why, and the nearest good place is one key away.
"""

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import ChairId, PatientId, Uuid, new_uuid
from ketadesk.domain.objections import (
    NOTHING_OVERRIDDEN,
    Guard,
    Objected,
    Objection,
    Override,
)
from ketadesk.i18n import tr
from ketadesk.services import booking
from ketadesk.ui import words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.booking.booking_fields import BookingFields
from ketadesk.ui.booking.growing import GrowingDialog
from ketadesk.ui.booking.taken import say_taken, take_text
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.patients.new_patient import NewPatientForm
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import is_enter
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 780, 446


class BookingPopover(GrowingDialog):
    """`booked(Changes)` once a booking is in the clinic file; `day_shown(date)` when it turns to
    another day; `fit_wanted(PatientId or None)` and `course_wanted` lead to the other two forms;
    `open_for` opens it anew.
    """

    booked = Signal(object)
    day_shown = Signal(object)
    fit_wanted = Signal(object)
    course_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(QSize(WIDTH, HEIGHT), parent)
        self._workplace = workplace
        self._uuid: Uuid = new_uuid()
        self._book_when_ready = False
        self._leave_anyway = False
        self.setObjectName("booking_popover")
        self.setWindowTitle(tr("Book"))
        self._fields = BookingFields(workplace)
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("booking_notice")
        self._new = NewPatientForm(workplace, names="booking_new")
        self._stack = QStackedWidget()
        self._lay_out()
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self._book,),
            said=self._saying,
            done=self._done,
            refused=self._refused,
        )
        self._connect()

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._fields)
        column.addStretch(1)
        column.addWidget(self._notice)
        column.addLayout(self._foot())
        self._stack.addWidget(page)
        self._stack.addWidget(self._new)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 16)
        whole.addWidget(self._stack)
        for before, after in pairwise((*self._fields.tab_widgets(), *self._foot_buttons())):
            QWidget.setTabOrder(before, after)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._saying = Label(size="note", tone="muted")
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("booking_leave")
        self._book = Button(tr("Book"), key="Enter", role="primary", icon="check", bind=False)
        self._book.setObjectName("booking_book")
        self._fit = Button(tr("Best places"), key="Alt+F", name=tr("Can I fit them in?"))
        self._fit.setObjectName("booking_fit")
        self._course = Button(tr("Whole course"), key="Alt+W", name=tr("Book a whole course"))
        self._course.setObjectName("booking_whole_course")
        foot.addWidget(self._fit)
        foot.addWidget(self._course)
        foot.addWidget(self._saying, 1)
        foot.addWidget(self._leave)
        foot.addWidget(self._book)
        return foot

    def _foot_buttons(self) -> tuple[Button, ...]:
        return (self._fit, self._course, self._leave, self._book)

    def _connect(self) -> None:
        self._fields.new_wanted.connect(self._open_new)
        self._fields.picker.cleared.connect(self._wait_no_more)
        self._fields.filled.connect(self._book_if_wanted)
        self._fields.place_asked.connect(self._notice.hide)
        self._fields.place_answered.connect(self._show_answer)
        self._fields.day_shown.connect(self.day_shown)
        self._new.added.connect(self._take_new)
        self._new.same.connect(self._take_new)
        self._new.left.connect(self._leave_new)
        self._notice.acted.connect(self._on_notice)
        self._book.clicked.connect(self._send)
        self._leave.clicked.connect(self.reject)
        self._fit.clicked.connect(self._want_fit)
        self._course.clicked.connect(self._want_course)

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
        self._uuid = new_uuid()
        self._book_when_ready = self._leave_anyway = False
        self._sending.renew()
        self._fields.start(chair_id, starts)
        self._notice.hide()
        self._stack.setCurrentIndex(0)
        self.resize(self.sizeHint())
        self.open()
        self._fields.picker.start()
        if patient_id is not None:
            self._fields.take(patient_id)

    # Somebody new

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
        self._fields.take(patient_id)
        self._fields.place.focus_time()

    @Slot()
    def _leave_new(self) -> None:
        self._stack.setCurrentIndex(0)
        self._fields.picker.setFocus()

    # A taken chair

    @Slot()
    def _show_answer(self) -> None:
        answer = self._fields.answer
        if answer is not None:
            say_taken(self._notice, self._workplace, answer)

    @Slot(str)
    def _on_notice(self, action: str) -> None:
        answer = self._fields.answer
        if action == "instead":
            self._take_instead()
        elif action == "share" and answer is not None:
            self._ask_to_go_against(answer.objections)
        elif action == "leave":
            self._leave_anyway = True
            self.reject()

    def _take_instead(self) -> None:
        answer = self._fields.answer
        if answer is not None and answer.instead is not None:
            self._fields.take_place(answer.instead)

    def _ask_to_go_against(self, objections: tuple[Objection, ...]) -> None:
        dialog = ask_to_go_against(
            self._workplace, self, objections, lambda override: self._send_draft(override)
        )
        answer = self._fields.answer
        if answer is not None and answer.instead is not None:
            dialog.offer(take_text(self._workplace, answer.instead), self._take_instead)

    # Booking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter books, wherever the focus is; a button with the focus is pressed instead."""
        if is_enter(event):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            else:
                self._send()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _send(self) -> None:
        """An Enter that comes before the answer is kept, so that fast typing is never lost."""
        if self._stack.currentIndex() != 0:
            return
        if self._fields.waiting:
            self._book_when_ready = True
        elif self._fields.patient_id is None:
            self._fields.picker.reject()
        else:
            self._send_draft()

    @Slot()
    def _wait_no_more(self) -> None:
        self._book_when_ready = False

    @Slot()
    def _book_if_wanted(self) -> None:
        if self._book_when_ready:
            self._book_when_ready = False
            self._send()

    def _send_draft(self, override: Override = NOTHING_OVERRIDDEN) -> None:
        problem = self._fields.problem()
        if problem is not None:
            self._notice.tell(words.refusal(problem), kind="warning")
            return
        draft = self._fields.draft(self._uuid)
        course, escort = self._fields.new_course(), self._fields.new_escort()
        if course is None:
            self._sending.send(
                (draft, escort, override),
                lambda db, stamp: booking.book(db, stamp, draft, escort=escort, override=override),
            )
        else:
            self._sending.send(
                (draft, course, escort, override),
                lambda db, stamp: booking.begin_course(
                    db, stamp, draft, course, escort=escort, override=override
                ),
            )

    def _done(self, changes: Changes) -> None:
        self._leave_anyway = True
        self.accept()
        self.booked.emit(changes)

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, Objected):
            if any(one.guard is Guard.CHAIR_TAKEN for one in error.objections):
                self._fields.look()
            else:
                self._ask_to_go_against(error.objections)
        else:
            self._notice.tell(words.refusal(error), kind="error")

    # The other two forms

    @Slot()
    def _want_fit(self) -> None:
        self._go_on_with(self.fit_wanted)

    @Slot()
    def _want_course(self) -> None:
        self._go_on_with(self.course_wanted)

    def _go_on_with(self, wanted: SignalInstance) -> None:
        """What was typed beside the patient is asked about first, as when leaving."""
        patient_id = self._fields.patient_id
        self.reject()
        if not self.isVisible():
            wanted.emit(patient_id)

    # Leaving

    @property
    def unsaved(self) -> bool:
        """Whether somebody is half booked here, or half added."""
        begun = self._fields.patient_id is not None or self._fields.typed
        return self._new.dirty or (self.isVisible() and begun)

    def reject(self) -> None:
        """Esc leaves; what was typed by hand is never thrown away without asking."""
        if self._stack.currentIndex() == 1:
            self._leave_new()
        elif self._leave_anyway or not (self._fields.typed or self._new.dirty):
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
