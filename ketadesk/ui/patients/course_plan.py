"""The plan of a course: how many visits, and how many days apart."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import NumberField

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
