"""The line that takes the place of the entry line while an event is added or amended.

What is typed stays with its own session when the nurse goes to another chair meanwhile.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.events import (
    SEVERE,
    SEVERE_GRADE,
    Event,
    EventDraft,
    MedicinePurpose,
    SideEffect,
)
from ketadesk.domain.ids import SessionId
from ketadesk.i18n import tr
from ketadesk.services import recording
from ketadesk.ui import theme
from ketadesk.ui.session import words
from ketadesk.ui.session.effect_field import Choice, EffectField
from ketadesk.ui.session.event_forms import (
    GRADED,
    Addition,
    EventForm,
    draft,
    empty_form,
    form_of,
    medicine_detail,
)
from ketadesk.ui.session.grade_field import GradeField
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.session.times import meant
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import TimeField
from ketadesk.ui.workplace import Workplace


class EventLine(QFrame):
    """Signals: `saved(Changes)` and `left()`; both give the room back to the entry line."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("event_line")
        self._workplace = workplace
        self._session_id: SessionId | None = None
        self._addition: Addition | None = None
        self._amended: Event | None = None
        self._attempt: tuple[Stamp, EventDraft] | None = None
        self._kept: dict[SessionId, EventForm] = {}
        self._confirmed: tuple[str, ...] = ()
        self._saving = False
        self._make_fields()
        self._lay_out()
        workplace.desk.failed.connect(self._on_failed)

    def _make_fields(self) -> None:
        self._title = Label("", strong=True)
        self.code = EffectField()
        self.grade = GradeField()
        self.medicine = _field("event_medicine", tr("Medicine"), tr("medicine"))
        self.dose = _field("event_dose", tr("Dose"), tr("dose"))
        self.route = _field("event_route", tr("Route"), tr("route"))
        self.ordered_by = _field("event_ordered_by", tr("Ordered by"), tr("ordered by"))
        self.detail = _field("event_detail", tr("Detail"), tr("in a few words"))
        self.reason = _field("event_reason", tr("Why it is amended"), tr("why amended"))
        self.time = TimeField(name=tr("At"))
        self.time.setObjectName("event_time")
        self._save_button = Button(tr("Add"), key="Return", role="primary", bind=False)
        self._save_button.setObjectName("event_save")
        self._save_button.clicked.connect(self._save)
        self._leave = Button(
            icon="x", key="Esc", role="quiet", name=tr("Cancel"), bind=False, hint=False
        )
        self._leave.clicked.connect(self.left)
        self._said = Label("", size="note", tone="red", wrap=True)
        self._said.setObjectName("event_said")
        for field in (*self._texts(), self.code, self.grade, self.time):
            field.installEventFilter(self)
        for text in self._texts():
            text.textEdited.connect(self._on_edited)
        self.grade.chosen.connect(self.detail.setFocus)
        self.grade.words_typed.connect(self._on_words)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.code)
        row.addWidget(self.grade)
        for field, share in (
            (self.medicine, 4),
            (self.dose, 3),
            (self.route, 2),
            (self.ordered_by, 3),
            (self.detail, 5),
            (self.reason, 3),
        ):
            row.addWidget(field, share)
        self._at_word = Label(tr("at"), tone="muted")
        row.addWidget(self._at_word)
        row.addWidget(self.time)
        row.addWidget(self._said)
        row.addWidget(self._save_button)
        row.addWidget(self._leave)
        self._said.hide()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_at_word"):
            self._fit()

    def _fit(self) -> None:
        """With large text the fields need the room of the words around them."""
        large = theme.current_scale() > ROOMY
        self.code.setFixedWidth(190 if large else theme.px(160))
        self.time.setFixedWidth(theme.px(92))
        self._said.setFixedWidth(theme.px(150))
        self._at_word.setVisible(not large)
        self._save_button.show_hint(not large)
        self._title.setVisible(not large)

    def _texts(self) -> tuple[QLineEdit, ...]:
        return (
            self.medicine,
            self.dose,
            self.route,
            self.ordered_by,
            self.detail,
            self.reason,
        )

    # whose form it is

    def begin(self, session_id: SessionId, addition: Addition) -> None:
        """Opens the form of an addition with empty fields and the present time."""
        self._session_id = session_id
        self._fill(empty_form(addition, self._workplace.now()))
        self._first_field().setFocus()

    def amend(self, session_id: SessionId, event: Event) -> None:
        """Opens a kept event in its own form, to be replaced with a reason."""
        self._session_id = session_id
        self._fill(form_of(event, self._workplace.local(event.at)))
        (self.grade if self.grade.isVisibleTo(self) else self.detail).setFocus()

    def put_aside(self) -> None:
        """Keeps what is typed for its own session, and shows nothing of it any more."""
        if self._session_id is not None and self._addition is not None:
            self._kept[self._session_id] = self._filled()
        self._session_id = self._addition = self._amended = None

    def bring_back(self, session_id: SessionId) -> bool:
        """Shows again what was put aside for a session, if anything was."""
        form = self._kept.pop(session_id, None)
        if form is None:
            return False
        self._session_id = session_id
        self._fill(form)
        return True

    @property
    def unsaved(self) -> bool:
        """Whether an event is half written, for this session or for another chair's."""
        begun = any(field.text().strip() for field in self._texts())
        here = self._addition is not None and (begun or self.grade.grade() is not None)
        return (here and not self._saving) or bool(self._kept)

    def take_keys(self) -> None:
        """The keys go where they were in the form, else to its first field."""
        last = self.focusWidget()
        if last is not None and last.isVisible():
            last.setFocus()
        elif self._addition is not None:
            self._first_field().setFocus()

    @Slot()
    def end(self) -> None:
        """Forgets the form: it is in the file, or was left."""
        self._session_id = self._addition = self._amended = None

    def _fill(self, form: EventForm) -> None:
        addition = form.addition
        self._addition, self._amended = addition, form.amended
        self._attempt, self._confirmed = None, ()
        amending = form.amended is not None
        self._title.setText(addition.text.rstrip("…"))
        for field, text in zip(self._texts(), form.texts, strict=True):
            field.setText(text)
        self._say("")
        self._offer_codes(addition, form.code)
        graded = addition.form in GRADED
        self.grade.setVisible(graded)
        self.grade.set_grade(form.grade)
        of_medicine = addition.form == "medicine"
        self.medicine.setVisible(of_medicine)
        for field in (self.dose, self.route, self.ordered_by):
            field.setVisible(of_medicine and not amending)
        self.detail.setVisible(not of_medicine or amending)
        self.reason.setVisible(amending)
        self.time.setTime(QTime(form.hour, form.minute))
        self._save_button.set_text(tr("Amend") if amending else tr("Add"))

    def _filled(self) -> EventForm:
        assert self._addition is not None
        return EventForm(
            self._addition,
            code=self.code.code(),
            grade=self.grade.grade(),
            texts=tuple(field.text() for field in self._texts()),
            hour=self.time.time().hour(),
            minute=self.time.time().minute(),
            amended=self._amended,
        )

    def _offer_codes(self, addition: Addition, code: str) -> None:
        if addition.form == "medicine":
            self.code.offer(_purposes(), chosen=code or MedicinePurpose.NAUSEA, typed=False)
        else:
            offered = [one for one in SideEffect if addition.form != "severe" or _severe(one)]
            choices = [(words.side_effect(one), one.value) for one in offered]
            self.code.offer(choices, chosen=code)
        self.code.setVisible(addition.id in ("severe", "other", "medicine"))

    def _first_field(self) -> QWidget:
        assert self._addition is not None
        if self._addition.form == "medicine":
            return self.medicine
        if self._addition.id in ("severe", "other"):
            return self.code
        return self.grade if self._addition.form == "side_effect" else self.detail

    # typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter saves and Escape leaves from every field; words beside the list are not lost."""
        if event.type() == QEvent.Type.FocusIn and watched is not self.code:
            self._settle_code()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def _settle_code(self) -> None:
        """Words that name nothing on the list are kept as the detail of something else."""
        loose = self.code.settle(otherwise=SideEffect.OTHER.value)
        if loose:
            said = f"{loose} {self.detail.text()}".strip()
            self.detail.setText(said)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        """What was asked for is being typed."""
        self._say("")

    @Slot(str)
    def _on_words(self, typed: str) -> None:
        self.detail.setFocus()
        self.detail.end(False)
        self.detail.insert(typed)

    # saving

    @Slot()
    def _save(self) -> None:
        if self._addition is None or self._session_id is None or self._saving:
            return
        self._settle_code()
        problem = self._problem()
        if problem:
            self._say(problem)
            return
        try:
            stamp, made = self._prepare()
        except Refused as refused:
            self._say(words.coded(refused.code, refused.values))
            self.time.show()
            self.time.setFocus()
            return
        session_id = self._session_id
        write = recording.record_event if self._amended is None else recording.amend_event
        self._saving = True
        self._workplace.desk.do(
            lambda db: write(db, stamp, session_id, made),
            initiator=self,
            done=lambda changes: self._on_saved(session_id, changes),
            refused=lambda error: self._on_refused(session_id, error),
        )

    def _problem(self) -> str:
        assert self._addition is not None
        form = self._addition.form
        if form in GRADED and not self.code.code():
            self.code.setFocus()
            return tr("What happened?")
        grade = self.grade.grade()
        if form in GRADED and grade is None:
            self.grade.setFocus()
            return tr("Which grade, 1 to 5?")
        listed = self.code.code() in tuple(SEVERE)
        if form == "severe" and not listed and grade is not None and grade < SEVERE_GRADE:
            self.grade.setFocus()
            return tr("Severe begins at grade {grade}.", grade=SEVERE_GRADE)
        if form == "medicine" and not self.medicine.text().strip():
            self.medicine.setFocus()
            return tr("Which medicine?")
        if form in ("note", "intervention") and not self.detail.text().strip():
            self.detail.setFocus()
            return tr("Write what happened.")
        if self._amended is not None and not self.reason.text().strip():
            self.reason.setFocus()
            return tr("Say why it is amended.")
        return self._missing() if form == "medicine" and self._amended is None else ""

    def _missing(self) -> str:
        """Asks once for what a medicine is usually written down with."""
        fields = {
            tr("dose"): self.dose,
            tr("route"): self.route,
            tr("who ordered"): self.ordered_by,
        }
        empty = tuple(name for name, field in fields.items() if not field.text().strip())
        if not empty or empty == self._confirmed:
            return ""
        self._confirmed = empty
        fields[empty[0]].setFocus()
        return tr("No {missing}. Enter once more keeps it so.", missing=", ".join(empty))

    def _prepare(self) -> tuple[Stamp, EventDraft]:
        """The same draft again after a failure, so that a retry adds nothing."""
        assert self._addition is not None
        detail = self.detail.text()
        if self._addition.form == "medicine" and self._amended is None:
            detail = medicine_detail(
                dose=self.dose.text(), route=self.route.text(), ordered_by=self.ordered_by.text()
            )
        made = draft(
            self._addition,
            at=self._at(),
            code=self.code.code(),
            grade=self.grade.grade(),
            medicine=self.medicine.text(),
            detail=detail,
            amended=self._amended,
            reason=self.reason.text(),
        )
        if self._attempt is not None:
            stamp, before = self._attempt
            same = (before.code, before.grade, before.medicine, before.detail, before.at)
            if same == (made.code, made.grade, made.medicine, made.detail, made.at):
                return stamp, before
        self._attempt = (self._workplace.desk.stamp(), made)
        return self._attempt

    def _at(self) -> datetime:
        """The typed time; an event whose minute was left alone keeps its second."""
        typed = self.time.time()
        if self._amended is not None:
            local = self._workplace.local(self._amended.at)
            if (typed.hour(), typed.minute()) == (local.hour, local.minute):
                return self._amended.at
        return meant(self._workplace, typed)

    def _on_saved(self, session_id: SessionId, changes: Changes) -> None:
        """In the file; when another session is shown by now, its own form stays as it is."""
        self._saving = False
        self._kept.pop(session_id, None)
        if session_id == self._session_id:
            self._attempt = None
            self.saved.emit(changes)

    def _on_refused(self, session_id: SessionId, error: KnownError) -> None:
        self._saving = False
        if session_id == self._session_id:
            self._say(words.coded(error.code, error.values))
        else:
            self._workplace.tell_error(error)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        if self._saving:
            self._saving = False
            self._say(tr("Not saved. What you typed is still here."))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
        roomy = theme.current_scale() <= ROOMY
        self._title.setVisible(not text and roomy)
        self.time.setVisible(not text or roomy)
        self.detail.setAccessibleDescription(text)


def _severe(effect: SideEffect) -> bool:
    """Those that are always severe, and the one for everything that is not on the list."""
    return effect in SEVERE or effect is SideEffect.OTHER


def _purposes() -> tuple[Choice, ...]:
    return (
        (tr("for nausea"), MedicinePurpose.NAUSEA.value),
        (tr("to calm"), MedicinePurpose.CALMING.value),
        (tr("for blood pressure"), MedicinePurpose.BLOOD_PRESSURE.value),
        (tr("other purpose"), MedicinePurpose.OTHER.value),
    )


def _field(name: str, title: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(300)
    return made
