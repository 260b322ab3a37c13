"""What the find field finds: patients by name, phone or birth date, and commands by name.

With nothing typed it offers those who are here or due today, and the commands used most.

Enter before the answer is there is kept and done when it comes, so that fast typing never opens
the patient of an older answer.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ketadesk.domain.ids import AppointmentId, PatientId
from ketadesk.i18n import tr
from ketadesk.ui import commands
from ketadesk.ui.commands import Command
from ketadesk.ui.lobby import person
from ketadesk.ui.widgets.find_field import FindField
from ketadesk.ui.widgets.find_results import FindRow

if TYPE_CHECKING:
    from ketadesk.domain.patients import Patient
    from ketadesk.services.action import Database
    from ketadesk.services.finding import Found
    from ketadesk.ui.workplace import Workplace

MOST_PATIENTS = 7
MOST_COMMANDS = 5
WANTED = (Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.MouseFocusReason)
"""Only a person who goes to the field sees today's list; a focus that comes back shows nothing."""


class Finder(QObject):
    """Lives between the header's field and the window; `patient_found(PatientId)` on Enter.

    `left()` when nothing more is to be typed here, so that the keys can go back to the view.
    """

    patient_found = Signal(int)
    left = Signal()

    def __init__(self, field: FindField, *, in_reach: Callable[[], list[Command]]) -> None:
        super().__init__(field)
        self._field = field
        self._in_reach = in_reach
        self._workplace: Workplace | None = None
        self._answered = ""
        self._go_when_answered = False
        self._commands: list[Command] = []
        self._shown: list[FindRow] = []
        field.text_changed.connect(self._ask)
        field.chosen.connect(self._go)
        field.left.connect(self._leave)
        field.line.installEventFilter(self)

    def attach(self, workplace: "Workplace | None") -> None:
        """From now on patients are looked up in this clinic; without one only commands are."""
        self._workplace = workplace

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._waiting():
                self._go_when_answered = True
                return True
        elif event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self._commands = self._in_reach()
            if event.reason() in WANTED and not self._field.text().strip():
                self._ask("")
        return False

    def _waiting(self) -> bool:
        text = self._field.text().strip()
        return bool(text) and text != self._answered

    @Slot(str)
    def _ask(self, text: str) -> None:
        wanted = text.strip()
        self._go_when_answered = False
        if self._workplace is None or self._workplace.frame is None:
            if wanted:
                self._show(wanted, None)
            return
        now = self._workplace.desk.clock()
        self._workplace.desk.ask(
            lambda db: _find(db, wanted, now),
            receiver=self,
            done=partial(self._show, wanted),
            key="find",
        )

    def _show(self, wanted: str, found: "Found | None") -> None:
        if wanted != self._field.text().strip():
            return
        if not wanted and not self._field.line.hasFocus():
            return
        hits = commands.matching(self._commands, wanted) if wanted else self._main_commands()
        people = found.patients if found is not None else ()
        self._shown = self._session_rows(found) if wanted else []
        self._shown += [self._patient_row(patient, found) for patient in people]
        self._shown += [
            FindRow(
                f"command:{self._commands.index(hit)}", hit.name, hit.place, hit.icon, key=hit.key
            )
            for hit in hits[:MOST_COMMANDS]
        ]
        self._answered = wanted
        empty = tr("No patient and no command is called so. Check the spelling.")
        self._field.show_rows(self._shown, empty=empty)
        if self._go_when_answered and self._shown:
            self._go_when_answered = False
            self._field.hide_rows()
            self._field.line.clear()
            self._go(self._shown[0].id)

    def _main_commands(self) -> list[Command]:
        """To book, to see the keys, and the views; whatever else has a name is found by typing."""
        names = (tr("Book"), tr("Keys of this view"))
        first = [command for command in self._commands if command.name in names]
        return first + [command for command in self._commands if command.place == tr("Go to")]

    def _session_rows(self, found: "Found | None") -> list[FindRow]:
        """The sessions that go on now, before anything else: a nurse who looks goes there."""
        from ketadesk.domain.appointments import Status

        if found is None or self._workplace is None:
            return []
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        rows = []
        for patient in found.patients:
            visit = found.today.get(patient.id)
            if visit is None or visit.appointment.status is not Status.IN_SESSION:
                continue
            booked = visit.appointment
            chair = chairs.get(booked.chair_id, "")
            said = tr("session, {chair}", chair=chair) if chair else tr("session")
            rows.append(FindRow(f"session:{booked.id}", person(patient.name), said, "activity"))
        return rows

    def _patient_row(self, patient: "Patient", found: "Found | None") -> FindRow:
        visit = found.today.get(patient.id) if found is not None else None
        about = _about(patient)
        if visit is not None and self._workplace is not None:
            from ketadesk.ui import words

            booked = visit.appointment
            at = words.clock(self._workplace.local(booked.starts))
            here = tr("today {time}, {status}", time=at, status=words.word(booked.status))
            about = f"{here} · {about}" if about else here
        return FindRow(f"patient:{patient.id}", person(patient.name), about)

    @Slot(str)
    def _go(self, row_id: str) -> None:
        kind, _, number = row_id.partition(":")
        if kind == "patient":
            self.patient_found.emit(PatientId(int(number)))
        elif kind == "session" and self._workplace is not None:
            self._workplace.show("sessions", AppointmentId(int(number)))
        else:
            self._commands[int(number)].run()
            if self._field.line.hasFocus():
                self._leave()

    @Slot()
    def _leave(self) -> None:
        self._field.line.clearFocus()
        self.left.emit()


def _find(db: "Database", text: str, now: datetime) -> "Found":
    from ketadesk.services import finding

    return finding.find(db, text, now=now, most=MOST_PATIENTS)


def _about(patient: "Patient") -> str:
    from ketadesk.ui import words

    born = patient.birth_date
    parts = [
        tr("born {date}", date=words.date_text(born, short=True)) if born else "",
        patient.phone,
        patient.record_number,
    ]
    return " · ".join(part for part in parts if part)
