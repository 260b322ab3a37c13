"""The line that finds the patient of a booking: type a few letters, Enter takes the first."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Patient
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.ui.lobby import person
from ketadesk.ui.patients.identity import told_apart
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.find_results import FindResults, FindRow
from ketadesk.ui.workplace import Workplace

NEW = "new"
MOST_FOUND = 6
MARGIN = 10


class PatientPicker(QWidget):
    """`taken(PatientId)` by Enter or click; `new_wanted(typed text)`; `cleared` on typing anew.

    Enter pressed before the answer is there takes the first match as soon as it comes, so that
    fast typing is never lost.
    """

    taken = Signal(object)
    new_wanted = Signal(str)
    cleared = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._answered = ""
        self._take_when_answered = False
        self._results: FindResults | None = None
        self.line = QLineEdit()
        self.line.setObjectName("booking_patient")
        self.line.setProperty("look", "entry")
        self.line.setPlaceholderText(tr("Name, phone, birth date or record number"))
        self.line.setAccessibleName(tr("Patient"))
        self.line.setToolTip(tr("Type a few letters; Enter takes the first match"))
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)

    @property
    def searching(self) -> bool:
        """Whether Enter waits for an answer that is still on its way."""
        return self._take_when_answered

    def start(self) -> None:
        """An empty line that waits for letters."""
        self._take_when_answered = False
        self._answered = ""
        self.line.clear()
        self.hide_rows()
        set_look(self.line, invalid=False)
        self.line.setFocus()

    def show_name(self, name: str) -> None:
        """The patient that was taken."""
        self.line.setText(name)
        self.line.setCursorPosition(0)
        self.line.setModified(False)
        self.hide_rows()
        set_look(self.line, invalid=False)

    def reject(self) -> None:
        """Mark the line as what is missing, and go there."""
        set_look(self.line, invalid=True)
        self.line.setFocus()

    def hide_rows(self) -> None:
        """Put the list away."""
        if self._results is not None:
            self._results.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys, Enter and Escape belong to the list while one looks for somebody."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.hide_rows()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        shown = self._results is not None and self._results.isVisible()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._results is not None and shown:
            self._results.move_by(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if event.key() == Qt.Key.Key_Escape and shown:
            self.hide_rows()
            return True
        return False

    def _enter(self) -> bool:
        """Takes the first match; without letters typed, or pressed again, it is the form's key."""
        text = self.line.text().strip()
        if not text or not self.line.isModified() or self._take_when_answered:
            return False
        if self._answered == text and self._results is not None:
            self._take(self._results.current_id())
        else:
            self._take_when_answered = True
        return True

    @Slot(str)
    def _typed(self, typed: str) -> None:
        self.line.setModified(True)
        self._take_when_answered = False
        self.cleared.emit()
        set_look(self.line, invalid=False)
        text = typed.strip()
        if not text:
            self.hide_rows()
            return
        self._workplace.desk.ask(
            lambda db: (text, patients.find(db, text, most=MOST_FOUND)),
            receiver=self,
            done=self._show_found,
            key="find",
        )

    def _show_found(self, answer: tuple[str, list[Patient]]) -> None:
        text, found = answer
        if text != self.line.text().strip() or not self.line.isModified():
            return
        self._answered = text
        today = self._workplace.today()
        rows = [
            FindRow(str(patient.id), person(patient.name), told_apart(patient, today))
            for patient in found
        ]
        rows.append(FindRow(NEW, tr("Add “{name}”", name=text), tr("a new patient"), "user-plus"))
        results = self._list()
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        results.setFixedWidth(self.width())
        room = self.window().height() - corner.y() - MARGIN
        results.show_rows(rows, room=room)
        results.move(corner)
        if self._take_when_answered:
            self._take(results.current_id())
        elif self.line.hasFocus():
            results.raise_()
            results.show()

    def _list(self) -> FindResults:
        if self._results is None:
            self._results = FindResults(parent=self.window())
            self._results.taken.connect(self._take)
        return self._results

    @Slot(str)
    def _take(self, row_id: str) -> None:
        self._take_when_answered = False
        self.hide_rows()
        if row_id == NEW:
            self.new_wanted.emit(self.line.text().strip())
        elif row_id:
            self.line.setModified(False)
            self.taken.emit(PatientId(int(row_id)))
