"""Books a whole course: what is wished on the left, the plan on the right, all by one Enter.

Every change plans anew, and of several plans only the newest is shown. One visit can be put
elsewhere by hand; the others then follow.
"""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.course_plan import CoursePlan, Verdict
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import PatientId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Override
from ketadesk.domain.places import Place
from ketadesk.i18n import tr
from ketadesk.services import planning, proposing
from ketadesk.services.planning import PlannedVisit
from ketadesk.services.proposing import Proposal
from ketadesk.ui import theme, words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.booking.course_wishes import CourseWishes
from ketadesk.ui.booking.growing import GrowingDialog
from ketadesk.ui.booking.patient_picker import PatientPicker
from ketadesk.ui.booking.place_fields import PlaceFields
from ketadesk.ui.booking.plan_table import PlanTable, rows_of
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.field import tab_in_order
from ketadesk.ui.widgets.keys import is_enter, on_keys
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 1180, 600
WISHES_WIDTH = 370


class CourseBooker(GrowingDialog):
    """Lives for one showing; `booked(Changes)` when the course is in the clinic file."""

    booked = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(QSize(WIDTH, HEIGHT), parent)
        self._workplace = workplace
        self._patient_id: PatientId | None = None
        self._plan: CoursePlan | None = None
        self._fixed: dict[int, Place] = {}
        self._book_when_planned = False
        self.setObjectName("course_booker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Book a whole course"))
        self._picker = PatientPicker(workplace)
        self._picker.line.setObjectName("course_patient")
        self._who = ElidedLabel(size="note", tone="muted")
        self._who.setObjectName("course_who")
        self._wishes = CourseWishes(workplace)
        self._table = PlanTable("course_plan")
        self._why = Label(size="note", tone="muted", wrap=True)
        self._why.setObjectName("course_why")
        self._place = PlaceFields(workplace, names="course_place")
        self._as_planned = Button(tr("As planned"), key="Del", bind=False)
        self._as_planned.setObjectName("course_as_planned")
        self._said = Label(size="note", tone="muted")
        self._said.setObjectName("course_said")
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("course_notice")
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("leave")
        self._book = Button(tr("Book all"), key="Enter", role="primary", icon="check", bind=False)
        self._book.setObjectName("course_book")
        self._lay_out()
        self._sending = Sending(
            workplace.desk, self, buttons=(self._book,), done=self._done, refused=self._refused
        )
        self._connect()
        self._place.start(None, None)
        self._show_plan(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._picker, 1)
        top.addWidget(self._who, 1)
        column.addLayout(top)
        sides = QHBoxLayout()
        sides.setSpacing(18)
        self._wishes.setFixedWidth(theme.px(WISHES_WIDTH))
        sides.addWidget(self._wishes)
        sides.addLayout(self._right(), 1)
        column.addLayout(sides, 1)
        column.addWidget(self._notice)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._as_planned)
        foot.addWidget(self._leave)
        foot.addWidget(self._book)
        column.addLayout(foot)
        right = (self._table, *self._place.tab_widgets(), self._as_planned)
        left = (self._picker.line, *self._wishes.tab_widgets())
        tab_in_order((*left, *right, self._leave, self._book))

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._table, 1)
        right.addWidget(self._why)
        right.addWidget(self._place)
        return right

    def _connect(self) -> None:
        self._picker.taken.connect(self.take)
        self._picker.cleared.connect(self._clear)
        self._wishes.changed.connect(self._wish_otherwise)
        self._table.selectionModel().currentRowChanged.connect(self._show_chosen)
        on_keys(self._table, {"F2": self._place.focus_time, "Del": self._put_back})
        self._place.changed.connect(self._fix)
        self._as_planned.clicked.connect(self._put_back)
        self._leave.clicked.connect(self.reject)
        self._book.clicked.connect(self._send)

    def start(self, patient_id: PatientId | None = None) -> None:
        """Opens it, for somebody who is known already or for whoever is typed."""
        self.resize(self.sizeHint())
        self.open()
        self._picker.start()
        if patient_id is not None:
            self.take(patient_id)

    # Who, and what they wish

    @Slot(object)
    def take(self, patient_id: PatientId) -> None:
        """Asks what they come for; the plan follows."""
        self._patient_id, now = patient_id, self._workplace.now()
        self._workplace.desk.ask(
            lambda db: proposing.propose(db, patient_id, now=now),
            receiver=self,
            done=self._fill,
            key="proposal",
        )

    def _fill(self, proposal: Proposal) -> None:
        patient = proposal.record.patient
        if patient.id != self._patient_id:
            return
        self._picker.show_name(patient.name)
        self._who.setText(told_apart(patient, self._workplace.today()))
        self._wishes.fill(proposal)
        self._wishes.plan.planned.setFocus()
        self._wishes.plan.planned.selectAll()
        self._wish_otherwise()

    @Slot()
    def _clear(self) -> None:
        self._patient_id, self._book_when_planned = None, False
        self._who.setText("")
        self._wishes.start()
        self._show_plan(None)

    # The plan

    @Slot()
    def _wish_otherwise(self) -> None:
        """Other wishes make another plan, in which nothing is chosen by hand yet."""
        self._fixed = {}
        self._ask()

    def _ask(self) -> None:
        self._plan = None
        request, now = self._wishes.request(), self._workplace.now()
        if request is None:
            return
        request = replace(request, fixed=dict(self._fixed))
        self._workplace.desk.ask(
            lambda db: planning.plan(db, request, now=now),
            receiver=self,
            done=self._show_plan,
            key="plan",
        )

    def _show_plan(self, plan: CoursePlan | None) -> None:
        self._plan = plan
        rows = () if plan is None else rows_of(self._workplace, plan)
        self._table.rows.show(rows)
        if rows and self._table.number() is None:
            self._table.selectRow(0)
        self._show_chosen()
        self._said.setText(self._how_it_stands())
        self._book.setEnabled(plan is not None)
        if plan is not None and self._book_when_planned:
            self._book_when_planned = False
            self._send()

    def _how_it_stands(self) -> str:
        if self._plan is None:
            return tr("Type a name: the plan follows.")
        wrong = sum(one.verdict is Verdict.IMPOSSIBLE for one in self._plan.proposals)
        if wrong:
            return tr("{count} can't be booked so. F2 puts one elsewhere.", count=wrong)
        return tr("Enter books all; F2 puts one elsewhere.")

    @Slot()
    def _show_chosen(self) -> None:
        """The chosen visit's place, to be changed, and the whole why."""
        number = self._table.number()
        self._as_planned.setEnabled(number in self._fixed)
        row = self._table.rows.row_at(self._table.currentIndex())
        self._why.setText("" if row is None else row.why)
        protocol_id = self._wishes.protocol.chosen()
        for protocol in self._workplace.clinic_frame.protocols:
            if protocol.id == protocol_id:
                self._place.set_minutes(protocol.segments.total)
        if self._plan is not None and number is not None:
            self._place.show_place(self._plan.proposals[number - 1].place)
        self._place.setEnabled(number is not None)

    @Slot()
    def _fix(self) -> None:
        number, place = self._table.number(), self._place.place()
        if number is not None and place is not None:
            self._fixed[number] = place
            self._ask()

    @Slot()
    def _put_back(self) -> None:
        number = self._table.number()
        if number is not None and self._fixed.pop(number, None) is not None:
            self._ask()

    # Booking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter books all, wherever the focus is; a button with the focus is pressed instead."""
        focused = self.focusWidget()
        if not is_enter(event):
            super().keyPressEvent(event)
        elif isinstance(focused, Button):
            focused.click()
        else:
            self._send()

    @Slot()
    def _send(self) -> None:
        """An Enter that comes before the plan is kept, so that fast typing is never lost."""
        wrong = self._wishes.problem()
        if self._patient_id is None:
            self._picker.reject()
        elif wrong is not None:
            wrong.reject()
        elif self._plan is None:
            self._book_when_planned = True
        elif any(one.candidate is None for one in self._plan.proposals):
            self._notice.tell(
                tr("A visit has no place yet. Put it elsewhere, plan fewer or wish for less."),
                kind="warning",
            )
        else:
            self._send_plan(self._plan, NOTHING_OVERRIDDEN)

    def _send_plan(self, plan: CoursePlan, override: Override) -> None:
        course, patient_id = self._wishes.draft(), self._patient_id
        escort_id = self._wishes.escort_id()
        if course is None or patient_id is None:
            return
        visits = tuple(
            PlannedVisit(one.number, one.candidate.place, one.candidate.nurse_id)
            for one in plan.proposals
            if one.candidate is not None
        )
        self._sending.send(
            (patient_id, course, visits, escort_id, override),
            lambda db, stamp: planning.book_course(
                db, stamp, patient_id, course, visits, escort_id=escort_id, override=override
            ),
        )

    def _done(self, changes: Changes) -> None:
        self.accept()
        self.booked.emit(changes)

    def _refused(self, error: KnownError) -> None:
        if not isinstance(error, Objected):
            self._notice.tell(words.refusal(error), kind="error")
            return
        plan = self._plan
        taken = any(one.guard is Guard.CHAIR_TAKEN for one in error.objections)
        if taken and not self._fixed:
            self._notice.tell(
                tr("Somebody took one of these places meanwhile. This is the plan now."),
                kind="warning",
            )
            self._ask()
        elif plan is not None:
            told = {one.guard: one for visit in plan.proposals for one in visit.objections}
            told |= {one.guard: one for one in error.objections}
            ask_to_go_against(
                self._workplace,
                self,
                tuple(told.values()),
                lambda override: self._send_plan(plan, override),
            )
