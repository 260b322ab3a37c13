"""Who it is: name, age, numbers, languages, and what must be seen before anything else."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import theme
from ketadesk.ui.lobby import person
from ketadesk.ui.patients.identity import born, eligibility_standing, language_word
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.flow_layout import FlowLayout
from ketadesk.ui.workplace import Workplace


class RecordHead(QFrame):
    """`book_wanted()` by its button or Ctrl+B."""

    book_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._name = ElidedLabel(size="title", strong=True)
        self._name.setObjectName("record_name")
        self._facts = ElidedLabel(tone="muted")
        self._facts.setObjectName("record_facts")
        holder = QWidget()
        self._flow = FlowLayout(gap=6, parent=holder)
        self._chips: list[Chip] = []
        book = Button(tr("Book"), icon="calendar-plus", key="Ctrl+B", role="primary")
        book.setObjectName("record_book")
        book.clicked.connect(self.book_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._facts)
        top = QHBoxLayout()
        top.addLayout(texts, 1)
        top.addWidget(book)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(holder)
        self._holder = holder

    def show_record(self, record: PatientRecord) -> None:
        """The patient, with their allergies and approval in words."""
        patient, today = record.patient, self._workplace.today()
        called = patient.called_name.strip()
        name = person(patient.name)
        title = f"{name} “{person(called)}”" if called else name
        self._name.setText(title)
        facts = [born(patient, today)]
        if patient.record_number:
            facts.append(tr("record {number}", number=patient.record_number))
        if patient.phone:
            facts.append(patient.phone)
        facts.append(_languages(record))
        self._facts.setText(" · ".join(facts))
        self._show_chips(record)

    def chip_texts(self) -> list[str]:
        """The chips' words, for a test that reads the head."""
        return [chip.text() for chip in self._chips]

    def changeEvent(self, event: QEvent) -> None:
        """The chips' line is as high as the text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_holder"):
            self._holder.updateGeometry()

    def _show_chips(self, record: PatientRecord) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for allergy in record.allergies:
            text = tr("allergy: {substance}", substance=allergy.substance)
            self._add(text, "red", "circle-alert")
        if not record.allergies:
            self._add(tr("no allergies recorded"), "slate", "info")
        standing = eligibility_standing(record.patient, self._workplace.today())
        self._add(standing.text, standing.role, standing.icon)
        if not record.escorts:
            self._add(tr("no escort recorded"), "amber", "car")
        if record.patient.interpreter_needed:
            self._add(tr("needs an interpreter"), "blue", "languages")

    def _add(self, text: str, role: theme.Role, icon: str) -> None:
        chip = Chip(text, role=role, icon=icon, parent=self._holder)
        self._chips.append(chip)
        self._flow.addWidget(chip)
        chip.show()


def _languages(record: PatientRecord) -> str:
    spoken = language_word(record.patient.spoken_language)
    written = language_word(record.patient.written_language)
    if spoken == written:
        return tr("speaks and reads {language}", language=spoken)
    return tr("speaks {spoken}, reads {written}", spoken=spoken, written=written)
