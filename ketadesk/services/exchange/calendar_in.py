"""Takes in another calendar: events become appointments of known patients, or are listed.

All that can be booked is booked in one action, or nothing is. An appointment keeps the identity of
its event, so the same file again books nobody twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import LONGEST, Appointment, AppointmentDraft, Reason, Status
from ketadesk.domain.calendar_exchange.events import CalendarEvent, CalendarSource
from ketadesk.domain.calendar_exchange.occurrences import InRange, Occurrence, in_range
from ketadesk.domain.calendar_exchange.reading import read_calendar
from ketadesk.domain.calendar_exchange.titles import People, Person, words_of
from ketadesk.domain.calendar_exchange.writing import UID_ENDING
from ketadesk.domain.changes import Changes, Span, Stamp
from ketadesk.domain.clinic import Chair
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ChairId, CourseId, PatientId, ProtocolId, Uuid
from ketadesk.domain.names import folded
from ketadesk.domain.protocols import Protocol, SegmentMinutes
from ketadesk.services import booking, proposing
from ketadesk.services.action import perform
from ketadesk.services.exchange.calendar_report import CalendarReport, LeftOver, Matches
from ketadesk.services.seating import span_of
from ketadesk.store import appointments, clinic, patients, protocols
from ketadesk.store.actions import Act
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds

IMPORTED = UUID("b2b8f0f4-7a0e-5b0c-8f63-52f1c3a9d6e4")
VERB = "appointments_imported"
_LONGEST_NOTE = 500


class _OnlyLooking(Exception):
    """Ends a transaction without a trace."""


@dataclass
class _Counts:
    booked: int = 0
    brought_back: int = 0
    already_there: int = 0
    elsewhere: tuple[tuple[int, str], ...] = ()


def read(source: bytes, *, own: ZoneInfo) -> CalendarSource:
    """A calendar file as it was read; Refused as a whole when it is too large or none at all."""
    return read_calendar(source, own=own)


def protocol_named(db: Database, name: str) -> ProtocolId:
    """The protocol in use of that name; Refused names those there are."""
    in_use = [one for one in protocols.protocols(db) if one.active]
    for protocol in in_use:
        if folded(protocol.name) == folded(name.strip()):
            return protocol.id
    names = ", ".join(one.name for one in in_use)
    raise Refused("calendar_protocol_unknown", name=name, names=names)


def import_calendar(
    db: Database,
    stamp: Stamp,
    source: CalendarSource,
    span: Span,
    *,
    protocol_id: ProtocolId | None = None,
    matches: Matches | None = None,
    dry_run: bool = False,
) -> CalendarReport:
    """Books what lies in the span, in one transaction and one action that can be undone.

    `protocol_id` is for those whose own course or last visit names none. With `dry_run` everything
    is tried and nothing is kept.
    """
    found = in_range(source, span)
    left = LeftOver(found.faults)
    counts = _Counts()
    changes: Changes | None = None

    def take_in(act: Act) -> None:
        _Import(act, protocol_id, matches or {}, left, counts).take_in(found)
        act.say(booked=counts.booked + counts.brought_back)

    try:
        with db.transaction():
            changes = perform(Act(db, stamp, VERB), take_in, undoable=True)
            if dry_run or not (counts.booked or counts.brought_back):
                raise _OnlyLooking
    except _OnlyLooking:
        changes = None
    return CalendarReport(
        booked=counts.booked,
        brought_back=counts.brought_back,
        already_there=counts.already_there,
        elsewhere=counts.elsewhere,
        cancelled=found.cancelled,
        left=left.all(),
        dry_run=dry_run,
        changes=changes,
    )


class _Import:
    """One import while it is being done."""

    def __init__(
        self,
        act: Act,
        protocol_id: ProtocolId | None,
        matches: Matches,
        left: LeftOver,
        counts: _Counts,
    ) -> None:
        db = act.db
        self._act, self._db = act, db
        self._matches, self._left, self._counts = matches, left, counts
        self._clinic = clinic.clinic(db)
        self._chairs = clinic.chairs(db)
        self._in_use = {one.id: one for one in protocols.protocols(db) if one.active}
        usual = proposing.usual_first(db, tuple(self._in_use.values()), act.at)
        self._protocol_id = protocol_id or usual
        self._people = People(_person(row) for row in patients.identities(db))
        self._last: dict[PatientId, ProtocolId | None] = {}

    def take_in(self, found: InRange) -> None:
        for one in found.occurrences:
            try:
                self._take_one(one)
            except Refused as error:
                starts = self._clinic.local(one.starts)
                named = error.code == "event_names_several"
                near = self._people.named if named else self._people.near
                unknown = error.code in ("event_names_nobody", "event_names_several")
                candidates = [person.label for person in near(one.event.title)] if unknown else ()
                self._left.add(one.event, error, starts=starts, candidates=candidates)

    def _take_one(self, one: Occurrence) -> None:
        uuid = _uuid(one)
        kept = appointments.row_by_uuid(self._db, uuid)
        if kept is not None and not _taken_back(kept):
            self._known(kept, one)
            return
        person = self._person(one.event)
        if appointments.standing_at(self._db, person.id, one.starts):
            self._counts.already_there += 1
            return
        protocol, course_id = self._treatment(person.id)
        segments = _segments(protocol, one)
        chair_id = self._chair(one, span_of(one.starts, segments))
        draft = AppointmentDraft(
            patient_id=person.id,
            chair_id=chair_id,
            protocol_id=protocol.id,
            starts=one.starts,
            segments=segments,
            course_id=course_id,
            note=_note(one.event, person),
            uuid=uuid,
        )
        if kept is None:
            booking.put_appointment(self._act, draft, override=None)
            self._counts.booked += 1
        else:
            self._bring_back(kept, draft)

    def _known(self, kept: Row, one: Occurrence) -> None:
        self._counts.already_there += 1
        if kept["starts"] != seconds(one.starts):
            self._counts.elsewhere += ((one.event.line, one.event.title),)

    def _bring_back(self, kept: Row, draft: AppointmentDraft) -> None:
        """An import that was undone left its appointments cancelled as a mistake."""
        place = appointments.place_values(draft.chair_id, draft.starts, draft.segments)
        status = {
            "status": Status.BOOKED.value,
            "status_reason": None,
            "status_at": seconds(self._act.at),
            "overlap_reason": "",
        }
        self._act.update("appointments", kept, {**place, **status})
        self._counts.brought_back += 1

    def _person(self, event: CalendarEvent) -> Person:
        written = self._matches.get((event.uid, event.title))
        if written is not None:
            meant = self._people.meant(written)
            if meant is None:
                raise Refused("event_match_unknown", patient=written[:80])
            return meant
        named = self._people.named(event.title)
        if not named:
            raise Refused("event_names_nobody")
        if len(named) > 1:
            labels = "; ".join(person.label for person in named[:3])
            raise Refused("event_names_several", patients=labels)
        return named[0]

    def _treatment(self, patient_id: PatientId) -> tuple[Protocol, CourseId | None]:
        """The running course's protocol, else the last visit's, else what was said, else usual."""
        course, _ = proposing.running_course(self._db, patients.courses(self._db, patient_id))
        if course is not None and course.protocol_id in self._in_use:
            return self._in_use[course.protocol_id], course.id
        if patient_id not in self._last:
            visits = appointments.visits_of(self._db, patient_id, most=1)
            self._last[patient_id] = visits[0].appointment.protocol_id if visits else None
        for protocol_id in (self._last[patient_id], self._protocol_id):
            if protocol_id in self._in_use:
                return self._in_use[protocol_id], None
        raise Refused("event_without_protocol")

    def _chair(self, one: Occurrence, span: Span) -> ChairId:
        named = chair_named(self._chairs, one.event.place)
        if named is not None:
            taken = self._taken(named.id, span)
            if taken is None:
                return named.id
            name, _ = appointments.names(self._db, taken.patient_id, named.id)
            starts = seconds(taken.starts)
            raise Refused("event_chair_taken", chair=named.name, patient=name, starts_at=starts)
        for chair in self._chairs:
            if self._taken(chair.id, span) is None:
                return chair.id
        raise Refused("event_no_chair_free", starts_at=seconds(span.starts))

    def _taken(self, chair_id: ChairId, span: Span) -> Appointment | None:
        for neighbour in appointments.in_chair(self._db, chair_id, span):
            if neighbour.status.takes_the_chair:
                return neighbour
        return None


def chair_named(chairs: tuple[Chair, ...], place: str) -> Chair | None:
    """The chair whose name, or what stands before its dot, is said in a place; None if unclear."""
    said = f" {' '.join(words_of(place))} "
    found: dict[int, list[Chair]] = {}
    for chair in chairs:
        for name in (chair.name, chair.name.partition("·")[0]):
            words = " ".join(words_of(name))
            if words and f" {words} " in said:
                found.setdefault(len(words), []).append(chair)
                break
    longest = found[max(found)] if found else []
    return longest[0] if len(longest) == 1 else None


def _person(row: Mapping[str, object]) -> Person:
    return Person(
        id=PatientId(int(str(row["id"]))),
        given_name=str(row["given_name"]),
        family_name=str(row["family_name"]),
        called_name=str(row["called_name"]),
        born=str(row["birth_date"] or ""),
        record_number=str(row["record_number"]),
    )


def _uuid(one: Occurrence) -> Uuid:
    """Ours where the event is one that we wrote ourselves; else made of its name."""
    name = one.identity.removesuffix(UID_ENDING)
    if name != one.identity:
        try:
            return Uuid(str(UUID(name)))
        except ValueError:
            pass
    return Uuid(str(uuid5(IMPORTED, one.identity)))


def _taken_back(kept: Row) -> bool:
    return bool(kept["status_reason"] == Reason.BOOKED_BY_MISTAKE.value)


def _segments(protocol: Protocol, one: Occurrence) -> SegmentMinutes:
    """As long as the event where only recovery has to give way, else as long as the protocol."""
    if one.ends is None:
        return protocol.segments
    lasts = one.ends - one.starts
    minutes = int(lasts.total_seconds()) // 60
    least = protocol.segments.total - protocol.segments.recovery
    if minutes < least or lasts > LONGEST:
        return protocol.segments
    return protocol.segments.resized(minutes)


def _note(event: CalendarEvent, person: Person) -> str:
    """What the event says beyond the name, so that nothing of it is lost."""
    name = {*words_of(f"{person.given_name} {person.family_name} {person.called_name}")}
    more = event.title if {*words_of(event.title)} - name else ""
    said = "\n".join(text for text in (more, event.text.strip()) if text)
    return said[:_LONGEST_NOTE]
