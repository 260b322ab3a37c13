"""A single visit, or the first of a new course: what a patient without a running course gets."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.patients import Course, CourseDraft
from ketadesk.i18n import tr
from ketadesk.ui.widgets.field import choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import NumberField

SINGLE, FIRST = "single", "first"
KEY = "Alt+C"
USUAL = (6, 2, 4)
"""Where the fields start for a patient who never had a course: how many, days from, days to."""

MOST_VISITS, MOST_DAYS = 60, 365


class CoursePlanFields(QWidget):
    """How many visits, and how many days apart; `changed` while one types."""

    changed = Signal()

    def __init__(self, names: str, parent: QWidget | None = None) -> None:
        """`names` begins the object names, as a window may have more than one of these."""
        super().__init__(parent)
        self.planned = NumberField(name=tr("Visits"), least=1, most=MOST_VISITS)
        self.least = NumberField(name=tr("Days apart, at least"), most=MOST_DAYS)
        self.most = NumberField(name=tr("Days apart, at most"), most=MOST_DAYS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        fields = ((self.planned, "visits"), (self.least, "least"), (self.most, "most"))
        after = (tr("visits,"), tr("to"), tr("days apart"))
        for (field, name), text in zip(fields, after, strict=True):
            field.setObjectName(f"{names}_{name}")
            field.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            field.valueChanged.connect(self._edited)
            row.addWidget(field)
            row.addWidget(Label(text, tone="muted"))
        row.addStretch(1)
        self.show_plan(*USUAL)

    def show_plan(self, planned: int, least: int, most: int) -> None:
        """Show these numbers, silently."""
        shown = ((self.planned, planned), (self.least, least), (self.most, most))
        for field, value in shown:
            was_blocked = field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(was_blocked)

    def plan(self) -> tuple[int, int, int]:
        """Visits, days apart from and to; a number that is still being typed counts."""
        for field in self.fields():
            field.interpretText()
        return self.planned.value(), self.least.value(), self.most.value()

    def fields(self) -> tuple[NumberField, NumberField, NumberField]:
        """In reading order."""
        return (self.planned, self.least, self.most)

    @Slot()
    def _edited(self) -> None:
        self.changed.emit()


class CourseChoice(QWidget):
    """A list of two, with its key; the fields of the plan are elsewhere in the form.

    `chosen` when a person chose. A patient with a running course sees which visit it is instead.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self._holder = choice_box(tr("Course"), name="booking_course")
        self.box.setToolTip(tr("A single visit or the first of a new course  ({key})", key="Alt C"))
        self.box.fill(
            [(tr("single visit"), SINGLE), (tr("first of a new course"), FIRST)], chosen=SINGLE
        )
        self.box.activated.connect(self.chosen)
        self.plan_fields = CoursePlanFields("booking_course")
        self._count = Label(strong=True)
        self._count.setObjectName("booking_count")
        self._count.setContentsMargins(0, 0, 0, 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._holder)
        column.addWidget(self._count)
        QShortcut(QKeySequence(KEY), self).activated.connect(self._by_key)
        self.show_nobody()

    def show_nobody(self) -> None:
        """Nobody is chosen yet."""
        self.box.choose(SINGLE)
        self.plan_fields.show_plan(*USUAL)
        self._count.setText("")
        self._show(choosing=False)

    def show_count(self, text: str) -> None:
        """Which visit of the running course it is."""
        self._count.setText(text)
        self._show(choosing=False)

    def offer(self, former: tuple[Course, ...], *, text: str = "") -> None:
        """The choice; the numbers start as in the patient's latest course."""
        if former:
            latest = max(former, key=lambda course: course.id)
            self.plan_fields.show_plan(
                latest.planned, latest.spacing_min_days, latest.spacing_max_days
            )
        self.box.setItemText(0, text or tr("single visit"))
        self._show(choosing=True)

    def draft(self, protocol_id: ProtocolId) -> CourseDraft | None:
        """The course to plan, None for a single visit."""
        return CourseDraft(protocol_id, *self.plan_fields.plan()) if self.begins else None

    @property
    def begins(self) -> bool:
        """Whether a new course begins with this booking."""
        return not self._holder.isHidden() and self.box.currentData() == FIRST

    def _show(self, *, choosing: bool) -> None:
        self._holder.setVisible(choosing)
        self._count.setVisible(not choosing)

    @Slot()
    def _by_key(self) -> None:
        if not self._holder.isHidden():
            self.box.choose(SINGLE if self.begins else FIRST)
            self.chosen.emit()
