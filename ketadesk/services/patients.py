"""What the desk does with patients: find, add with a look for doubles, edit, keep what belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ketadesk.domain.changes import Noun
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import AllergyId, CourseId, EscortId, MedicationId, PatientId, Uuid
from ketadesk.domain.names import blank, digits, folded, short_name
from ketadesk.domain.patients import (
    Allergy,
    AllergyDraft,
    Course,
    CourseDraft,
    Escort,
    EscortDraft,
    Medication,
    MedicationDraft,
    Patient,
    PatientDraft,
    check_patient,
)
from ketadesk.services.action import action
from ketadesk.store import appointments, clinic, patients
from ketadesk.store.actions import Act, current_row
from ketadesk.store.database import Database

NAME_LIKENESS = 88.0
"""From this rapidfuzz ratio on (0 to 100) two names count as alike; 88 lets one slip pass."""

NAME_LIKENESS_BORN_SAME_DAY = 72.0
"""Enough when the birth date is the same; the same given name is enough by itself then."""


@dataclass(frozen=True)
class PatientRecord:
    """One patient with all that belongs to them."""

    patient: Patient
    allergies: tuple[Allergy, ...]
    medications: tuple[Medication, ...]
    escorts: tuple[Escort, ...]
    courses: tuple[Course, ...]


@dataclass(frozen=True)
class PatientList:
    """What a list of patients shows: who was found, when each comes next, how many there are.

    `text` is what was looked for: with it the best match comes first, without it the family name.
    """

    found: tuple[Patient, ...]
    next_starts: Mapping[PatientId, datetime]
    total: int
    text: str = ""


def find(db: Database, text: str, *, most: int = 20) -> list[Patient]:
    """Find as you type: a prefix of each word, digits for phones; newest patients for nothing."""
    return patients.find(db, text, most=most)


def listed(db: Database, text: str, *, now: datetime, most: int = 200) -> PatientList:
    """Find as you type, with when each comes next."""
    typed = text.strip()
    if typed:
        found = patients.find(db, typed, most=most)
    else:
        found = sorted(patients.by_name(db, most=most), key=_by_family_name)
    return PatientList(
        found=tuple(found),
        next_starts=appointments.next_starts(db, now),
        total=patients.count(db),
        text=typed,
    )


def _by_family_name(patient: Patient) -> tuple[str, str]:
    """Accents and capitals as if they were none; who has one name stands by that."""
    return folded(patient.family_name or patient.given_name), folded(patient.given_name)


def one(db: Database, patient_id: PatientId) -> Patient:
    """The patient alone, as they stand in the file now."""
    return patients.patient(db, patient_id)


def record(db: Database, patient_id: PatientId) -> PatientRecord:
    return PatientRecord(
        patient=patients.patient(db, patient_id),
        allergies=patients.allergies(db, patient_id),
        medications=patients.medications(db, patient_id),
        escorts=patients.escorts(db, patient_id),
        courses=patients.courses(db, patient_id),
    )


def resembling(db: Database, draft: PatientDraft) -> list[Patient]:
    """Patients who may be the same person, likeliest first: a like name, or same birth or phone."""
    from rapidfuzz import fuzz

    name = folded(f"{draft.given_name} {draft.family_name}")
    phone = digits(draft.phone)[-10:]
    birth_date = draft.birth_date.isoformat() if draft.birth_date else None
    alike = []
    for row in patients.identities(db):
        same_phone = len(phone) >= 7 and digits(row["phone"])[-10:] == phone
        same_birth = birth_date is not None and row["birth_date"] == birth_date
        cutoff = 0 if same_phone else NAME_LIKENESS_BORN_SAME_DAY if same_birth else NAME_LIKENESS
        other = folded(f"{row['given_name']} {row['family_name']}")
        likeness = fuzz.token_sort_ratio(name, other, score_cutoff=cutoff)
        if same_phone or likeness or (same_birth and name.split()[:1] == other.split()[:1]):
            alike.append((likeness + 20 * same_birth + 20 * same_phone, row["id"]))
    alike.sort(key=lambda pair: -pair[0])
    return [patients.patient(db, patient_id) for _, patient_id in alike[:5]]


@action("patient_added", undoable=True)
def add(act: Act, draft: PatientDraft, *, uuid: Uuid) -> None:
    """Adds a patient. Looking for doubles comes before, by `resembling`: a person decides."""
    _check(act, draft, None)
    act.insert("patients", {**patients.patient_values(draft), "uuid": uuid})
    act.say(patient=short_name(f"{draft.given_name} {draft.family_name}"))


@action("patient_edited", undoable=True)
def edit(act: Act, patient_id: PatientId, version: int, draft: PatientDraft) -> None:
    """Writes the form over the patient, unless someone else changed them meanwhile."""
    before = patients.patient_row(act.db, patient_id)
    if before["version"] != version:
        raise Conflict("patient_changed_meanwhile", patient=patients.patient_from(before).name)
    _check(act, draft, patient_id)
    act.update("patients", before, patients.patient_values(draft))
    act.say(patient=short_name(f"{draft.given_name} {draft.family_name}"))


@action("allergy_added", undoable=True)
def add_allergy(act: Act, patient_id: PatientId, draft: AllergyDraft) -> None:
    _check_text(draft.substance)
    _add(act, "allergies", patient_id, patients.allergy_values(draft))


@action("allergy_changed", undoable=True)
def change_allergy(act: Act, allergy_id: AllergyId, version: int, draft: AllergyDraft) -> None:
    _check_text(draft.substance)
    _change(act, "allergies", allergy_id, version, patients.allergy_values(draft))


@action("allergy_taken_off", undoable=True)
def take_off_allergy(act: Act, allergy_id: AllergyId, version: int) -> None:
    _change(act, "allergies", allergy_id, version, _OFF)


@action("medication_added", undoable=True)
def add_medication(act: Act, patient_id: PatientId, draft: MedicationDraft) -> None:
    _check_text(draft.name)
    _add(act, "medications", patient_id, patients.medication_values(draft))


@action("medication_changed", undoable=True)
def change_medication(
    act: Act, medication_id: MedicationId, version: int, draft: MedicationDraft
) -> None:
    _check_text(draft.name)
    _change(act, "medications", medication_id, version, patients.medication_values(draft))


@action("medication_taken_off", undoable=True)
def take_off_medication(act: Act, medication_id: MedicationId, version: int) -> None:
    _change(act, "medications", medication_id, version, _OFF)


@action("escort_added", undoable=True)
def add_escort(act: Act, patient_id: PatientId, draft: EscortDraft) -> None:
    """Adds an adult who may take the patient home; an appointment names one of them."""
    put_escort(act, patient_id, draft)


@action("escort_changed", undoable=True)
def change_escort(act: Act, escort_id: EscortId, version: int, draft: EscortDraft) -> None:
    _check_text(draft.name)
    _change(act, "escorts", escort_id, version, patients.escort_values(draft))


@action("escort_taken_off", undoable=True)
def take_off_escort(act: Act, escort_id: EscortId, version: int) -> None:
    """Offers them no more; appointments that name them keep the name."""
    _change(act, "escorts", escort_id, version, _OFF)


@action("course_planned", undoable=True)
def plan_course(act: Act, patient_id: PatientId, draft: CourseDraft) -> None:
    """Plans a number of appointments; those booked into the course carry their number of it."""
    put_course(act, patient_id, draft)


@action("course_changed", undoable=True)
def change_course(act: Act, course_id: CourseId, version: int, draft: CourseDraft) -> None:
    """Plans a course otherwise; what is booked in it already stays as it is."""
    _check_course(draft)
    _change(act, "courses", course_id, version, patients.course_values(draft))


@action("course_ended", undoable=True)
def end_course(act: Act, course_id: CourseId, version: int) -> None:
    """Nothing more is booked into the course; what is booked in it already stays."""
    _change(act, "courses", course_id, version, _OFF)


def put_course(act: Act, patient_id: PatientId, draft: CourseDraft) -> CourseId:
    """Writes a course as part of an action."""
    _check_course(draft)
    return CourseId(_add(act, "courses", patient_id, patients.course_values(draft)))


def put_escort(act: Act, patient_id: PatientId, draft: EscortDraft) -> EscortId:
    """Writes an escort as part of an action."""
    _check_text(draft.name)
    return EscortId(_add(act, "escorts", patient_id, patients.escort_values(draft)))


_OFF = {"active": 0}


def _add(act: Act, table: Noun, patient_id: PatientId, values: Mapping[str, Any]) -> int:
    patient = patients.patient(act.db, patient_id)
    row = act.insert(table, {"patient_id": patient_id, **values})
    act.say(patient=short_name(patient.name))
    return int(row["id"])


def _change(act: Act, table: Noun, entry_id: int, version: int, values: Mapping[str, Any]) -> None:
    """Writes over an entry as the person saw it; someone else's newer change is a Conflict."""
    before = current_row(act.db, table, entry_id)
    if before["version"] != version:
        raise Conflict("entry_changed_meanwhile", table=table)
    act.update(table, before, values)
    act.say(patient=short_name(patients.patient(act.db, before["patient_id"]).name))


def _check_course(draft: CourseDraft) -> None:
    if draft.planned < 1 or not 0 <= draft.spacing_min_days <= draft.spacing_max_days:
        raise Refused("course_impossible", planned=draft.planned)


def _check(act: Act, draft: PatientDraft, patient_id: PatientId | None) -> None:
    check_patient(draft, today=_today(act))
    namesake = patients.by_record_number(act.db, draft.record_number.strip())
    if namesake is not None and namesake.id != patient_id:
        raise Refused(
            "record_number_taken", record_number=draft.record_number, patient=namesake.name
        )


def _today(act: Act) -> date:
    return clinic.clinic(act.db).local(act.at).date()


def _check_text(text: str) -> None:
    if blank(text):
        raise Refused("entry_without_text")
