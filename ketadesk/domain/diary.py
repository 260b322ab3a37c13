"""A schedule looked up by day, made once for thousands of questions about places.

In UTC seconds, because a search for a place asks them far more often than anybody reads one.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, Role, Staff, day_span, open_on
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.ids import AppointmentId, ChairId, PatientId, StaffId
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.rules import Rules


class Booked(NamedTuple):
    """A visit that takes its chair, in UTC seconds."""

    visit: Visit
    appointment_id: AppointmentId
    patient_id: PatientId
    chair_id: ChairId
    nurse_id: StaffId | None
    starts: int
    ends: int
    infusion_starts: int
    infusion_ends: int


class Shut(NamedTuple):
    """A closure of a chair, or of all without one, in UTC seconds."""

    chair_id: ChairId | None
    starts: int
    ends: int
    reason: str


class Slot(NamedTuple):
    """When an appointment would be, in UTC seconds; `ready` is when its patient may leave."""

    starts: int
    ends: int
    infusion_starts: int
    infusion_ends: int
    ready: int


@dataclass(frozen=True)
class Diary:
    """The schedule with what judging needs beside it; `ignoring` leaves out what is to be moved.

    `nurses` are those who watch infusions; with none known nurse load is not judged.
    """

    schedule: Schedule
    zone: ZoneInfo
    rules: Rules
    nurses: tuple[Staff, ...] = ()
    ignoring: frozenset[AppointmentId] = frozenset()
    _openings: dict[date, tuple[tuple[int, int], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def chairs(self) -> tuple[Chair, ...]:
        return self.schedule.chairs

    @property
    def capacity(self) -> int:
        """How many infusions all nurses together may watch at once."""
        return len(self.nurses) * self.rules.infusions_per_nurse

    def without(self, appointments: Collection[AppointmentId]) -> "Diary":
        """The same diary as if these appointments were not there."""
        ignoring = self.ignoring | frozenset(appointments)
        return Diary(self.schedule, self.zone, self.rules, self.nurses, ignoring)

    def moved(self, appointment_id: AppointmentId, chair_id: ChairId, starts: datetime) -> "Diary":
        """The same diary as if an appointment lay elsewhere, for what is proposed after it."""
        visits = tuple(
            _at(visit, chair_id, starts) if visit.appointment.id == appointment_id else visit
            for visit in self.schedule.visits
        )
        schedule = replace(self.schedule, visits=visits)
        return Diary(schedule, self.zone, self.rules, self.nurses, self.ignoring)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def covers(self, day: date) -> bool:
        """Whether the whole day was looked up: beyond it nobody is known, not nobody booked."""
        whole, span = day_span(day, self.zone), self.schedule.span
        return span.starts <= whole.starts and whole.ends <= span.ends

    def open_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """When the clinic is open that day, in real minutes; all day if it set no hours at all."""
        if day not in self._openings:
            self._openings[day] = self._reckon_opening(day)
        return self._openings[day]

    def booked_on(self, day: date) -> tuple[Booked, ...]:
        """Who takes a chair at some time of the day, earliest first."""
        return self._by_day.get(day, ())

    def booked_around(self, starts: datetime, ends: datetime) -> tuple[Booked, ...]:
        """Who takes a chair on the days of a stretch."""
        first, last = self.day_of(starts), self.day_of(ends)
        if first == last:
            return self.booked_on(first)
        both = (*self.booked_on(first), *self.booked_on(last))
        return tuple({one.appointment_id: one for one in both}.values())

    def closures_on(self, day: date) -> tuple[Shut, ...]:
        """What is closed at some time of the day or of the next, earliest first."""
        return self._closures_by_day.get(day, ())

    @cached_property
    def chair_names(self) -> dict[ChairId, str]:
        return {chair.id: chair.name for chair in self.schedule.chairs}

    @cached_property
    def _by_day(self) -> dict[date, tuple[Booked, ...]]:
        days: dict[date, list[Booked]] = defaultdict(list)
        for visit in self.schedule.visits:
            appointment = visit.appointment
            if not appointment.status.takes_the_chair or appointment.id in self.ignoring:
                continue
            one = _booked(visit)
            for day in _days(appointment.span, self.zone):
                days[day].append(one)
        return {day: tuple(booked) for day, booked in days.items()}

    @cached_property
    def _closures_by_day(self) -> dict[date, tuple[Shut, ...]]:
        days: dict[date, list[Shut]] = defaultdict(list)
        for closure in self.schedule.closures:
            within = Span(
                max(closure.span.starts, self.schedule.span.starts - timedelta(days=1)),
                min(closure.span.ends, self.schedule.span.ends + timedelta(days=1)),
            )
            touched = _days(within, self.zone)
            for day in (touched[0] - timedelta(days=1), *touched):
                days[day].append(_shut(closure))
        return {day: tuple(closures) for day, closures in days.items()}

    def _reckon_opening(self, day: date) -> tuple[tuple[int, int], ...]:
        if not self.schedule.hours:
            whole = day_span(day, self.zone)
            return ((int(whole.starts.timestamp()), int(whole.ends.timestamp())),)
        return tuple(
            (
                int(datetime.combine(day, hours.opens, self.zone).timestamp()),
                int(datetime.combine(day, hours.closes, self.zone).timestamp()),
            )
            for hours in open_on(day, self.schedule.hours)
        )


def watching(staff: Collection[Staff]) -> tuple[Staff, ...]:
    """Who watches infusions: the clinic's nurses, or where it has none, its clinicians."""
    nurses = tuple(one for one in staff if one.active and one.role is Role.NURSE)
    return nurses or tuple(one for one in staff if one.nurses)


def slot_at(starts: int, segments: SegmentMinutes) -> Slot:
    """The parts of an appointment that starts at that second."""
    infusion = starts + 60 * segments.check_in
    infused = infusion + 60 * segments.infusion
    ready = infused + 60 * segments.recovery
    return Slot(starts, ready + 60 * segments.turnover, infusion, infused, ready)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _at(visit: Visit, chair_id: ChairId, starts: datetime) -> Visit:
    appointment = visit.appointment
    span = Span(starts, starts + (appointment.ends - appointment.starts))
    return replace(visit, appointment=replace(appointment, chair_id=chair_id, span=span))


def _booked(visit: Visit) -> Booked:
    appointment = visit.appointment
    slot = slot_at(int(appointment.starts.timestamp()), appointment.segments)
    return Booked(
        visit,
        appointment.id,
        appointment.patient_id,
        appointment.chair_id,
        appointment.nurse_id,
        slot.starts,
        int(appointment.ends.timestamp()),
        slot.infusion_starts,
        slot.infusion_ends,
    )


def _shut(closure: Closure) -> Shut:
    starts, ends = (int(edge.timestamp()) for edge in (closure.span.starts, closure.span.ends))
    return Shut(closure.chair_id, starts, ends, closure.reason)


def _days(span: Span, zone: ZoneInfo) -> tuple[date, ...]:
    """The local days that a span touches."""
    first = span.starts.astimezone(zone).date()
    last = (span.ends - timedelta(microseconds=1)).astimezone(zone).date()
    return tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))
