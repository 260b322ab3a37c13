"""Plays one booked visit at the desk: the escort's name, the calls, the arrival or its failing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.changes import Span
from ketadesk.domain.ids import PatientId
from ketadesk.domain.names import full_name
from ketadesk.domain.times import MINUTE
from ketadesk.sample.people import Person
from ketadesk.sample.plan import PlannedCourse, PlannedVisit
from ketadesk.sample.sessions import SessionPlay
from ketadesk.sample.stories import Story, session
from ketadesk.store.database import Row
from ketadesk.store.values import seconds

if TYPE_CHECKING:
    from ketadesk.sample.play import Play

Step = tuple[datetime, Callable[[datetime], None]]


@dataclass
class Known:
    """A person as the clinic file knows them."""

    person: Person
    patient_id: PatientId = field(init=False)
    escort_ids: list[int] = field(default_factory=list, init=False)

    @property
    def name(self) -> str:
        return full_name(self.person.draft.given_name, self.person.draft.family_name)


@dataclass
class Booked:
    """One visit while it is played: its appointment's row as it stands."""

    known: Known
    visit: PlannedVisit
    course: PlannedCourse
    row: Row

    @property
    def span(self) -> Span:
        starts = self.visit.starts
        return Span(starts, starts + timedelta(seconds=self.row["ends"] - self.row["starts"]))


class VisitPlay:
    """One visit while it is played, from its booking on."""

    def __init__(self, play: "Play", booked: Booked, story: Story, booked_at: datetime) -> None:
        self._play = play
        self._booked = booked
        self._story = story
        self._booked_at = booked_at

    def live(self) -> Iterator[datetime]:
        """At the desk first; then, for those who came, the session's own steps."""
        for at, step in sorted(self._steps(), key=lambda pair: pair[0]):
            yield at
            step(at)
        story, booked = self._story, self._booked
        if story.arrived_at is None or story.ending is not None:
            return
        told = story.session or session(
            self._play.chance,
            booked.known.person,
            self._play.clinic.protocol(booked.course.protocol),
            booked.visit.starts,
            story.arrived_at,
        )
        yield from SessionPlay(self._play, booked, told, escort=self._escort).live()

    def _steps(self) -> Iterator[Step]:
        story = self._story
        if story.escort is not None:
            yield self._booked_at + timedelta(seconds=10), partial(self._escort, EscortState.NAMED)
        if story.escort_confirmed_at is not None:
            confirm = partial(self._escort, EscortState.CONFIRMED)
            yield self._later(story.escort_confirmed_at), confirm
        if story.confirmed_at is not None:
            yield self._later(story.confirmed_at), partial(self._status, Status.CONFIRMED, None)
        if story.arrived_at is not None:
            yield self._later(story.arrived_at), partial(self._status, Status.ARRIVED, None)
        if story.ending is not None:
            end = partial(self._status, story.ending.status, story.ending.reason)
            yield self._later(story.ending.at), end

    def _later(self, at: datetime) -> datetime:
        """Nothing happens to a visit before it is booked."""
        return max(at, self._booked_at + MINUTE)

    def _status(self, status: Status, reason: Reason | None, at: datetime) -> None:
        booked = self._booked
        was = booked.row["status"]
        with self._play.act("appointment_status_set", at, undoable=True) as act:
            values = {
                "status": status.value,
                "status_reason": None if reason is None else reason.value,
                "status_at": seconds(at),
            }
            booked.row = act.update("appointments", booked.row, values)
            self._play.say_place(act, booked.known, booked.row)
            act.say(status=status.value, was=was, reason=values["status_reason"])

    def _escort(self, state: EscortState, at: datetime) -> None:
        """Takes the escort's state a step, as the desk does when it calls."""
        booked, index = self._booked, self._story.escort
        if index is None:
            return
        known = booked.known
        was = booked.row["escort_state"]
        with self._play.act("escort_state_set", at, undoable=True) as act:
            values = {"escort_id": known.escort_ids[index], "escort_state": state.value}
            booked.row = act.update("appointments", booked.row, values)
            self._play.say_place(act, known, booked.row)
            act.say(escort=known.person.escorts[index].name, state=state.value, was=was)
