"""What goes into a patient's and an escort's hands: make a sheet, print or save it, keep it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from ketadesk.domain import day_lists
from ketadesk.domain.clinic import day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import AppointmentId, PatientId, SheetId, StaffId
from ketadesk.domain.patients import Patient
from ketadesk.domain.sheets import LANGUAGES, SheetKind, kinds_read, language_of
from ketadesk.paper.facts import SheetFacts
from ketadesk.paper.render import Sheet, render, sheet_again
from ketadesk.services import sheet_facts, sheet_files, sheet_truth
from ketadesk.services.action import action
from ketadesk.store import appointments, clinic, patients, sessions
from ketadesk.store import sheets as kept_sheets
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.sheets import KeptSheet
from ketadesk.store.values import seconds

__all__ = [
    "KINDS",
    "LANGUAGES",
    "DaySheets",
    "Gathered",
    "How",
    "KeptSheet",
    "SheetAgain",
    "SheetKind",
    "SheetRequest",
    "VisitSheets",
    "around",
    "around_patient",
    "compose",
    "draw",
    "gather",
    "language_of",
    "of_day",
    "printed",
    "record_printed",
    "reprint",
    "write",
    "written_language",
]

KINDS = tuple(SheetKind)
How = Literal["printed", "saved"]


@dataclass(frozen=True)
class SheetRequest:
    """Which sheet for which visit. `language` None: the patient's written language, or English."""

    kind: SheetKind
    appointment_id: AppointmentId
    language: str | None = None
    paper: str = "letter"


@dataclass(frozen=True)
class SheetAgain:
    """A sheet that was printed or saved before, to come out exactly as it was."""

    sheet_id: SheetId
    appointment_id: AppointmentId


@dataclass(frozen=True)
class Gathered:
    """All that a sheet says, ready to be drawn without the clinic file."""

    facts: SheetFacts
    language: str
    paper: str


@dataclass(frozen=True)
class VisitSheets:
    """A visit, what was printed or saved for it, newest first, and what still has to be.

    `changed` are kinds whose newest copy no longer says what it would say now.
    """

    visit: Visit
    kept: tuple[KeptSheet, ...]
    due: tuple[SheetKind, ...] = ()
    changed: tuple[SheetKind, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """What was printed in the language that the patient reads."""
        copies = [(sheet.kind, sheet.language) for sheet in self.kept]
        return kinds_read(copies, self.visit.written_language)


@dataclass(frozen=True)
class DaySheets:
    """The visits of a day that take place. `around` is the one asked for, even if cancelled."""

    day: date
    entries: tuple[VisitSheets, ...]
    around: VisitSheets | None = None


def gather(
    db: Database, wanted: SheetRequest | SheetAgain, *, at: datetime, staff_id: StaffId
) -> Gathered | KeptSheet:
    """What a sheet needs of the clinic file, so that `draw` can go on without it."""
    if isinstance(wanted, SheetAgain):
        return kept_sheets.sheet(db, wanted.sheet_id)
    visit = appointments.visit(db, wanted.appointment_id)
    if not visit.appointment.status.takes_the_chair:
        ended = visit.appointment.status.value
        raise Refused("sheet_for_cancelled", patient=visit.patient_name, visit_ended=ended)
    language = wanted.language or written_language(
        patients.patient(db, visit.appointment.patient_id)
    )
    facts = sheet_facts.GATHERED_BY[wanted.kind](db, visit, at=at, staff_id=staff_id)
    return Gathered(facts, language, wanted.paper)


def draw(gathered: Gathered | KeptSheet) -> Sheet:
    """The finished sheet; PaperRefused names what is missing or can't be set.

    One from before comes out exactly as it was, or is Refused.
    """
    if isinstance(gathered, Gathered):
        return render(gathered.facts, language=gathered.language, paper=gathered.paper)
    sheet = sheet_again(gathered.input_json)
    if _digest(sheet.pdf) != gathered.digest:
        raise Refused("reprint_differs", sheet=gathered.kind)
    return sheet


def compose(db: Database, request: SheetRequest, *, at: datetime, staff_id: StaffId) -> Sheet:
    """Renders the sheet as things stand now."""
    return draw(gather(db, request, at=at, staff_id=staff_id))


def reprint(db: Database, sheet_id: SheetId) -> Sheet:
    """The same sheet again, from what was kept of it; Refused when it would not be identical."""
    return draw(kept_sheets.sheet(db, sheet_id))


def written_language(patient: Patient) -> str:
    """The patient's written language where there is wording for it, else English."""
    return language_of(patient.written_language)


@action("sheet_printed")
def record_printed(act: Act, appointment_id: AppointmentId, sheet: Sheet, *, how: How) -> None:
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
            "digest": _digest(sheet.pdf),
            "how": how,
            "at": seconds(act.at),
            "by": act.stamp.staff_id,
        },
    )
    patient = patients.patient(act.db, appointment.patient_id)
    act.say(patient=patient.name, sheet=sheet.kind, language=sheet.language, how=how)
    act.about(span=appointment.span)


def write(gathered: Gathered | KeptSheet, file: Path, *, clinic_file: Path) -> Sheet:
    """Draws the sheet and writes it as a PDF, whole or not at all; nothing is kept of it yet."""
    sheet = draw(gathered)
    sheet_files.write(file, sheet.pdf, clinic_file=clinic_file)
    return sheet


def printed(db: Database, appointment_id: AppointmentId) -> tuple[KeptSheet, ...]:
    """What was printed or saved for a visit, newest first."""
    return kept_sheets.of_appointment(db, appointment_id)


def of_day(db: Database, day: date, *, at: datetime | None = None) -> DaySheets:
    """The visits that start on a local day and take place, with what was printed for each.

    With the present moment `at`, what was printed is held against how things stand; only for
    today and days to come, because a sheet of an earlier day lies at home.
    """
    described = clinic.clinic(db)
    span = day_span(day, described.zone)
    if at is not None and day < described.local(at).date():
        at = None
    kept = kept_sheets.of_span(db, span)
    entries = tuple(
        _with_sheets(db, visit, kept.get(visit.appointment.id, ()), at)
        for visit in appointments.visits(db, span)
        if visit.appointment.status.takes_the_chair and visit.appointment.starts >= span.starts
    )
    return DaySheets(day, entries)


def around(db: Database, appointment_id: AppointmentId, *, at: datetime | None = None) -> DaySheets:
    """The day of one visit, and that visit; `at` as in `of_day`."""
    visit = appointments.visit(db, appointment_id)
    found = of_day(db, clinic.clinic(db).local(visit.appointment.starts).date(), at=at)
    for entry in found.entries:
        if entry.visit.appointment.id == appointment_id:
            return replace(found, around=entry)
    kept = kept_sheets.of_appointment(db, appointment_id)
    return replace(found, around=_with_sheets(db, visit, kept, None))


def around_patient(db: Database, patient_id: PatientId, *, at: datetime) -> DaySheets:
    """The day of the patient's visit nearest to a moment, or that moment's day without any."""
    visits = [
        visit
        for visit in appointments.visits_of(db, patient_id)
        if visit.appointment.status.takes_the_chair
    ]
    if not visits:
        return of_day(db, clinic.clinic(db).local(at).date(), at=at)
    nearest = min(visits, key=lambda visit: abs(visit.appointment.starts - at))
    return around(db, nearest.appointment.id, at=at)


def _with_sheets(
    db: Database, visit: Visit, kept: tuple[KeptSheet, ...], at: datetime | None
) -> VisitSheets:
    session = None if visit.phase is None else sessions.of_appointment(db, visit.appointment.id)
    entry = VisitSheets(visit, kept)
    due = day_lists.sheets_needed(visit, session) - entry.kinds
    changed = frozenset() if at is None else sheet_truth.changed(db, visit, kept, at=at)
    return replace(
        entry,
        due=tuple(kind for kind in KINDS if kind in due),
        changed=tuple(kind for kind in KINDS if kind in changed),
    )


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
