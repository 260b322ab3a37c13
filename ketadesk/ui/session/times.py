"""A time of day as typed in a form, as the moment that is meant."""

from datetime import datetime

from PySide6.QtCore import QTime

from ketadesk.domain.errors import Refused
from ketadesk.domain.line_time import TimeProblem, true_time
from ketadesk.ui.session.clock_field import SHOWN, ClockField
from ketadesk.ui.workplace import Workplace


def present(workplace: Workplace) -> QTime:
    """The clinic's wall clock, to the minute."""
    now = workplace.now()
    return QTime(now.hour, now.minute)


def meant(workplace: Workplace, field: ClockField) -> datetime:
    """The typed time as `true_time` reads it; this minute means now.

    Refused `time_unreadable`, `line_time_in_future` or `line_time_impossible`.
    """
    typed, now = field.time(), workplace.now()
    if not typed.isValid():
        raise Refused("time_unreadable", text=field.text())
    if (typed.hour(), typed.minute()) == (now.hour, now.minute):
        return workplace.desk.clock()
    try:
        return true_time((typed.hour(), typed.minute()), now)
    except TimeProblem as problem:
        raise Refused(problem.code, time=typed.toString(SHOWN)) from problem
