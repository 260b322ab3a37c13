"""What the find field asks: patients by what was typed, those of today before their namesakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.clinic import day_span
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import PatientId
from ketadesk.domain.patients import Patient
from ketadesk.store import appointments, clinic, patients
from ketadesk.store.database import Database

LOOKED_THROUGH = 60
"""So many matches are looked through for those of today, before the list is cut."""


MOST_OF_TODAY = 5
"""So many of today's people are offered while nothing is typed; commands want room as well."""


@dataclass(frozen=True)
class Found:
    """Patients in the order to offer them; `today` has the visit of those who are here or due."""

    patients: tuple[Patient, ...]
    today: Mapping[PatientId, Visit]


def find(db: Database, text: str, *, now: datetime, most: int) -> Found:
    """Matches as `patients.find` orders them, today's first; for no text today's people alone.

    Those who are here come before those who are still to come, each by their time.
    """
    today = _today(db, now)
    if not text.strip():
        return Found(tuple(patients.patient(db, one) for one in list(today)[:MOST_OF_TODAY]), today)
    matches = patients.find(db, text, most=LOOKED_THROUGH)
    ordered = sorted(matches, key=lambda patient: patient.id not in today)
    return Found(tuple(ordered[:most]), today)


def _today(db: Database, now: datetime) -> dict[PatientId, Visit]:
    """Who is here or due in the clinic's day, in the order of the empty list."""
    described = clinic.clinic(db)
    visits = appointments.visits(db, day_span(described.local(now).date(), described.zone))
    unfinished = [visit for visit in visits if visit.appointment.status.unfinished]
    unfinished.sort(key=lambda one: (one.appointment.status.awaited, one.appointment.starts))
    found: dict[PatientId, Visit] = {}
    for visit in unfinished:
        found.setdefault(visit.appointment.patient_id, visit)
    return found
