"""Who may do what here, and how long the clinic's day is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from ketadesk.domain.clinic import FIRST_YEAR, LAST_YEAR, Role, Staff, day_span
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import StaffId

ZONE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("role", "nurses", "sets_thresholds"),
    [
        (Role.RECEPTIONIST, False, False),
        (Role.NURSE, True, False),
        (Role.CLINICIAN, True, True),
        (Role.MANAGER, False, True),
    ],
)
def test_who_nurses_and_who_sets_the_limits(
    role: Role, nurses: bool, sets_thresholds: bool
) -> None:
    member = Staff(StaffId(1), "Rosa M.", role)
    assert (member.nurses, member.sets_thresholds) == (nurses, sets_thresholds)
    gone = Staff(StaffId(1), "Rosa M.", role, active=False)
    assert not gone.nurses and not gone.sets_thresholds


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2027, 5, 10), 24), (date(2027, 3, 14), 23), (date(2027, 11, 7), 25)],
)
def test_a_day_runs_from_midnight_to_midnight(day: date, hours: int) -> None:
    span = day_span(day, ZONE)
    assert span.ends.timestamp() - span.starts.timestamp() == hours * 3600
    assert span.starts.date() == day and span.ends.date() == day + timedelta(days=1)


def test_years_that_no_clinic_means_have_no_days() -> None:
    day_span(date(FIRST_YEAR, 1, 1), ZONE)
    day_span(date(LAST_YEAR, 12, 31), ZONE)
    for beyond in (date(FIRST_YEAR - 1, 12, 31), date(LAST_YEAR + 1, 1, 1)):
        with pytest.raises(Refused) as refused:
            day_span(beyond, ZONE)
        assert refused.value.code == "day_beyond_calendar"
