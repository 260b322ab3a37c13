"""One patient's record: head, tabs, and one Save for everything typed about the person."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Conflict, KnownError, Refused
from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Patient, check_patient
from ketadesk.i18n import tr
from ketadesk.services import calendar, patients
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import words
from ketadesk.ui.patients import entry_kinds
from ketadesk.ui.patients.conflict_card import ConflictCard, Difference
from ketadesk.ui.patients.courses_page import CoursesPage
from ketadesk.ui.patients.entry_list import EntryList
from ketadesk.ui.patients.patient_form import PatientForm, as_draft
from ketadesk.ui.patients.record_head import RecordHead
from ketadesk.ui.patients.visits_table import VisitsTable
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace

TAB_KEYS = tuple(f"Ctrl+{number}" for number in range(1, 8))


class RecordPane(QWidget):
    """`book_wanted(PatientId)`; `stayed()` when a person keeps what they were typing."""

    book_wanted = Signal(object)
    stayed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._patient: Patient | None = None
        self._current: Patient | None = None
        self._stamp: Stamp | None = None
        self._saving = False
        self._leave_to: Callable[[], None] | None = None
        self._head = RecordHead(workplace)
        self._form = PatientForm(workplace, self)
        self._lists = [
            EntryList(workplace, kind())
            for kind in (entry_kinds.allergies, entry_kinds.medications, entry_kinds.escorts)
        ]
        self._visits = VisitsTable(workplace)
        self._courses = CoursesPage(workplace)
        self._conflict = ConflictCard()
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("record_notice")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._tabs = QTabWidget()
        self._tabs.setObjectName("record_tabs")
        allergies, medications, escorts = self._lists
        pages: tuple[tuple[QWidget, str], ...] = (
            (self._form.details, tr("Details")),
            (allergies, tr("Allergies")),
            (medications, tr("Medications")),
            (escorts, tr("Escorts")),
            (self._form.approval, tr("Eligibility")),
            (self._visits, tr("Visits")),
            (self._courses, tr("Courses")),
        )
        for index, (page, title) in enumerate(pages):
            self._tabs.addTab(page, title)
            self._tabs.setTabToolTip(index, f"{title}  ({TAB_KEYS[index].replace('+', ' ')})")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._conflict)
        column.addWidget(self._notice)
        column.addWidget(self._make_save_bar())

    def _make_save_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._saying = Label(size="note", tone="muted")
        self._saying.setObjectName("record_saying")
        self._undo = Button(tr("Take back what I typed"), key="Esc", bind=False)
        self._undo.setObjectName("record_discard")
        self._undo.clicked.connect(self._discard)
        self._save = Button(tr("Save"), icon="save", key="Ctrl+S", role="primary")
        self._save.setObjectName("record_save")
        self._save.clicked.connect(self.save)
        row.addWidget(self._saying, 1)
        row.addWidget(self._undo)
        row.addWidget(self._save)
        self._save_bar = bar
        return bar

    def _connect(self) -> None:
        for index, key in enumerate(TAB_KEYS):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setProperty("tab", index)
            shortcut.activated.connect(self._tab_by_key)
        self._head.book_wanted.connect(self._book)
        self._form.changed.connect(self._show_dirty)
        self._tabs.currentChanged.connect(self._show_dirty)
        self._conflict.mine_wanted.connect(self._save_mine)
        self._conflict.theirs_wanted.connect(self._take_theirs)
        self._notice.acted.connect(self._on_notice)
        self._notice.dismissed.connect(self._stay)
        self._workplace.desk.failed.connect(self._failed)

    # Showing

    @property
    def patient_id(self) -> PatientId | None:
        """Whose record it is."""
        return self._patient.id if self._patient else None

    @property
    def dirty(self) -> bool:
        """Whether something typed would be lost."""
        in_lists = any(one.dirty for one in self._lists)
        return bool(self._form.touched()) or in_lists or self._courses.dirty

    def load(self, patient_id: PatientId) -> None:
        """Read a record; what is typed for the same patient stays."""
        self._workplace.desk.ask(
            lambda db: (patients.record(db, patient_id), calendar.visits_of(db, patient_id)),
            receiver=self,
            done=self._show,
            key="record",
        )

    def _show(self, answer: tuple[PatientRecord, tuple[Visit, ...]]) -> None:
        record, visits = answer
        patient = record.patient
        another = patient.id != self.patient_id
        self._current = patient
        self._head.show_record(record)
        self._visits.show_visits(visits)
        for one in self._lists:
            one.show_record(record)
        self._courses.show_record(record, visits)
        if another or not self._form.touched():
            self._patient = patient
            self._form.show_patient(patient)
            self._settle()
        self._count_tabs(record, visits)

    def _count_tabs(self, record: PatientRecord, visits: tuple[Visit, ...]) -> None:
        titles = (tr("Allergies"), tr("Medications"), tr("Escorts"))
        counts = (len(record.allergies), len(record.medications), len(record.escorts))
        for index, (title, number) in enumerate(zip(titles, counts, strict=True), start=1):
            self._tabs.setTabText(index, f"{title} {number}" if number else title)
        self._tabs.setTabText(5, f"{tr('Visits')} {len(visits)}" if visits else tr("Visits"))
        running = self._courses.running
        self._tabs.setTabText(6, f"{tr('Courses')} {running}" if running else tr("Courses"))

    def focus_tabs(self) -> None:
        """The tabs, so that the arrow keys and Tab lead on."""
        self._tabs.tabBar().setFocus()

    def show_tab(self, index: int) -> None:
        """Turn to a tab and stand in its first field."""
        self._tabs.setCurrentIndex(index)
        self._tabs.currentWidget().setFocus()
        self._tabs.tabBar().setFocus()

    # Leaving

    def ask_to_leave(self, leave: Callable[[], None]) -> bool:
        """True when nothing is typed; else asks, and calls `leave` once that is settled."""
        if not self.dirty:
            return True
        self._leave_to = leave
        name = words.person(self._patient.name) if self._patient else ""
        actions = [NoticeAction("throw", tr("Throw it away"), key="Alt+L")]
        if self._form.touched():
            actions.insert(0, NoticeAction("save", tr("Save"), key="Alt+S"))
        self._notice.tell(
            tr("What you typed for {name} is not saved.", name=name),
            kind="warning",
            actions=actions,
        )
        return False

    @Slot(str)
    def _on_notice(self, action: str) -> None:
        if action == "save":
            self.save()
        elif action == "throw":
            leave, self._leave_to = self._leave_to, None
            self._throw_away()
            if leave is not None:
                leave()

    @Slot()
    def _stay(self) -> None:
        self._leave_to = None
        self.stayed.emit()

    def _throw_away(self) -> None:
        if self._current is not None:
            self._patient = self._current
            self._form.show_patient(self._current)
        for one in self._lists:
            one.clear()
        self._courses.clear()
        self._settle()

    @Slot()
    def _discard(self) -> None:
        if self._current is not None:
            self._patient = self._current
            self._form.show_patient(self._current)
        self._settle()

    def _settle(self) -> None:
        self._stamp = None
        self._conflict.hide()
        self._notice.hide()
        self._show_dirty()

    # Saving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line saves, Esc takes back what was typed."""
        in_text = isinstance(self.focusWidget(), QPlainTextEdit)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not in_text:
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            else:
                self.save()
        elif event.key() == Qt.Key.Key_Escape and self._form.touched():
            self._discard()
        else:
            super().keyPressEvent(event)

    @Slot()
    def save(self) -> None:
        """Writes what was typed, unless somebody else changed the patient meanwhile."""
        if self._patient is None or self._saving or not self._form.touched():
            return
        unreadable = self._form.problem()
        if unreadable is not None:
            self._refuse(unreadable[1], field=unreadable[0])
            return
        draft, patient = self._form.draft(), self._patient
        try:
            check_patient(draft, today=self._workplace.today())
        except Refused as problem:
            self._refuse(problem, field="given_name" if "name" in problem.code else "birth_date")
            return
        stamp = self._stamp = self._stamp or self._workplace.desk.stamp()
        self._saving = True
        self._show_dirty()
        self._workplace.desk.do(
            lambda db: patients.edit(db, stamp, patient.id, patient.version, draft),
            initiator=self,
            done=self._saved,
            refused=self._refuse,
        )

    def _saved(self, _changes: Changes) -> None:
        self._saving = False
        self._stamp = None
        patient_id = self.patient_id
        self._workplace.desk.ask(
            lambda db: patients.record(db, patient_id).patient,  # type: ignore[arg-type]
            receiver=self,
            done=self._show_saved,
            key="saved",
        )

    def _show_saved(self, patient: Patient) -> None:
        leave, self._leave_to = self._leave_to, None
        if patient.id == self.patient_id:
            self._patient = self._current = patient
            self._form.show_patient(patient)
            self._settle()
        if leave is not None:
            leave()

    def _refuse(self, error: KnownError, *, field: str = "") -> None:
        self._saving = False
        self._show_dirty()
        if isinstance(error, Conflict):
            self._ask_both(error)
            return
        self._notice.tell(words.refusal(error), kind="error")
        if field:
            page = self._form.approval if field.startswith(("app", "ass")) else self._form.details
            self._tabs.setCurrentWidget(page)
            self._form.reject(field)

    def _ask_both(self, error: Conflict) -> None:
        patient_id = self.patient_id
        self._stamp = None
        self._workplace.desk.ask(
            lambda db: patients.record(db, patient_id).patient,  # type: ignore[arg-type]
            receiver=self,
            done=lambda theirs: self._show_both(error, theirs),
            key="both",
        )

    def _show_both(self, error: Conflict, theirs: Patient) -> None:
        if self._patient is None or theirs.id != self._patient.id:
            return
        self._current = theirs
        mine, now = self._form.draft(), as_draft(theirs)
        form = self._form
        differences = [
            Difference(form.caption(name), form.said(name, now), form.said(name, mine))
            for name in form.touched()
            if getattr(mine, name) != getattr(now, name)
        ]
        self._conflict.show_both(words.refusal(error), differences)

    @Slot()
    def _save_mine(self) -> None:
        """What was typed, over what the file holds now; fields not touched here stay theirs."""
        if self._current is not None:
            self._conflict.hide()
            self._patient = self._current
            self._form.rebase(self._current)
            if self._form.touched():
                self.save()

    @Slot()
    def _take_theirs(self) -> None:
        self._discard()

    @Slot(object)
    def _failed(self, _error: Exception) -> None:
        self._saving = False
        self._show_dirty()

    @Slot()
    def _show_dirty(self) -> None:
        touched = bool(self._form.touched())
        self._save_bar.setVisible(
            touched or self._tabs.currentWidget() in (self._form.details, self._form.approval)
        )
        self._save.setEnabled(touched and not self._saving)
        self._undo.setEnabled(touched and not self._saving)
        waiting = tr("Not saved yet; Enter saves") if touched else ""
        self._saying.setText(tr("Saving …") if self._saving else waiting)

    @Slot()
    def _tab_by_key(self) -> None:
        self.show_tab(self.sender().property("tab"))

    @Slot()
    def _book(self) -> None:
        if self._patient is not None:
            self.book_wanted.emit(self._patient.id)
