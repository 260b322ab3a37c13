"""What the receptionist does with appointments: book, move, resize, set status and escort."""

from dataclasses import replace
from datetime import datetime
from itertools import count

from ketadesk.domain.appointments import (
    AppointmentDraft,
    EscortState,
    Reason,
    Status,
    check_escort_step,
    check_span,
    check_status_step,
    escort_after_move,
)
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import (
    AppointmentId,
    ChairId,
    CourseId,
    EscortId,
    PatientId,
    ProtocolId,
    StaffId,
)
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Override
from ketadesk.domain.patients import CourseDraft, EscortDraft
from ketadesk.domain.places import Place
from ketadesk.services import in_use, judging
from ketadesk.services.action import action
from ketadesk.services.patients import put_course, put_escort
from ketadesk.services.seating import (
    Decided,
    judged,
    judged_again,
    names_of,
    put_place,
    say_place,
    span_of,
)
from ketadesk.store import appointments, patients, protocols
from ketadesk.store.actions import Act
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds


@action("appointment_booked", undoable=True)
def book(
    act: Act,
    draft: AppointmentDraft,
    *,
    escort: EscortDraft | None = None,
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Books a chair; `Objected` while a rule speaks against it that nobody decided to go against.

    An `escort` whom nobody knew yet is written with the booking and named in it.
    """
    put_appointment(act, draft, escort=escort, override=override)


@action("course_begun", undoable=True)
def begin_course(
    act: Act,
    draft: AppointmentDraft,
    course: CourseDraft,
    *,
    escort: EscortDraft | None = None,
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Plans a course and books its first appointment, both or neither."""
    if course.protocol_id != draft.protocol_id:
        raise ValueError("the first appointment of a course has the course's protocol")
    course_id = put_course(act, draft.patient_id, course)
    draft = replace(draft, course_id=course_id)
    put_appointment(act, draft, escort=escort, override=override)
    act.say(planned=course.planned)


@action("appointment_moved", undoable=True)
def move(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    chair_id: ChairId,
    starts: datetime,
    overlap_reason: str = "",
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Moves an appointment to another time or chair; its length stays.

    At another time the escort who had confirmed is only named again, as part of the move.
    """
    before = _row(act, appointment_id, version)
    appointment = appointments.appointment_from(before)
    _refuse_past_planning(appointment.status)
    span = span_of(starts, appointment.segments)
    escort = escort_after_move(appointment, span.starts)
    also = {"escort_state": escort.value}
    decided = Decided(overlap_reason, override)
    put_place(act, before, chair_id, span, appointment.segments, decided, also=also)
    asked_again = escort is not appointment.escort_state
    act.say(escort_after="to_be_asked" if asked_again else "as_before")


@action("appointment_resized", undoable=True)
def resize(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    starts: datetime,
    minutes: int,
    overlap_reason: str = "",
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Makes an appointment longer or shorter: only its recovery gives way."""
    before = _row(act, appointment_id, version)
    appointment = appointments.appointment_from(before)
    if appointment.status is not Status.IN_SESSION or starts != appointment.starts:
        _refuse_past_planning(appointment.status)
    segments = appointment.segments.resized(minutes)
    span, decided = span_of(starts, segments), Decided(overlap_reason, override)
    put_place(act, before, appointment.chair_id, span, segments, decided)
    act.say(minutes=segments.total, was_minutes=appointment.segments.total)


@action("appointment_protocol_changed", undoable=True)
def change_protocol(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    protocol_id: ProtocolId,
    overlap_reason: str = "",
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Books another protocol for someone still to come: its lengths say when the chair is free.

    The start stays, and so does the place in the course; refused when the longer time is taken.
    """
    before = _row(act, appointment_id, version)
    appointment = appointments.appointment_from(before)
    if not appointment.status.awaited:
        raise Refused("protocol_of_who_came", status=appointment.status.value)
    wanted = protocols.protocol(act.db, protocol_id)
    if not wanted.active:
        raise Refused("protocol_out_of_use", protocol=wanted.name)
    span = span_of(appointment.starts, wanted.segments)
    also = {"protocol_id": protocol_id}
    decided = Decided(overlap_reason, override)
    put_place(act, before, appointment.chair_id, span, wanted.segments, decided, also=also)
    was = protocols.protocol(act.db, appointment.protocol_id)
    act.say(protocol=wanted.name, was=was.name, ends_at=seconds(span.ends))


@action("appointment_status_set", undoable=True)
def set_status(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    status: Status,
    reason: Reason | None = None,
    override: Override = NOTHING_OVERRIDDEN,
) -> None:
    """Takes the appointment one step: confirmed, arrived, cancelled by someone, no-show, back.

    One that takes its chair again is held to the rules of booking, as the place is free no more.
    """
    before = _row(act, appointment_id, version)
    appointment = appointments.appointment_from(before)
    if status.follows_session:
        raise Refused("status_follows_session", wanted=status.value)
    check_status_step(appointment.status, status, reason)
    back = status.takes_the_chair and not appointment.status.takes_the_chair
    if back:
        in_use.check_chair(act, appointment.chair_id)
        in_use.check_patient(act, appointment.patient_id)
    values = {
        **(judged_again(act, appointment, override) if back else {}),
        "status": status.value,
        "status_reason": None if reason is None or status.takes_the_chair else reason.value,
        "status_at": seconds(act.at),
    }
    row = act.update("appointments", before, values)
    say_place(act, row, names_of(act, row))
    act.say(status=status.value, was=appointment.status.value, reason=values["status_reason"])


@action("appointment_edited", undoable=True)
def edit(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    nurse_id: StaffId | None,
    note: str,
) -> None:
    """Changes who looks after the appointment and the note for the desk."""
    before = _row(act, appointment_id, version)
    if nurse_id != before["nurse_id"]:
        in_use.check_nurse(act, nurse_id)
    row = act.update("appointments", before, {"nurse_id": nurse_id, "note": note.strip()})
    say_place(act, row, names_of(act, row))


@action("escort_state_set", undoable=True)
def set_escort(
    act: Act,
    appointment_id: AppointmentId,
    version: int,
    *,
    escort_id: EscortId | None,
    state: EscortState,
    new: EscortDraft | None = None,
) -> None:
    """Names the escort, or takes their state a step; see `check_escort_step`.

    A `new` escort, whom nobody knew yet, is written with it and named in place of `escort_id`.
    """
    before = _row(act, appointment_id, version)
    if new is not None:
        escort_id = put_escort(act, PatientId(before["patient_id"]), new)
    check_escort_step(
        EscortState(before["escort_state"]),
        state,
        named=escort_id is not None,
        another=escort_id != before["escort_id"],
    )
    escort_name = ""
    if escort_id is not None:
        in_use.check_escort(act, PatientId(before["patient_id"]), escort_id)
        escort_name = patients.escort(act.db, escort_id).name
    row = act.update("appointments", before, {"escort_id": escort_id, "escort_state": state.value})
    say_place(act, row, names_of(act, row))
    act.say(escort=escort_name, state=state.value, was=before["escort_state"])


def next_course_number(db: Database, course_id: CourseId) -> int:
    """The lowest number of the course that no standing appointment has."""
    taken = {
        appointment.course_number
        for appointment in appointments.of_course(db, course_id)
        if appointment.status.takes_the_chair
    }
    return next(number for number in count(1) if number not in taken)


def put_appointment(
    act: Act,
    draft: AppointmentDraft,
    *,
    escort: EscortDraft | None = None,
    override: Override | None = NOTHING_OVERRIDDEN,
    number: int | None = None,
) -> None:
    """Books as part of an action; `number` is its place in the course, None for the next one.

    Without any `override` nothing is judged: what another calendar brings was decided there, and
    whoever brings it over has looked at the chair.
    """
    if escort is not None:
        draft = replace(draft, escort_id=put_escort(act, draft.patient_id, escort))
    names = appointments.names(act.db, draft.patient_id, draft.chair_id)
    span = span_of(draft.starts, draft.segments)
    check_span(span)
    in_use.check_draft(act, draft)
    values = appointments.appointment_values(draft)
    if override is not None:
        who = judging.wanted(
            act.db,
            draft.patient_id,
            draft.segments,
            nurse_id=draft.nurse_id,
            escort_id=draft.escort_id,
            course_id=draft.course_id,
        )
        place = Place(draft.chair_id, span)
        values |= judged(act, who, place, Decided(draft.overlap_reason, override))
    if draft.course_id is not None:
        values["course_number"] = number or next_course_number(act.db, draft.course_id)
    values["status_at"] = seconds(act.at)
    values["escort_state"] = (EscortState.NAMED if draft.escort_id else EscortState.NOT_ASKED).value
    row = act.insert("appointments", values)
    say_place(act, row, names)


def _row(act: Act, appointment_id: AppointmentId, version: int) -> Row:
    """The row as the person saw it: writing over someone else's newer change is a Conflict."""
    row = appointments.appointment_row(act.db, appointment_id)
    if row["version"] != version:
        raise Conflict("appointment_changed_meanwhile", patient=names_of(act, row)[0])
    return row


def _refuse_past_planning(status: Status) -> None:
    if status.follows_session:
        raise Refused("appointment_under_way", status=status.value)
