"""What a patient has several of: allergies, medications, escorts; their columns and verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ketadesk.domain.changes import Changes
from ketadesk.domain.patients import (
    Allergy,
    AllergyDraft,
    Escort,
    EscortDraft,
    Medication,
    MedicationDraft,
)
from ketadesk.domain.wishes import ANY_HOURS
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.services.patients import PatientRecord
from ketadesk.ui.booking.wish_fields import hours_text, read_hours
from ketadesk.ui.lobby import person

Entry = Allergy | Medication | Escort
Draft = type[AllergyDraft] | type[MedicationDraft] | type[EscortDraft]


@dataclass(frozen=True)
class EntryColumn:
    """One value of an entry: its name in the record, what it is called, how it is filled in.

    With `read` and `show` the line understands what is typed, and an empty one means `empty`.
    """

    name: str
    caption: str
    hint: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    read: Callable[[str], Any] | None = None
    show: Callable[[Any], str] = str
    empty: Any = ""

    def said(self, entry: Entry) -> str:
        """The value in words."""
        value = getattr(entry, self.name)
        for text, choice in self.choices:
            if choice == value:
                return text
        if isinstance(entry, Escort) and self.name == "name":
            return person(entry.name)
        return self.show(value)


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry; the first column is its name and must not be empty.

    `noun` names its widgets; `draft` is filled with the columns' values, and `add`, `change` and
    `take_off` are the services' own functions for it.
    """

    noun: str
    one: str
    empty: str
    columns: tuple[EntryColumn, ...]
    of: Callable[[PatientRecord], tuple[Entry, ...]]
    draft: Draft
    add: Callable[..., Changes]
    change: Callable[..., Changes]
    take_off: Callable[..., Changes]


def allergies() -> EntryKind:
    """What the patient must not get."""
    return EntryKind(
        noun="allergies",
        one=tr("allergy"),
        empty=tr("No allergies are recorded. Ask, and type what the patient names."),
        columns=(
            EntryColumn("substance", tr("Substance"), tr("latex")),
            EntryColumn("reaction", tr("Reaction"), tr("rash")),
        ),
        of=lambda record: record.allergies,
        draft=AllergyDraft,
        add=patients.add_allergy,
        change=patients.change_allergy,
        take_off=patients.take_off_allergy,
    )


def medications() -> EntryKind:
    """What the patient takes."""
    return EntryKind(
        noun="medications",
        one=tr("medication"),
        empty=tr("No medications are recorded. Type what the patient takes, and how much."),
        columns=(
            EntryColumn("name", tr("Medication"), tr("lamotrigine")),
            EntryColumn("dose_text", tr("As the patient takes it"), tr("100 mg in the morning")),
        ),
        of=lambda record: record.medications,
        draft=MedicationDraft,
        add=patients.add_medication,
        change=patients.change_medication,
        take_off=patients.take_off_medication,
    )


def escorts() -> EntryKind:
    """Who takes the patient home."""
    overnight = (("–", None), (tr("yes"), True), (tr("no"), False))
    return EntryKind(
        noun="escorts",
        one=tr("escort"),
        empty=tr("No escort is recorded. Type the adult who takes the patient home."),
        columns=(
            EntryColumn("name", tr("Name"), tr("Marta Ruiz")),
            EntryColumn("relation", tr("Relation"), tr("sister")),
            EntryColumn("phone", tr("Phone"), tr("310-555-0142")),
            EntryColumn(
                "hours",
                tr("Can come"),
                tr("15-18, from 15"),
                read=read_hours,
                show=hours_text,
                empty=ANY_HOURS,
            ),
            EntryColumn("stays_overnight", tr("Stays overnight"), choices=overnight),
        ),
        of=lambda record: record.escorts,
        draft=EscortDraft,
        add=patients.add_escort,
        change=patients.change_escort,
        take_off=patients.take_off_escort,
    )
