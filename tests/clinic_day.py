"""A small clinic for tests: real file, real services, a day in May that stands still.

Monday 10 May 2027, 10:00 in Los Angeles. Two chairs, two nurses, one clinician, one protocol.
"""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.clinic import Clinic, Role
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId, ProtocolId, StaffId, new_uuid
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.patients import Eligibility, PatientDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.sessions import Answer, AnswerDraft, ChecklistItem, Phase
from ketadesk.services import booking, clinic, patients
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase

ZONE = ZoneInfo("America/Los_Angeles")
MONDAY_TEN = datetime(2027, 5, 10, 10, 0, tzinfo=ZONE)

ROSA = StaffId(1)
LENA = StaffId(2)
DR_SHAH = StaffId(3)
CHAIR_1 = ChairId(1)
CHAIR_2 = ChairId(2)
MOOD_LOW = ProtocolId(1)
MINUTES = SegmentMinutes(check_in=30, infusion=40, recovery=45, turnover=5)
VITALS_PLAN = (
    VitalsInterval(Phase.INFUSING, 5, until=15),
    VitalsInterval(Phase.INFUSING, 15),
    VitalsInterval(Phase.RECOVERING, 15),
)

HARBOR = Clinic(
    name="Harbor Clinic",
    address="120 Harbor St",
    entrance="rear entrance",
    phone_day="310-555-0100",
    phone_night="310-555-0111",
    emergency_number="911",
    crisis_line="988",
    accent="#0B6E69",
    zone_name="America/Los_Angeles",
)

AGREED = Override(frozenset(Guard) - {Guard.CHAIR_TAKEN}, "agreed by phone")
"""For tests that are not about the rules of booking."""


def at(hour: int, minute: int = 0, *, day: int = 10) -> datetime:
    """A moment of May 2027 on the clinic's wall clock."""
    return datetime(2027, 5, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def stamp(moment: datetime = MONDAY_TEN, *, staff_id: StaffId = ROSA) -> Stamp:
    return Stamp(staff_id, moment)


def open_harbor(path: Path) -> SqliteDatabase:
    """A new clinic file with the clinic's own facts and nobody in it yet."""
    db = open_clinic(path, create=True)
    nobody = StaffId(0)
    clinic.describe(db, stamp(staff_id=nobody), HARBOR)
    clinic.add_staff(db, stamp(staff_id=nobody), name="Rosa M.", role=Role.NURSE)
    clinic.add_staff(db, stamp(), name="Lena K.", role=Role.NURSE)
    clinic.add_staff(db, stamp(), name="Dr. Shah", role=Role.CLINICIAN)
    clinic.add_chair(db, stamp(), name="Chair 1 · window")
    clinic.add_chair(db, stamp(), name="Chair 2")
    for weekday in range(5):
        clinic.add_hours(db, stamp(), weekday=weekday, opens=time(8), closes=time(18))
    clinic.add_protocol(
        db,
        stamp(),
        name="Mood IV",
        route=Route.INTRAVENOUS,
        tier=Tier.LOW,
        segments=MINUTES,
        vitals_plan=VITALS_PLAN,
        dose_low="0.3",
        dose_high="0.6",
    )
    return db


def add_patient(
    db: SqliteDatabase, given_name: str = "Ana", family_name: str = "García", **more: object
) -> PatientId:
    """Approved for treatment, unless the test says otherwise."""
    facts = {"eligibility": Eligibility.APPROVED, **more}
    draft = PatientDraft(given_name, family_name, **facts)  # type: ignore[arg-type]
    changes = patients.add(db, stamp(), draft, uuid=new_uuid())
    return PatientId(changes.row_ids["patients"])


def draft_for(
    patient_id: PatientId,
    starts: datetime = MONDAY_TEN,
    *,
    chair_id: ChairId = CHAIR_1,
    **more: object,
) -> AppointmentDraft:
    return AppointmentDraft(patient_id, chair_id, MOOD_LOW, starts, MINUTES, **more)  # type: ignore[arg-type]


def book(
    db: SqliteDatabase,
    patient_id: PatientId,
    starts: datetime = MONDAY_TEN,
    *,
    chair_id: ChairId = CHAIR_1,
    **more: object,
) -> AppointmentId:
    """As agreed, whatever the rules of booking say of the place; a taken chair is still refused."""
    changes: Changes = booking.book(
        db, stamp(), draft_for(patient_id, starts, chair_id=chair_id, **more), override=AGREED
    )
    return AppointmentId(changes.row_ids["appointments"])


def met(item: ChecklistItem, *, weight: str = "70 kg") -> AnswerDraft:
    """The item's good answer; the weight's says how much."""
    detail = weight if item is ChecklistItem.WEIGHT else ""
    return AnswerDraft(item, Answer.MET, detail)
