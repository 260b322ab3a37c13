"""The line that takes the place of the entry line while an event is being added."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.events import SEVERE, SEVERE_GRADE, EventDraft, MedicinePurpose, SideEffect
from ketadesk.domain.ids import SessionId
from ketadesk.i18n import tr
from ketadesk.services import recording
from ketadesk.ui import theme
from ketadesk.ui.session import words
from ketadesk.ui.session.event_forms import Addition, draft, medicine_detail
from ketadesk.ui.session.times import meant, present
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
        self._attempt: tuple[Stamp, EventDraft] | None = None
        self._saving = False
        self._build()
        workplace.desk.failed.connect(self._on_failed)

    def _build(self) -> None:
        self._title = Label("", strong=True)
        self.code = QComboBox()
        self.code.setObjectName("event_code")
        self.code.setAccessibleName(tr("What happened"))
        self.code.setFixedWidth(theme.px(160))
        self.grade = _Grade()
        self.medicine = _field("event_medicine", tr("Medicine"), tr("medicine"))
        self.dose = _field("event_dose", tr("Dose"), tr("dose"))
        self.route = _field("event_route", tr("Route"), tr("route"))
        self.ordered_by = _field("event_ordered_by", tr("Ordered by"), tr("ordered by"))
        self.detail = _field("event_detail", tr("Detail"), tr("in a few words"))
        self.time = TimeField(name=tr("At"))
        self.time.setObjectName("event_time")
        self.time.setFixedWidth(theme.px(92))
        self._save_button = Button(tr("Add"), key="Return", role="primary", bind=False)
        self._save_button.setObjectName("event_save")
        self._save_button.clicked.connect(self._save)
        self._leave = Button(
            icon="x", key="Esc", role="quiet", name=tr("Cancel"), bind=False, hint=False
        )
        self._leave.clicked.connect(self.left)
        self._said = Label("", size="note", tone="red")
        self._said.setObjectName("event_said")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self.code)
        row.addWidget(self.grade)
        row.addWidget(self.medicine, 3)
        row.addWidget(self.dose, 2)
        row.addWidget(self.route, 1)
        row.addWidget(self.ordered_by, 2)
        row.addWidget(self.detail, 5)
        row.addWidget(Label(tr("at"), tone="muted"))
        row.addWidget(self.time)
        row.addWidget(self._said)
        row.addWidget(self._save_button)
        row.addWidget(self._leave)
        self.setFixedHeight(theme.px(58))
        self.medicine.hide()
        self._said.hide()
        for field in (*self._texts(), self.code, self.grade, self.time):
            field.installEventFilter(self)

    def _texts(self) -> tuple[QLineEdit, ...]:
        return (self.medicine, self.dose, self.route, self.ordered_by, self.detail)

    def begin(self, session_id: SessionId, addition: Addition) -> None:
        """Opens the form of an addition with empty fields and the present time."""
        self._session_id, self._addition = session_id, addition
        self._attempt = None
        form = addition.form
        self._title.setText(addition.text.rstrip("…"))
        for field in self._texts():
            field.clear()
        self._said.setText("")
        self._said.hide()
        self._fill_codes(addition)
        graded = form in ("side_effect", "severe")
        self.grade.setVisible(graded)
        self.grade.set_grade(SEVERE_GRADE if form == "severe" else None)
        for field in (self.medicine, self.dose, self.route, self.ordered_by):
            field.setVisible(form == "medicine")
        self.detail.setVisible(form != "medicine")
        self.time.setTime(present(self._workplace))
        self._first_field().setFocus()

    def _fill_codes(self, addition: Addition) -> None:
        self.code.clear()
        if addition.form == "medicine":
            for purpose, text in _purposes():
                self.code.addItem(text, purpose)
        else:
            chosen = [effect for effect in SideEffect if effect in SEVERE]
            effects = chosen if addition.form == "severe" else list(SideEffect)
            for effect in effects:
                self.code.addItem(words.side_effect(effect), effect.value)
            self.code.setCurrentIndex(max(0, self.code.findData(addition.code)))
        wanted = addition.id in ("severe", "other", "medicine")
        self.code.setVisible(wanted)

    def _first_field(self) -> QWidget:
        assert self._addition is not None
        if self._addition.form == "medicine":
            return self.medicine
        if self._addition.id in ("severe", "other"):
            return self.code
        return self.grade if self._addition.form == "side_effect" else self.detail

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter saves and Escape leaves from every field; a digit in the grade goes on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if watched is self.grade and event.text() in tuple("12345"):
            self.grade.set_grade(int(event.text()))
            self.detail.setFocus()
            return True
        return False

    @Slot()
    def _save(self) -> None:
        if self._addition is None or self._session_id is None or self._saving:
            return
        problem = self._problem()
        if problem:
            self._say(problem)
            return
        try:
            stamp, made = self._prepare()
        except Refused as refused:
            self._say(words.coded(refused.code, refused.values))
            self.time.setFocus()
            return
        session_id = self._session_id
        self._saving = True
        self._workplace.desk.do(
            lambda db: recording.record_event(db, stamp, session_id, made),
            initiator=self,
            done=self._on_saved,
            refused=self._on_refused,
        )

    def _problem(self) -> str:
        assert self._addition is not None
        form = self._addition.form
        if form in ("side_effect", "severe") and self.grade.grade() is None:
            self.grade.setFocus()
            return tr("Which grade, 1 to 5?")
        if form == "medicine" and not self.medicine.text().strip():
            self.medicine.setFocus()
            return tr("Which medicine?")
        if form in ("note", "intervention") and not self.detail.text().strip():
            self.detail.setFocus()
            return tr("Write what happened.")
        return ""

    def _prepare(self) -> tuple[Stamp, EventDraft]:
        """The same draft again after a failure, so that a retry adds nothing."""
        assert self._addition is not None
        detail = self.detail.text()
        if self._addition.form == "medicine":
            detail = medicine_detail(
                dose=self.dose.text(), route=self.route.text(), ordered_by=self.ordered_by.text()
            )
        coded = self._addition.form in ("side_effect", "severe", "medicine")
        made = draft(
            self._addition,
            at=meant(self._workplace, self.time.time()),
            code=str(self.code.currentData() or "") if coded else "",
            grade=self.grade.grade(),
            medicine=self.medicine.text(),
            detail=detail,
        )
        if self._attempt is not None:
            stamp, before = self._attempt
            same = (before.code, before.grade, before.medicine, before.detail, before.at)
            if same == (made.code, made.grade, made.medicine, made.detail, made.at):
                return stamp, before
        self._attempt = (self._workplace.desk.stamp(), made)
        return self._attempt

    def _on_saved(self, changes: Changes) -> None:
        self._saving = False
        self._attempt = None
        self.saved.emit(changes)

    def _on_refused(self, error: KnownError) -> None:
        self._saving = False
        self._say(words.coded(error.code, error.values))

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        if self._saving:
            self._saving = False
            self._say(tr("Not saved. What you typed is still here."))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        self.detail.setAccessibleDescription(text)


class _Grade(QFrame):
    """Grades 1 to 5 as buttons; digits choose, the arrow keys move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("event_grade")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grade: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(Label(tr("grade"), tone="muted"))
        self._buttons = []
        for number in range(1, 6):
            button = Button(str(number), name=tr("grade {number}", number=number))
            button.setFixedWidth(theme.px(30))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("grade", number)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self._buttons.append(button)
        self.set_grade(None)

    def grade(self) -> int | None:
        return self._grade

    def set_grade(self, grade: int | None) -> None:
        self._grade = grade
        for number, button in enumerate(self._buttons, start=1):
            button.setChecked(number == grade)
        self.setAccessibleName(
            tr("Grade, 1 to 5") if grade is None else tr("Grade {grade}", grade=grade)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_grade(min(max((self._grade or 0) + step, 1), 5))

    @Slot()
    def _on_clicked(self) -> None:
        self.set_grade(int(self.sender().property("grade")))


def _purposes() -> tuple[tuple[str, str], ...]:
    return (
        (MedicinePurpose.NAUSEA.value, tr("for nausea")),
        (MedicinePurpose.CALMING.value, tr("to calm")),
        (MedicinePurpose.BLOOD_PRESSURE.value, tr("for blood pressure")),
        (MedicinePurpose.OTHER.value, tr("other purpose")),
    )


def _field(name: str, title: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(300)
    return made
