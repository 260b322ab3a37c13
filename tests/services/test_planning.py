"""A course planned, booked whole, and changed later: this one, this and the following, or all."""

import itertools
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketadesk.domain.appointments import Appointment, Reason, Status
from ketadesk.domain.changes import Changes
from ketadesk.domain.course_plan import CoursePlan, Scope, Verdict
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.guards import place_at
from ketadesk.domain.ids import CourseId, PatientId
from ketadesk.domain.objections import Guard, Objected
from ketadesk.domain.patients import CourseDraft, Eligibility
from ketadesk.domain.wishes import Hours, PartOfDay, Wishes
from ketadesk.services import calendar, keeping, patients, planning, undo
from ketadesk.services.planning import Move, PlannedVisit, PlanRequest, ReplanRequest
from ketadesk.store import appointments
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    MINUTES,
    MOOD_LOW,
    ZONE,
    add_patient,
    at,
    book,
    stamp,
)

SIX = CourseDraft(MOOD_LOW, 6, 2, 4, Wishes(part=PartOfDay.MORNING, chair_id=CHAIR_2))
NOW = at(7)


def approved(db: SqliteDatabase, given_name: str = "Ana") -> PatientId:
    return add_patient(db, given_name, "García", eligibility=Eligibility.APPROVED)


def asked(db: SqliteDatabase, ana: PatientId, **more: object) -> CoursePlan:
    request = PlanRequest(ana, SIX, date(2027, 5, 10), **more)  # type: ignore[arg-type]
    return planning.plan(db, request, now=NOW)


def visits_of(plan: CoursePlan) -> tuple[PlannedVisit, ...]:
    return tuple(
        PlannedVisit(one.number, one.place, one.candidate.nurse_id)
        for one in plan.proposals
        if one.place is not None and one.candidate is not None
    )


def booked(db: SqliteDatabase, ana: PatientId) -> tuple[CourseId, list[Appointment]]:
    changes = planning.book_course(db, stamp(NOW), ana, SIX, visits_of(asked(db, ana)))
    course_id = CourseId(changes.row_ids["courses"])
    return course_id, appointments.of_course(db, course_id)


def said(visits: list[Appointment]) -> list[str]:
    return [
        f"{one.course_number} {one.starts.astimezone(ZONE):%a %d %H:%M} in {one.chair_id}"
        for one in visits
        if one.status.takes_the_chair
    ]


def test_six_visits_are_booked_in_one_go_and_undone_in_one(db: SqliteDatabase) -> None:
    ana = approved(db)
    book(db, add_patient(db, "Ben"), at(8, day=12), chair_id=CHAIR_2)
    plan = asked(db, ana)
    assert plan.bookable
    changes = planning.book_course(db, stamp(NOW), ana, SIX, visits_of(plan))
    course_id = CourseId(changes.row_ids["courses"])
    assert said(appointments.of_course(db, course_id)) == [
        "1 Mon 10 08:00 in 2",
        "2 Wed 12 10:00 in 2",
        "3 Fri 14 08:00 in 2",
        "4 Mon 17 08:00 in 2",
        "5 Wed 19 08:00 in 2",
        "6 Fri 21 08:00 in 2",
    ]
    assert patients.record(db, ana).courses[0].wishes == SIX.wishes
    undo.undo(db, stamp(NOW), changes.action_id)
    assert said(appointments.of_course(db, course_id)) == []
    assert not patients.record(db, ana).courses[0].active
    assert not any(keeping.check(db).values())


def test_all_or_nothing(db: SqliteDatabase) -> None:
    ana = approved(db)
    visits = visits_of(asked(db, ana))
    book(db, add_patient(db, "Ben"), at(8, day=17), chair_id=CHAIR_2)
    with pytest.raises(Objected) as error:
        planning.book_course(db, stamp(NOW), ana, SIX, visits)
    assert (error.value.code, error.value.values["patient"]) == ("chair_taken", "Ben García")
    assert calendar.visits_of(db, ana) == ()
    assert patients.record(db, ana).courses == ()


def test_somebody_booked_asks_for_another_place(db: SqliteDatabase) -> None:
    ana = approved(db)
    course_id, visits = booked(db, ana)
    second = visits[1]
    request = planning.FitRequest(
        ana,
        MOOD_LOW,
        Wishes(not_before=date(2027, 5, 12), not_after=date(2027, 5, 12), at=time(8)),
        course_id=course_id,
        escort_hours=Hours(begins=time(9), ends=time(12)),
        appointment_id=second.id,
    )
    best = planning.fit_in(db, request, now=NOW).offers[0].place
    assert (best.chair_id, best.span.starts) == (CHAIR_1, second.starts)
    afternoon = Hours(begins=time(15))
    again = ReplanRequest(
        course_id, second.id, Scope.THIS, date(2027, 5, 11), escort_hours=afternoon
    )
    (anew,) = (p for p in planning.replan(db, again, now=NOW).proposals if p.place is not None)
    assert anew.place is not None
    assert (anew.number, anew.place.span.starts) == (2, at(13, 15, day=12))
    other = asked(db, approved(db, "Cleo"), escort_hours=afternoon).proposals[0].place
    assert other is not None
    assert other.span.starts == at(13, 15)
    db.run("UPDATE appointments SET status = 'completed' WHERE id = :id", id=second.id)
    with pytest.raises(Refused, match="nothing_to_replan"):
        planning.replan(db, again, now=NOW)
    move = Move(second.id, second.version, place_at(CHAIR_1, at(8, day=13), MINUTES))
    with pytest.raises(Refused, match="appointment_under_way"):
        planning.move_visits(db, stamp(NOW), (move,))
    with pytest.raises(ValueError, match="not a cancellation"):
        planning.cancel_visits(db, stamp(NOW), course_id, second.id, scope=Scope.THIS,
                               status=Status.NO_SHOW, reason=Reason.ILL)  # fmt: skip


def test_the_escorts_hours_are_kept(db: SqliteDatabase) -> None:
    ana = approved(db)
    draft = patients.EscortDraft("Marta", hours=Hours(begins=time(15)))
    escort_id = patients.add_escort(db, stamp(), ana, draft).row_ids["escorts"]
    plan = asked(db, ana, escort_id=escort_id)
    assert {one.verdict for one in plan.proposals} == {Verdict.MOVED}
    first = plan.proposals[0].place
    assert first is not None
    assert first.span.starts == at(13, 15)
    planning.book_course(db, stamp(NOW), ana, SIX, visits_of(plan), escort_id=escort_id)
    early = [PlannedVisit(1, place_at(CHAIR_1, at(8, day=28), MINUTES))]
    with pytest.raises(Objected, match="escort_away"):
        planning.book_course(db, stamp(NOW), ana, SIX, tuple(early), escort_id=escort_id)


def moves_of(db: SqliteDatabase, course_id: CourseId, plan: CoursePlan) -> tuple[Move, ...]:
    by_number = {
        one.course_number: one
        for one in appointments.of_course(db, course_id)
        if one.status.takes_the_chair
    }
    return tuple(
        Move(by_number[one.number].id, by_number[one.number].version, one.place)
        for one in plan.proposals
        if one.place is not None and one.number in by_number
    )


@pytest.mark.parametrize("scope", list(Scope))
def test_others_never_change(db: SqliteDatabase, scope: Scope) -> None:
    ana = approved(db)
    course_id, before = booked(db, ana)
    db.run("UPDATE appointments SET status = 'completed' WHERE id = :id", id=before[0].id)
    before = appointments.of_course(db, course_id)
    request = ReplanRequest(
        course_id, before[3].id, scope, date(2027, 5, 11), Wishes(part=PartOfDay.AFTERNOON)
    )
    plan = planning.replan(db, request, now=at(12))
    planning.move_visits(db, stamp(at(12)), moves_of(db, course_id, plan))
    after = appointments.of_course(db, course_id)
    changed = {one.course_number for one in after if one not in before}
    assert (
        changed
        == {
            Scope.THIS: {4},
            Scope.FOLLOWING: {4, 5, 6},
            Scope.ALL: {2, 3, 4, 5, 6},
        }[scope]
    )
    assert all(one.starts.astimezone(ZONE).hour >= 12 for one in after if one not in before)
    days = [one.starts.astimezone(ZONE).date() for one in after]
    assert all(2 <= (b - a).days <= 4 for a, b in itertools.pairwise(days))


def test_shifting_into_each_others_old_places(db: SqliteDatabase) -> None:
    ana = approved(db)
    course_id, before = booked(db, ana)
    moves = tuple(
        Move(one.id, one.version, place_at(one.chair_id, following.starts, MINUTES))
        for one, following in itertools.pairwise(before[3:])
    )
    last = Move(before[5].id, before[5].version, place_at(CHAIR_2, at(8, day=24), MINUTES))
    changes = planning.move_visits(db, stamp(NOW), (*moves, last), override=allowed("too_late"))
    assert said(appointments.of_course(db, course_id))[3:] == [
        "4 Wed 19 08:00 in 2",
        "5 Fri 21 08:00 in 2",
        "6 Mon 24 08:00 in 2",
    ]
    undo.undo(db, stamp(NOW), changes.action_id)
    assert said(appointments.of_course(db, course_id)) == said(before)
    swap = [appointments.appointment(db, one.id) for one in before[:2]]
    places = (
        place_at(CHAIR_2, swap[1].starts, MINUTES),
        place_at(CHAIR_2, swap[0].starts, MINUTES),
    )
    with pytest.raises(Refused, match="visits_swap_places"):
        planning.move_visits(
            db,
            stamp(NOW),
            tuple(Move(o.id, o.version, p) for o, p in zip(swap, places, strict=True)),
        )
    with pytest.raises(Conflict):
        planning.move_visits(db, stamp(NOW), (Move(swap[0].id, 99, places[0]),))


def allowed(*codes: str) -> planning.Override:
    return planning.Override(frozenset(Guard(code) for code in codes), "agreed by phone")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(scope=st.sampled_from(list(Scope)), chosen=st.integers(0, 5), done=st.integers(0, 6))
def test_cancelling_changes_exactly_those_named(
    db: SqliteDatabase, scope: Scope, chosen: int, done: int
) -> None:
    ana = approved(db)
    course_id, visits = booked(db, ana)
    for one in visits[:done]:
        db.run("UPDATE appointments SET status = 'completed' WHERE id = :id", id=one.id)
    before = appointments.of_course(db, course_id)
    first = {Scope.THIS: chosen, Scope.FOLLOWING: chosen, Scope.ALL: 0}[scope]
    last = chosen if scope is Scope.THIS else 5
    expected = {one.id for one in before[max(first, done) : last + 1]}

    def cancel() -> Changes:
        return planning.cancel_visits(
            db,
            stamp(NOW),
            course_id,
            visits[chosen].id,
            scope=scope,
            status=Status.CANCELLED_BY_PATIENT,
            reason=Reason.NO_ESCORT,
        )

    if not expected:
        with pytest.raises(Refused, match="nothing_to_replan"):
            cancel()
    else:
        changes = cancel()
        after = appointments.of_course(db, course_id)
        assert {a.id for a, b in zip(after, before, strict=True) if a != b} == expected
        undo.undo(db, stamp(NOW), changes.action_id)
    stands = [(one.id, one.status, one.span) for one in appointments.of_course(db, course_id)]
    assert stands == [(one.id, one.status, one.span) for one in before]
    for one in visits:  # the next example finds the chairs free
        db.run(
            "UPDATE appointments SET status = 'no_show', status_reason = 'other' WHERE id = :id",
            id=one.id,
        )
