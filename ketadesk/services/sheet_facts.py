"""What a sheet says of a visit: gathered from the clinic, the patient and the session's record."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ketadesk.domain.clinic import Clinic
from ketadesk.domain.day import Visit
from ketadesk.domain.events import EventKind, MedicinePurpose
from ketadesk.domain.flags import gate
from ketadesk.domain.ids import EscortId, StaffId
from ketadesk.domain.patients import Patient
from ketadesk.domain.ready_about import pickup_window
from ketadesk.domain.rules import Rules
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import ReleasePath
from ketadesk.domain.sheets import SheetKind
from ketadesk.paper.facts import (
    AftercareFacts,
    ClinicFacts,
    MedicineGiven,
    NextVisit,
    PickupFacts,
    PrintedBy,
    SheetFacts,
)
from ketadesk.services import sessions
from ketadesk.store import appointments, clinic, patients
from ketadesk.store.database import Database

_MINUTES_SHOWN = 5


def pickup(db: Database, visit: Visit, *, at: datetime, staff_id: StaffId) -> PickupFacts:
    """The card for the escort, with the same window as the day's board names."""
    described, rules = clinic.clinic(db), clinic.rules(db)
    ready = _ready_about(_record(db, visit), visit, at)
    window = pickup_window(ready, rules.pickup_window_minutes)
    return PickupFacts(
        clinic=clinic_facts(described),
        patient_called=_patient(db, visit).called,
        on=described.local(visit.appointment.starts).date(),
        ready_from=described.local(window.starts),
        ready_until=described.local(window.ends),
        no_driving_before=described.local(_may_drive(ready, rules)),
        ask_for=visit.nurse_name or None,
        escort_name=visit.escort_name or None,
        printed=printed_by(db, described, at=at, staff_id=staff_id),
        uid=visit.appointment.uuid,
    )


def aftercare(db: Database, visit: Visit, *, at: datetime, staff_id: StaffId) -> AftercareFacts:
    """The sheet for the patient, as far as the session has come."""
    described, rules = clinic.clinic(db), clinic.rules(db)
    patient, record = _patient(db, visit), _record(db, visit)
    leaves = _ready_about(record, visit, at)
    escort_id, escort_name = _goes_home_with(visit, record)
    return AftercareFacts(
        clinic=clinic_facts(described),
        patient_name=patient.name,
        patient_called=patient.called,
        on=described.local(visit.appointment.starts).date(),
        no_driving_before=described.local(_may_drive(leaves, rules)),
        escort_name=escort_name,
        escort_stays_overnight=_stays_overnight(db, escort_id, escort_name),
        medicines_given=() if record is None else _medicines(described, record),
        blood_pressure_high_at_release=None if record is None else _high_pressure(rules, record),
        next_visit=_next_visit(db, described, rules, visit),
        printed=printed_by(db, described, at=at, staff_id=staff_id),
    )


def _may_drive(leaves: datetime, rules: Rules) -> datetime:
    return _shown(leaves + timedelta(hours=rules.driving_hours))


def _patient(db: Database, visit: Visit) -> Patient:
    return patients.patient(db, visit.appointment.patient_id)


def _record(db: Database, visit: Visit) -> SessionRecord | None:
    return None if visit.session_id is None else sessions.load(db, visit.session_id)


def _ready_about(record: SessionRecord | None, visit: Visit, at: datetime) -> datetime:
    return visit.appointment.ready_about if record is None else record.ready_about(at)


def printed_by(db: Database, described: Clinic, *, at: datetime, staff_id: StaffId) -> PrintedBy:
    printer = clinic.staff_member(db, staff_id)
    return PrintedBy(name=printer.name if printer else "", at=described.local(at))


def clinic_facts(described: Clinic) -> ClinicFacts:
    return ClinicFacts(
        name=described.name,
        address=described.address,
        entrance=described.entrance,
        phone_day=described.phone_day,
        phone_night=described.phone_night,
        emergency_number=described.emergency_number,
        crisis_line=described.crisis_line,
        accent=described.accent,
        zone=described.zone_name,
    )


def _goes_home_with(
    visit: Visit, record: SessionRecord | None
) -> tuple[EscortId | None, str | None]:
    """Who was handed the patient; before the release, who is planned to come."""
    release = None if record is None else record.session.release
    if release is None:
        return visit.appointment.escort_id, visit.escort_name or None
    if release.path is not ReleasePath.TO_ESCORT:
        return None, None
    return release.escort_id, release.to_name or None


def _stays_overnight(db: Database, escort_id: EscortId | None, name: str | None) -> bool | None:
    """What is known of this escort; nothing of a person who came in the escort's place."""
    if escort_id is None:
        return None
    escort = patients.escort(db, escort_id)
    return escort.stays_overnight if escort.name == name else None


def _medicines(described: Clinic, record: SessionRecord) -> tuple[MedicineGiven, ...]:
    return tuple(
        MedicineGiven(
            kind=MedicinePurpose(event.code).value,
            name=event.medicine,
            at=described.local(event.at),
        )
        for event in record.standing_events
        if event.kind is EventKind.MEDICINE
    )


def _high_pressure(rules: Rules, record: SessionRecord) -> str | None:
    """The last blood pressure as "148/92" where it stands above the clinic's limit.

    Only what was measured after the infusion says how the patient leaves.
    """
    ended = record.session.infusion_ended_at
    for reading in reversed(record.standing_readings):
        vitals = reading.vitals
        if vitals.systolic is not None and ended is not None and reading.taken_at >= ended:
            return vitals.pressure if gate(vitals, rules) else None
    return None


def _next_visit(db: Database, described: Clinic, rules: Rules, visit: Visit) -> NextVisit | None:
    booked = visit.appointment
    following = appointments.next_visit_of(db, booked.patient_id, after=booked.starts)
    if following is None:
        return None
    starts = following.appointment.starts
    return NextVisit(
        starts=described.local(starts),
        number=following.appointment.course_number if following.planned else None,
        of=following.planned,
        no_solids_after=described.local(starts - timedelta(hours=rules.fasting_solids_hours)),
        no_alcohol_from=described.local(starts - timedelta(hours=rules.alcohol_hours)),
    )


def _shown(moment: datetime) -> datetime:
    """Up to the next five minutes: a sheet that says 11:47 promises more than anyone knows."""
    return moment + timedelta(seconds=-moment.timestamp() % (_MINUTES_SHOWN * 60))


GATHERED_BY: dict[SheetKind, Callable[..., SheetFacts]] = {
    SheetKind.AFTERCARE: aftercare,
    SheetKind.PICKUP: pickup,
}
"""Who gathers the facts of each kind: `(db, visit, *, at, staff_id)`."""
