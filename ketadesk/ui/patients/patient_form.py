"""Everything one can type about a patient, on two pages: details, and the medical approval."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.domain.patients import Eligibility, Patient, PatientDraft
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.patients.fields import (
    TextArea,
    TextField,
    choice_box,
    choose_language,
    language_box,
)
from ketadesk.ui.patients.identity import language_word
from ketadesk.ui.patients.reading_field import ReadingField
from ketadesk.ui.patients.typed import date_field
from ketadesk.ui.workplace import Workplace

DRAFT_FIELDS = tuple(field.name for field in fields(PatientDraft))


@dataclass(frozen=True)
class _Bound:
    """How one field of the draft is read from and shown in its control."""

    caption: str
    get: Callable[[], Any]
    put: Callable[[Any], None]


class PatientForm(QObject):
    """`changed` while one types. The pages are `details` and `approval`."""

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._bound: dict[str, _Bound] = {}
        self._dates: dict[str, ReadingField] = {}
        self._base: PatientDraft = PatientDraft("")
        self._shown: dict[str, Any] = {}
        self.details = self._make_details()
        self.approval = self._make_approval()

    def show_patient(self, patient: Patient) -> None:
        """Start from what is in the clinic file."""
        self._base = as_draft(patient)
        for name, bound in self._bound.items():
            bound.put(getattr(self._base, name))
        # A control may show a value a little differently; what it shows untouched is no change.
        self._shown = {name: bound.get() for name, bound in self._bound.items()}
        self.changed.emit()

    def rebase(self, patient: Patient) -> None:
        """Go on with what is typed, over what the clinic file holds now."""
        mine = {name: self._bound[name].get() for name in self.touched() if not self._unread(name)}
        self.show_patient(patient)
        for name, value in mine.items():
            self._bound[name].put(value)
        self.changed.emit()

    def draft(self) -> PatientDraft:
        """What the file held, with what was typed over it; see `problem` for unreadable dates."""
        return replace(self._base, **{name: self._bound[name].get() for name in self.touched()})

    def touched(self) -> list[str]:
        """The fields that a person changed."""
        return [
            name
            for name, bound in self._bound.items()
            if bound.get() != self._shown.get(name) or self._unread(name)
        ]

    def problem(self) -> tuple[str, Refused] | None:
        """The first date that cannot be read, by field."""
        for name, field in self._dates.items():
            problem = field.problem()
            if problem is not None:
                return name, problem
        return None

    def reject(self, name: str) -> None:
        """Go to a field and mark it."""
        field = self._dates.get(name) or self.details.findChild(QWidget, f"patient_{name}")
        if isinstance(field, ReadingField):
            field.reject()
        elif field is not None:
            field.setFocus()

    def caption(self, name: str) -> str:
        """What a field is called on the form."""
        return self._bound[name].caption

    def said(self, name: str, draft: PatientDraft) -> str:
        """A field's value in words, for showing two side by side."""
        value = getattr(draft, name)
        if value is None or value == "":
            return tr("nothing")
        if name in self._dates:
            return words.date_text(value)
        if isinstance(value, bool):
            return tr("yes") if value else tr("no")
        if isinstance(value, Eligibility):
            return words.word(value)
        return language_word(value) if name.endswith("_language") else str(value)

    def _unread(self, name: str) -> bool:
        return name in self._dates and self._dates[name].problem() is not None

    def _make_details(self) -> QWidget:
        page = QWidget()
        grid = _grid(page)
        grid.addWidget(self._text("given_name", tr("Given name")), 0, 0)
        grid.addWidget(self._text("family_name", tr("Family name")), 0, 1)
        grid.addWidget(self._text("called_name", tr("Called")), 0, 2)
        grid.addWidget(self._date("birth_date", tr("Birth date")), 1, 0)
        grid.addWidget(self._text("phone", tr("Phone")), 1, 1)
        grid.addWidget(self._text("record_number", tr("Record number")), 1, 2)
        grid.addWidget(self._text("email", tr("Email")), 2, 0)
        grid.addWidget(self._text("address", tr("Address")), 2, 1, 1, 2)
        grid.addWidget(self._language("spoken_language", tr("Speaks")), 3, 0)
        grid.addWidget(self._language("written_language", tr("Reads sheets in")), 3, 1)
        grid.addWidget(self._check("interpreter_needed", tr("Needs an interpreter")), 3, 2)
        note = TextArea(tr("Note"), name="patient_note")
        note.changed.connect(self.changed)
        self._bound["note"] = _Bound(tr("Note"), note.text, note.set_text)
        grid.addWidget(note, 4, 0, 1, 3)
        grid.setRowStretch(4, 1)
        return page

    def _make_approval(self) -> QWidget:
        page = QWidget()
        grid = _grid(page)
        box, holder = choice_box(tr("Where it stands"), name="patient_eligibility")
        box.fill((words.word(state).capitalize(), state) for state in Eligibility)
        box.activated.connect(self.changed)
        self._bound["eligibility"] = _Bound(
            tr("Where it stands"), lambda: Eligibility(box.currentData()), box.choose
        )
        grid.addWidget(holder, 0, 0)
        grid.addWidget(self._text("assessed_by", tr("Assessed by")), 1, 0)
        grid.addWidget(self._date("assessed_on", tr("Assessed on")), 1, 1)
        grid.addWidget(self._text("approved_by", tr("Approved by")), 2, 0)
        grid.addWidget(self._date("approved_on", tr("Approved on")), 2, 1)
        grid.addWidget(self._date("approval_expires_on", tr("Approval expires on")), 2, 2)
        grid.setRowStretch(3, 1)
        return page

    def _text(self, name: str, caption: str) -> TextField:
        field = TextField(caption, name=f"patient_{name}")
        field.changed.connect(self.changed)
        self._bound[name] = _Bound(caption, field.text, field.set_text)
        return field

    def _date(self, name: str, caption: str) -> ReadingField:
        field = date_field(self._workplace, caption, f"patient_{name}")
        field.changed.connect(self.changed)
        self._dates[name] = field
        self._bound[name] = _Bound(caption, field.value, field.set_value)
        return field

    def _language(self, name: str, caption: str) -> QWidget:
        box, holder = language_box(caption, name=f"patient_{name}")
        box.activated.connect(self.changed)
        self._bound[name] = _Bound(caption, box.currentData, lambda tag: choose_language(box, tag))
        return holder

    def _check(self, name: str, caption: str) -> QCheckBox:
        box = QCheckBox(caption)
        box.setObjectName(f"patient_{name}")
        box.setAccessibleName(caption)
        box.clicked.connect(self._clicked)
        self._bound[name] = _Bound(caption, box.isChecked, box.setChecked)
        return box

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit()


def as_draft(patient: Patient) -> PatientDraft:
    """The part of a patient that a form may change."""
    return PatientDraft(**{name: getattr(patient, name) for name in DRAFT_FIELDS})


def _grid(page: QWidget) -> QGridLayout:
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 14, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(12)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    return grid
