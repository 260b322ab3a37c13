"""Reads those who wait for a place, and what they were offered."""

from collections import defaultdict
from typing import Any

from ketadesk.domain.errors import NotFound
from ketadesk.domain.ids import ChairId, CourseId, PatientId, ProtocolId, WaitlistId
from ketadesk.domain.names import full_name
from ketadesk.domain.waitlist import OfferAnswer, WaitlistEntry, WaitlistOffer, WaitUrgency
from ketadesk.store.database import Database, Row
from ketadesk.store.values import iso_date, moment, optional_date, seconds
from ketadesk.store.wishes import bounds_values, wishes_from, wishes_values

_WAITING = """
SELECT waitlist.*, patients.given_name, patients.family_name, patients.phone
FROM waitlist JOIN patients ON patients.id = waitlist.patient_id
WHERE waitlist.active = 1 ORDER BY waitlist.since, waitlist.id"""
_ONE = """
SELECT waitlist.*, patients.given_name, patients.family_name, patients.phone
FROM waitlist JOIN patients ON patients.id = waitlist.patient_id WHERE waitlist.id = :id"""
_OFFERS = """
SELECT waitlist_offers.*, coalesce(staff.name, '') AS by_name FROM waitlist_offers
JOIN waitlist ON waitlist.id = waitlist_offers.waitlist_id
LEFT JOIN staff ON staff.id = waitlist_offers.by
WHERE waitlist.active = 1 ORDER BY waitlist_offers.at, waitlist_offers.id"""


def waiting(db: Database) -> tuple[WaitlistEntry, ...]:
    """Everybody who still waits, longest first."""
    return tuple(_entry(row) for row in db.rows(_WAITING))


def entry(db: Database, entry_id: WaitlistId) -> WaitlistEntry:
    """One entry, also when it was taken off."""
    rows = db.rows(_ONE, id=entry_id)
    if not rows:
        raise NotFound("row_not_found", table="waitlist", row_id=entry_id)
    return _entry(rows[0])


def offers(db: Database) -> dict[WaitlistId, tuple[WaitlistOffer, ...]]:
    """What those who still wait were offered, oldest first."""
    found: dict[WaitlistId, list[WaitlistOffer]] = defaultdict(list)
    for row in db.rows(_OFFERS):
        found[WaitlistId(row["waitlist_id"])].append(_offer(row))
    return {entry_id: tuple(made) for entry_id, made in found.items()}


def entry_values(entry: WaitlistEntry) -> dict[str, Any]:
    """The columns of a new entry."""
    return {
        "patient_id": entry.patient_id,
        "protocol_id": entry.protocol_id,
        "course_id": entry.course_id,
        "urgency": entry.urgency.value,
        "since": seconds(entry.since),
        "until_day": iso_date(entry.until),
        "note": entry.note.strip(),
        **wishes_values(entry.wishes),
        **bounds_values(entry.wishes),
    }


def _entry(row: Row) -> WaitlistEntry:
    course_id = row["course_id"]
    return WaitlistEntry(
        id=WaitlistId(row["id"]),
        patient_id=PatientId(row["patient_id"]),
        protocol_id=ProtocolId(row["protocol_id"]),
        course_id=None if course_id is None else CourseId(course_id),
        wishes=wishes_from(row),
        urgency=WaitUrgency(row["urgency"]),
        since=moment(row["since"]),
        until=optional_date(row["until_day"]),
        note=row["note"],
        patient_name=full_name(row["given_name"], row["family_name"]),
        patient_phone=row["phone"],
        version=row["version"],
    )


def _offer(row: Row) -> WaitlistOffer:
    return WaitlistOffer(
        chair_id=ChairId(row["chair_id"]),
        starts=moment(row["starts"]),
        answer=OfferAnswer(row["answer"]),
        at=moment(row["at"]),
        by_name=row["by_name"],
        note=row["note"],
    )
