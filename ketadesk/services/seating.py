"""Writes where an appointment is, held to the rules of booking, as part of an action."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ketadesk.domain.appointments import Appointment, check_span
from ketadesk.domain.changes import Span
from ketadesk.domain.guards import Wanted
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.domain.names import short_name
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.places import Place
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.services import in_use, judging
from ketadesk.store import appointments
from ketadesk.store.actions import Act
from ketadesk.store.database import Row


@dataclass(frozen=True)
class Decided:
    """Why two may share a chair, and which other rules somebody went against."""

    overlap_reason: str
    override: Override


def judged(
    act: Act,
    who: Wanted,
    place: Place,
    decided: Decided,
    *,
    before: Appointment | None = None,
    ignoring: tuple[AppointmentId, ...] = (),
) -> dict[str, Any]:
    """The columns that say what was decided about a place; `Objected` when something was not."""
    ignoring = ignoring if before is None else (before.id, *ignoring)
    found = judging.against(act.db, who, place, now=act.at, ignoring=ignoring)
    already = frozenset[Guard]() if before is None else _decided_before(act, who, before, place)
    overlap_reason = decided.overlap_reason.strip()
    if overlap_reason:
        found = tuple(one for one in found if one.guard is not Guard.CHAIR_TAKEN)
    made = judging.decide(act, found, decided.override, already=already)
    if Guard.CHAIR_TAKEN in made.guards:
        overlap_reason = made.reason
    kept, by = replace(made, guards=made.guards - {Guard.CHAIR_TAKEN}), act.stamp.staff_id
    if before is not None and not made.reason:
        kept = replace(before.override, guards=before.override.guards & made.guards)
        by = before.override_by or by
    return {**appointments.override_values(kept, by), "overlap_reason": overlap_reason}


def judged_again(act: Act, before: Appointment, override: Override) -> dict[str, Any]:
    """The same for one that was cancelled and takes its place again.

    What was decided when it was booked still holds, and its start may have come meanwhile.
    """
    who = judging.wanted(
        act.db,
        before.patient_id,
        before.segments,
        nurse_id=before.nurse_id,
        escort_id=before.escort_id,
        course_id=before.course_id,
        ignoring=(before.id,),
    )
    place, ignoring = Place(before.chair_id, before.span), (before.id,)
    found = judging.against(act.db, who, place, now=act.at, ignoring=ignoring)
    already = before.override.guards | {Guard.IN_THE_PAST}
    made = judging.decide(act, found, override, already=already)
    if not made.reason:
        return {}
    guards = (before.override.guards | made.guards) - {Guard.CHAIR_TAKEN, Guard.IN_THE_PAST}
    values = appointments.override_values(replace(made, guards=guards), act.stamp.staff_id)
    shared = {"overlap_reason": made.reason} if Guard.CHAIR_TAKEN in made.guards else {}
    return {**values, **shared}


def _decided_before(act: Act, who: Wanted, before: Appointment, place: Place) -> frozenset[Guard]:
    """What need not be asked again: what is about the patient, and at the same start what held."""
    already = before.override.guards & judging.ABOUT_THE_PATIENT
    if before.starts != place.span.starts or before.chair_id != place.chair_id:
        return already
    as_it_was = replace(who, segments=before.segments)
    stood = judging.against(
        act.db, as_it_was, Place(before.chair_id, before.span), now=act.at, ignoring=(before.id,)
    )
    return already | {one.guard for one in stood if one.guard is not Guard.CHAIR_TAKEN}


def put_place(
    act: Act,
    before: Row,
    chair_id: ChairId,
    span: Span,
    segments: SegmentMinutes,
    decided: Decided,
    *,
    also: Mapping[str, Any] | None = None,
    moving: Mapping[AppointmentId, datetime] = judging.NOBODY_MOVES,
) -> None:
    """Writes a place, and with it the columns that change along with it.

    `moving` are appointments that this same action is still to move, and where they will start.
    """
    check_span(span)
    appointment = appointments.appointment_from(before)
    if chair_id != appointment.chair_id:
        in_use.check_chair(act, chair_id)
    who = judging.wanted(
        act.db,
        appointment.patient_id,
        segments,
        nurse_id=appointment.nurse_id,
        escort_id=appointment.escort_id,
        course_id=appointment.course_id,
        ignoring=(appointment.id,),
        moving=moving,
    )
    values = appointments.place_values(chair_id, span.starts, segments)
    place = Place(chair_id, span)
    values |= judged(act, who, place, decided, before=appointment, ignoring=tuple(moving))
    row = act.update("appointments", before, {**values, **(also or {})})
    say_place(act, before, names_of(act, before), prefix="from_")
    say_place(act, row, names_of(act, row))


def span_of(starts: datetime, segments: SegmentMinutes) -> Span:
    """From when until when an appointment of these parts takes its chair."""
    # In UTC: minutes added to a wall clock would count an hour that the clocks skip.
    begins = starts.astimezone(UTC)
    return Span(begins, begins + timedelta(minutes=segments.total))


def names_of(act: Act, row: Row) -> tuple[str, str]:
    """What the row's patient and chair are called."""
    return appointments.names(act.db, row["patient_id"], row["chair_id"])


def say_place(act: Act, row: Row, names: tuple[str, str], *, prefix: str = "") -> None:
    """Names who and where in the action's sentence."""
    patient_name, chair_name = names
    place = {f"{prefix}chair": chair_name, f"{prefix}starts_at": row["starts"]}
    act.say(patient=short_name(patient_name), **place)
