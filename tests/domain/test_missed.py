"""What did not happen is counted by reason and by the month on the clinic's wall."""

from datetime import UTC, date, datetime

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.missed import Ended, count_missed, months_until
from tests.clinic_day import ZONE

APRIL, MAY = date(2027, 4, 1), date(2027, 5, 1)


def ended(day: int, hour: int, status: Status, reason: Reason | None = None) -> Ended:
    return Ended(datetime(2027, 5, day, hour, tzinfo=UTC), status, reason)


def test_the_reasons_are_counted_the_most_frequent_first() -> None:
    visits = (
        ended(1, 3, Status.NO_SHOW, Reason.NO_ESCORT),  # the last evening of April
        ended(4, 17, Status.COMPLETED),
        ended(5, 17, Status.CANCELLED_BY_PATIENT, Reason.ILL),
        ended(6, 17, Status.NO_SHOW, Reason.NO_ESCORT),
        ended(7, 17, Status.CANCELLED_BY_CLINIC, Reason.BOOKED_BY_MISTAKE),
    )
    report = count_missed(visits, (APRIL, MAY), ZONE)
    assert [(one.reason, one.by_month) for one in report.counts] == [
        (Reason.NO_ESCORT, (1, 1)),
        (Reason.ILL, (0, 1)),
    ]
    assert (report.booked, report.by_month) == ((1, 3), (1, 2))


def test_the_months_go_back_over_new_year() -> None:
    assert months_until(date(2027, 2, 28), 4) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )
