"""The fields of an event side by side; a form shows those that it needs."""

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ketadesk.domain.events import SEVERE, MedicinePurpose, SideEffect
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session import words
from ketadesk.ui.session.clock_field import ClockField
from ketadesk.ui.session.effect_field import Choice, EffectField
from ketadesk.ui.session.event_forms import GRADED, Addition, EventForm, Texts
from ketadesk.ui.session.grade_field import GradeField
from ketadesk.ui.widgets.keys import is_enter

SHARES = (4, 3, 2, 3, 5, 3)
"""How the text fields share the room: medicine, dose, route, who ordered, detail, reason."""


class EventFields(QWidget):
    """Signals: `entered()` by Enter and `left()` by Escape in any field, `edited()` by typing.

    The time is one of them, but stands where the line puts it.
    """

    entered = Signal()
    left = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = EffectField("event_code", tr("What happened"), asked=tr("which?"))
        self.grade = GradeField()
        self.purpose = EffectField(
            "event_purpose", tr("What it is for"), asked=tr("what for? (needed)")
        )
        self.medicine = _field("event_medicine", tr("Medicine"), tr("medicine"))
        self.dose = _field("event_dose", tr("Dose"), tr("dose"))
        self.route = _field("event_route", tr("Route"), tr("route"))
        self.ordered_by = _field("event_ordered_by", tr("Ordered by"), tr("ordered by"))
        self.detail = _field("event_detail", tr("Detail"), tr("in a few words"))
        self.reason = _field("event_reason", tr("Why it is amended"), tr("why amended"))
        self.time = ClockField(name=tr("At"))
        self.time.setObjectName("event_time")
        self._lay_out()
        for field in (*self._texts(), self.code, self.purpose, self.grade, self.time):
            field.installEventFilter(self)
        for text in self._texts():
            text.textEdited.connect(self.edited)
        self.purpose.activated.connect(self.edited)
        self.grade.chosen.connect(self.detail.setFocus)
        self.grade.words_typed.connect(self._on_words)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.code)
        row.addWidget(self.grade)
        for field, share in zip(self._texts(), SHARES, strict=True):
            row.addWidget(field, share)
            if field is self.medicine:
                row.addWidget(self.purpose)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "time"):
            self._fit()

    def _fit(self) -> None:
        self.code.setFixedWidth(theme.px(160))
        self.purpose.setFixedWidth(theme.px(178))
        self.time.setFixedWidth(theme.px(92))
        metrics = QFontMetrics(theme.font("body"))
        for field in (self.dose, self.route, self.ordered_by):
            asked = metrics.horizontalAdvance(field.placeholderText())
            field.setMinimumWidth(asked + theme.px(24))

    def _texts(self) -> tuple[QLineEdit, ...]:
        return (
            self.medicine,
            self.dose,
            self.route,
            self.ordered_by,
            self.detail,
            self.reason,
        )

    def show_form(self, form: EventForm) -> None:
        """Fills the fields and shows those of the form; nobody is answered for beforehand."""
        addition, amending = form.addition, form.amended is not None
        for field, text in zip(self._texts(), form.texts, strict=True):
            field.setText(text)
        graded, of_medicine = addition.form in GRADED, addition.form == "medicine"
        if of_medicine:
            self.purpose.offer(_purposes(), chosen=form.code, typed=False)
        else:
            self.code.offer(_effects(addition), chosen=form.code)
        self.code.setVisible(addition.id in ("severe", "other"))
        self.purpose.setVisible(of_medicine)
        self.grade.setVisible(graded)
        self.grade.set_grade(form.grade)
        self.medicine.setVisible(of_medicine)
        for field in (self.dose, self.route, self.ordered_by):
            field.setVisible(of_medicine and not amending)
        self.detail.setVisible(not of_medicine or amending)
        self.reason.setVisible(amending)
        self.time.setTime(QTime(form.hour, form.minute))

    def filled(self, form: EventForm) -> EventForm:
        """The same form with what stands in the fields now."""
        of_medicine = form.addition.form == "medicine"
        return EventForm(
            form.addition,
            code=self.purpose.code() if of_medicine else self.code.code(),
            grade=self.grade.grade(),
            texts=Texts(*(field.text() for field in self._texts())),
            hour=self.time.time().hour(),
            minute=self.time.time().minute(),
            amended=form.amended,
        )

    @property
    def begun(self) -> bool:
        """Whether anything is typed or graded."""
        typed = any(field.text().strip() for field in self._texts())
        return typed or self.grade.grade() is not None

    def go_to(self, name: str) -> None:
        """The keys go into the field of this name."""
        field: QWidget = getattr(self, name)
        field.setFocus()

    def settle_code(self) -> None:
        """Words that name nothing on the list are kept as the detail of something else."""
        loose = self.code.settle(otherwise=SideEffect.OTHER.value)
        if loose:
            said = f"{loose} {self.detail.text()}".strip()
            self.detail.setText(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Escape mean the whole form; words beside the list are not lost."""
        if event.type() == QEvent.Type.FocusIn and watched is not self.code:
            self.settle_code()
        if is_enter(event):
            self.entered.emit()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    @Slot(str)
    def _on_words(self, typed: str) -> None:
        self.detail.setFocus()
        self.detail.end(False)
        self.detail.insert(typed)


def first_field(addition: Addition) -> str:
    """The name of the field in which an empty form begins."""
    if addition.form == "medicine":
        return "medicine"
    if addition.id in ("severe", "other"):
        return "code"
    return "grade" if addition.form == "side_effect" else "detail"


def _effects(addition: Addition) -> list[Choice]:
    """With Severe only those that always are, and the one for what is not on the list."""
    offered = [
        one
        for one in SideEffect
        if addition.form != "severe" or one in SEVERE or one is SideEffect.OTHER
    ]
    return [(words.side_effect(one), one.value) for one in offered]


def _purposes() -> list[Choice]:
    """Each begins with another letter, so that one key chooses it."""
    return [
        (tr("nausea"), MedicinePurpose.NAUSEA.value),
        (tr("calming"), MedicinePurpose.CALMING.value),
        (tr("blood pressure"), MedicinePurpose.BLOOD_PRESSURE.value),
        (tr("other purpose"), MedicinePurpose.OTHER.value),
    ]


def _field(name: str, title: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(300)
    return made
