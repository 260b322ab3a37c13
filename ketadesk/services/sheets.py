"""What goes into a patient's and an escort's hands: gather facts, render, keep what was printed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ketadesk.domain.appointments import Appointment
from ketadesk.domain.clinic import Clinic
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Refused
from ketadesk.domain.events import EventKind, MedicinePurpose
from ketadesk.domain.flags import gate
from ketadesk.domain.ids import AppointmentId, PatientId, SheetId, StaffId
from ketadesk.domain.patients import Patient
from ketadesk.domain.rules import Rules
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import ReleasePath
from ketadesk.paper.facts import (
    AftercareFacts,
    ClinicFacts,
    MedicineGiven,
    NextVisit,
    PickupFacts,
    PrintedBy,
    SheetFacts,
)
from ketadesk.paper.render import Sheet, render, render_again
from ketadesk.services import sessions
from ketadesk.services.action import action
from ketadesk.store import appointments, clinic, patients
from ketadesk.store import sheets as kept_sheets
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.sheets import KeptSheet
from ketadesk.store.values import seconds

SheetKind = Literal["aftercare", "pickup"]
KINDS: tuple[SheetKind, ...] = ("aftercare", "pickup")
LANGUAGES = ("en", "es")
"""The languages that have wording for every kind of sheet."""

_MINUTES_SHOWN = timedelta(minutes=5)


@dataclass(frozen=True)
class SheetRequest:
    """Which sheet for which visit. `language` None: the patient's written language, or English."""

    kind: SheetKind
    appointment_id: AppointmentId
    language: str | None = None
    paper: str = "letter"


def compose(db: Database, request: SheetRequest, *, at: datetime, staff_id: StaffId) -> Sheet:
    """Renders the sheet as things stand now; PaperRefused names what is missing or can't be set."""
    visit = appointments.visit(db, request.appointment_id)
    if not visit.appointment.status.takes_the_chair:
        raise Refused("sheet_for_cancelled", patient=visit.patient_name)
    patient = patients.patient(db, visit.appointment.patient_id)
    facts = _facts(db, request.kind, visit, patient, at=at, staff_id=staff_id)
    language = request.language or written_language(patient)
    return render(facts, language=language, paper=request.paper)


def written_language(patient: Patient) -> str:
    """The patient's written language where there is wording for it, else English."""
    language = patient.written_language.split("-")[0].lower()
    return language if language in LANGUAGES else "en"


@action("sheet_printed")
def record_printed(
    act: Act, appointment_id: AppointmentId, sheet: Sheet, *, how: Literal["printed", "saved"]
) -> None:
    """Keeps what was printed (or saved) for whom, so that a reprint is identical."""
    appointment = appointments.appointment(act.db, appointment_id)
    act.insert(
        "sheets",
        {
            "uuid": act.stamp.uuid,
            "appointment_id": appointment_id,
            "patient_id": appointment.patient_id,
            "kind": sheet.kind,
            "language": sheet.language,
            "paper": sheet.paper,
            "template_version": str(sheet.template_version),
            "wording_version": str(sheet.wording_version),
            "input": sheet.input_json,
            "digest": hashlib.sha256(sheet.pdf).hexdigest(),
            "how": how,
            "at": seconds(act.at),
            "by": act.stamp.staff_id,
        },
    )
    act.say(sheet=sheet.kind, language=sheet.language, how=how)
    act.about(span=appointment.span)


def printed(db: Database, appointment_id: AppointmentId) -> tuple[KeptSheet, ...]:
    """What was printed or saved for a visit, newest first."""
    return kept_sheets.of_appointment(db, appointment_id)


def printed_lately(db: Database, *, most: int = 100) -> tuple[KeptSheet, ...]:
    """What was printed or saved for anyone, newest first."""
    return kept_sheets.newest(db, most=most)


def reprint(db: Database, sheet_id: SheetId) -> bytes:
    """The same PDF again, from what was kept of it; Refused when it would not be identical."""
    kept = kept_sheets.sheet(db, sheet_id)
    pdf = render_again(kept.input_json)
    if hashlib.sha256(pdf).hexdigest() != kept.digest:
        raise Refused("reprint_differs", sheet=kept.kind)
    return pdf


def _facts(
    db: Database,
    kind: SheetKind,
    visit: Visit,
    patient: Patient,
    *,
    at: datetime,
    staff_id: StaffId,
) -> SheetFacts:
    described = clinic.clinic(db)
    rules = clinic.rules(db)
    printer = clinic.staff_member(db, staff_id)
    by = PrintedBy(name=printer.name if printer else "", at=described.local(at))
    record = None if visit.session_id is None else sessions.load(db, visit.session_id)
    ready = visit.appointment.ready_about if record is None else record.ready_about(at)
    if kind == "pickup":
        return _pickup(described, rules, visit, patient, ready, by)
    following = _next_visit(db, described, rules, visit.appointment)
    return _aftercare(described, rules, visit, patient, record, ready, following, by)


def _clinic_facts(described: Clinic) -> ClinicFacts:
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


def _pickup(
    described: Clinic,
    rules: Rules,
    visit: Visit,
    patient: Patient,
    ready: datetime,
    by: PrintedBy,
) -> PickupFacts:
    window = timedelta(minutes=rules.pickup_window_minutes)
    starts = _rounded(ready - window / 4)
    return PickupFacts(
        clinic=_clinic_facts(described),
        patient_called=patient.called,
        on=described.local(visit.appointment.starts).date(),
        ready_from=described.local(starts),
        ready_until=described.local(starts + window),
        ask_for=visit.nurse_name or None,
        escort_name=visit.escort_name or None,
        printed=by,
        uid=visit.appointment.uuid,
    )


def _aftercare(
    described: Clinic,
    rules: Rules,
    visit: Visit,
    patient: Patient,
    record: SessionRecord | None,
    ready: datetime,
    following: NextVisit | None,
    by: PrintedBy,
) -> AftercareFacts:
    leaves = ready
    escort_name: str | None = visit.escort_name or None
    if record is not None and record.session.released_at is not None:
        leaves = record.session.released_at
        release = record.session.release
        if release is not None:
            alone = release.path is not ReleasePath.TO_ESCORT
            escort_name = None if alone else release.to_name
    return AftercareFacts(
        clinic=_clinic_facts(described),
        patient_name=patient.name,
        patient_called=patient.called,
        on=described.local(visit.appointment.starts).date(),
        no_driving_before=described.local(_rounded(leaves + timedelta(hours=rules.driving_hours))),
        escort_name=escort_name,
        escort_stays_overnight=_stays_overnight(record, visit, escort_name),
        medicines_given=() if record is None else _medicines(described, record),
        blood_pressure_high_at_release=None if record is None else _high_pressure(rules, record),
        next_visit=following,
        printed=by,
    )


def _stays_overnight(
    record: SessionRecord | None, visit: Visit, escort_name: str | None
) -> bool | None:
    if record is None or escort_name is None:
        return None
    for escort in record.escorts:
        if escort.id == visit.appointment.escort_id and escort.name == escort_name:
            return escort.stays_overnight
    return None


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
    """The last blood pressure where it stands above the clinic's limit, as "148/92"."""
    for reading in reversed(record.standing_readings):
        vitals = reading.vitals
        if vitals.systolic is not None:
            return f"{vitals.systolic}/{vitals.diastolic}" if gate(vitals, rules) else None
    return None


def _next_visit(
    db: Database, described: Clinic, rules: Rules, appointment: Appointment
) -> NextVisit | None:
    following = appointments.next_visit_of(
        db, PatientId(appointment.patient_id), after=appointment.starts
    )
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


def _rounded(moment: datetime) -> datetime:
    """Up to the next five minutes: a sheet that says 11:47 promises more than anyone knows."""
    late = timedelta(seconds=moment.timestamp() % _MINUTES_SHOWN.total_seconds())
    return moment + (_MINUTES_SHOWN - late if late else timedelta())
