"""Reads what the day's board needs beyond visits: who left, what was printed, what is unsigned."""

from collections import defaultdict

from ketadesk.domain.changes import Span
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.sessions import Session
from ketadesk.domain.sheets import Copy
from ketadesk.store.database import Database
from ketadesk.store.sessions import session_from
from ketadesk.store.values import seconds

_LEFT = """
SELECT * FROM sessions
WHERE opened_at >= :starts - 172800 AND opened_at < :ends
    AND released_at >= :starts AND released_at < :ends
ORDER BY released_at"""
_UNSIGNED = """
SELECT * FROM sessions
WHERE opened_at >= :since AND released_at < :before AND signed_at IS NULL
ORDER BY released_at"""
_PRINTED = """
SELECT DISTINCT sheets.appointment_id, sheets.kind, sheets.language FROM sheets
JOIN appointments ON appointments.id = sheets.appointment_id
WHERE appointments.starts >= :starts - 86400 AND appointments.starts < :ends"""

UNSIGNED_DAYS = 7
"""How far back the board looks for records that nobody signed."""


def left(db: Database, span: Span) -> tuple[Session, ...]:
    """Sessions whose patient was released in the span, earliest first."""
    return tuple(session_from(row) for row in db.rows(_LEFT, **_bounds(span)))


def unsigned_before(db: Database, span: Span) -> tuple[Session, ...]:
    """Sessions of the week before the span whose patient has left and that nobody signed."""
    before = seconds(span.starts)
    since = before - UNSIGNED_DAYS * 86400
    return tuple(session_from(row) for row in db.rows(_UNSIGNED, since=since, before=before))


def printed_copies(db: Database, span: Span) -> dict[AppointmentId, frozenset[Copy]]:
    """Which kinds of sheets, in which language, left for the span's appointments."""
    copies: dict[AppointmentId, set[Copy]] = defaultdict(set)
    for row in db.rows(_PRINTED, **_bounds(span)):
        copies[AppointmentId(row["appointment_id"])].add((row["kind"], row["language"]))
    return {appointment_id: frozenset(found) for appointment_id, found in copies.items()}


def _bounds(span: Span) -> dict[str, int]:
    return {"starts": seconds(span.starts), "ends": seconds(span.ends)}
