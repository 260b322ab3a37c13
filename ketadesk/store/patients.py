"""Reads patients and what belongs to them; finds them by any part of name, date or phone."""

from typing import Any

from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import (
    AllergyId,
    CourseId,
    EscortId,
    MedicationId,
    PatientId,
    ProtocolId,
    Uuid,
)
from ketadesk.domain.names import digits, phone_tokens
from ketadesk.domain.patients import (
    Allergy,
    AllergyDraft,
    Course,
    CourseDraft,
    Eligibility,
    Escort,
    EscortDraft,
    Medication,
    MedicationDraft,
    Patient,
    PatientDraft,
)
from ketadesk.domain.wishes import Hours
from ketadesk.store.database import Database, Row
from ketadesk.store.values import iso_date, optional_date, optional_time, time_text
from ketadesk.store.wishes import wishes_from, wishes_values

FEWEST_DIGITS = 4
"""People say the last four."""

_BY_ID = "SELECT * FROM patients WHERE id = :id"
_FIND = """
SELECT patients.* FROM patients_found
JOIN patients ON patients.id = patients_found.rowid
WHERE patients_found MATCH :words AND patients.active = 1
ORDER BY patients_found.rank LIMIT +:most"""
_FIND_BY_ESCORT = """
SELECT * FROM patients WHERE active = 1 AND id IN (
    SELECT patient_id FROM escorts WHERE active = 1 AND
    replace(replace(replace(replace(replace(phone,
        '-', ''), ' ', ''), '.', ''), '(', ''), ')', '') LIKE '%' || :digits || '%')
ORDER BY id DESC LIMIT +:most"""
_BY_NAME = """
SELECT * FROM patients WHERE active = 1 ORDER BY family_name, given_name LIMIT +:most"""
_NEWEST = "SELECT * FROM patients WHERE active = 1 ORDER BY id DESC LIMIT +:most"
_ALL = "SELECT * FROM patients WHERE active = 1 ORDER BY family_name, given_name, id"
_BY_RECORD_NUMBER = """
SELECT * FROM patients WHERE record_number = :record_number AND record_number <> ''"""
_COUNT = "SELECT count(*) AS patients FROM patients WHERE active = 1"
_IDENTITIES = """
SELECT id, given_name, family_name, called_name, birth_date, phone, record_number
FROM patients WHERE active = 1"""
_ALLERGIES = "SELECT * FROM allergies WHERE patient_id = :patient_id AND active = 1 ORDER BY id"
_MEDICATIONS = "SELECT * FROM medications WHERE patient_id = :patient_id AND active = 1 ORDER BY id"
_ESCORTS = "SELECT * FROM escorts WHERE patient_id = :patient_id AND active = 1 ORDER BY id"
_ESCORT = "SELECT * FROM escorts WHERE id = :id"
_COURSE = "SELECT * FROM courses WHERE id = :id"
_COURSES = "SELECT * FROM courses WHERE patient_id = :patient_id ORDER BY active DESC, id DESC"


_ELIGIBILITY = {eligibility.value: eligibility for eligibility in Eligibility}


def patient(db: Database, patient_id: PatientId) -> Patient:
    return patient_from(patient_row(db, patient_id))


def patient_row(db: Database, patient_id: PatientId) -> Row:
    rows = db.rows(_BY_ID, id=patient_id)
    if not rows:
        raise NotFound("patient_not_found", patient_id=patient_id)
    return rows[0]


def find(db: Database, text: str, *, most: int = 20) -> list[Patient]:
    """Active patients in whom every word of the text begins a word; best match first.

    When nobody is found, those whose escort has these digits in the phone number: that reads every
    escort, some 20 ms for 20,000 patients, and only then it answers what was asked.
    """
    words = match_words(text)
    if not words:
        return newest(db, most=most)
    found = [patient_from(row) for row in db.rows(_FIND, words=words, most=most)]
    if not found and _is_phone(text):
        fetched = db.rows(_FIND_BY_ESCORT, digits=digits(text), most=most)
        found = [patient_from(row) for row in fetched]
    return found


def newest(db: Database, *, most: int = 20) -> list[Patient]:
    return [patient_from(row) for row in db.rows(_NEWEST, most=most)]


def by_name(db: Database, *, most: int) -> list[Patient]:
    """The first by family name, as the index has them: capitals before small, accents after."""
    return [patient_from(row) for row in db.rows(_BY_NAME, most=most)]


def every(db: Database) -> list[Patient]:
    return [patient_from(row) for row in db.rows(_ALL)]


def by_record_number(db: Database, record_number: str) -> Patient | None:
    rows = db.rows(_BY_RECORD_NUMBER, record_number=record_number) if record_number else []
    return patient_from(rows[0]) if rows else None


def identities(db: Database) -> list[Row]:
    """What tells people apart (id, names, birth date, phone, number), bare, to compare."""
    return db.rows(_IDENTITIES)


def count(db: Database) -> int:
    number: int = db.rows(_COUNT)[0]["patients"]
    return number


def match_words(text: str) -> str:
    """The full-text question for what was typed: a phone number stays one word, others split."""
    if len(digits(text)) >= 7 and not any(mark.isalpha() for mark in text) and not _is_date(text):
        return f'"{digits(text)}"*'
    cleaned = "".join(mark if mark.isalnum() else " " for mark in text)
    return " ".join(f'"{word}"*' for word in cleaned.split())


def _is_phone(text: str) -> bool:
    """Whether these are digits enough to tell one phone from others, and not a date."""
    return (
        len(digits(text)) >= FEWEST_DIGITS
        and not any(mark.isalpha() for mark in text)
        and not _is_date(text)
    )


def _is_date(text: str) -> bool:
    parts = text.replace("/", "-").replace(".", "-").split("-")
    return (
        len(parts) == 3
        and sorted(len(part.strip()) for part in parts)[2] == 4
        and all(len(part.strip()) in (1, 2, 4) for part in parts)
    )


def allergies(db: Database, patient_id: PatientId) -> tuple[Allergy, ...]:
    return tuple(
        Allergy(
            id=AllergyId(row["id"]),
            patient_id=patient_id,
            substance=row["substance"],
            reaction=row["reaction"],
            active=bool(row["active"]),
            version=row["version"],
        )
        for row in db.rows(_ALLERGIES, patient_id=patient_id)
    )


def medications(db: Database, patient_id: PatientId) -> tuple[Medication, ...]:
    return tuple(
        Medication(
            id=MedicationId(row["id"]),
            patient_id=patient_id,
            name=row["name"],
            dose_text=row["dose_text"],
            active=bool(row["active"]),
            version=row["version"],
        )
        for row in db.rows(_MEDICATIONS, patient_id=patient_id)
    )


def escorts(db: Database, patient_id: PatientId) -> tuple[Escort, ...]:
    return tuple(_escort(row) for row in db.rows(_ESCORTS, patient_id=patient_id))


def escort(db: Database, escort_id: EscortId) -> Escort:
    rows = db.rows(_ESCORT, id=escort_id)
    if not rows:
        raise NotFound("escort_not_found", escort_id=escort_id)
    return _escort(rows[0])


def course(db: Database, course_id: CourseId) -> Course:
    rows = db.rows(_COURSE, id=course_id)
    if not rows:
        raise NotFound("row_not_found", table="courses", row_id=course_id)
    return _course(rows[0])


def courses(db: Database, patient_id: PatientId) -> tuple[Course, ...]:
    """The patient's courses, the running one first."""
    return tuple(_course(row) for row in db.rows(_COURSES, patient_id=patient_id))


def patient_values(draft: PatientDraft) -> dict[str, Any]:
    """The columns of a draft, as they are written."""
    return {
        "given_name": draft.given_name.strip(),
        "family_name": draft.family_name.strip(),
        "called_name": draft.called_name.strip(),
        "birth_date": iso_date(draft.birth_date),
        "record_number": draft.record_number.strip(),
        "phone": draft.phone.strip(),
        "phone_tokens": phone_tokens(draft.phone),
        "email": draft.email.strip(),
        "address": draft.address.strip(),
        "spoken_language": draft.spoken_language,
        "written_language": draft.written_language,
        "interpreter_needed": int(draft.interpreter_needed),
        "eligibility": draft.eligibility.value,
        "assessed_by": draft.assessed_by.strip(),
        "assessed_on": iso_date(draft.assessed_on),
        "approved_by": draft.approved_by.strip(),
        "approved_on": iso_date(draft.approved_on),
        "approval_expires_on": iso_date(draft.approval_expires_on),
        "note": draft.note.strip(),
    }


def allergy_values(draft: AllergyDraft) -> dict[str, Any]:
    return {"substance": draft.substance.strip(), "reaction": draft.reaction.strip()}


def medication_values(draft: MedicationDraft) -> dict[str, Any]:
    return {"name": draft.name.strip(), "dose_text": draft.dose_text.strip()}


def escort_values(draft: EscortDraft) -> dict[str, Any]:
    stays = draft.stays_overnight
    return {
        "name": draft.name.strip(),
        "relation": draft.relation.strip(),
        "phone": draft.phone.strip(),
        "stays_overnight": None if stays is None else int(stays),
        "free_from": time_text(draft.hours.begins),
        "free_until": time_text(draft.hours.ends),
    }


def course_values(draft: CourseDraft) -> dict[str, Any]:
    return {
        "protocol_id": draft.protocol_id,
        "planned": draft.planned,
        "spacing_min_days": draft.spacing_min_days,
        "spacing_max_days": draft.spacing_max_days,
        **wishes_values(draft.wishes),
    }


def patient_from(row: Row) -> Patient:
    return Patient(
        id=PatientId(row["id"]),
        uuid=Uuid(row["uuid"]),
        version=row["version"],
        active=bool(row["active"]),
        given_name=row["given_name"],
        family_name=row["family_name"],
        called_name=row["called_name"],
        birth_date=optional_date(row["birth_date"]),
        record_number=row["record_number"],
        phone=row["phone"],
        email=row["email"],
        address=row["address"],
        spoken_language=row["spoken_language"],
        written_language=row["written_language"],
        interpreter_needed=bool(row["interpreter_needed"]),
        eligibility=_ELIGIBILITY[row["eligibility"]],
        assessed_by=row["assessed_by"],
        assessed_on=optional_date(row["assessed_on"]),
        approved_by=row["approved_by"],
        approved_on=optional_date(row["approved_on"]),
        approval_expires_on=optional_date(row["approval_expires_on"]),
        note=row["note"],
    )


def _escort(row: Row) -> Escort:
    stays = row["stays_overnight"]
    return Escort(
        id=EscortId(row["id"]),
        patient_id=PatientId(row["patient_id"]),
        name=row["name"],
        relation=row["relation"],
        phone=row["phone"],
        stays_overnight=None if stays is None else bool(stays),
        hours=Hours(optional_time(row["free_from"]), optional_time(row["free_until"])),
        active=bool(row["active"]),
        version=row["version"],
    )


def _course(row: Row) -> Course:
    return Course(
        id=CourseId(row["id"]),
        patient_id=PatientId(row["patient_id"]),
        protocol_id=ProtocolId(row["protocol_id"]),
        planned=row["planned"],
        spacing_min_days=row["spacing_min_days"],
        spacing_max_days=row["spacing_max_days"],
        wishes=wishes_from(row),
        active=bool(row["active"]),
        version=row["version"],
    )
