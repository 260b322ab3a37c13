"""What the manager reads of visits that did not happen."""

from datetime import date

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.missed import MissedReport, count_missed, months_until
from ketadesk.store import appointments, clinic
from ketadesk.store.database import Database

MONTHS = 6
"""So many months the report shows side by side."""


def report(db: Database, today: date, *, months: int = MONTHS) -> MissedReport:
    """How many visits of the last months, up to today, were cancelled or missed, and why."""
    zone = clinic.clinic(db).zone
    those = months_until(today, months)
    span = Span(day_span(those[0], zone).starts, day_span(today, zone).ends)
    return count_missed(appointments.ended(db, span), those, zone)
