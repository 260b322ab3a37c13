"""A place that a rule speaks against is refused, unless somebody who may decides otherwise."""

from pathlib import Path

import pytest

from ketadesk import i18n
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Refused
from ketadesk.domain.guards import place_at
from ketadesk.domain.ids import StaffId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Override
from ketadesk.domain.patients import CourseDraft, Eligibility
from ketadesk.domain.wishes import Wishes
from ketadesk.services import booking, calendar, clinic, keeping, planning, proposing, undo
from ketadesk.services.watching import open_clinic
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    LENA,
    MINUTES,
    MOOD_LOW,
    ROSA,
    add_patient,
    at,
    book,
    draft_for,
    stamp,
)

NOT_ASSESSED = {"eligibility": Eligibility.NOT_ASSESSED}


def refused(db: SqliteDatabase, *args: object, **more: object) -> Objected:
    override = more.pop("override", NOTHING_OVERRIDDEN)
    staff_id = more.pop("staff_id", ROSA)
    with pytest.raises(Objected) as error:
        booking.book(
            db,
            stamp(staff_id=staff_id),  # type: ignore[arg-type]
            draft_for(*args, **more),  # type: ignore[arg-type]
            override=override,  # type: ignore[arg-type]
        )
    return error.value


def test_a_good_place_is_booked_and_nothing_is_said(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    booking.book(db, stamp(), draft_for(ana, at(10)), override=NOTHING_OVERRIDDEN)
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.override == NOTHING_OVERRIDDEN
    assert visit.override_name == ""


def test_all_that_speaks_against_it_is_told_at_once(db: SqliteDatabase) -> None:
    ana = add_patient(db, **NOT_ASSESSED)
    book(db, add_patient(db, "Ben", "Okafor"), at(17))
    error = refused(db, ana, at(17, 30))
    assert (error.code, error.values["patient"], error.may_override) == (
        "chair_taken",
        "Ben Okafor",
        True,
    )
    assert [one.guard for one in error.objections] == [
        Guard.CHAIR_TAKEN,
        Guard.OUTSIDE_HOURS,
        Guard.NOT_APPROVED,
    ]
    assert len(calendar.visits_of(db, ana)) == 0


def test_what_somebody_decided_is_shown_ever_after(db: SqliteDatabase) -> None:
    ana = add_patient(db, **NOT_ASSESSED)
    override = Override(frozenset({Guard.NOT_APPROVED}), " Dr. Shah sees her before ")
    assert refused(db, ana, at(10), override=Override(override.guards)).code == "not_approved"
    booking.book(db, stamp(staff_id=LENA), draft_for(ana, at(10)), override=override)
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.override == Override(override.guards, "Dr. Shah sees her before")
    assert (visit.appointment.override_by, visit.override_name) == (LENA, "Lena K.")
    assert not any(keeping.check(db).values())

    moved = visit.appointment
    booking.move(db, stamp(), moved.id, moved.version, chair_id=CHAIR_2, starts=at(11),
                 override=NOTHING_OVERRIDDEN)  # fmt: skip
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.override == Override(override.guards, "Dr. Shah sees her before")
    assert visit.override_name == "Lena K."
    with pytest.raises(Objected, match="outside_hours"):
        booking.move(db, stamp(), moved.id, visit.appointment.version, chair_id=CHAIR_2,
                     starts=at(17), override=NOTHING_OVERRIDDEN)  # fmt: skip


def test_sharing_a_chair_is_such_a_decision(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    book(db, add_patient(db, "Ben", "Okafor"), at(10))
    shared = Override(frozenset({Guard.CHAIR_TAKEN}), "Ben leaves early")
    draft = draft_for(ana, at(11, 30))
    booking.book(db, stamp(), draft, override=shared)
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.overlap_reason == "Ben leaves early"
    assert visit.appointment.override.guards == frozenset()


def test_the_desk_does_not_decide_about_the_treatment(db: SqliteDatabase) -> None:
    clinic.add_staff(db, stamp(), name="Kim", role=Role.RECEPTIONIST)
    kim = StaffId(4)
    ana = add_patient(db)
    declined = add_patient(db, "Cleo", "Diaz", eligibility=Eligibility.DECLINED)
    sure = Override(frozenset(Guard), "they insist")
    error = refused(db, declined, at(10), override=sure, staff_id=kim)
    assert (error.code, error.may_override) == ("approval_declined", False)
    booking.book(db, stamp(staff_id=kim), draft_for(ana, at(18)), override=sure)
    booking.book(db, stamp(), draft_for(declined, at(10)), override=sure)


def test_a_longer_recovery_asks_only_what_is_new(db: SqliteDatabase) -> None:
    ana = add_patient(db, **NOT_ASSESSED)
    appointment_id = book(db, ana, at(8))
    booking.resize(db, stamp(at(11)), appointment_id, 1, starts=at(8), minutes=130,
                   override=NOTHING_OVERRIDDEN)  # fmt: skip
    assert calendar.visit(db, appointment_id).appointment.ends == at(10, 10)
    book(db, add_patient(db, "Ben", "Okafor"), at(10, 30))
    with pytest.raises(Objected, match="chair_taken"):
        booking.resize(db, stamp(at(11)), appointment_id, 2, starts=at(8), minutes=160,
                       override=NOTHING_OVERRIDDEN)  # fmt: skip


def test_two_windows_after_one_slot_one_gets_it_and_the_other_the_next_best(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    ana, ben = add_patient(db), add_patient(db, "Ben", "Okafor")
    other = open_clinic(db.path)
    request = planning.FitRequest(ben, MOOD_LOW, Wishes(at=at(10).astimezone().time()))
    seen = planning.fit_in(other, request, now=at(7)).offers[0].place
    booking.book(
        db,
        stamp(),
        draft_for(ana, seen.span.starts, chair_id=seen.chair_id),
        override=NOTHING_OVERRIDDEN,
    )
    error = refused(other, ben, seen.span.starts, chair_id=seen.chair_id)
    assert (error.code, error.values["patient"]) == ("chair_taken", "Ana García")
    best = planning.fit_in(other, request, now=at(7)).offers[0].place
    assert best != seen
    booking.book(
        other,
        stamp(),
        draft_for(ben, best.span.starts, chair_id=best.chair_id),
        override=NOTHING_OVERRIDDEN,
    )
    other.close()


def test_a_booking_that_went_against_a_rule_is_undone_like_any(db: SqliteDatabase) -> None:
    ana = add_patient(db, **NOT_ASSESSED)
    made = booking.book(
        db, stamp(), draft_for(ana, at(10)), override=Override(frozenset(Guard), "agreed")
    )
    undo.undo(db, stamp(), made.action_id)
    (visit,) = calendar.visits_of(db, ana)
    assert visit.appointment.status.cancelled
    assert not any(keeping.check(db).values())


def test_every_rule_has_its_sentence() -> None:
    assert {guard.value for guard in Guard} <= i18n.known_codes()


def test_a_look_at_a_place_says_what_the_booking_would_be_refused_for(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db, **NOT_ASSESSED)
    place = place_at(CHAIR_1, at(17), MINUTES)
    look = proposing.look_at(db, place, proposing.LookFor(ana, MINUTES), now=at(9))
    assert look.objections == refused(db, ana, at(17)).objections
    nobody = proposing.LookFor(None, MINUTES)
    assert proposing.look_at(db, place, nobody, now=at(9)).objections == look.objections[:1]
    appointment_id = book(db, ana, at(17))
    itself = proposing.LookFor(ana, MINUTES, appointment_id=appointment_id)
    assert proposing.look_at(db, place, itself, now=at(9)).objections == look.objections


def test_the_first_visit_of_a_course_is_held_to_the_rules_too(db: SqliteDatabase) -> None:
    ana = add_patient(db)
    course = CourseDraft(MOOD_LOW, 2, 2, 4)
    with pytest.raises(Objected, match="closed_day"):
        booking.begin_course(db, stamp(), draft_for(ana, at(10, day=15)), course,
                             override=NOTHING_OVERRIDDEN)  # fmt: skip
    booking.begin_course(db, stamp(), draft_for(ana, at(10)), course, override=NOTHING_OVERRIDDEN)
    (visit,) = calendar.visits_of(db, ana)
    course_id = visit.appointment.course_id
    assert refused(db, ana, at(10, day=11), course_id=course_id).code == "too_soon"
    assert refused(db, ana, at(10, day=17), course_id=course_id).code == "too_late"
    with pytest.raises(Refused):
        booking.book(db, stamp(), draft_for(ana, at(10), chair_id=CHAIR_1))
