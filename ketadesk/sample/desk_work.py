"""What the desk has to do besides the visits: a waitlist, a closure with somebody booked in it, an
escort who does not answer. Invented, and the same for the same seed and day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.escort_follow_up import Outcome
from ketadesk.domain.ids import WaitlistId
from ketadesk.domain.names import short_name
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.times import MINUTE
from ketadesk.domain.waitlist import OfferAnswer, WaitlistEntry, WaitUrgency
from ketadesk.domain.wishes import NO_WISHES, PartOfDay, Wishes
from ketadesk.sample.chance import Chance
from ketadesk.sample.play import Life, Play
from ketadesk.sample.visits import Booked, Known
from ketadesk.store.values import seconds
from ketadesk.store.waitlist import entry_values

HOUR = timedelta(hours=1)
CLOSED_REASON = "Electrician"
TUESDAYS_AND_THURSDAYS = frozenset({1, 3})


@dataclass(frozen=True)
class Wait:
    """Somebody's wait as the receptionist wrote it down, `days` before today."""

    days: int
    urgency: WaitUrgency
    wishes: Wishes = NO_WISHES
    note: str = ""
    declined: bool = False


WAITS = (
    Wait(19, WaitUrgency.ROUTINE, Wishes(part=PartOfDay.AFTERNOON), "Works mornings, booster"),
    Wait(9, WaitUrgency.SOON, Wishes(weekdays=TUESDAYS_AND_THURSDAYS), "Daughter drives Tue, Thu"),
    Wait(6, WaitUrgency.ROUTINE, note="Lives next door, can come at once", declined=True),
    Wait(3, WaitUrgency.URGENT, note="Dr. Shah asked for the first free place"),
    Wait(1, WaitUrgency.SOON, Wishes(part=PartOfDay.MORNING), "Away from the 20th on"),
)


def begin_desk_work(play: Play, *, seed: str, now: datetime) -> None:
    """Lets the desk's own work take its turns among the visits."""
    chance = Chance(f"{seed}, at the desk")
    taken: set[int] = set()
    for wait in WAITS:
        at = now - timedelta(days=wait.days) + chance.minutes(-90, 90)
        at = min(at, now - HOUR)
        while not play.clinic.open_on(play.clinic.clinic.local(at).date()):
            at -= timedelta(days=1)
        play.begin(at, _wait(play, chance, wait, taken, at))
    play.begin(now - 2 * HOUR, _close_with_somebody_in_it(play, now))
    play.begin(now - 40 * MINUTE, _call_in_vain(play, now))


def _wait(play: Play, chance: Chance, wait: Wait, taken: set[int], at: datetime) -> Life:
    yield at
    known = _who_waits(play, chance, taken)
    if known is None:
        return
    taken.add(known.patient_id)
    protocol = play.clinic.protocol("Mood IV low")
    entry = WaitlistEntry(
        id=WaitlistId(0),
        patient_id=known.patient_id,
        protocol_id=protocol.id,
        wishes=wait.wishes,
        urgency=wait.urgency,
        since=at,
        note=wait.note,
    )
    with play.act("waitlist_added", at, undoable=True) as act:
        row = act.insert("waitlist", entry_values(entry))
        act.say(patient=short_name(known.name))
    if not wait.declined:
        return
    at += timedelta(days=1)
    yield at
    starts = at.replace(minute=0, second=0, microsecond=0) + 24 * HOUR
    with play.act("waitlist_offered", at) as act:
        act.insert(
            "waitlist_offers",
            {
                "waitlist_id": row["id"],
                "patient_id": known.patient_id,
                "chair_id": play.clinic.chairs[1],
                "starts": seconds(starts),
                "answer": OfferAnswer.DECLINED.value,
                "note": "has the grandchildren that day",
                "at": seconds(at),
                "by": play.clinic.receptionist,
            },
        )
        act.say(
            patient=short_name(known.name),
            answer=OfferAnswer.DECLINED.value,
            starts_at=seconds(starts),
        )


def _who_waits(play: Play, chance: Chance, taken: set[int]) -> Known | None:
    """Somebody approved who has nothing booked ahead."""
    ahead = {booked.known.patient_id for booked in play.ahead}
    free = [
        known
        for known in play.met
        if known.patient_id not in ahead
        and known.patient_id not in taken
        and known.person.draft.eligibility is Eligibility.APPROVED
    ]
    return chance.choice(free) if free else None


def _close_with_somebody_in_it(play: Play, now: datetime) -> Life:
    """A chair is closed a few days ahead; whoever sits there is still to be moved."""
    at = now - 2 * HOUR
    yield at
    later = [one for one in _awaited(play) if one.visit.starts > now + timedelta(days=2)]
    if not later:
        return
    span = min(later, key=lambda one: one.visit.starts).span
    chair_id = min(later, key=lambda one: one.visit.starts).visit.chair_id
    begins, until = seconds(span.starts - HOUR), seconds(span.ends + HOUR)
    with play.act("closure_added", at, by=play.clinic.manager, undoable=True) as act:
        values = {"starts": begins, "ends": until, "reason": CLOSED_REASON}
        act.insert("closures", {"chair_id": chair_id, **values})
        act.say(starts_at=begins, ends_at=until, reason=CLOSED_REASON)


def _call_in_vain(play: Play, now: datetime) -> Life:
    """Twice this morning the next unconfirmed escort was rung, and nobody answered."""
    for before in (40, 14):
        at = now - before * MINUTE
        yield at
        unsure = [
            one
            for one in _awaited(play)
            if one.visit.starts > now and one.row["escort_state"] == EscortState.NAMED.value
        ]
        if not unsure:
            return
        booked = min(unsure, key=lambda one: one.visit.starts)
        _write_call(play, booked, at)


def _write_call(play: Play, booked: Booked, at: datetime) -> None:
    row = booked.row
    with play.act("escort_called", at) as act:
        act.insert(
            "escort_contacts",
            {
                "appointment_id": row["id"],
                "patient_id": row["patient_id"],
                "escort_id": row["escort_id"],
                "about_starts": row["starts"],
                "outcome": Outcome.NO_ANSWER.value,
                "note": "",
                "at": seconds(at),
                "by": play.clinic.receptionist,
            },
        )
        act.about(patient_id=booked.known.patient_id, span=booked.span)
        act.say(
            patient=short_name(booked.known.name),
            outcome=Outcome.NO_ANSWER.value,
            starts_at=row["starts"],
        )


def _awaited(play: Play) -> Iterator[Booked]:
    return (one for one in play.ahead if one.row["status"] in ("booked", "confirmed"))
