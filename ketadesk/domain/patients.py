"""The patient and what the desk knows of them: escorts, allergies, medications, eligibility."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import (
    AllergyId,
    CourseId,
    EscortId,
    MedicationId,
    PatientId,
    ProtocolId,
    Uuid,
)
from ketadesk.domain.names import blank, full_name
from ketadesk.domain.wishes import ANY_HOURS, NO_WISHES, Hours, Wishes


class Eligibility(StrEnum):
    """Where the medical assessment stands; a clinician approves, the program only records it."""

    NOT_ASSESSED = "not_assessed"
    ASSESSED = "assessed"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True)
class PatientDraft:
    """What a form knows of a patient. Dates are local; languages are BCP 47 tags ("en", "es")."""

    given_name: str
    family_name: str = ""
    called_name: str = ""
    birth_date: date | None = None
    record_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    spoken_language: str = "en"
    written_language: str = "en"
    interpreter_needed: bool = False
    eligibility: Eligibility = Eligibility.NOT_ASSESSED
    assessed_by: str = ""
    assessed_on: date | None = None
    approved_by: str = ""
    approved_on: date | None = None
    approval_expires_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Patient(PatientDraft):
    id: PatientId
    uuid: Uuid
    version: int = 1
    active: bool = True

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def called(self) -> str:
        """What to call them: the name they chose, else the given name."""
        return self.called_name or self.given_name or self.family_name


@dataclass(frozen=True)
class AllergyDraft:
    """What the patient must not get, and what happened when they did."""

    substance: str
    reaction: str = ""


@dataclass(frozen=True, kw_only=True)
class Allergy(AllergyDraft):
    id: AllergyId
    patient_id: PatientId
    active: bool = True
    version: int = 1


@dataclass(frozen=True)
class MedicationDraft:
    """What the patient takes, and how, in their own words."""

    name: str
    dose_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Medication(MedicationDraft):
    id: MedicationId
    patient_id: PatientId
    active: bool = True
    version: int = 1


@dataclass(frozen=True)
class EscortDraft:
    """The adult who takes the patient home. `relation` in the patient's words ("sister")."""

    name: str
    relation: str = ""
    phone: str = ""
    stays_overnight: bool | None = None
    hours: Hours = ANY_HOURS
    """When they can come, in local time."""


@dataclass(frozen=True, kw_only=True)
class Escort(EscortDraft):
    id: EscortId
    patient_id: PatientId
    active: bool = True
    version: int = 1


@dataclass(frozen=True)
class CourseDraft:
    """What planning a course needs; spacing in days from one appointment to the next."""

    protocol_id: ProtocolId
    planned: int
    spacing_min_days: int
    spacing_max_days: int
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, kw_only=True)
class Course(CourseDraft):
    """A planned number of appointments with spacing in days; a booster is a course of one."""

    id: CourseId
    patient_id: PatientId
    active: bool = True
    version: int = 1


def age_on(birth_date: date, day: date) -> int:
    """Completed years; someone born on 29 February turns a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def check_patient(draft: PatientDraft, *, today: date) -> None:
    """Refuses a patient without a name or with an impossible birth date."""
    if blank(draft.given_name + draft.family_name):
        raise Refused("patient_without_name")
    if draft.birth_date is not None:
        if draft.birth_date > today:
            raise Refused("born_in_future", birth_date=draft.birth_date.isoformat())
        if age_on(draft.birth_date, today) > 120:
            raise Refused("born_too_long_ago", birth_date=draft.birth_date.isoformat())
