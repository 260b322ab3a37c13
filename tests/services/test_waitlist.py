"""Somebody cancels: who waits and fits is found, best first; one who declined is not rung twice."""

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.ids import PatientId, WaitlistId
from ketadesk.domain.patients import Eligibility
from ketadesk.domain.places import Place
from ketadesk.domain.waitlist import OfferAnswer, WaitUrgency
from ketadesk.domain.wishes import Wishes
from ketadesk.services import booking, calendar, clinic, keeping, undo, waitlist
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import CHAIR_1, MOOD_LOW, add_patient, at, book, stamp


def approved(db: SqliteDatabase, name: str) -> PatientId:
    return add_patient(db, name, "Okafor", eligibility=Eligibility.APPROVED)


def test_who_waits_gets_the_place_that_was_given_up(db: SqliteDatabase) -> None:
    ana = book(db, add_patient(db), at(10))
    ben, cleo, dana = (approved(db, name) for name in ("Ben", "Cleo", "Dana"))
    waitlist.add(db, stamp(at(7)), ben, MOOD_LOW, note="rings back")
    waitlist.add(db, stamp(at(8)), cleo, MOOD_LOW, urgency=WaitUrgency.SOON)
    tuesdays = Wishes(frozenset({1}))
    waitlist.add(db, stamp(at(8)), dana, MOOD_LOW, urgency=WaitUrgency.URGENT, wishes=tuesdays)
    assert [one.entry.patient_name for one in waitlist.waiting(db)] == [
        "Dana Okafor",
        "Cleo Okafor",
        "Ben Okafor",
    ]
    assert waitlist.fitting_after(db, ana, now=at(8)) == (), "still taken"
    booking.set_status(
        db, stamp(), ana, 1, status=Status.CANCELLED_BY_PATIENT, reason=Reason.NO_ESCORT
    )
    fits = waitlist.fitting_after(db, ana, now=at(8))
    assert [one.entry.patient_id for one in fits] == [cleo, ben]
    assert fits[0].place.span.starts == at(10)

    entry = fits[0].entry
    waitlist.offered(
        db,
        stamp(),
        entry.id,
        chair_id=CHAIR_1,
        starts=at(10),
        answer=OfferAnswer.DECLINED,
        note="works on Mondays",
    )
    assert [one.entry.patient_id for one in waitlist.fitting_after(db, ana, now=at(8))] == [ben]
    (_, cleos, _) = waitlist.waiting(db)
    assert [(one.answer, one.by_name) for one in cleos.offers] == [
        (OfferAnswer.DECLINED, "Rosa M.")
    ]


def test_who_would_stay_over_midnight_meets_who_is_booked_then(db: SqliteDatabase) -> None:
    clinic.set_hours(db, stamp(), tuple(range(7)), ())
    late = Place(CHAIR_1, Span(at(22, 30), at(23)))
    waitlist.add(db, stamp(at(7)), approved(db, "Ben"), MOOD_LOW)
    assert [fits.place.span.starts for fits in waitlist.fitting(db, late, now=at(8))] == [
        at(22, 30)
    ]
    book(db, add_patient(db), at(0, 15, day=11))
    assert waitlist.fitting(db, late, now=at(8)) == ()


def test_taking_off_and_putting_back(db: SqliteDatabase) -> None:
    ben = approved(db, "Ben")
    made = waitlist.add(db, stamp(), ben, MOOD_LOW, wishes=Wishes(not_after=at(9).date()))
    (ben_waits,) = waitlist.waiting(db)
    assert (ben_waits.entry.until, ben_waits.offers) == (at(9).date(), ())
    entry_id = WaitlistId(made.row_ids["waitlist"])
    taken_off = waitlist.remove(db, stamp(), entry_id, ben_waits.entry.version)
    assert waitlist.waiting(db) == ()
    undo.undo(db, stamp(), taken_off.action_id)
    assert [one.entry.id for one in waitlist.waiting(db)] == [entry_id]
    assert not any(keeping.check(db).values())
    assert calendar.visits_of(db, ben) == ()
