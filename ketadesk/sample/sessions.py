"""Plays one session: checklist, order, readings, what happened, release, signature."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from ketadesk.domain.appointments import EscortState, Status
from ketadesk.domain.changes import Noun
from ketadesk.domain.dosing import show
from ketadesk.domain.events import EventKind
from ketadesk.domain.names import short_name
from ketadesk.domain.readings import Vitals
from ketadesk.domain.sessions import Answer, ChecklistItem, Phase, ReleasePath
from ketadesk.domain.times import MINUTE
from ketadesk.domain.written_line import signs
from ketadesk.sample.stories import Happening, SessionStory, dose
from ketadesk.store.bulk import BulkAct
from ketadesk.store.database import Row
from ketadesk.store.values import seconds

if TYPE_CHECKING:
    from ketadesk.sample.play import Play
    from ketadesk.sample.visits import Booked

_PHASE_MOMENTS = {
    Phase.INFUSING: ("infusion_begun", ("infusion_started_at",)),
    Phase.RECOVERING: ("recovery_begun", ("recovery_started_at", "infusion_ended_at")),
    Phase.READY: ("marked_ready", ("ready_at",)),
}


class SessionPlay:
    """One session while it is played, with the rows as they stand."""

    def __init__(
        self,
        play: "Play",
        booked: "Booked",
        story: SessionStory,
        *,
        escort: Callable[[EscortState, datetime], None],
    ) -> None:
        self._escort = escort
        self._play = play
        self._booked = booked
        self._story = story
        self._row: Row = {}

    def live(self) -> Iterator[datetime]:
        for at, step in sorted(self._steps(), key=lambda pair: pair[0]):
            yield at
            step(at)

    def _steps(self) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        story = self._story
        yield story.opened_at, self._open
        share = max(timedelta(seconds=5), (story.infusion_at - story.opened_at - 3 * MINUTE) / 16)
        for number, item in enumerate(ChecklistItem, start=1):
            yield story.opened_at + number * share, partial(self._answer, item)
        yield story.infusion_at - 2 * MINUTE, self._order
        yield story.infusion_at, partial(self._step, Phase.INFUSING)
        for at, vitals in story.readings:
            yield at + self._play.chance.minutes(0, 1), partial(self._read, at, vitals)
        for happening in story.happenings:
            yield happening.at, partial(self._happen, happening)
        yield story.recovery_at, partial(self._step, Phase.RECOVERING)
        if self._booked.row["escort_id"] is not None:
            coming = (EscortState.CALLED, EscortState.ON_THE_WAY, EscortState.HERE)
            before = (story.ready_at - 14 * MINUTE, story.ready_at - 9 * MINUTE, story.ready_at)
            for state, at in zip(coming, before, strict=True):
                yield max(at, story.recovery_at + MINUTE), partial(self._escort, state)
        yield story.ready_at, partial(self._step, Phase.READY)
        yield story.released_at, self._release
        yield story.signed_at, self._sign

    def _act(self, verb: str, at: datetime) -> Any:
        return self._play.act(verb, at, by=self._booked.visit.nurse_id)

    def _say(self, act: BulkAct) -> None:
        act.say(patient=short_name(self._booked.known.name))
        act.about(patient_id=self._booked.known.patient_id, span=self._booked.span)

    def _open(self, at: datetime) -> None:
        with self._act("session_opened", at) as act:
            appointment = self._booked.row
            self._row = act.insert(
                "sessions",
                {
                    "uuid": act.stamp.uuid,
                    "appointment_id": appointment["id"],
                    "patient_id": appointment["patient_id"],
                    "chair_id": appointment["chair_id"],
                    "nurse_id": self._booked.visit.nurse_id,
                    "phase": Phase.PREPARING.value,
                    "opened_at": seconds(at),
                },
            )
            status = {"status": Status.IN_SESSION.value, "status_at": seconds(at)}
            self._booked.row = act.update("appointments", appointment, status)
            self._say(act)

    def _answer(self, item: ChecklistItem, at: datetime) -> None:
        detail, answer = "", Answer.MET
        if item is ChecklistItem.WEIGHT:
            detail = f"{self._story.weight} kg"
        if item is ChecklistItem.PREGNANCY:
            answer = Answer.NOT_APPLICABLE
        with self._act("checklist_answered", at) as act:
            values = {"item": item.value, "answer": answer.value, "detail": detail}
            self._insert(act, "checklist_answers", {**values, "at": seconds(at), "by": self._nurse})
            self._say(act)
            act.say(item=item.value, overridden=False)

    def _order(self, at: datetime) -> None:
        story = self._story
        amount = dose(story.weight, story.dose_per_kg)
        protocol = self._play.clinic.protocol(self._booked.course.protocol)
        with self._act("order_written", at) as act:
            values = {
                "ordered_by": "Dr. Shah",
                "weight": str(story.weight),
                "dose_per_kg": str(story.dose_per_kg),
                "dose": str(amount),
                "duration": protocol.segments.infusion,
                "route": protocol.route.value,
            }
            self._entered(act, "orders", values)
            self._say(act)
            act.say(dose=show(amount), overridden=False)

    def _read(self, taken_at: datetime, vitals: Vitals, at: datetime) -> None:
        with self._act("reading_recorded", at) as act:
            values = {
                "systolic": vitals.systolic,
                "diastolic": vitals.diastolic,
                "heart_rate": vitals.heart_rate,
                "oxygen_saturation": vitals.oxygen_saturation,
                "respiratory_rate": vitals.respiratory_rate,
                "moaas": vitals.moaas,
                "pain": vitals.pain,
                "dissociation": vitals.dissociation,
                "note": vitals.note,
            }
            self._entered(act, "readings", {**values, "taken_at": seconds(taken_at)})
            self._say(act)
            act.say(taken_at=seconds(taken_at), reading=signs(vitals), withdrawn=False)

    def _happen(self, happening: Happening, at: datetime) -> None:
        with self._act("event_recorded", at) as act:
            values = {
                "kind": happening.kind.value,
                "code": happening.code,
                "medicine": happening.medicine,
                "grade": happening.grade,
                "detail": happening.detail,
            }
            self._entered(act, "events", {**values, "at": seconds(happening.at)})
            self._say(act)
            act.say(
                kind=happening.kind.value,
                code=happening.code,
                moment_at=seconds(happening.at),
                withdrawn=False,
            )

    def _step(self, phase: Phase, at: datetime) -> None:
        verb, columns = _PHASE_MOMENTS[phase]
        with self._act(verb, at) as act:
            self._take_step(act, phase, at, {column: seconds(at) for column in columns})

    def _take_step(self, act: BulkAct, phase: Phase, at: datetime, values: dict[str, Any]) -> None:
        self._row = act.update("sessions", self._row, {**values, "phase": phase.value})
        event = {"kind": EventKind.PHASE.value, "at": seconds(at), "code": phase.value}
        self._entered(act, "events", {**event, "uuid": act.stamp.uuid})
        self._say(act)
        act.say(moment_at=seconds(at))

    def _release(self, at: datetime) -> None:
        booked = self._booked
        escort_id = booked.row["escort_id"]
        known = booked.known
        with_escort = escort_id is not None
        path = ReleasePath.TO_ESCORT if with_escort else ReleasePath.ALONE
        name = known.person.escorts[known.escort_ids.index(escort_id)].name if with_escort else ""
        reason = "" if with_escort else "Came without an escort; Dr. Shah was asked"
        with self._act("patient_released", at) as act:
            values = {
                "released_at": seconds(at),
                "release_path": path.value,
                "release_escort_id": escort_id,
                "release_to_name": name,
                "release_reason": reason,
            }
            self._take_step(act, Phase.RELEASED, at, values)
            done: dict[str, Any] = {"status": Status.COMPLETED.value, "status_at": seconds(at)}
            if with_escort:
                done["escort_state"] = EscortState.HANDED_OVER.value
            booked.row = act.update("appointments", booked.row, done)
            act.say(path=path.value, to_name=name)

    def _sign(self, at: datetime) -> None:
        with self._act("session_signed_off", at) as act:
            values = {"signed_at": seconds(at), "signed_by": self._nurse}
            self._row = act.update("sessions", self._row, values)
            self._say(act)

    @property
    def _nurse(self) -> int:
        return self._booked.visit.nurse_id

    def _insert(self, act: BulkAct, table: Noun, values: dict[str, Any]) -> None:
        given = {"uuid": self._play.chance.uuid(), "session_id": self._row["id"]}
        act.insert(table, {**given, **values})

    def _entered(self, act: BulkAct, table: Noun, values: dict[str, Any]) -> None:
        entered = {"entered_at": seconds(act.at), "entered_by": self._nurse}
        self._insert(act, table, {**values, **entered})
