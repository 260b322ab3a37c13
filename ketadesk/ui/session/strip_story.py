"""Turns a session's record into what the strip shows and the table lists."""

from datetime import datetime, timedelta

from ketadesk.domain.events import Event, EventKind
from ketadesk.domain.flags import Flag
from ketadesk.domain.phase_times import steps_taken
from ketadesk.domain.readings import Reading
from ketadesk.domain.rules import Rules
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.ui.session import words
from ketadesk.ui.session.readings_model import Attention, ReadingRow
from ketadesk.ui.session.strip_data import (
    StripData,
    StripDose,
    StripMark,
    StripPoint,
    StripWords,
)
from ketadesk.ui.theme import Role
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace

_COLUMNS = {"systolic": "blood_pressure", "diastolic": "blood_pressure"}
_STEP = timedelta(minutes=5)


def strip_data(record: SessionRecord, workplace: Workplace) -> StripData:
    """The strip of this session now, with the previous one laid under it."""
    now = workplace.desk.clock()
    rules = workplace.clinic_frame.rules
    points = tuple(_point(reading, record, rules, workplace) for reading in _drawn(record))
    events = sorted(record.standing_events, key=minute_and_order)
    marks = tuple(mark for event in events if (mark := _mark(event, workplace)) is not None)
    dose = _dose(record, workplace, now)
    earlier, earlier_words = _earlier(record, workplace)
    starts, ends = _bounds(record, now)
    over = record.session.phase is Phase.RELEASED
    return StripData(
        starts=workplace.local(starts),
        ends=workplace.local(ends),
        words=StripWords(
            systolic=tr("systolic"),
            diastolic=tr("diastolic"),
            heart_rate=tr("heart rate /min"),
            oxygen=tr("SpO₂ %"),
            dose=tr("dose"),
            unit=tr("mmHg"),
        ),
        points=points,
        marks=marks,
        dose=dose,
        now=None if over else workplace.local(now).replace(second=0),
        earlier=earlier,
        earlier_words=earlier_words,
    )


def reading_rows(record: SessionRecord, workplace: Workplace) -> tuple[ReadingRow, ...]:
    """Every reading, replaced and withdrawn ones struck, with why a value wants to be seen."""
    rules = workplace.clinic_frame.rules
    replaced_by = {kept.amends_id: kept for kept in record.readings if kept.amends_id is not None}
    rows = []
    for reading in sorted(record.readings, key=lambda kept: (kept.taken_at, kept.id)):
        newer = replaced_by.get(reading.id)
        if reading.withdrawn:
            continue
        struck = newer is not None
        rows.append(
            ReadingRow(
                reading=reading,
                struck=struck,
                struck_words="" if newer is None else _struck_words(newer, workplace),
                attention=() if struck else attention(reading, record, rules),
            )
        )
    return tuple(rows)


def attention(reading: Reading, record: SessionRecord, rules: Rules) -> tuple[Attention, ...]:
    """Which of the clinic's thresholds a reading crosses; those of the gate more quietly."""
    crossed = record.crossed(reading, rules)
    return (
        *(_attention(flag, "red") for flag in crossed.limits),
        *(_attention(flag, "amber") for flag in crossed.gate),
    )


def _attention(flag: Flag, role: Role) -> Attention:
    column = _COLUMNS.get(flag.vital, flag.vital)
    return Attention(column, words.flag(flag), role, low=flag.code.endswith("_low"))


def _struck_words(newer: Reading, workplace: Workplace) -> str:
    at = clock(workplace.local(newer.entered_at))
    if newer.withdrawn:
        return tr("withdrawn {at}: {reason}", at=at, reason=newer.amend_reason)
    return tr("replaced {at}", at=at)


def _drawn(record: SessionRecord) -> tuple[Reading, ...]:
    return tuple(reading for reading in record.standing_readings if reading.vitals.measured)


def _point(
    reading: Reading, record: SessionRecord, rules: Rules, workplace: Workplace
) -> StripPoint:
    found = attention(reading, record, rules)
    at = workplace.local(reading.taken_at)
    said = [f"{clock(at)}  {words.reading(reading.vitals)}"]
    said += [entry.words for entry in found]
    role: Role | None = None
    pressure = [entry for entry in found if entry.column == "blood_pressure"]
    if pressure:
        role = "red" if any(entry.role == "red" for entry in pressure) else "amber"
    vitals = reading.vitals
    return StripPoint(
        at=at,
        systolic=vitals.systolic,
        diastolic=vitals.diastolic,
        heart_rate=vitals.heart_rate,
        oxygen_saturation=vitals.oxygen_saturation,
        words=". ".join(said),
        attention=role,
        low=bool(pressure) and pressure[0].low,
    )


def _mark(event: Event, workplace: Workplace) -> StripMark | None:
    """Side effects, medicines and interventions by their first letter; notes as a dot."""
    if event.kind is EventKind.PHASE or event.addendum:
        return None
    title = words.event_title(event)
    role: Role = "slate"
    if event.kind is EventKind.SIDE_EFFECT:
        role = "red" if event.severe else "amber"
    elif event.kind is EventKind.MEDICINE:
        role = "blue"
    letter = "·" if event.kind is EventKind.NOTE else title[:1].upper()
    quiet = event.kind in (EventKind.NOTE, EventKind.INTERVENTION)
    return StripMark(workplace.local(event.at), letter, title, role, quiet)


def minute_and_order(event: Event) -> tuple[datetime, int]:
    """A typed time has no seconds: within a minute what was written later is newer."""
    return event.at.replace(second=0, microsecond=0), event.id


def _bounds(record: SessionRecord, now: datetime) -> tuple[datetime, datetime]:
    """From the first thing recorded to the planned end, at least to a little after now."""
    session = record.session
    first = session.infusion_started_at or now
    moments = [reading.taken_at for reading in record.standing_readings]
    starts = min([first, *moments]) - _STEP
    last = session.released_at or max(record.ready_about(now), now)
    ends = max([last, starts + timedelta(minutes=60), *moments])
    return starts, ends + _STEP


def _dose(record: SessionRecord, workplace: Workplace, now: datetime) -> StripDose | None:
    """The run stretches between start, pauses and end, and the planned remainder."""
    session, order = record.session, record.order
    if session.infusion_started_at is None:
        return None
    ended = session.infusion_ended_at
    runs: list[tuple[datetime, datetime]] = []
    running: datetime | None = None
    for step in steps_taken(record.events):
        if step.code == Phase.INFUSING:
            running = step.at
        elif running is not None:
            runs.append((workplace.local(running), workplace.local(step.at)))
            running = None
    if running is not None:
        runs.append((workplace.local(running), workplace.local(ended or max(now, running))))
    planned = None
    if order is not None and ended is None:
        left = timedelta(minutes=order.duration) - session.infusing_for(now)
        planned = workplace.local(now + max(left, timedelta()))
    return StripDose(tuple(runs), planned, _dose_words(record))


def _dose_words(record: SessionRecord) -> str:
    from ketadesk.domain.dosing import show

    order = record.order
    if order is None:
        return ""
    return tr(
        "ketamine {per_kg} mg/kg · {dose} mg", per_kg=show(order.dose_per_kg), dose=show(order.dose)
    )


def _earlier(record: SessionRecord, workplace: Workplace) -> tuple[tuple[StripPoint, ...], str]:
    """The previous session's pressures, moved so that both infusions start together."""
    previous = record.previous
    started = record.session.infusion_started_at
    if previous is None or started is None:
        return (), ""
    shift = started - previous.infusion_started_at
    points = tuple(
        StripPoint(
            workplace.local(reading.taken_at + shift),
            reading.vitals.systolic,
            reading.vitals.diastolic,
        )
        for reading in previous.readings
        if reading.vitals.systolic is not None
    )
    number = previous.course_number
    return points, tr("session {number}", number=number) if number else tr("last session")
