"""How one visit goes, hour by hour: invented, but in the order in which a clinic lives it."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.events import EventKind, SideEffect
from ketadesk.domain.protocols import Protocol, SegmentMinutes
from ketadesk.domain.readings import Vitals
from ketadesk.domain.sessions import Phase
from ketadesk.domain.times import MINUTE
from ketadesk.sample.chance import Chance
from ketadesk.sample.people import Person

NASAL_DOSE = Decimal(56)
"""mg in one spray pack of the sample clinic."""


@dataclass(frozen=True)
class Ending:
    """Why and when an appointment was given up."""

    status: Status
    reason: Reason
    at: datetime


@dataclass(frozen=True)
class Happening:
    """An event of a session; `code`, `medicine`, `grade` and `detail` as in an EventDraft."""

    kind: EventKind
    at: datetime
    code: str = ""
    medicine: str = ""
    grade: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class SessionStory:
    """The moments and entries of one session. Weight in kg, dose in mg/kg."""

    opened_at: datetime
    infusion_at: datetime
    recovery_at: datetime
    ready_at: datetime
    released_at: datetime
    signed_at: datetime
    weight: Decimal
    dose_per_kg: Decimal
    readings: tuple[tuple[datetime, Vitals], ...]
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True)
class Story:
    """One visit from the day before to the release. None: did not happen."""

    escort: int | None
    escort_confirmed_at: datetime | None
    confirmed_at: datetime | None
    arrived_at: datetime | None
    ending: Ending | None = None
    session: SessionStory | None = None


def asked_at(chance: Chance, starts: datetime, zone: ZoneInfo) -> datetime:
    """When the desk called before a visit: one or two days earlier, in working hours."""
    day = starts.astimezone(zone).date() - timedelta(days=chance.choice((1, 1, 2)))
    minute = chance.randint(8 * 60 + 30, 17 * 60 + 15)
    local = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return local.astimezone(starts.tzinfo)


def ordinary(chance: Chance, has_escort: bool, starts: datetime, zone: ZoneInfo) -> Story:
    """As visits usually go; one in eight does not happen."""
    escort = 0 if has_escort and chance.happens(0.93) else None
    called_at = asked_at(chance, starts, zone)
    came = Story(
        escort=escort,
        escort_confirmed_at=called_at + 4 * MINUTE if escort is not None else None,
        confirmed_at=called_at + MINUTE if chance.happens(0.9) else None,
        arrived_at=starts - chance.minutes(-4, 16),
    )
    luck = chance.random()
    if luck < 0.03:
        ending = Ending(Status.NO_SHOW, _no_show_reason(chance), starts + chance.minutes(20, 50))
        return replace(came, arrived_at=None, ending=ending)
    if luck < 0.10:
        cancelled_at = starts - timedelta(hours=chance.randint(3, 60))
        return Story(
            escort=escort,
            escort_confirmed_at=None,
            confirmed_at=None,
            arrived_at=None,
            ending=Ending(Status.CANCELLED_BY_PATIENT, _patient_reason(chance), cancelled_at),
        )
    if luck < 0.12:
        ending = Ending(Status.CANCELLED_BY_CLINIC, Reason.CLINIC, starts - chance.minutes(90, 900))
        return replace(came, arrived_at=None, ending=ending)
    return came


def session(
    chance: Chance, person: Person, protocol: Protocol, starts: datetime, arrived_at: datetime
) -> SessionStory:
    """The session of a visit that happens, with readings as its protocol plans them."""
    segments = protocol.segments
    opened_at = max(arrived_at + chance.minutes(1, 4), starts - 5 * MINUTE)
    infusion_at = opened_at + segments.check_in * MINUTE + chance.minutes(-3, 4)
    recovery_at = infusion_at + segments.infusion * MINUTE
    ready_at = recovery_at + max(segments.recovery - chance.randint(4, 14), 5) * MINUTE
    released_at = ready_at + chance.minutes(2, 8)
    base_at = infusion_at - chance.minutes(3, 5)
    moments = [base_at, *reading_moments(protocol, infusion_at, recovery_at, ready_at)]
    weight = person.weight + Decimal(chance.randint(-12, 12)) / 10
    return SessionStory(
        opened_at=opened_at,
        infusion_at=infusion_at,
        recovery_at=recovery_at,
        ready_at=ready_at,
        released_at=released_at,
        signed_at=released_at + chance.minutes(4, 25),
        weight=weight,
        dose_per_kg=_dose(chance, protocol, weight),
        readings=tuple(
            (moment, vitals(chance, person, segments, (moment - infusion_at) / MINUTE))
            for moment in moments
        ),
        happenings=_happenings(chance, infusion_at, segments),
    )


def reading_moments(
    protocol: Protocol, infusion_at: datetime, recovery_at: datetime, ready_at: datetime
) -> list[datetime]:
    """When the protocol's vitals plan asks for readings, from the start of the infusion."""
    moments = []
    for phase, starts, ends in (
        (Phase.INFUSING, infusion_at, recovery_at),
        (Phase.RECOVERING, recovery_at, ready_at),
    ):
        minute, last = 0, int((ends - starts) / MINUTE)
        for interval in (part for part in protocol.vitals_plan if part.phase is phase):
            until = min(last, interval.until if interval.until is not None else last)
            while minute + interval.every <= until:
                minute += interval.every
                moments.append(starts + minute * MINUTE)
    return moments


def vitals(chance: Chance, person: Person, segments: SegmentMinutes, minute: float) -> Vitals:
    """Made-up values at a minute of the infusion: pressure rises with it and falls after it."""
    share = _rise(minute, segments.infusion)
    systolic = round(person.systolic + 26 * share + chance.gauss(0, 2.5))
    diastolic = round(person.diastolic + 13 * share + chance.gauss(0, 2))
    return Vitals(
        systolic=systolic,
        diastolic=min(diastolic, systolic - 18),
        heart_rate=round(person.heart_rate + 14 * share + chance.gauss(0, 2)),
        oxygen_saturation=min(99, round(98 - 1.2 * share + chance.gauss(0, 0.6))),
        respiratory_rate=round(16 - 1.5 * share + chance.gauss(0, 0.5)),
        moaas=None if minute < 0 else 4 if share > 0.8 and chance.happens(0.4) else 5,
        dissociation=min(10, max(0, round(6 * share + chance.gauss(0, 0.7)))),
    )


def dose(weight: Decimal, dose_per_kg: Decimal) -> Decimal:
    """Milligrams of a weight-based order, to a whole milligram as it is drawn up."""
    return (weight * dose_per_kg).quantize(Decimal(1), ROUND_HALF_UP)


def per_kg(milligrams: Decimal, weight: Decimal) -> Decimal:
    """mg/kg of a dose that does not go by weight."""
    return (milligrams / weight).quantize(Decimal("0.001"), ROUND_HALF_UP)


def _rise(minute: float, infusion: int) -> float:
    """0 before the infusion, 1 from three quarters of it (or minute 40) on, 0 an hour after it."""
    if minute <= 0:
        return 0.0
    top = min(0.75 * infusion, 40)
    if minute <= top:
        return minute / top
    if minute <= infusion:
        return 1.0
    return max(0.0, 1 - (minute - infusion) / 55)


def _happenings(
    chance: Chance, infusion_at: datetime, segments: SegmentMinutes
) -> tuple[Happening, ...]:
    found = []
    if chance.happens(0.22):
        effect = chance.choice(
            (SideEffect.NAUSEA, SideEffect.DIZZINESS, SideEffect.HEADACHE, SideEffect.ANXIETY)
        )
        at = infusion_at + chance.minutes(8, max(9, segments.infusion + 20))
        found.append(Happening(EventKind.SIDE_EFFECT, at, effect.value, grade=1))
    if chance.happens(0.2):
        detail = chance.choice(("Eyes closed, music on", "Talks quietly", "Blanket", "Sips water"))
        at = infusion_at + chance.minutes(5, max(6, segments.infusion))
        found.append(Happening(EventKind.NOTE, at, detail=detail))
    return tuple(sorted(found, key=lambda happening: happening.at))


def _dose(chance: Chance, protocol: Protocol, weight: Decimal) -> Decimal:
    """Within the sample clinic's own bounds, in steps of 0.05 mg/kg; nasal is one device."""
    if protocol.dose_low is None or protocol.dose_high is None:
        return per_kg(NASAL_DOSE, weight)
    steps = int((protocol.dose_high - protocol.dose_low) / Decimal("0.05"))
    return protocol.dose_low + chance.randint(0, steps) * Decimal("0.05")


def _no_show_reason(chance: Chance) -> Reason:
    return chance.choice((Reason.FORGOT, Reason.NO_ESCORT, Reason.OTHER))


def _patient_reason(chance: Chance) -> Reason:
    return chance.choice((Reason.ILL, Reason.NO_ESCORT, Reason.COST, Reason.WEATHER, Reason.OTHER))
