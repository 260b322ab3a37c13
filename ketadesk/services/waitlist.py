"""Those who wait for a place: put on the list, found when one is free, told, taken off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ketadesk.domain.appointments import AppointmentDraft
from ketadesk.domain.errors import Conflict
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import AppointmentId, ChairId, CourseId, PatientId, ProtocolId, WaitlistId
from ketadesk.domain.names import short_name
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Override
from ketadesk.domain.places import Place
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
from ketadesk.store.actions import Act, current_row
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds


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
