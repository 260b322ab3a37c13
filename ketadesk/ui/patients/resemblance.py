"""Shows the patients who may be the person one is about to add; a person decides."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Patient
from ketadesk.i18n import tr
from ketadesk.ui.lobby import person
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label

MOST_SHOWN = 3


class Resemblance(QFrame):
    """Hidden while nobody resembles; `same(PatientId)` when a person says who it is."""

    same = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resemblance")
        self.setProperty("look", "notice")
        self.setProperty("role", "amber")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 8, 8)
        self._column.setSpacing(6)
        self._title = Label(strong=True, tone="amber")
        self._column.addWidget(self._title)
        self._rows: list[QWidget] = []
        self.hide()

    def show_alike(self, alike: Sequence[Patient], *, today: date) -> None:
        """Show who resembles, likeliest first; nobody hides it."""
        for row in self._rows:
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self._rows = [
            self._row(patient, today, first=index == 0)
            for index, patient in enumerate(alike[:MOST_SHOWN])
        ]
        for row in self._rows:
            self._column.addWidget(row)
        title = tr("This may be someone you have already") if alike else ""
        self._title.setText(title)
        set_look(self, role="amber")
        self.setAccessibleName(title)
        self.setVisible(bool(alike))

    def first_button(self) -> Button | None:
        """The button of the likeliest, for the keyboard."""
        return self._rows[0].findChild(Button) if self._rows else None

    def _row(self, patient: Patient, today: date, *, first: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(person(patient.name), strong=True))
        texts.addWidget(ElidedLabel(told_apart(patient, today), size="note"))
        line.addLayout(texts, 1)
        button = Button(tr("The same person"), key="Alt+S" if first else "")
        button.setObjectName(f"same_{patient.id}")
        button.setProperty("patient", int(patient.id))
        button.setAccessibleDescription(f"{person(patient.name)}, {told_apart(patient, today)}")
        button.clicked.connect(self._say_same)
        line.addWidget(button)
        return row

    @Slot()
    def _say_same(self) -> None:
        self.same.emit(PatientId(self.sender().property("patient")))
