"""Changes a course that is booked: moves, re-plans or cancels this visit, it and the following, or
all to come.

What would change is listed before anything is done, and what was not listed never changes.
"""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Changes
from ketadesk.domain.course_plan import Scope
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import AppointmentId, CourseId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Objection, Override
from ketadesk.i18n import tr
from ketadesk.services import planning
from ketadesk.services.planning import Move, ReplanRequest
from ketadesk.ui import theme, words
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.booking.course_preview import Preview, look, preview_rows
from ketadesk.ui.booking.growing import GrowingDialog
from ketadesk.ui.booking.place_fields import PlaceFields
from ketadesk.ui.booking.plan_table import PlanTable
from ketadesk.ui.booking.reasons import ask_reason
from ketadesk.ui.booking.wish_fields import day_field
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, tab_in_order
from ketadesk.ui.widgets.keys import is_enter, on_keys
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 1080, 520
MOVE, REPLAN, CANCEL = "move", "replan", "cancel"


def ask_course_change(workplace: Workplace, parent: QWidget, visit: Visit) -> "CourseChange":
    """Opens the dialog for a visit that belongs to a course."""
    dialog = CourseChange(workplace, parent, visit)
    dialog.open()
    dialog.start()
    return dialog


class CourseChange(GrowingDialog):
    """1, 2, 3 say how many; M, R, C what; F2 goes to when; Enter does what is listed."""

    def __init__(self, workplace: Workplace, parent: QWidget, visit: Visit) -> None:
        super().__init__(QSize(WIDTH, HEIGHT), parent)
        self._workplace = workplace
        self._visit = visit
        self._preview: Preview | None = None
        self._told: dict[Guard, Objection] = {}
        self._begin_typed = False
        self.setObjectName("course_change")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Change the course"))
        self._what = Segmented(
            (
                Segment(MOVE, tr("Move"), "M"),
                Segment(REPLAN, tr("Re-plan"), "R"),
                Segment(CANCEL, tr("Cancel"), "C"),
            )
        )
        self._scope = Segmented(
            (
                Segment(Scope.THIS, tr("This one"), "1"),
                Segment(Scope.FOLLOWING, tr("This and the following"), "2"),
                Segment(Scope.ALL, tr("All to come"), "3"),
            )
        )
        self._table = PlanTable("course_changes", changes=True)
        self._place = PlaceFields(workplace, names="course_change")
        self._begin = day_field(workplace, tr("Not before"), name="course_change_begin")
        self._by = ChoiceField(
            tr("Cancelled by"),
            (
                (tr("the patient"), Status.CANCELLED_BY_PATIENT),
                (tr("the clinic"), Status.CANCELLED_BY_CLINIC),
            ),
            name="course_change_by",
        )
        self._fields = QStackedWidget()
        self._why = Label(size="note", tone="muted", wrap=True)
        self._why.setObjectName("course_change_why")
        self._said = Label(size="note", tone="muted", wrap=True)
        self._said.setObjectName("course_change_said")
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("course_change_notice")
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName("leave")
        self._go = Button("", key="Enter", role="primary", icon="check", bind=False)
        self._go.setObjectName("course_change_go")
        self._lay_out()
        self._sending = Sending(
            workplace.desk, self, buttons=(self._go,), done=self._done, refused=self._refused
        )
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        name = words.person(self._visit.patient_name)
        title = tr("Change the course of {patient}", patient=name)
        column.addWidget(Label(title, size="title", strong=True, wrap=True))
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self._what)
        choices.addWidget(self._scope)
        choices.addStretch(1)
        column.addLayout(choices)
        for page in (self._place, *map(_narrow, (self._begin, self._by))):
            self._fields.addWidget(page)
        column.addWidget(self._fields)
        column.addWidget(self._table, 1)
        column.addWidget(self._why)
        column.addWidget(self._notice)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._leave)
        foot.addWidget(self._go)
        column.addLayout(foot)
        fields = (*self._place.tab_widgets(), self._begin.line, self._by.control)
        tab_in_order((self._table, *fields, self._leave, self._go))

    def _connect(self) -> None:
        self._what.chosen.connect(self._choose_what)
        self._scope.chosen.connect(self._choose_scope)
        self._place.changed.connect(self._ask)
        self._begin.changed.connect(self._type_begin)
        self._leave.clicked.connect(self.reject)
        self._go.clicked.connect(self._send)
        self._table.selectionModel().currentRowChanged.connect(self._show_why)
        on_keys(self._table, {"F2": self._focus_fields})

    def start(self) -> None:
        """The visit where it lies; nothing moves yet."""
        self.resize(self.sizeHint())
        made = self._visit.appointment
        self._place.start(made.chair_id, made.starts)
        self._place.set_minutes(made.segments.total)
        self._choose_what(MOVE)

    # What is asked for

    def _scope_chosen(self) -> Scope:
        return Scope(self._scope.choice())

    @Slot(str)
    def _choose_what(self, what: str) -> None:
        self._fields.setCurrentIndex((MOVE, REPLAN, CANCEL).index(what))
        self._table.setFocus()
        self._ask()

    @Slot(str)
    def _choose_scope(self, _scope: str) -> None:
        self._table.setFocus()
        self._ask()

    @Slot()
    def _type_begin(self) -> None:
        self._begin_typed = True
        self._ask()

    @Slot()
    def _focus_fields(self) -> None:
        """When it is to be, ready to be typed over."""
        what = self._what.choice()
        if what == MOVE:
            self._place.tab_widgets()[1].setFocus()
        else:
            (self._begin.line if what == REPLAN else self._by.control).setFocus()

    @Slot()
    def _ask(self) -> None:
        """Lists what would change; of several answers only the newest is shown."""
        self._preview = None
        self._told = {}
        self._notice.hide()
        self._show_state()
        made, scope = self._visit.appointment, self._scope_chosen()
        if made.course_id is None or self._wrong():
            return
        course_id, what, now = made.course_id, self._what.choice(), self._workplace.now()
        request = None if what == CANCEL else self._request(course_id, scope)
        chosen = self._visit
        self._workplace.desk.ask(
            lambda db: look(db, chosen, scope, request, now),
            receiver=self,
            done=self._show,
            refused=self._refused,
            key="course_change",
        )

    def _request(self, course_id: CourseId, scope: Scope) -> ReplanRequest:
        today, chosen = self._workplace.today(), self._visit.appointment
        if self._what.choice() == MOVE:
            return ReplanRequest(course_id, chosen.id, scope, today, to=self._place.place())
        if not self._begin_typed:
            first = self._workplace.local(chosen.starts).date()
            self._begin.set_value(today if scope is Scope.ALL else max(today, first))
        return ReplanRequest(course_id, chosen.id, scope, max(today, self._begin.value()))

    def _wrong(self) -> bool:
        """Whether a field can't be read, which it says itself."""
        if self._what.choice() == MOVE:
            return self._place.place() is None
        typed = self._what.choice() == REPLAN and self._begin_typed
        return typed and self._begin.value() is None

    # What would change

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self._table.rows.show(preview_rows(self._workplace, preview))
        if self._table.number() is None:
            row = self._table.rows.place_of(self._visit.appointment.course_number)
            self._table.selectRow(row or 0)
        self._show_why()
        self._show_state()

    @Slot()
    def _show_why(self) -> None:
        """The whole why of the chosen row, which the table may have to shorten."""
        row = self._table.rows.row_at(self._table.currentIndex())
        self._why.setText("" if row is None else row.why)

    def _count(self) -> int:
        preview = self._preview
        if preview is None:
            return 0
        return len(preview.going if preview.plan is None else preview.changed())

    def _show_state(self) -> None:
        count = self._count()
        cancels = self._what.choice() == CANCEL
        self._go.set_text(
            (tr("Cancel {count}…", count=count) if cancels else tr("Move {count}", count=count))
            if count
            else tr("Cancel…")
            if cancels
            else tr("Move")
        )
        self._go.setEnabled(count > 0)
        self._said.setText(self._how_it_stands())

    def _how_it_stands(self) -> str:
        if self._preview is None:
            return ""
        if not self._count():
            return tr("Nothing would change. F2 says when instead.")
        against = sum(bool(one.objections) for one in self._preview.changed())
        if against:
            return tr("Rules speak against {count} of them: Enter asks why.", count=against)
        return tr("What isn't listed as changed stays as it is.")

    # Doing it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what is listed; a button of the foot with the focus is pressed instead."""
        focused = self.focusWidget()
        if not is_enter(event):
            super().keyPressEvent(event)
        elif isinstance(focused, Button) and not focused.isCheckable():
            focused.click()
        else:
            self._send()

    @Slot()
    def _send(self) -> None:
        """Only what was shown: an Enter that comes before the list does nothing."""
        preview = self._preview
        if preview is None or not self._count():
            return
        if preview.plan is None:
            status = Status(self._by.chosen())
            ask_reason(self, status, lambda reason: self._cancel(preview, status, reason))
        elif any(one.place is None for one in preview.changed()):
            self._notice.tell(
                tr("A visit has no place then. Choose another day, or fewer visits."),
                kind="warning",
            )
        else:
            self._move(preview, NOTHING_OVERRIDDEN)

    def _move(self, preview: Preview, override: Override) -> None:
        moves = tuple(
            Move(visit.id, visit.version, one.place)
            for one in preview.changed()
            if one.place is not None
            for visit in (preview.visits[one.number].appointment,)
        )
        self._sending.send(
            (moves, override),
            lambda db, stamp: planning.move_visits(db, stamp, moves, override=override),
        )

    def _cancel(self, preview: Preview, status: Status, reason: Reason) -> None:
        made, scope = self._visit.appointment, self._scope_chosen()
        course_id = made.course_id
        if course_id is None:
            return
        seen: dict[AppointmentId, int] = {
            one.appointment.id: one.appointment.version for one in preview.going
        }
        self._sending.send(
            (seen, scope, status, reason),
            lambda db, stamp: planning.cancel_visits(
                db, stamp, course_id, made.id, scope=scope, status=status, reason=reason, seen=seen
            ),
        )

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: KnownError) -> None:
        preview = self._preview
        if isinstance(error, Objected) and preview is not None:
            self._told |= {one.guard: one for on in preview.changed() for one in on.objections}
            self._told |= {one.guard: one for one in error.objections}
            ask_to_go_against(
                self._workplace,
                self,
                tuple(self._told.values()),
                lambda override: self._move(preview, override),
            )
            return
        if not isinstance(error, Refused) and preview is not None:
            self._ask()
        self._notice.tell(words.refusal(error), kind="error")


def _narrow(field: QWidget) -> QWidget:
    """A field that need not be as wide as the dialog."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    field.setFixedWidth(theme.px(260))
    row.addWidget(field)
    row.addStretch(1)
    return page
