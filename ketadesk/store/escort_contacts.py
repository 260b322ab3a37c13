"""Reads the calls that were made about escorts."""

from ketadesk.domain.changes import Span
from ketadesk.domain.escort_follow_up import EscortContact, Outcome
from ketadesk.domain.ids import AppointmentId, EscortId
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, seconds

_CONTACTS = """
SELECT escort_contacts.*, coalesce(staff.name, '') AS by_name FROM escort_contacts
JOIN appointments ON appointments.id = escort_contacts.appointment_id
LEFT JOIN staff ON staff.id = escort_contacts.by
WHERE appointments.starts >= :starts AND appointments.starts < :ends
ORDER BY escort_contacts.at, escort_contacts.id"""


def contacts(db: Database, span: Span) -> tuple[EscortContact, ...]:
    """The calls about visits that start in the span, oldest first."""
    rows = db.rows(_CONTACTS, starts=seconds(span.starts), ends=seconds(span.ends))
    return tuple(_contact(row) for row in rows)


def _contact(row: Row) -> EscortContact:
    escort_id = row["escort_id"]
    return EscortContact(
        appointment_id=AppointmentId(row["appointment_id"]),
        escort_id=None if escort_id is None else EscortId(escort_id),
        starts=moment(row["about_starts"]),
        outcome=Outcome(row["outcome"]),
        at=moment(row["at"]),
        by_name=row["by_name"],
        note=row["note"],
    )
