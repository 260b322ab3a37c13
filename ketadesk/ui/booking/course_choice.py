"""A single visit, or the first of a new course: what a patient without a running course gets."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.patients import Course, CourseDraft
from ketadesk.i18n import tr
from ketadesk.ui.patients.course_plan import USUAL, CoursePlanFields
from ketadesk.ui.widgets.field import choice_box
from ketadesk.ui.widgets.label import Label

SINGLE, FIRST = "single", "first"
KEY = "Alt+C"


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
