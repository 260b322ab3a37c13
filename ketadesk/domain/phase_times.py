"""When a session's phases began: read from its steps, so that record and clocks never disagree.

A step's time is corrected like any entry: by an amendment beside it. The order of steps stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ketadesk.domain.errors import NotFound, Refused
from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.ids import EventId
from ketadesk.domain.sessions import Phase


@dataclass(frozen=True)
class PhaseTimes:
    """The session's phase and moments after the steps taken so far; None until they happen."""

    phase: Phase = Phase.PREPARING
    infusion_started_at: datetime | None = None
    infusion_ended_at: datetime | None = None
    paused_at: datetime | None = None
    paused_seconds: int = 0
    recovery_started_at: datetime | None = None
    ready_at: datetime | None = None
    released_at: datetime | None = None

    def after(self, wanted: Phase, at: datetime) -> "PhaseTimes":
        """One step on, or back; whether the session knows that step is asked elsewhere."""
        there = replace(self, phase=wanted)
        if wanted is Phase.PAUSED:
            return replace(there, paused_at=at)
        if wanted is Phase.INFUSING:
            started = self.infusion_started_at or at
            return replace(there._running_again(at), infusion_started_at=started)
        if wanted in (Phase.STOPPED, Phase.RECOVERING):
            there = there._infusion_over(at)
        if wanted is Phase.RECOVERING:
            went_on = self.recovery_started_at if self.phase is Phase.READY else None
            return replace(there, recovery_started_at=went_on or at, ready_at=None)
        if wanted is Phase.READY:
            ready = self.ready_at if self.phase is Phase.RELEASED else at
            return replace(there, ready_at=ready, released_at=None)
        return replace(there, released_at=at) if wanted is Phase.RELEASED else there

    def _infusion_over(self, at: datetime) -> "PhaseTimes":
        """What is paused when it ends ran until the pause."""
        if self.infusion_started_at is None or self.infusion_ended_at is not None:
            return self
        return replace(self._running_again(at), infusion_ended_at=at)

    def _running_again(self, at: datetime) -> "PhaseTimes":
        if self.paused_at is None:
            return self
        paused = self.paused_seconds + int((at - self.paused_at).total_seconds())
        return replace(self, paused_at=None, paused_seconds=paused)


def phase_times(steps: Iterable[Event]) -> PhaseTimes:
    """Where these steps, in the order in which they were taken, lead to."""
    times = PhaseTimes()
    for step in steps:
        times = times.after(Phase(step.code), step.at)
    return times


def steps_taken(events: Iterable[Event]) -> tuple[Event, ...]:
    """The session's steps in the order in which they were taken, each with the time that counts."""
    newest: dict[EventId, Event] = {}
    first: dict[EventId, EventId] = {}
    for event in sorted(events, key=lambda event: event.id):
        if event.kind is EventKind.PHASE:
            amended = event.id if event.amends_id is None else first[event.amends_id]
            first[event.id] = amended
            newest[amended] = event
    return tuple(newest.values())


def is_resumption(event: Event, events: Iterable[Event]) -> bool:
    """Whether a step lets the infusion run again, as it was taken or at its corrected time."""
    if event.kind is not EventKind.PHASE or event.code != Phase.INFUSING:
        return False
    known = {one.id: one for one in events}
    while event.amends_id is not None and event.amends_id in known:
        event = known[event.amends_id]
    return any(
        one.kind is EventKind.PHASE and one.code == Phase.INFUSING and one.id < event.id
        for one in known.values()
    )


def corrected(steps: Sequence[Event], event_id: EventId, at: datetime) -> tuple[Event, ...]:
    """The steps with one of them at another time.

    Refused when that leaves the order of the steps, or is the minute that it already has.
    """
    place = next((place for place, step in enumerate(steps) if step.id == event_id), None)
    if place is None:
        raise NotFound("amend_not_found")
    if _minute(at) == _minute(steps[place].at):
        raise Refused("phase_time_same", moment_at=int(at.timestamp()))
    check_after(steps[:place], at)
    if place + 1 < len(steps) and at > steps[place + 1].at:
        after = int(steps[place + 1].at.timestamp())
        raise Refused("moment_after_next_step", moment_at=int(at.timestamp()), next_at=after)
    return (*steps[:place], replace(steps[place], at=at), *steps[place + 1 :])


def check_opened(opened_at: datetime, at: datetime) -> None:
    """Refuses a step before the minute in which the session was opened: nothing ran yet."""
    if at < _minute(opened_at):
        opened = int(opened_at.timestamp())
        raise Refused("moment_before_opening", moment_at=int(at.timestamp()), opened_at=opened)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def check_after(steps: Sequence[Event], at: datetime) -> None:
    """Refuses a moment before the last of these steps."""
    if steps and at < steps[-1].at:
        last = int(steps[-1].at.timestamp())
        raise Refused("moment_before_last_step", moment_at=int(at.timestamp()), last_at=last)
