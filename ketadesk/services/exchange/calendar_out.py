"""The clinic's appointments as a file for other calendars: one way, lobby-safe unless asked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ketadesk.domain.calendar_exchange.writing import CalendarEntry, calendar_text
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import FIRST_YEAR, LAST_YEAR, Clinic, day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.names import initials
from ketadesk.services import written_files
from ketadesk.store import appointments, clinic, session_lines
from ketadesk.store.database import Database


@dataclass(frozen=True)
class CalendarFile:
    """What would be written, and how many appointments are in it."""

    content: bytes
    appointments: int


def compose(
    db: Database, *, first: date | None = None, last: date | None = None, names: bool = False
) -> CalendarFile:
    """Appointments that touch the days, cancelled ones marked so; None leaves that end open.

    A title is the patient's initials, or with `names` the whole name; nothing medical is said.
    """
    described = clinic.clinic(db)
    span = _span(described, first, last)
    visits = appointments.visits(db, span)
    changed = appointments.changed_at(db, span)
    chair_ids = {visit.appointment.chair_id for visit in visits}
    chairs = {chair_id: session_lines.chair_name(db, chair_id) for chair_id in chair_ids}
    entries = [
        _entry(
            visit,
            chair=chairs[visit.appointment.chair_id],
            changed_at=changed.get(visit.appointment.id, visit.appointment.status_at),
            names=names,
        )
        for visit in visits
    ]
    text = calendar_text(
        entries, name=described.name, zone=described.zone, zone_name=described.zone_name
    )
    return CalendarFile(text.encode(), len(entries))


def write(made: CalendarFile, file: Path, *, clinic_file: Path) -> None:
    """Saves it whole or not at all; only another calendar file may be replaced."""
    written_files.save(
        file, made.content, clinic_file=clinic_file, replaces=written_files.is_calendar
    )


def _entry(visit: Visit, *, chair: str, changed_at: datetime, names: bool) -> CalendarEntry:
    appointment = visit.appointment
    return CalendarEntry(
        uuid=appointment.uuid,
        version=appointment.version,
        changed_at=changed_at,
        starts=appointment.starts,
        ends=appointment.ends,
        title=visit.patient_name if names else initials(visit.patient_name),
        place=chair,
        cancelled=not appointment.status.takes_the_chair,
    )


def _span(described: Clinic, first: date | None, last: date | None) -> Span:
    zone = described.zone
    return Span(
        datetime(FIRST_YEAR, 1, 2, tzinfo=UTC) if first is None else day_span(first, zone).starts,
        datetime(LAST_YEAR, 12, 30, tzinfo=UTC) if last is None else day_span(last, zone).ends,
    )
