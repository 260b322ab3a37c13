"""One patient's record: head, tabs, and one Save for everything typed about the person."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import PatientId
from ketadesk.i18n import tr
from ketadesk.services import calendar, patients
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import words
from ketadesk.ui.patients import entry_kinds
from ketadesk.ui.patients.conflict_card import ConflictCard
from ketadesk.ui.patients.courses_page import CoursesPage
from ketadesk.ui.patients.entry_list import EntryList
from ketadesk.ui.patients.patient_form import PatientForm
from ketadesk.ui.patients.record_head import RecordHead
from ketadesk.ui.patients.record_saving import RecordSaving
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
        self._text = RecordSaving(workplace, self._form, self._conflict, self)
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
        self._undo.clicked.connect(self._text.take_back)
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
        self._text.changed.connect(self._show_dirty)
        self._text.settled.connect(self._settle)
        self._text.saved.connect(self._saved)
        self._text.refused.connect(self._refuse)
        self._notice.acted.connect(self._on_notice)
        self._notice.dismissed.connect(self._stay)

    # Showing

    @property
    def patient_id(self) -> PatientId | None:
        """Whose record it is."""
        return self._text.patient.id if self._text.patient else None

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
        self._head.show_record(record)
        self._visits.show_visits(visits)
        for one in self._lists:
            one.show_record(record)
        self._courses.show_record(record, visits)
        self._text.show(patient)
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
        patient = self._text.patient
        name = words.person(patient.name) if patient else ""
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
        self._text.take_back()
        for one in self._lists:
            one.clear()
        self._courses.clear()

    @Slot()
    def _settle(self) -> None:
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
            self._text.take_back()
        else:
            super().keyPressEvent(event)

    @Slot()
    def save(self) -> None:
        """Writes what was typed, unless somebody else changed the patient meanwhile."""
        self._text.save()

    @Slot()
    def _saved(self) -> None:
        leave, self._leave_to = self._leave_to, None
        if leave is not None:
            leave()

    @Slot(object, str)
    def _refuse(self, error: KnownError, field: str) -> None:
        self._notice.tell(words.refusal(error), kind="error")
        if field:
            page = self._form.approval if field.startswith(("app", "ass")) else self._form.details
            self._tabs.setCurrentWidget(page)
            self._form.reject(field)

    @Slot()
    def _show_dirty(self) -> None:
        touched = bool(self._form.touched())
        self._save_bar.setVisible(
            touched or self._tabs.currentWidget() in (self._form.details, self._form.approval)
        )
        self._save.setEnabled(touched and not self._text.busy)
        self._undo.setEnabled(touched and not self._text.busy)
        waiting = tr("Not saved yet; Enter saves") if touched else ""
        self._saying.setText(tr("Saving …") if self._text.busy else waiting)

    @Slot()
    def _tab_by_key(self) -> None:
        self.show_tab(self.sender().property("tab"))

    @Slot()
    def _book(self) -> None:
        if self.patient_id is not None:
            self.book_wanted.emit(self.patient_id)
