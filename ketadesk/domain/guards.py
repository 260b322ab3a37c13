"""The one way to judge a place for somebody: everything that speaks against it.

Nothing here forbids: a person weighs, and the clinic file itself refuses a chair taken twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ketadesk.domain.changes import Span
from ketadesk.domain.diary import Booked, Diary, Slot, moment, slot_at
from ketadesk.domain.ids import ChairId, StaffId
from ketadesk.domain.nurse_load import peak
from ketadesk.domain.objections import Guard, Objection, objection
from ketadesk.domain.patients import Eligibility, Patient
from ketadesk.domain.places import Place
from ketadesk.domain.protocols import SegmentMinutes
from ketadesk.domain.times import QUARTER_HOUR
from ketadesk.domain.wishes import ANY_HOURS, Hours


@dataclass(frozen=True)
class Spacing:
    """A course as its next place is judged: how many, how far apart (days), when the others are."""

    planned: int
    least: int
    most: int
    others: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Who is to be placed and how; what is not known yet is not judged."""

    segments: SegmentMinutes
    patient: Patient | None = None
    nurse_id: StaffId | None = None
    spacing: Spacing | None = None
    escort_hours: Hours = ANY_HOURS


def place_at(chair_id: ChairId, starts: datetime, segments: SegmentMinutes) -> Place:
    """The place that an appointment of these parts takes."""
    return Place(chair_id, Span(starts, starts + timedelta(minutes=segments.total)))


def objections(
    diary: Diary, wanted: Wanted, place: Place, *, now: datetime
) -> tuple[Objection, ...]:
    """Everything that speaks against the place, the chair itself first.

    Only the place's chair and start are read; its length is that of the parts wanted.
    """
    slot = slot_at(int(place.span.starts.timestamp()), wanted.segments)
    day = diary.day_of(place.span.starts)
    booked = diary.booked_around(moment(slot.starts), moment(slot.ends - 1))
    return (
        *about_the_chair(diary, booked, place.chair_id, slot, day),
        *about_the_time(diary, wanted, booked, slot, day, now=now),
        *about_the_day(diary, wanted, day),
        *about_the_patient(wanted, day),
    )


def about_the_chair(
    diary: Diary, booked: tuple[Booked, ...], chair_id: ChairId, slot: Slot, day: date
) -> Iterator[Objection]:
    """Who has the chair then, and whether it or the whole clinic is closed.

    A visit takes its chair from check-in to the end of turnover, so neither meets the other's.
    """
    for other in booked:
        if other.chair_id == chair_id and other.starts < slot.ends and slot.starts < other.ends:
            yield objection(
                Guard.CHAIR_TAKEN,
                patient=other.visit.patient_name,
                starts_at=other.starts,
                ends_at=other.ends,
            )
            break
    for shut in diary.closures_on(day):
        if (
            shut.chair_id in (None, chair_id)
            and shut.starts < slot.ends
            and slot.starts < shut.ends
        ):
            guard = Guard.CLINIC_CLOSED if shut.chair_id is None else Guard.CHAIR_CLOSED
            yield objection(guard, reason=shut.reason, starts_at=shut.starts, ends_at=shut.ends)
            break


def free_chairs(diary: Diary, booked: tuple[Booked, ...], slot: Slot, day: date) -> list[ChairId]:
    """The chairs that nothing is said about by `about_the_chair`, in their order, all at once."""
    starts, ends = slot.starts, slot.ends
    taken = {one.chair_id for one in booked if one.starts < ends and starts < one.ends}
    shut = [
        one.chair_id for one in diary.closures_on(day) if one.starts < ends and starts < one.ends
    ]
    if None in shut:
        return []
    return [one.id for one in diary.chairs if one.id not in taken and one.id not in shut]


def about_the_time(
    diary: Diary,
    wanted: Wanted,
    booked: tuple[Booked, ...],
    slot: Slot,
    day: date,
    *,
    now: datetime,
) -> Iterator[Objection]:
    """What speaks against the time, whatever the chair."""
    yield from _about_hours(diary, slot, day)
    if slot.starts < (now - QUARTER_HOUR).timestamp():
        yield objection(Guard.IN_THE_PAST, starts_at=slot.starts)
    yield from _about_being_twice(diary, wanted, booked, slot, day)
    if diary.nurses:
        yield from _about_load(diary, wanted, booked, slot)
        yield from _about_starts(diary, wanted, booked, slot)
    yield from _about_escort(diary, wanted, slot, day)


def about_the_day(diary: Diary, wanted: Wanted, day: date) -> Iterator[Objection]:
    """Whether the day keeps the course's spacing to the visits before and after it."""
    spacing = wanted.spacing
    if spacing is None:
        return
    days = sorted((diary.day_of(other), int(other.timestamp())) for other in spacing.others)
    before = [other for other in days if other[0] <= day][-1:]
    after = [other for other in days if other[0] > day][:1]
    for other_day, other_at in (*before, *after):
        apart = abs((day - other_day).days)
        if apart < spacing.least:
            yield objection(Guard.TOO_SOON, days=apart, other_at=other_at, least=spacing.least)
        elif apart > spacing.most:
            yield objection(Guard.TOO_LATE, days=apart, other_at=other_at, most=spacing.most)


def about_the_patient(wanted: Wanted, day: date) -> Iterator[Objection]:
    """What holds wherever they are placed: a full course, and where the approval stands."""
    spacing, patient = wanted.spacing, wanted.patient
    if spacing is not None and len(spacing.others) >= spacing.planned:
        yield objection(Guard.COURSE_COMPLETE, planned=spacing.planned)
    if patient is None:
        return
    expires = patient.approval_expires_on
    if patient.eligibility is Eligibility.DECLINED:
        yield objection(Guard.APPROVAL_DECLINED)
    elif patient.eligibility is not Eligibility.APPROVED:
        yield objection(Guard.NOT_APPROVED)
    elif expires is not None and expires < day:
        yield objection(Guard.APPROVAL_EXPIRED, expired_on=expires.isoformat())


def _about_hours(diary: Diary, slot: Slot, day: date) -> Iterator[Objection]:
    if not diary.schedule.hours:
        return  # a clinic that has set none is open day and night
    openings = diary.open_on(day)
    if not openings:
        yield objection(Guard.CLOSED_DAY, closed_on=day.isoformat())
    elif not any(opens <= slot.starts and slot.ends <= closes for opens, closes in openings):
        opens, closes = openings[0][0], openings[-1][1]
        yield objection(Guard.OUTSIDE_HOURS, opens_at=opens, closes_at=closes, ends_at=slot.ends)


def _about_being_twice(
    diary: Diary, wanted: Wanted, booked: tuple[Booked, ...], slot: Slot, day: date
) -> Iterator[Objection]:
    if wanted.patient is None:
        return
    mine = [other for other in booked if other.patient_id == wanted.patient.id]
    for other in mine:
        if other.starts < slot.ends and slot.starts < other.ends:
            chair = diary.chair_names.get(other.chair_id, "")
            yield objection(
                Guard.PATIENT_ELSEWHERE, chair=chair, starts_at=other.starts, ends_at=other.ends
            )
            return
    for other in mine:
        if diary.day_of(other.visit.appointment.starts) == day:
            yield objection(Guard.SAME_DAY, starts_at=other.starts)
            return


def _about_load(
    diary: Diary, wanted: Wanted, booked: tuple[Booked, ...], slot: Slot
) -> Iterator[Objection]:
    """The named nurse's own load, then that of all together: the unnamed have to be watched too."""
    infusion = (slot.infusion_starts, slot.infusion_ends)
    beside = [
        other
        for other in booked
        if other.infusion_starts < infusion[1] and infusion[0] < other.infusion_ends
    ]
    checks = [("", beside, diary.capacity)]
    if wanted.nurse_id is not None:
        hers = [other for other in beside if other.nurse_id == wanted.nurse_id]
        name = hers[0].visit.nurse_name if hers else ""
        checks.insert(0, (name, hers, diary.rules.infusions_per_nurse))
    for name, others, most in checks:
        if len(others) < most:
            continue
        spans = [(other.infusion_starts, other.infusion_ends) for other in others]
        count, at = peak([*spans, infusion], infusion)
        if count > most:
            yield objection(Guard.NURSE_LOAD, nurse=name, count=count, most=most, peak_at=at)
            return


def _about_starts(
    diary: Diary, wanted: Wanted, booked: tuple[Booked, ...], slot: Slot
) -> Iterator[Objection]:
    """A nurse starts one infusion at a time: her own keep the gap, and so do all between them."""
    gap, mine = 60 * diary.rules.start_gap_minutes, slot.infusion_starts
    near = [other for other in booked if abs(other.infusion_starts - mine) < gap]
    if not near:
        return
    hers = [o for o in near if o.nurse_id is not None and o.nurse_id == wanted.nurse_id]
    starting = [(start, start + gap) for start in (mine, *(o.infusion_starts for o in near))]
    if hers or peak(starting, (mine, mine + gap))[0] > len(diary.nurses):
        other = (hers or near)[0]
        yield objection(
            Guard.START_GAP,
            patient=other.visit.patient_name,
            starts_at=other.infusion_starts,
            least=diary.rules.start_gap_minutes,
        )


def _about_escort(diary: Diary, wanted: Wanted, slot: Slot, day: date) -> Iterator[Objection]:
    """Whether the escort can come when the patient should be ready."""
    hours = wanted.escort_hours
    if hours.any:
        return
    begins, ends = (
        None if edge is None else int(datetime.combine(day, edge, diary.zone).timestamp())
        for edge in (hours.begins, hours.ends)
    )
    early = begins is not None and slot.ready < begins
    late = ends is not None and slot.ready > ends
    if early or late:
        yield objection(Guard.ESCORT_AWAY, ready_at=slot.ready, begins_at=begins, ends_at=ends)
