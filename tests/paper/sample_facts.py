"""Facts of one invented visit, from which each test bends what it is about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ketadesk.paper.facts import (
    AftercareFacts,
    ClinicFacts,
    MedicineGiven,
    NextVisit,
    PickupFacts,
    PrintedBy,
)

ZONE = ZoneInfo("America/Los_Angeles")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in May 2027 at the clinic."""
    return datetime(2027, 5, day, hour, minute, tzinfo=ZONE)


CLINIC = ClinicFacts(
    name="Harbor Clinic",
    address="120 Harbor St",
    entrance="rear entrance",
    phone_day="310-555-0100",
    phone_night="310-555-0111",
)
PRINTED = PrintedBy(name="Rosa M.", at=at(14, 11, 52))
NEXT_VISIT = NextVisit(
    starts=at(18, 10), number=4, of=6, no_solids_after=at(18, 4), no_alcohol_from=at(17, 10)
)
AFTERCARE = AftercareFacts(
    clinic=CLINIC,
    patient_name="Ana García",
    patient_called="Ana",
    on=date(2027, 5, 14),
    no_driving_before=at(15, 11, 50),
    escort_name="Marta",
    escort_stays_overnight=True,
    medicines_given=(MedicineGiven(kind="nausea", name="ondansetron", at=at(14, 10, 38)),),
    blood_pressure_high_at_release=None,
    next_visit=NEXT_VISIT,
    printed=PRINTED,
)
PICKUP = PickupFacts(
    clinic=CLINIC,
    patient_called="Ana",
    on=date(2027, 5, 14),
    ready_from=at(14, 11, 45),
    ready_until=at(14, 12, 5),
    no_driving_before=at(15, 11, 50),
    ask_for="Rosa",
    escort_name="Marta",
    printed=PRINTED,
    uid="3f0e7c1a-5d1b-4c1c-9d53-0d1f4f3a2b10",
)
EVERYTHING_GIVEN = tuple(
    MedicineGiven(kind=kind, name=name, at=at(14, 10, minute))
    for kind, name, minute in (
        ("nausea", "ondansetron", 30),
        ("calming", "lorazepam", 35),
        ("blood_pressure", "labetalol", 40),
        ("other", "ibuprofen", 45),
    )
)
