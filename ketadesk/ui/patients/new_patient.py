"""Adding somebody in four lines, with a look for those they resemble, wherever one stands."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import PatientId, Uuid, new_uuid
from ketadesk.domain.patients import Patient, PatientDraft, check_patient
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.ui import words
from ketadesk.ui.patients.language_field import LanguageField
from ketadesk.ui.patients.resemblance import Resemblance
from ketadesk.ui.patients.typed import date_field
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import TextField
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class NewPatientForm(QWidget):
    """`added(PatientId)`, `same(PatientId)` when it is somebody known, `left()` on Esc.

    Enter adds when nobody resembles and there is a birth date or a phone; otherwise it points to
    what is missing, and Alt+A adds all the same.
    """

    added = Signal(object)
    same = Signal(object)
    left = Signal()

    def __init__(
        self, workplace: Workplace, *, names: str = "new", parent: QWidget | None = None
    ) -> None:
        """`names` begins the object names of its controls, as there may be two in a window."""
        super().__init__(parent)
        self._workplace = workplace
        self._names = names
        self._uuid: Uuid = new_uuid()
        self._checked: PatientDraft | None = None
        self._alike: list[Patient] = []
        self._add_when_checked = False
        self._make_fields()
        self._message = Label(size="note", tone="red", wrap=True)
        self._message.setObjectName(f"{self._names}_patient_message")
        self._resemblance = Resemblance()
        self._resemblance.same.connect(self.same)
        self.setFocusProxy(self._given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(tr("New patient"), size="title", strong=True))
        column.addLayout(self._grid())
        column.addWidget(self._message)
        column.addWidget(self._resemblance)
        column.addLayout(self._foot())
        column.addStretch(1)
        self._sending = Sending(
            workplace.desk, self, buttons=(self._add,), done=self._done, refused=self._refused
        )

    def _make_fields(self) -> None:
        self._given = TextField(tr("Given name"), name=f"{self._names}_given_name")
        self._family = TextField(tr("Family name"), name=f"{self._names}_family_name")
        self._birth = date_field(self._workplace, tr("Birth date"), f"{self._names}_birth_date")
        self._phone = TextField(tr("Phone"), name=f"{self._names}_phone")
        self._written = LanguageField(tr("Reads sheets in"), name=f"{self._names}_language")
        for field in (self._given, self._family, self._phone):
            field.changed.connect(self._look_alike)
        self._birth.changed.connect(self._look_alike)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._given, 0, 0)
        grid.addWidget(self._family, 0, 1)
        grid.addWidget(self._birth, 1, 0)
        grid.addWidget(self._phone, 1, 1)
        grid.addWidget(self._written, 2, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = Button(tr("Back"), key="Esc", bind=False)
        leave.setObjectName(f"{self._names}_patient_back")
        leave.clicked.connect(self.left)
        self._add = Button(tr("Add patient"), key="Alt+A", role="primary", icon="user-plus")
        self._add.setObjectName(f"{self._names}_patient_add")
        self._add.clicked.connect(self._add_anyway)
        foot.addWidget(leave)
        foot.addWidget(self._add)
        return foot

    def clear(self) -> None:
        """An empty form for another person."""
        self._uuid = new_uuid()
        self._sending.renew()
        self._checked, self._alike, self._add_when_checked = None, [], False
        for field in (self._given, self._family, self._phone):
            field.set_text("")
        self._birth.set_value(None)
        self._message.setText("")
        self._resemblance.show_alike((), today=self._workplace.today())
        self._add.set_text(tr("Add patient"))
        self._written.choose("en")

    def start(self, typed: str = "") -> None:
        """An empty form; what was typed to find somebody becomes the name or the phone."""
        self.clear()
        if any(mark.isalpha() for mark in typed):
            given, _, family = typed.partition(" ")
            self._given.set_text(given[:1].upper() + given[1:])
            self._family.set_text(family[:1].upper() + family[1:])
            self._birth.setFocus() if family else self._family.setFocus()
        else:
            self._phone.set_text(typed)
            self._given.setFocus()
        self._look_alike()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that would be lost."""
        typed = (self._given.text(), self._family.text(), self._birth.text(), self._phone.text())
        return any(text.strip() for text in typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds or points to what is missing; Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            else:
                self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _draft(self) -> PatientDraft:
        language = self._written.chosen()
        return PatientDraft(
            given_name=self._given.text(),
            family_name=self._family.text(),
            birth_date=self._birth.value(),
            phone=self._phone.text(),
            spoken_language=language,
            written_language=language,
        )

    @Slot()
    def _look_alike(self) -> None:
        draft = self._draft()
        self._message.setText("")
        if not (draft.given_name.strip() or draft.family_name.strip() or draft.phone.strip()):
            self._show_alike((draft, []))
            return
        self._workplace.desk.ask(
            lambda db: (draft, patients.resembling(db, draft)),
            receiver=self,
            done=self._show_alike,
            key="alike",
        )

    def _show_alike(self, answer: tuple[PatientDraft, list[Patient]]) -> None:
        self._checked, self._alike = answer
        self._resemblance.show_alike(self._alike, today=self._workplace.today())
        self._add.set_text(tr("Add anyway") if self._alike else tr("Add patient"))
        if self._add_when_checked:
            self._add_when_checked = False
            self._enter()

    def _enter(self) -> None:
        draft = self._draft()
        if self._problem(draft):
            return
        if draft.birth_date is None and not draft.phone.strip():
            self._message.setText(
                tr("A birth date or a phone tells namesakes apart. Alt+A adds without.")
            )
            self._birth.setFocus()
        elif self._checked is None or not _same_identity(self._checked, draft):
            self._add_when_checked = True
            self._look_alike()
        elif self._alike:
            button = self._resemblance.first_button()
            if button is not None:
                button.setFocus()
        else:
            self._send(draft)

    @Slot()
    def _add_anyway(self) -> None:
        draft = self._draft()
        if not self._problem(draft):
            self._send(draft)

    def _problem(self, draft: PatientDraft) -> bool:
        """Says what cannot be, and goes there."""
        unreadable = self._birth.problem()
        if unreadable is not None:
            self._message.setText(words.refusal(unreadable))
            self._birth.reject()
            return True
        try:
            check_patient(draft, today=self._workplace.today())
        except Refused as problem:
            self._message.setText(words.refusal(problem))
            (self._given if problem.code == "patient_without_name" else self._birth).reject()
            return True
        return False

    def _send(self, draft: PatientDraft) -> None:
        uuid = self._uuid
        self._sending.send(draft, lambda db, stamp: patients.add(db, stamp, draft, uuid=uuid))

    def _done(self, changes: Changes) -> None:
        self.clear()
        self.added.emit(PatientId(changes.row_ids["patients"]))

    def _refused(self, error: KnownError) -> None:
        self._message.setText(words.refusal(error))


def _same_identity(one: PatientDraft, other: PatientDraft) -> bool:
    names = ("given_name", "family_name", "birth_date", "phone")
    return all(getattr(one, name) == getattr(other, name) for name in names)
