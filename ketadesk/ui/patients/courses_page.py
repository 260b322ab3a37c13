"""A patient's courses: how many visits are planned, how many are booked, how far apart they are."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.changes import Changes
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import PatientId, ProtocolId
from ketadesk.domain.patients import Course, CourseDraft
from ketadesk.domain.wishes import NO_WISHES
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import theme, words
from ketadesk.ui.booking.wish_fields import WishFields
from ketadesk.ui.patients.course_plan import USUAL, CoursePlanFields
from ketadesk.ui.patients.text_rows import TextRows
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.field import choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

LEAST_PROTOCOL = 140


class CoursesPage(QWidget):
    """The courses as a table and a line below: Enter plans one, F2 changes, Delete takes off."""

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._patient_id: PatientId | None = None
        self._courses: tuple[Course, ...] = ()
        self._editing: Course | None = None
        self._sending = Sending(workplace.desk, self, refused=self._refused)
        self._filled: tuple[Any, ...] = ()
        titles = (tr("Protocol"), tr("Planned"), tr("Booked"), tr("Days apart"), tr("Stands"))
        self._rows = TextRows(titles, strong=0, parent=self)
        self._table = self._make_table()
        self._stack = QStackedWidget()
        empty = tr("No course is planned. Say how many visits, and how many days apart.")
        self._stack.addWidget(EmptyState("calendar-plus", empty))
        self._stack.addWidget(self._table)
        self._wishes = WishFields(workplace, "courses", across=5)
        self._wishes.changed.connect(self._typed)
        self._message = Label(size="note", tone="red", wrap=True)
        self._message.setObjectName("courses_message")
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._stack, 1)
        column.addWidget(self._message)
        column.addLayout(self._make_line())
        column.addWidget(self._wishes)
        column.addLayout(self._make_foot())
        self._table.selectionModel().selectionChanged.connect(self._show_mode)
        self._sending.changed.connect(self._show_mode)
        self.clear()

    def _make_table(self) -> Table:
        table = Table(name=tr("Courses"))
        table.setObjectName("courses_table")
        table.setModel(self._rows)
        table.setToolTip(tr("F2 changes the course, Delete takes it off"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(90)
        table.installEventFilter(self)
        table.doubleClicked.connect(self._start_editing)
        return table

    def _make_line(self) -> QBoxLayout:
        self._protocol, holder = choice_box(tr("Protocol"), name="courses_protocol")
        self._protocol.activated.connect(self._typed)
        self._plan = CoursePlanFields("courses")
        self._plan.changed.connect(self._typed)
        for field in (self._protocol, *self._plan.fields(), *self._wishes.tab_widgets()):
            field.installEventFilter(self)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(12)
        self._line.addWidget(holder, 1)
        self._line.addWidget(self._plan, 0, Qt.AlignmentFlag.AlignBottom)
        return self._line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both would be squeezed the plan stands below the protocol."""
        super().resizeEvent(event)
        both = self._plan.minimumSizeHint().width() + theme.px(LEAST_PROTOCOL)
        beside = both <= event.size().width()
        sides = QBoxLayout.Direction
        self._line.setDirection(sides.LeftToRight if beside else sides.TopToBottom)

    def _make_foot(self) -> QHBoxLayout:
        self._edit = Button(tr("Change"), icon="pencil", key="F2", bind=False)
        self._take_off = Button(tr("Take off"), icon="trash-2", key="Del", bind=False)
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._save = Button("", key="Enter", role="primary", bind=False)
        self._book = Button(
            tr("Book a whole course…"), icon="calendar-plus", key="Alt+B", role="quiet"
        )
        self._book.clicked.connect(self._book_course)
        made = {
            "edit": self._edit,
            "take_off": self._take_off,
            "book": self._book,
            "leave": self._leave,
        }
        for name, button in {**made, "save": self._save}.items():
            button.setObjectName(f"courses_{name}")
        self._edit.clicked.connect(self._start_editing)
        self._take_off.clicked.connect(self._take_it_off)
        self._leave.clicked.connect(self.clear)
        self._save.clicked.connect(self._send)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._edit)
        foot.addWidget(self._take_off)
        foot.addWidget(self._book)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._save)
        return foot

    # Showing

    def show_record(self, record: PatientRecord, visits: tuple[Visit, ...]) -> None:
        """The patient's courses; what is typed for the same patient stays."""
        typing = self.dirty and record.patient.id == self._patient_id
        self._patient_id = record.patient.id
        row = self._table.currentIndex().row()
        self._courses = record.courses
        self._rows.show([self._texts(course, visits) for course in record.courses])
        self._stack.setCurrentIndex(1 if record.courses else 0)
        if record.courses:
            self._table.selectRow(min(max(row, 0), len(record.courses) - 1))
        if not typing:
            self.clear()
        self._show_mode()

    @property
    def running(self) -> int:
        """How many courses are not taken off."""
        return sum(course.active for course in self._courses)

    @property
    def dirty(self) -> bool:
        """Whether the line holds something that would be lost."""
        return self._typed_values() != self._filled

    def _texts(self, course: Course, visits: tuple[Visit, ...]) -> tuple[str, ...]:
        booked = sum(
            visit.appointment.course_id == course.id and visit.appointment.status.takes_the_chair
            for visit in visits
        )
        if not course.active:
            stands = tr("taken off")
        else:
            stands = tr("running") if booked < course.planned else tr("all booked")
        least, most = course.spacing_min_days, course.spacing_max_days
        return (
            self._protocol_text(course.protocol_id),
            str(course.planned),
            str(booked),
            str(least) if least == most else tr("{least} to {most}", least=least, most=most),
            stands,
        )

    def _protocol_text(self, protocol_id: ProtocolId) -> str:
        for protocol in self._workplace.clinic_frame.protocols:
            if protocol.id == protocol_id:
                return f"{protocol.name} · {words.word(protocol.tier)}"
        return ""

    @Slot()
    def clear(self) -> None:
        """The line for a new course, with the numbers of the latest one."""
        self._editing = None
        latest = max(self._courses, key=lambda course: course.id, default=None)
        self._fill(latest)
        self._say("")
        self._show_mode()
        self.changed.emit()

    def _fill(self, course: Course | None) -> None:
        frame = self._workplace.frame
        used = course.protocol_id if course else None
        offered = [one for one in frame.protocols if one.active or one.id == used] if frame else []
        self._protocol.fill([(self._protocol_text(one.id), one.id) for one in offered], chosen=used)
        if course is None:
            self._plan.show_plan(*USUAL)
        else:
            self._plan.show_plan(course.planned, course.spacing_min_days, course.spacing_max_days)
        if frame is not None:
            wishes = NO_WISHES if course is None else course.wishes
            if self._editing is None:  # what was said of one course's days is not of the next
                wishes = replace(wishes, not_before=None, not_after=None)
            self._wishes.show_wishes(wishes)
        self._filled = self._typed_values()

    def _typed_values(self) -> tuple[Any, ...]:
        numbers = (field.value() for field in self._plan.fields())
        wishes, unread = self._wishes.wishes(), self._wishes.problem()
        return (self._protocol.currentData(), *numbers, wishes, unread is not None)

    @Slot()
    def _show_mode(self) -> None:
        course = self._current()
        can_change = course is not None and course.active
        self._edit.setEnabled(can_change)
        self._take_off.setEnabled(can_change)
        typing = self._editing is not None or self.dirty
        self._leave.setVisible(typing)
        self._book.setVisible(not typing)
        text = tr("Plan a course") if self._editing is None else tr("Save the change")
        self._save.set_text(text)
        self._save.setEnabled(not self._sending.busy and self._protocol.count() > 0)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the line saves, Esc puts it back; F2 and Delete belong to the table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self._table and (enter or key == Qt.Key.Key_F2):
                self._start_editing()
                return True
            if watched is self._table and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._take_it_off()
                return True
            if watched is not self._table and enter:
                self._send()
                return True
            if key == Qt.Key.Key_Escape and (self._editing is not None or self.dirty):
                self.clear()
                return True
        return super().eventFilter(watched, event)

    def _current(self) -> Course | None:
        row = self._table.currentIndex().row()
        chosen = self._table.selectionModel().hasSelection() and 0 <= row < len(self._courses)
        return self._courses[row] if chosen else None

    @Slot()
    def _start_editing(self) -> None:
        course = self._current()
        if course is not None and course.active:
            self._editing = course
            self._fill(course)
            self._say("")
            self._show_mode()
            self._plan.planned.setFocus()
            self._plan.planned.selectAll()

    @Slot()
    def _book_course(self) -> None:
        """All visits of a course at once, with the wishes of the latest."""
        if self._patient_id is not None:
            self._workplace.show("course", self._patient_id)

    # Writing

    @Slot()
    def _send(self) -> None:
        patient_id, editing = self._patient_id, self._editing
        planned, least, most = self._plan.plan()
        protocol_id: ProtocolId | None = self._protocol.currentData()
        if patient_id is None or protocol_id is None:
            return
        wrong = self._wishes.problem()
        if wrong is not None and (problem := wrong.problem()) is not None:
            self._say(words.refusal(problem))
            wrong.reject()
            return
        draft = CourseDraft(protocol_id, planned, least, most, self._wishes.wishes())
        if editing is None:
            self._sending.send(
                (patient_id, draft),
                lambda db, stamp: patients.plan_course(db, stamp, patient_id, draft),
                done=self._line_done,
            )
        else:
            course_id, version = editing.id, editing.version
            self._sending.send(
                (course_id, version, draft),
                lambda db, stamp: patients.change_course(db, stamp, course_id, version, draft),
                done=self._line_done,
            )

    @Slot()
    def _take_it_off(self) -> None:
        course = self._current()
        if course is not None and course.active:
            course_id, version = course.id, course.version
            self._sending.send(
                (course_id, version),
                lambda db, stamp: patients.end_course(db, stamp, course_id, version),
            )

    def _line_done(self, _changes: Changes) -> None:
        self.clear()
        self._plan.planned.setFocus()

    def _refused(self, error: KnownError) -> None:
        self._say(words.refusal(error))

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    @Slot()
    def _typed(self) -> None:
        self._say("")
        self._show_mode()
        self.changed.emit()
