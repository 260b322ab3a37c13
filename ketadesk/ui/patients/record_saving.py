"""One patient's text: which one was typed on, which one the file has now, and how it is saved."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ketadesk.domain.errors import Conflict, KnownError, Refused
from ketadesk.domain.patients import Patient, PatientDraft, check_patient
from ketadesk.services import patients
from ketadesk.ui import words
from ketadesk.ui.patients.conflict_card import ConflictCard, Difference
from ketadesk.ui.patients.patient_form import PatientForm, as_draft
from ketadesk.ui.sending import Sending
from ketadesk.ui.workplace import Workplace


class RecordSaving(QObject):
    """Saves what was typed, unless somebody else changed the patient meanwhile: then both show.

    Signals: `changed()` when it is busy or free again; `settled()` when nothing typed waits any
    more; `saved()`; `refused(KnownError, field)`, the field empty when it is none's fault.
    """

    changed = Signal()
    settled = Signal()
    saved = Signal()
    refused = Signal(object, str)

    def __init__(
        self, workplace: Workplace, form: PatientForm, conflict: ConflictCard, pane: QWidget
    ) -> None:
        super().__init__(pane)
        self._workplace = workplace
        self._form = form
        self._conflict = conflict
        self.patient: Patient | None = None
        self._current: Patient | None = None
        self._sending = Sending(
            workplace.desk, pane, refused=self._on_refused, conflict=self._read_theirs
        )
        self._sending.changed.connect(self.changed)
        conflict.mine_wanted.connect(self._save_mine)
        conflict.theirs_wanted.connect(self.take_back)

    @property
    def busy(self) -> bool:
        """Whether it is being written."""
        return self._sending.busy

    def show(self, patient: Patient) -> None:
        """The text in the file; what is typed for the same patient stays."""
        self._current = patient
        if not self._is_of(patient) or not self._form.touched():
            self._settle(patient)

    @Slot()
    def take_back(self) -> None:
        """Forgets what was typed: the fields hold what the file holds."""
        if self._current is not None:
            self._settle(self._current)

    def save(self) -> None:
        """Writes what was typed; twice the same is written once."""
        patient = self.patient
        if patient is None or self.busy or not self._form.touched():
            return
        unreadable = self._form.problem()
        if unreadable is not None:
            self.refused.emit(unreadable[1], unreadable[0])
            return
        draft = self._form.draft()
        try:
            check_patient(draft, today=self._workplace.today())
        except Refused as problem:
            field = "given_name" if "name" in problem.code else "birth_date"
            self.refused.emit(problem, field)
            return
        self._sending.send(
            (patient.id, patient.version, draft),
            lambda db, stamp: patients.edit(db, stamp, patient.id, patient.version, draft),
            done=lambda _changes: self._read_saved(patient, draft),
        )

    def _is_of(self, patient: Patient) -> bool:
        return self.patient is not None and self.patient.id == patient.id

    def _settle(self, patient: Patient) -> None:
        self.patient = self._current = patient
        self._form.show_patient(patient)
        self._sending.renew()
        self._conflict.hide()
        self.settled.emit()

    def _read_saved(self, patient: Patient, sent: PatientDraft) -> None:
        self._workplace.desk.ask(
            lambda db: patients.one(db, patient.id),
            receiver=self,
            done=lambda now: self._show_saved(now, sent),
            key="saved",
        )

    def _show_saved(self, patient: Patient, sent: PatientDraft) -> None:
        """What was typed while it was being written stays, on top of what was saved."""
        if self._is_of(patient):
            if self._form.draft() == sent:
                self._settle(patient)
            else:
                self._rebase(patient)
        self.saved.emit()

    def _on_refused(self, error: KnownError) -> None:
        self.refused.emit(error, "")

    # Somebody else changed the patient meanwhile

    def _read_theirs(self, error: Conflict) -> None:
        patient = self.patient
        if patient is not None:
            self._workplace.desk.ask(
                lambda db: patients.one(db, patient.id),
                receiver=self,
                done=lambda theirs: self._show_both(error, theirs),
                key="both",
            )

    def _show_both(self, error: Conflict, theirs: Patient) -> None:
        if not self._is_of(theirs):
            return
        self._current = theirs
        form, mine, now = self._form, self._form.draft(), as_draft(theirs)
        differences = [
            Difference(form.caption(name), form.said(name, now), form.said(name, mine))
            for name in form.touched()
            if getattr(mine, name) != getattr(now, name)
        ]
        self._conflict.show_both(words.refusal(error), differences)

    @Slot()
    def _save_mine(self) -> None:
        """What was typed, over what the file holds now; fields not touched here stay theirs."""
        if self._current is not None:
            self._conflict.hide()
            self._rebase(self._current)
            self.save()

    def _rebase(self, patient: Patient) -> None:
        self.patient = self._current = patient
        self._form.rebase(patient)
        self.changed.emit()
