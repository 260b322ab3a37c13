"""What the views read when they are shown: on the desk's thread, so it never stops the window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from ketadesk.domain.patients import CourseDraft
from ketadesk.domain.wishes import PartOfDay, Wishes
from ketadesk.services import calendar, patients, planning, session_records, sessions, today
from ketadesk.services import sheets as sheets_of
from ketadesk.services.watching import latest_moment, open_clinic
from tests.benchmarks.measure import Measured, usual


def measure(clinic_file: Path) -> Iterator[Measured]:
    """Medians on the big clinic at the moment it has reached."""
    db = open_clinic(clinic_file)
    now = latest_moment(db)
    assert now is not None
    today_ = calendar.frame(db).clinic.local(now).date()
    week = [today_ - timedelta(days=back) for back in range(7)]
    day = max(week, key=lambda past: len(calendar.schedule(db, past).visits))
    patient_id = patients.find(db, "garcia")[0].id
    newest = sessions.list_sessions(db)[0].session_id
    for name, work in (
        ("Today's board", lambda: today.board(db, now)),
        ("a day of the calendar", lambda: calendar.schedule(db, day)),
        ("a week of the calendar", lambda: calendar.schedule(db, day, days=7)),
        ("a month of the calendar", lambda: calendar.schedule(db, day, days=31)),
        ("the patients list, nothing typed", lambda: patients.listed(db, "", now=now)),
        ("the patients list, 'gar' typed", lambda: patients.listed(db, "gar", now=now)),
        ("a patient's record", lambda: patients.record(db, patient_id)),
        ("a patient's visits", lambda: calendar.visits_of(db, patient_id)),
        ("the sessions list", lambda: sessions.list_sessions(db)),
        ("a session's record", lambda: session_records.load(db, newest)),
        ("the sheets of a day", lambda: sheets_of.of_day(db, day)),
    ):
        yield Measured(f"read: {name}", usual(work), "under 50 ms")
    protocol_id = calendar.frame(db).protocols[0].id
    fit = planning.FitRequest(patient_id, protocol_id, Wishes(part=PartOfDay.MORNING))
    six = CourseDraft(protocol_id, 6, 2, 4, fit.wishes)
    course = planning.PlanRequest(patient_id, six, today_)
    can_fit = usual(lambda: planning.fit_in(db, fit, now=now))
    yield Measured("read: can I fit her in?", can_fit, "under 100 ms")
    planned = usual(lambda: planning.plan(db, course, now=now))
    yield Measured("read: a course of six planned", planned, "under 200 ms")
    db.close()
