"""Everything one can type about a patient, on two pages: details, and the medical approval."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.domain.patients import Eligibility, Patient, PatientDraft
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.patients.field_page import FieldPage
from ketadesk.ui.patients.identity import language_word
from ketadesk.ui.patients.language_field import LanguageField
from ketadesk.ui.patients.typed import date_field
from ketadesk.ui.widgets.field import ChoiceField, Field, TextArea, TextField
from ketadesk.ui.widgets.reading_field import ReadingField
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
        page = FieldPage()
        page.add_row(
            self._text("given_name", tr("Given name")),
            self._text("family_name", tr("Family name")),
            self._text("called_name", tr("Called")),
        )
        page.add_row(
            self._date("birth_date", tr("Birth date")),
            self._text("phone", tr("Phone")),
            self._text("record_number", tr("Record number")),
        )
        page.add_row(self._text("email", tr("Email")), (self._text("address", tr("Address")), 2))
        page.add_row(
            self._language("spoken_language", tr("Speaks")),
            self._language("written_language", tr("Reads sheets in")),
            self._check("interpreter_needed", tr("Needs an interpreter")),
        )
        note = TextArea(tr("Note"), name="patient_note")
        note.changed.connect(self.changed)
        self._bound["note"] = _Bound(tr("Note"), note.text, note.set_text)
        page.add_row((note, 3))
        page.last_row_grows = True
        return page

    def _make_approval(self) -> QWidget:
        page = FieldPage()
        states = ((words.word(state).capitalize(), state) for state in Eligibility)
        where = ChoiceField(tr("Where it stands"), states, name="patient_eligibility")
        where.changed.connect(self.changed)
        self._bound["eligibility"] = _Bound(
            where.caption(), lambda: Eligibility(where.chosen()), where.choose
        )
        page.add_row(where)
        page.add_row(
            self._text("assessed_by", tr("Assessed by")),
            self._date("assessed_on", tr("Assessed on")),
        )
        page.add_row(
            self._text("approved_by", tr("Approved by")),
            self._date("approved_on", tr("Approved on")),
            self._date("approval_expires_on", tr("Approval expires on")),
        )
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

    def _language(self, name: str, caption: str) -> Field:
        field = LanguageField(caption, name=f"patient_{name}")
        field.changed.connect(self.changed)
        self._bound[name] = _Bound(caption, field.chosen, field.choose)
        return field

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
