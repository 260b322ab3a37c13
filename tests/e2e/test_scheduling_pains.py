"""What people complain about in other calendars, held against this one at the desk's own level.

One test for each complaint that no other test shows yet by itself; what happens on the screen is
tested where the screen is.
"""

import ast
import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ketadesk.domain.appointments import Appointment, EscortState, Reason, Status
from ketadesk.domain.changes import Changes, Span
from ketadesk.domain.course_plan import Scope, Verdict
from ketadesk.domain.errors import Conflict
from ketadesk.domain.escort_follow_up import Outcome
from ketadesk.domain.guards import place_at
from ketadesk.domain.ids import ActionId, AppointmentId, ClosureId, CourseId, PatientId, WaitlistId
from ketadesk.domain.objections import Guard, Objected
from ketadesk.domain.patients import CourseDraft, Eligibility, EscortDraft, PatientDraft
from ketadesk.domain.protocols import Route, SegmentMinutes, Tier
from ketadesk.i18n import sentence
from ketadesk.services import (
    booking,
    calendar,
    clinic,
    closures,
    escort_follow_up,
    keeping,
    listing,
    missed,
    patients,
    planning,
    undo,
    waitlist,
)
from ketadesk.services.planning import Move, PlannedVisit, PlanRequest
from ketadesk.services.watching import open_clinic
from ketadesk.store import appointments
from ketadesk.store.database import Database
from ketadesk.ui import words
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    LENA,
    MINUTES,
    MOOD_LOW,
    ROSA,
    ZONE,
    add_patient,
    at,
    book,
    draft_for,
    open_harbor,
    stamp,
)

SERVICES = Path(__file__).parents[2] / "ketadesk" / "services"
SIX = CourseDraft(MOOD_LOW, 6, 2, 4)
NOW = at(7)
MONDAY = date(2027, 5, 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbor.ketadesk"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """Harbor Clinic with Ana, approved, whose sister fetches her."""
    db = open_harbor(path)
    ana = add_patient(db, eligibility=Eligibility.APPROVED)
    patients.add_escort(db, stamp(NOW), ana, EscortDraft("Marta", phone="310-555-0190"))
    yield db
    assert not any(keeping.check(db).values())
    db.close()


ANA = PatientId(1)


def six_booked(db: Database) -> list[Appointment]:
    plan = planning.plan(db, PlanRequest(ANA, SIX, MONDAY), now=NOW)
    visits = tuple(
        PlannedVisit(one.number, one.place) for one in plan.proposals if one.place is not None
    )
    changes = planning.book_course(db, stamp(NOW), ANA, SIX, visits)
    return appointments.of_course(db, CourseId(changes.row_ids["courses"]))


def cancelled(db: Database, one: Appointment, reason: Reason = Reason.NO_ESCORT) -> Changes:
    status = Status.CANCELLED_BY_PATIENT
    return booking.set_status(db, stamp(NOW), one.id, one.version, status=status, reason=reason)


@pytest.mark.parametrize("number", range(6))
def test_pain_1_changing_one_of_a_series_never_touches_the_others(
    db: Database, number: int
) -> None:
    one = six_booked(db)[number]
    later = one.starts + timedelta(minutes=30)
    steps: tuple[Callable[[int], Changes], ...] = (
        lambda version: booking.set_status(
            db, stamp(NOW), one.id, version, status=Status.CONFIRMED
        ),
        lambda version: booking.move(
            db, stamp(NOW), one.id, version, chair_id=CHAIR_2, starts=later
        ),
        lambda version: booking.resize(db, stamp(NOW), one.id, version, starts=later, minutes=135),
        lambda version: booking.edit(db, stamp(NOW), one.id, version, nurse_id=LENA, note="late"),
        lambda version: booking.set_status(
            db,
            stamp(NOW),
            one.id,
            version,
            status=Status.CANCELLED_BY_CLINIC,
            reason=Reason.ILL,
        ),
    )
    for step in steps:
        before = {visit.id: visit for visit in six(db)}
        step(before[one.id].version)
        after = {visit.id: visit for visit in six(db)}
        assert {number for number in after if after[number] != before[number]} == {one.id}


def six(db: Database) -> list[Appointment]:
    return appointments.of_course(db, CourseId(1))


def test_pain_3_each_date_of_a_series_says_whether_it_can_be_had_and_what_instead(
    db: Database,
) -> None:
    for chair in (CHAIR_1, CHAIR_2):
        ben = add_patient(db, "Ben", f"Okafor{chair}", eligibility=Eligibility.APPROVED)
        for hour in (8, 10, 12, 14, 16):
            book(db, ben, at(hour, day=12), chair_id=chair)
    closed = Span(at(0, day=14), at(0, day=15))
    clinic.close(db, stamp(NOW), chair_id=None, span=closed, reason="training")
    four = CourseDraft(MOOD_LOW, 4, 2, 4)
    plan = planning.plan(db, PlanRequest(ANA, four, MONDAY), now=NOW)
    assert [
        (one.number, one.verdict, f"{one.place.span.starts.astimezone(ZONE):%a %d}")
        for one in plan.proposals
        if one.place is not None
    ] == [
        (1, Verdict.OK, "Mon 10"),
        (2, Verdict.MOVED, "Thu 13"),
        (3, Verdict.OK, "Mon 17"),
        (4, Verdict.OK, "Wed 19"),
    ]
    why = {o.guard for skipped in plan.proposals[1].skipped for o in skipped.objections}
    assert Guard.CHAIR_TAKEN in why
    for one in plan.proposals:
        for objection in (o for skipped in one.skipped for o in skipped.objections):
            assert "…" not in sentence(objection.guard, objection.values)
    assert db.rows("SELECT count(*) AS n FROM courses")[0]["n"] == 0, "only shown so far"


def test_pain_4_a_double_booking_is_never_silent_and_never_impossible(db: Database) -> None:
    ben = add_patient(db, "Ben", "Okafor", eligibility=Eligibility.APPROVED)
    book(db, ben, at(10))
    with pytest.raises(Objected) as refused:
        booking.book(db, stamp(NOW), draft_for(ANA, at(11)), override=planning.NOTHING_OVERRIDDEN)
    assert refused.value.may_override
    assert "Ben Okafor" in sentence(refused.value.code, refused.value.values)
    guards = frozenset(one.guard for one in refused.value.objections)
    decision = planning.Override(guards, "twins, one room")
    changes = booking.book(db, stamp(NOW), draft_for(ANA, at(11)), override=decision)
    shown = calendar.visit(db, AppointmentId(changes.row_ids["appointments"]))
    assert shown.appointment.overlap_reason == "twins, one room"


def test_pain_5_chairs_are_chairs_and_need_no_person(db: Database) -> None:
    book(db, ANA, at(10))
    book(db, add_patient(db, "Ben", "Okafor"), at(10), chair_id=CHAIR_2)
    listed = listing.list_appointments(db, first=MONDAY, last=MONDAY)
    assert [(row["chair"], row["nurse"]) for row in listed] == [
        ("Chair 1 · window", None),
        ("Chair 2", None),
    ]


def test_pain_12_a_call_is_written_beside_the_status_and_only_once(db: Database) -> None:
    escort_id = patients.record(db, ANA).escorts[0].id
    visit = book(db, ANA, at(10, day=11), escort_id=escort_id)
    booking.set_status(db, stamp(NOW), visit, 1, status=Status.CONFIRMED)
    told = stamp(NOW)
    first = escort_follow_up.record(db, told, visit, 2, outcome=Outcome.NO_ANSWER)
    again = escort_follow_up.record(db, told, visit, 2, outcome=Outcome.NO_ANSWER)
    assert first == again
    (task,) = escort_follow_up.tasks(db, now=at(8))
    assert task.unanswered == 1
    assert task.visit.appointment.status is Status.CONFIRMED
    assert task.visit.appointment.version == 2


def test_pain_13_who_does_not_come_stays_with_reason_and_person_and_is_counted(
    db: Database,
) -> None:
    first, second = (book(db, ANA, at(10, day=day)) for day in (10, 12))
    cancelled(db, calendar.visit(db, first).appointment)
    booking.set_status(
        db, stamp(at(11, day=12), staff_id=LENA), second, 1, status=Status.NO_SHOW,
        reason=Reason.FORGOT,
    )  # fmt: skip
    listed = listing.list_appointments(db, first=MONDAY, last=date(2027, 5, 12))
    assert [(row["status"], row["reason"]) for row in listed] == [
        ("cancelled_by_patient", "no_escort"),
        ("no_show", "forgot"),
    ]
    shown = calendar.schedule(db, date(2027, 5, 12)).visits
    assert [one.appointment.status_at for one in shown] == [at(11, day=12)]
    by_whom = db.rows("SELECT staff_id FROM actions ORDER BY id DESC LIMIT 2")
    assert [row["staff_id"] for row in by_whom] == [LENA, ROSA]
    counts = missed.report(db, date(2027, 5, 31)).counts
    assert {(one.reason, one.total) for one in counts} == {
        (Reason.NO_ESCORT, 1),
        (Reason.FORGOT, 1),
    }


def taken_back(db: Database) -> dict[str, Callable[[], Changes]]:
    """Each thing that the desk can do to the calendar, ready to be done once."""
    visits = six_booked(db)
    one, two = visits[0], visits[1]
    escort_id = patients.record(db, ANA).escorts[0].id
    clinic.add_protocol(db, stamp(NOW), name="Short", route=Route.INTRAVENOUS, tier=Tier.LOW,
                        segments=SegmentMinutes(15, 30, 30, 5), vitals_plan=())  # fmt: skip
    short = calendar.frame(db).protocols[-1].id
    span = Span(at(8, day=13), at(18, day=13))
    shut = clinic.close(db, stamp(NOW), chair_id=CHAIR_2, span=span, reason="repair")
    closure = ClosureId(shut.row_ids["closures"])
    over_two = Span(two.starts, two.ends)
    full = clinic.close(db, stamp(NOW), chair_id=two.chair_id, span=over_two, reason="leak")
    leak = ClosureId(full.row_ids["closures"])
    ben = add_patient(db, "Ben", "Okafor", eligibility=Eligibility.APPROVED)
    entry = WaitlistId(waitlist.add(db, stamp(NOW), ben, MOOD_LOW).row_ids["waitlist"])
    free = at(8, day=14)
    away = (Move(two.id, 1, place_at(CHAIR_2, two.starts, MINUTES)),)
    later = place_at(CHAIR_1, visits[5].starts + timedelta(hours=4), MINUTES)
    plan = planning.plan(db, PlanRequest(ben, SIX, MONDAY), now=NOW)
    bens = tuple(PlannedVisit(p.number, p.place) for p in plan.proposals if p.place)
    allowed = planning.Override(frozenset(Guard), "agreed")
    new = draft_for(ben, at(14, day=20))
    return {
        "appointment_booked": lambda: booking.book(db, stamp(NOW), new),
        "course_begun": lambda: booking.begin_course(db, stamp(NOW), new, SIX),
        "appointment_moved": lambda: booking.move(
            db, stamp(NOW), one.id, 1, chair_id=CHAIR_2, starts=at(14)
        ),
        "appointment_resized": lambda: booking.resize(
            db, stamp(NOW), one.id, 1, starts=one.starts, minutes=135
        ),
        "appointment_protocol_changed": lambda: booking.change_protocol(
            db, stamp(NOW), one.id, 1, protocol_id=short
        ),
        "appointment_status_set": lambda: cancelled(db, one),
        "appointment_edited": lambda: booking.edit(
            db, stamp(NOW), one.id, 1, nurse_id=LENA, note="brings a pillow"
        ),
        "escort_state_set": lambda: booking.set_escort(
            db, stamp(NOW), one.id, 1, escort_id=escort_id, state=EscortState.CONFIRMED
        ),
        "closure_added": lambda: clinic.close(
            db, stamp(NOW), chair_id=None, span=span, reason="training"
        ),
        "closure_removed": lambda: clinic.reopen(db, stamp(NOW), closure),
        "closure_cleared": lambda: closures.move_away(db, stamp(NOW), leak, away),
        "course_booked": lambda: planning.book_course(db, stamp(NOW), ben, SIX, bens),
        "course_moved": lambda: planning.move_visits(
            db, stamp(NOW), (Move(visits[5].id, 1, later),)
        ),
        "course_cancelled": lambda: planning.cancel_visits(
            db,
            stamp(NOW),
            CourseId(1),
            two.id,
            scope=Scope.FOLLOWING,
            status=Status.CANCELLED_BY_PATIENT,
            reason=Reason.ILL,
        ),
        "waitlist_added": lambda: waitlist.add(db, stamp(NOW), ANA, MOOD_LOW),
        "waitlist_removed": lambda: waitlist.remove(db, stamp(NOW), entry, 1),
        "waitlist_booked": lambda: waitlist.book(
            db, stamp(NOW), entry, 1, chair_id=CHAIR_1, starts=free, override=allowed
        ),
    }


def verbs_of(*modules: str) -> set[str]:
    """What these services call the actions that they say can be undone."""
    calls = [
        node
        for module in modules
        for node in ast.walk(ast.parse((SERVICES / f"{module}.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "action"
    ]
    undoable = [call for call in calls if any(word.arg == "undoable" for word in call.keywords)]
    return {ast.literal_eval(call.args[0]) for call in undoable}


DESK = sorted(
    verbs_of("booking", "planning", "closures", "waitlist") | {"closure_added", "closure_removed"}
)


@pytest.mark.parametrize("verb", DESK)
def test_pain_14_whatever_the_desk_did_is_taken_back_in_plain_words(
    db: Database, path: Path, verb: str
) -> None:
    doing = taken_back(db)
    before = calendar_now(db)
    done = doing[verb]()
    assert done.verb == verb
    assert calendar_now(db) != before
    said = words.done(verb, done.values)
    assert "…" not in said
    restarted = open_clinic(path)
    undo.undo(restarted, stamp(NOW), ActionId(done.action_id))
    restarted.close()
    assert calendar_now(db) == before


def calendar_now(db: Database) -> dict[str, Any]:
    """All that takes or closes a chair, waits or is planned, as a person would compare it."""
    shown = "SELECT * FROM appointments WHERE status_reason IS NULL ORDER BY id"
    wanted = {
        "appointments": shown,
        "closures": "SELECT * FROM closures WHERE active = 1 ORDER BY id",
        "courses": "SELECT * FROM courses WHERE active = 1 ORDER BY id",
        "waitlist": "SELECT * FROM waitlist WHERE active = 1 ORDER BY id",
    }
    return {
        table: [{k: v for k, v in row.items() if k != "version"} for row in db.rows(query)]
        for table, query in wanted.items()
    }


def test_pain_16_a_stale_window_is_told_and_changes_nothing(db: Database, path: Path) -> None:
    visit = book(db, ANA, at(10))
    other = open_clinic(path)
    seen = calendar.visit(other, visit).appointment
    booking.move(db, stamp(NOW), visit, 1, chair_id=CHAIR_2, starts=at(12))
    with pytest.raises(Conflict) as told:
        booking.move(other, stamp(NOW), visit, seen.version, chair_id=CHAIR_1, starts=at(15))
    assert "Ana García" in sentence(told.value.code, told.value.values)
    assert calendar.visit(other, visit).appointment.starts == at(12)
    other.close()


def test_pain_21_nobody_is_left_behind_by_a_closure(db: Database) -> None:
    visits = six_booked(db)
    day = visits[2].starts.astimezone(ZONE).date()
    span = Span(at(0, day=day.day), at(0, day=day.day + 1))
    shut = clinic.close(db, stamp(NOW), chair_id=None, span=span, reason="no water")
    closure = ClosureId(shut.row_ids["closures"])
    assert [one.appointment.id for one in closures.affected(db, closure, now=NOW)] == [visits[2].id]
    assert visits[2].id in {one.appointment.id for one in calendar.schedule(db, day).visits}, (
        "still in sight on its day"
    )
    (one,) = closures.to_clear(db, closure, now=NOW).affected
    assert one.proposed is not None
    move = Move(visits[2].id, 1, one.proposed.place)
    guards = frozenset(o.guard for o in one.proposed.candidate.objections)
    assert guards <= {Guard.TOO_LATE}
    closures.move_away(db, stamp(NOW), closure, (move,))
    assert closures.affected(db, closure, now=NOW) == ()


def test_pain_22_any_list_leaves_as_csv_exactly_as_it_was_narrowed_down(
    db: Database, path: Path
) -> None:
    for day in (10, 11, 12):
        book(db, ANA, at(10, day=day))
    db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    order = ("--clinic", str(path), "list", "appointments", "--from", "2027-05-11")
    command = [sys.executable, "-m", "ketadesk", *order]
    narrowed = {
        form: subprocess.run([*command, form], capture_output=True, text=True, check=True).stdout
        for form in ("--csv", "--json")
    }
    as_csv = list(csv.DictReader(io.StringIO(narrowed["--csv"], newline="")))
    as_json = json.loads(narrowed["--json"])
    assert [row["starts"] for row in as_csv] == [row["starts"] for row in as_json]
    assert [row["starts"][:16] for row in as_csv] == ["2027-05-11T10:00", "2027-05-12T10:00"]


def test_pain_27_which_visit_of_how_many_is_on_every_visit_also_after_a_cancellation(
    db: Database,
) -> None:
    third = six_booked(db)[2]
    cancelled(db, third, Reason.ILL)
    counts = [one.count for one in reversed(calendar.visits_of(db, ANA))]
    assert counts == ["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]
    later = third.starts + timedelta(hours=1)
    draft = draft_for(ANA, later, chair_id=CHAIR_2, course_id=CourseId(1))
    again = booking.book(db, stamp(NOW), draft)
    listed = listing.list_appointments(db, first=None, last=None)
    (row,) = [row for row in listed if row["id"] == again.row_ids["appointments"]]
    assert row["course"] == "3/6", "the gap is filled, nobody is 7 of 6"


@pytest.mark.parametrize(
    ("given", "family", "born"),
    [
        ("Ana", "Garcia", None),
        ("Anna", "García", None),
        ("García", "Ana", None),
        ("Ana María", "Garzia", date(1985, 3, 12)),
    ],
)
def test_pain_28_who_is_known_already_is_shown_before_a_double_is_added(
    db: Database, given: str, family: str, born: date | None
) -> None:
    known = patients.record(db, ANA).patient
    draft = PatientDraft("Ana", "García", birth_date=date(1985, 3, 12))
    patients.edit(db, stamp(NOW), ANA, known.version, draft)
    alike = patients.resembling(db, PatientDraft(given, family, birth_date=born))
    assert [one.id for one in alike] == [ANA]
    assert patients.resembling(db, PatientDraft("Omar", "Haddad")) == []
