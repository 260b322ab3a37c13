"""Those who wait for a place: put on the list, found when one is free, told, taken off."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ketadesk.domain.appointments import AppointmentDraft, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Conflict
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import (
    ActionId,
    AppointmentId,
    ChairId,
    CourseId,
    PatientId,
    ProtocolId,
    WaitlistId,
)
from ketadesk.domain.names import short_name
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Override
from ketadesk.domain.places import Place
from ketadesk.domain.times import QUARTER_HOUR
from ketadesk.domain.waitlist import (
    Fits,
    OfferAnswer,
    Waiting,
    WaitlistEntry,
    WaitlistOffer,
    WaitUrgency,
    by_rank,
    who_fits,
)
from ketadesk.domain.wishes import NO_WISHES, Wishes
from ketadesk.services import booking, judging
from ketadesk.services.action import action
from ketadesk.store import appointments, clinic, patients, protocols, waitlist
from ketadesk.store.actions import Act, current_row, undo_entries
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, seconds


@dataclass(frozen=True)
class Waits:
    """Somebody on the list, with what they were offered so far."""

    entry: WaitlistEntry
    offers: tuple[WaitlistOffer, ...]


def waiting(db: Database) -> tuple[Waits, ...]:
    """Everybody on the list, the most urgent first, then who has waited longest."""
    offers = waitlist.offers(db)
    return tuple(Waits(one, offers.get(one.id, ())) for one in by_rank(waitlist.waiting(db)))


def fitting(db: Database, freed: Place, *, now: datetime) -> tuple[Fits, ...]:
    """Who could come at some time of a free place, best first; who declined it is left out."""
    offers = waitlist.offers(db)
    first = clinic.clinic(db).local(freed.span.starts).date()
    diary = judging.open_diary(db, first, days=2)  # who comes late may stay over midnight
    those = [
        Waiting(one, _wanted(db, one))
        for one in waitlist.waiting(db)
        if not any(_about(offer, freed) for offer in offers.get(one.id, ()))
    ]
    return who_fits(diary, freed, those, now=now)


def freed_by(db: Database, action_id: ActionId, *, now: datetime) -> tuple[Place, ...]:
    """The places that an action left free from now on: of who cancelled, did not come or moved
    away, and where a chair was opened again; earliest first.
    """
    _, entries = undo_entries(db, action_id)
    found = [place for entry in entries for place in _left(db, entry)]
    coming = [_from_now(place, now) for place in found if place.span.ends > now]
    return tuple(sorted(set(coming), key=lambda place: (place.span.starts, place.chair_id)))


def fitting_after(
    db: Database, appointment_id: AppointmentId, *, now: datetime
) -> tuple[Fits, ...]:
    """Who could have the place of a cancelled or missed appointment; of a moved one see above."""
    left = appointments.appointment(db, appointment_id)
    return fitting(db, Place(left.chair_id, left.span), now=now)


@action("waitlist_added", undoable=True)
def add(
    act: Act,
    patient_id: PatientId,
    protocol_id: ProtocolId,
    *,
    urgency: WaitUrgency = WaitUrgency.ROUTINE,
    wishes: Wishes = NO_WISHES,
    course_id: CourseId | None = None,
    note: str = "",
) -> None:
    """Puts somebody on the list from now on, until the wishes' last day where they have one."""
    entry = WaitlistEntry(
        id=WaitlistId(0),
        patient_id=patient_id,
        protocol_id=protocol_id,
        wishes=wishes,
        urgency=urgency,
        since=act.at,
        until=wishes.not_after,
        course_id=course_id,
        note=note,
    )
    act.insert("waitlist", waitlist.entry_values(entry))
    act.say(patient=short_name(patients.patient(act.db, patient_id).name))


@action("waitlist_removed", undoable=True)
def remove(act: Act, entry_id: WaitlistId, version: int) -> None:
    """Takes somebody off the list: booked, or they wait no longer."""
    before = _entry_row(act, entry_id, version)
    act.update("waitlist", before, {"active": 0})
    act.say(patient=short_name(patients.patient(act.db, before["patient_id"]).name))


@action("waitlist_booked", undoable=True)
def book(
    act: Act,
    entry_id: WaitlistId,
    version: int,
    *,
    chair_id: ChairId,
    starts: datetime,
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Books somebody from the list and takes them off it, both or neither.

    That they said yes stays written down also when the booking is undone.
    """
    row = _entry_row(act, entry_id, version)
    entry = waitlist.entry(act.db, entry_id)
    draft = AppointmentDraft(
        patient_id=entry.patient_id,
        chair_id=chair_id,
        protocol_id=entry.protocol_id,
        starts=starts,
        segments=protocols.protocol(act.db, entry.protocol_id).segments,
        nurse_id=entry.wishes.nurse_id,
        course_id=entry.course_id,
        note=entry.note,
    )
    booking.put_appointment(act, draft, override=override)
    act.insert("waitlist_offers", _offer(act, row, chair_id, starts, OfferAnswer.ACCEPTED))
    act.update("waitlist", row, {"active": 0})


@action("waitlist_offered")
def offered(
    act: Act,
    entry_id: WaitlistId,
    *,
    chair_id: ChairId,
    starts: datetime,
    answer: OfferAnswer,
    note: str = "",
) -> None:
    """Writes down what somebody said who was offered a place."""
    entry = current_row(act.db, "waitlist", entry_id)
    act.insert("waitlist_offers", _offer(act, entry, chair_id, starts, answer, note=note))
    name = short_name(patients.patient(act.db, entry["patient_id"]).name)
    act.say(patient=name, answer=answer.value, starts_at=seconds(starts))


def _left(db: Database, entry: Row) -> tuple[Place, ...]:
    """The places that one changed row held before the change and does not hold after it."""
    if entry["before"] is None or entry["table_name"] not in ("appointments", "closures"):
        return ()
    now_kept = current_row(db, entry["table_name"], entry["row_id"])
    after = now_kept | json.loads(entry["after"])
    before = after | json.loads(entry["before"])
    place = Place(before["chair_id"], Span(moment(before["starts"]), moment(before["ends"])))
    if entry["table_name"] == "closures":
        if not before["active"] or after["active"]:
            return ()
        chairs = [chair.id for chair in clinic.chairs(db) if place.chair_id in (None, chair.id)]
        return tuple(replace(place, chair_id=chair_id) for chair_id in chairs)
    if not Status(before["status"]).takes_the_chair:
        return ()
    stays = Status(after["status"]).takes_the_chair and all(
        before[name] == after[name] for name in ("chair_id", "starts")
    )
    return () if stays else (place,)


def _from_now(place: Place, now: datetime) -> Place:
    """What is still to come of it, from the next quarter of an hour on."""
    if place.span.starts >= now:
        return place
    quarter = QUARTER_HOUR.total_seconds()
    begins = datetime.fromtimestamp(-(-now.timestamp() // quarter) * quarter, UTC)
    return replace(place, span=Span(min(begins, place.span.ends), place.span.ends))


def _entry_row(act: Act, entry_id: WaitlistId, version: int) -> Row:
    """The entry as the person saw it, and still on the list."""
    row = current_row(act.db, "waitlist", entry_id)
    if row["version"] != version or not row["active"]:
        raise Conflict("changed_meanwhile")
    return row


def _offer(
    act: Act,
    entry: Row,
    chair_id: ChairId,
    starts: datetime,
    answer: OfferAnswer,
    *,
    note: str = "",
) -> dict[str, Any]:
    return {
        "waitlist_id": entry["id"],
        "patient_id": entry["patient_id"],
        "chair_id": chair_id,
        "starts": seconds(starts),
        "answer": answer.value,
        "note": note.strip(),
        "at": seconds(act.at),
        "by": act.stamp.staff_id,
    }


def _wanted(db: Database, entry: WaitlistEntry) -> Wanted:
    return judging.wanted(
        db,
        entry.patient_id,
        protocols.protocol(db, entry.protocol_id).segments,
        nurse_id=entry.wishes.nurse_id,
        course_id=entry.course_id,
    )


def _about(offer: WaitlistOffer, freed: Place) -> bool:
    """Whether they said no to a time of this very place."""
    within = freed.span.starts <= offer.starts < freed.span.ends
    return offer.answer is OfferAnswer.DECLINED and offer.chair_id == freed.chair_id and within
