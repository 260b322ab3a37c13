"""The edges of booking: lengths, reasons, places that were decided, clocks that change."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import CourseId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Guard, Objected, Override
from ketadesk.domain.patients import CourseDraft
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.services import booking, calendar, clinic, patients
from ketadesk.services.seating import span_of
from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import (
    CHAIR_1,
    CHAIR_2,
    DR_SHAH,
    MINUTES,
    MOOD_LOW,
    ZONE,
    add_patient,
    at,
    book,
    draft_for,
    stamp,
)
from tests.treated import started

EARLY = at(9, day=3)


def test_a_visit_in_session_gets_longer_but_never_starts_at_another_time(
    db: SqliteDatabase,
) -> None:
    visit = book(db, add_patient(db))
    started(db, visit)
    version = calendar.visit(db, visit).appointment.version
    longer = partial(booking.resize, db, stamp(), visit, version, minutes=150)
    with pytest.raises(Refused, match="appointment_under_way"):
        longer(starts=at(10, 15))
    longer(starts=at(10))
    assert calendar.visit(db, visit).appointment.ends == at(12, 30)


def test_a_reason_is_kept_for_who_does_not_come_and_for_nobody_else(db: SqliteDatabase) -> None:
    visit = book(db, add_patient(db))
    steps = ((Status.CONFIRMED, None), (Status.ARRIVED, None), (Status.BOOKED, None),
             (Status.NO_SHOW, Reason.ILL), (Status.ARRIVED, None))  # fmt: skip
    for version, (status, kept) in enumerate(steps, start=1):
        booking.set_status(db, stamp(), visit, version, status=status, reason=Reason.ILL)
        assert calendar.visit(db, visit).appointment.status_reason is kept


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (SegmentMinutes(0, 0, 0, 0), "appointment_without_length"),
        (SegmentMinutes(30, 1380, 30, 1), "appointment_too_long"),
    ],
)
def test_a_booking_without_length_or_of_more_than_a_day_is_refused_by_name(
    db: SqliteDatabase, minutes: SegmentMinutes, code: str
) -> None:
    draft = replace(draft_for(add_patient(db)), segments=minutes)
    with pytest.raises(Refused) as refused:
        booking.book(db, stamp(), draft)
    assert refused.value.code == code


def test_what_was_decided_about_one_chair_is_asked_anew_in_another(db: SqliteDatabase) -> None:
    """Dr. Shah booked into a closed chair; the other one is closed too, which nobody decided."""
    all_day = Span(at(8), at(18))
    for chair_id in (CHAIR_1, CHAIR_2):
        clinic.close(db, stamp(), chair_id=chair_id, span=all_day, reason="painters")
    decided = Override(frozenset({Guard.CHAIR_CLOSED, Guard.NOT_APPROVED}), "they come tomorrow")
    booked = booking.book(
        db, stamp(EARLY, staff_id=DR_SHAH), draft_for(add_patient(db)), override=decided
    )
    visit = calendar.visit(db, booked.row_ids["appointments"]).appointment  # type: ignore[arg-type]
    with pytest.raises(Objected) as objected:
        booking.move(
            db,
            stamp(EARLY, staff_id=DR_SHAH),
            visit.id,
            visit.version,
            chair_id=CHAIR_2,
            starts=visit.starts,
            override=NOTHING_OVERRIDDEN,
        )
    assert Guard.CHAIR_CLOSED in {one.guard for one in objected.value.objections}


def test_the_last_visit_of_a_full_course_moves_by_an_hour_without_standing_in_its_own_way(
    db: SqliteDatabase,
) -> None:
    ana = add_patient(db)
    planned = patients.plan_course(db, stamp(EARLY), ana, CourseDraft(MOOD_LOW, 2, 2, 5))
    course = CourseId(planned.row_ids["courses"])
    book(db, ana, at(10), course_id=course)
    last = book(db, ana, at(10, day=13), course_id=course)
    anyone = Override(frozenset({Guard.NOT_APPROVED}), "approval is on its way")
    booking.move(
        db,
        stamp(EARLY, staff_id=DR_SHAH),
        last,
        1,
        chair_id=CHAIR_1,
        starts=at(11, day=13),
        override=anyone,
    )
    assert calendar.visit(db, last).appointment.starts == at(11, day=13)


def test_a_booking_over_the_hour_that_the_clocks_skip_has_its_true_length() -> None:
    """Los Angeles, 14 March 2027: 2:00 is 3:00. Two hours from 1:30 end at 4:30 on the wall."""
    starts = datetime(2027, 3, 14, 1, 30, tzinfo=ZONE)
    span = span_of(starts, MINUTES)
    assert span.ends - span.starts == timedelta(minutes=MINUTES.total)
    wall = span.ends.astimezone(ZONE)
    assert (wall.hour, wall.minute) == (4, 30)


def test_one_stamp_is_never_two_different_actions(db: SqliteDatabase) -> None:
    ana, once = add_patient(db), stamp()
    booking.book(db, once, draft_for(ana))
    with pytest.raises(ValueError, match="one stamp for two actions"):
        clinic.add_chair(db, once, name="Chair 3")
    assert len(calendar.frame(db).chairs) == 2
