"""Whose escort someone must still name or call, and from when on: nobody goes home alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Appointment, EscortState
from ketadesk.domain.clinic import OpeningHours, open_on
from ketadesk.domain.day import Visit
from ketadesk.domain.rules import Rules


class Urgency(StrEnum):
    """How near the visit is: asking has not begun, is due, is overdue, or it is the day itself."""

    LATER = "later"
    DUE = "due"
    OVERDUE = "overdue"
    TODAY = "today"


@dataclass(frozen=True)
class EscortToConfirm:
    """A coming visit whose escort is not sure: nobody named, or named and not confirmed."""

    visit: Visit
    urgency: Urgency

    @property
    def nobody(self) -> bool:
        return lacks_escort(self.visit)

    @property
    def due(self) -> bool:
        """Whether the clinic's time to ask has come."""
        return self.urgency is not Urgency.LATER


def lacks_escort(visit: Visit) -> bool:
    """Whether nobody is named to take the patient home, while that still can be mended."""
    return visit.appointment.status.unfinished and visit.appointment.escort_id is None


def unsure(appointment: Appointment) -> bool:
    """Whether the escort is not named, or has not said yes."""
    unasked = (EscortState.NOT_ASKED, EscortState.NAMED)
    return appointment.escort_id is None or appointment.escort_state in unasked


def escorts_to_confirm(
    visits: Iterable[Visit],
    *,
    now: datetime,
    rules: Rules,
    hours: tuple[OpeningHours, ...],
    zone: ZoneInfo,
) -> tuple[EscortToConfirm, ...]:
    """Visits not yet begun and not yet past whose escort is unsure, in the order given."""
    return tuple(
        EscortToConfirm(visit, _urgency(visit.appointment, now, rules, hours, zone))
        for visit in visits
        if visit.appointment.status.can_move
        and unsure(visit.appointment)
        and visit.appointment.ends > now
    )


def ask_from(
    starts: datetime, rules: Rules, hours: tuple[OpeningHours, ...], zone: ZoneInfo
) -> datetime:
    """When asking begins: the clinic's `escort_ask_hours` before, and on a day it is open.

    So the escorts of a Monday are asked on Friday; without opening hours every day is open.
    """
    begins = (starts - timedelta(hours=rules.escort_ask_hours)).astimezone(zone)
    for back in range(7):
        earlier = begins - timedelta(days=back)
        if open_on(earlier.date(), hours):
            return earlier
    return begins


def _urgency(
    booked: Appointment,
    now: datetime,
    rules: Rules,
    hours: tuple[OpeningHours, ...],
    zone: ZoneInfo,
) -> Urgency:
    if booked.starts.astimezone(zone).date() <= now.astimezone(zone).date():
        return Urgency.TODAY
    if now >= booked.starts - timedelta(hours=rules.escort_overdue_hours):
        return Urgency.OVERDUE
    return Urgency.DUE if now >= ask_from(booked.starts, rules, hours, zone) else Urgency.LATER
