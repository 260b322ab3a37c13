"""The Patients view: whom to look for on the left, their record on the right."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import PatientId
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.paper.target import OfPatient
from ketadesk.ui.patients.list_pane import PatientsList
from ketadesk.ui.patients.new_patient import NewPatientForm
from ketadesk.ui.patients.record_pane import RecordPane
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.hairline import Hairline
from ketadesk.ui.workplace import Workplace

LIST_WIDTH = 564
MOST_FOR_LIST = 0.46
"""The share of the view that the list may take from the record when text is large."""
SHOWN_TABLES = frozenset(
    {"patients", "allergies", "medications", "escorts", "courses", "appointments", "sessions"}
)


class PatientsView(QWidget):
    """`show_target(PatientId)` opens a record."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.setObjectName("patients_view")
        self._list = PatientsList(workplace)
        self._record = RecordPane(workplace)
        self._new = NewPatientForm(workplace)
        self._new.setContentsMargins(18, 12, 18, 12)
        self._nobody = EmptyState("users", _choose_sentence())
        self._first = EmptyState(
            "user-plus",
            tr("No patients yet. Add the first one, or import a list from another program."),
        )
        self._right = QStackedWidget()
        for page in (self._nobody, self._first, self._record, self._new):
            self._right.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._right, 1)
        self._connect()

    def _connect(self) -> None:
        self._list.chosen.connect(self._choose)
        self._list.entered.connect(self._enter)
        self._list.add_wanted.connect(self._add)
        self._list.import_wanted.connect(self.open_import)
        self._list.filled.connect(self._show_first_or_nobody)
        self._list.matched.connect(self._show_match)
        self._record.stayed.connect(self._mark_record)
        self._record.book_wanted.connect(self._book)
        self._new.added.connect(self._open)
        self._new.same.connect(self._open_same)
        self._new.left.connect(self._leave_new)
        self._fresh = Freshness(self, self._workplace, concerns=self._concerns, reload=self._reload)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text gives the list more room, as far as the record can spare it."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_fresh"):
            self._share_width()

    def _share_width(self) -> None:
        self._list.setFixedWidth(
            min(theme.px(LIST_WIDTH), max(int(self.width() * MOST_FOR_LIST), LIST_WIDTH))
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go to the find line. No focus proxy: Tab would go in a circle around it."""
        super().focusInEvent(event)
        self._list.start_finding()

    def show_target(self, target: object) -> None:
        """Opens a patient's record, asking first when something typed would be lost."""
        if isinstance(target, int):
            self._choose(PatientId(target))

    @property
    def patient_id(self) -> PatientId | None:
        """Whose record is open, None while none is."""
        return self._record.patient_id if self._right.currentWidget() is self._record else None

    @property
    def at_hand(self) -> OfPatient | None:
        """Whose record is open, as Sheets asks for it."""
        return None if self.patient_id is None else OfPatient(self.patient_id)

    @property
    def stands_at(self) -> PatientId | None:
        """Whose record is open."""
        return self.patient_id

    @Slot(object)
    def _choose(self, patient_id: PatientId) -> None:
        if patient_id == self.patient_id:
            return
        if self._may_leave(lambda: self._open(patient_id)):
            self._open(patient_id)

    @Slot(object)
    def _show_match(self, patient_id: PatientId | None) -> None:
        """List and record never disagree, unless something typed would be lost."""
        shown = self._right.currentWidget()
        if shown is self._new or (shown is self._record and self._record.dirty):
            return
        if patient_id is not None:
            self._open(patient_id)
            return
        self._list.keep(None)
        self._nobody.set_sentence(tr("Nobody is found. Enter adds someone of this name."))
        self._right.setCurrentWidget(self._nobody)

    def _may_leave(self, leave) -> bool:
        if self._right.currentWidget() is self._record:
            return self._record.ask_to_leave(leave)
        return True

    @Slot(object)
    def _open(self, patient_id: PatientId) -> None:
        self._list.keep(patient_id)
        self._record.load(patient_id)
        self._right.setCurrentWidget(self._record)
        if self._new.isAncestorOf(self.focusWidget() or self):
            self._record.focus_tabs()

    @Slot(object)
    def _open_same(self, patient_id: PatientId) -> None:
        self._new.clear()
        self._open(patient_id)

    @property
    def unsaved(self) -> bool:
        """Whether something typed here would be lost when the window closes."""
        return self._record.dirty or self._new.dirty

    @Slot()
    def _enter(self) -> None:
        if self._right.currentWidget() is self._record:
            self._record.focus_tabs()

    @Slot(str)
    def _add(self, typed: str) -> None:
        if self._may_leave(lambda: self._start_new(typed)):
            self._start_new(typed)

    def _start_new(self, typed: str) -> None:
        """An empty form, or the half typed one; that is thrown away only when a person says so."""
        self._right.setCurrentWidget(self._new)
        if not self._new.dirty:
            self._new.start(typed)
            return
        self._new.setFocus()
        if typed:
            sentence = tr("You have typed a part of another new patient, who is not saved.")
            ask_to_leave(self, sentence, lambda: self._new.start(typed))

    @Slot()
    def _leave_new(self) -> None:
        """Esc: back to where one came from; the list is one key away."""
        self._right.setCurrentWidget(self._record if self._record.patient_id else self._nobody)
        self._list.keep(self._record.patient_id)
        self._list.start_finding()

    @Slot()
    def _mark_record(self) -> None:
        self._list.keep(self._record.patient_id)

    @Slot(int)
    def _show_first_or_nobody(self, total: int) -> None:
        if self._right.currentWidget() in (self._nobody, self._first):
            self._nobody.set_sentence(_choose_sentence())
            self._right.setCurrentWidget(self._nobody if total else self._first)

    @Slot(object)
    def _book(self, patient_id: PatientId) -> None:
        self._workplace.show("book", patient_id)

    @Slot()
    def open_import(self) -> None:
        """Import from another program's list."""
        from ketadesk.ui.patients.import_dialog import ImportDialog

        if self._workplace.frame is not None:
            ImportDialog(self._workplace, self).open()

    def _concerns(self, changes: Changes) -> bool:
        return bool(changes.tables & SHOWN_TABLES)

    def _reload(self) -> None:
        self._list.reload()
        if self._record.patient_id is not None:
            self._record.load(self._record.patient_id)


def _choose_sentence() -> str:
    return tr("Choose a patient on the left to see their record.")
