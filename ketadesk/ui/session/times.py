"""A time of day as typed in a form, as the moment that is meant."""

from datetime import datetime, timedelta

from PySide6.QtCore import QTime

from ketadesk.ui.workplace import Workplace


def present(workplace: Workplace) -> QTime:
    """The clinic's wall clock, to the minute."""
    now = workplace.now()
    return QTime(now.hour, now.minute)


def meant(workplace: Workplace, typed: QTime) -> datetime:
    """The typed time of today, or of yesterday just after midnight; this minute means now."""
    now = workplace.now()
    if (typed.hour(), typed.minute()) == (now.hour, now.minute):
        return workplace.desk.clock()
    moment = now.replace(hour=typed.hour(), minute=typed.minute(), second=0, microsecond=0)
    return moment - timedelta(days=1) if moment - now > timedelta(hours=12) else moment
