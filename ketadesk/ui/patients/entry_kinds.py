"""What a patient has several of: allergies, medications, escorts; their columns and verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Allergy, Escort, Medication
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.services.patients import PatientRecord

Entry = Allergy | Medication | Escort
Add = Callable[[Any, Stamp, PatientId, Mapping[str, Any]], Changes]


@dataclass(frozen=True)
class EntryColumn:
    """One value of an entry: its name in the record, what it is called, how it is filled in."""

    name: str
    caption: str
    hint: str = ""
    choices: tuple[tuple[str, Any], ...] = ()

    def said(self, entry: Entry) -> str:
        """The value in words."""
        value = getattr(entry, self.name)
        for text, choice in self.choices:
            if choice == value:
                return text
        return str(value)


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry; the first column is its name and must not be empty."""

    table: str
    one: str
    empty: str
    columns: tuple[EntryColumn, ...]
    of: Callable[[PatientRecord], tuple[Entry, ...]]
    add: Add


def allergies() -> EntryKind:
    """What the patient must not get."""
    return EntryKind(
        table="allergies",
        one=tr("allergy"),
        empty=tr("No allergies are recorded. Ask, and type what the patient names."),
        columns=(
            EntryColumn("substance", tr("Substance"), tr("latex")),
            EntryColumn("reaction", tr("Reaction"), tr("rash")),
        ),
        of=lambda record: record.allergies,
        add=lambda db, stamp, patient_id, values: patients.add_allergy(
            db, stamp, patient_id, **values
        ),
    )


def medications() -> EntryKind:
    """What the patient takes."""
    return EntryKind(
        table="medications",
        one=tr("medication"),
        empty=tr("No medications are recorded. Type what the patient takes, and how much."),
        columns=(
            EntryColumn("name", tr("Medication"), tr("lamotrigine")),
            EntryColumn("dose_text", tr("As the patient takes it"), tr("100 mg in the morning")),
        ),
        of=lambda record: record.medications,
        add=lambda db, stamp, patient_id, values: patients.add_medication(
            db, stamp, patient_id, **values
        ),
    )


def escorts() -> EntryKind:
    """Who takes the patient home."""
    overnight = (("–", None), (tr("yes"), True), (tr("no"), False))
    return EntryKind(
        table="escorts",
        one=tr("escort"),
        empty=tr("No escort is recorded. Type the adult who takes the patient home."),
        columns=(
            EntryColumn("name", tr("Name"), tr("Marta Ruiz")),
            EntryColumn("relation", tr("Relation"), tr("sister")),
            EntryColumn("phone", tr("Phone"), tr("310-555-0142")),
            EntryColumn("stays_overnight", tr("Stays overnight"), choices=overnight),
        ),
        of=lambda record: record.escorts,
        add=lambda db, stamp, patient_id, values: patients.add_escort(
            db, stamp, patient_id, **values
        ),
    )
