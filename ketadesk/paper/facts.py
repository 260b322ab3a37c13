"""Everything a sheet says about one patient, gathered beforehand: a sheet never looks anything up.

All times are aware datetimes; all texts are plain text, never markup.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MedicineKind = Literal["nausea", "calming", "blood_pressure", "other"]


@dataclass(frozen=True)
class ClinicFacts:
    """The clinic as it signs its sheets; `zone` is the IANA name that times are written in."""

    name: str
    address: str
    entrance: str
    phone_day: str
    phone_night: str
    emergency_number: str = "911"
    crisis_line: str = "988"
    accent: str = "#0B6E69"
    zone: str = "America/Los_Angeles"


@dataclass(frozen=True)
class PrintedBy:
    """Who printed the sheet and when, for its footer."""

    name: str
    at: datetime


@dataclass(frozen=True)
class NextVisit:
    """The next booked visit, its place in the course, and what to do before it."""

    starts: datetime
    number: int | None
    of: int | None
    no_solids_after: datetime
    no_alcohol_from: datetime


@dataclass(frozen=True)
class MedicineGiven:
    """A medicine the patient was given today: what for, its name and when; never how much."""

    kind: MedicineKind
    name: str
    at: datetime


@dataclass(frozen=True)
class AftercareFacts:
    """What the aftercare sheet of one visit says."""

    clinic: ClinicFacts
    patient_name: str
    patient_called: str
    on: date
    no_driving_before: datetime
    escort_name: str | None
    escort_stays_overnight: bool | None
    medicines_given: tuple[MedicineGiven, ...]
    blood_pressure_high_at_release: str | None
    next_visit: NextVisit | None
    printed: PrintedBy


@dataclass(frozen=True)
class PickupFacts:
    """What the card for the escort says; `uid` is the stable id of its calendar entry.

    `no_driving_before` is the same moment as on the patient's own sheet.
    """

    clinic: ClinicFacts
    patient_called: str
    on: date
    ready_from: datetime
    ready_until: datetime
    no_driving_before: datetime
    ask_for: str | None
    escort_name: str | None
    printed: PrintedBy
    uid: str


SheetFacts = AftercareFacts | PickupFacts
