"""The day on which the sample stands: thirteen people, half of the day behind them at 10:42.

Every state that a view must show is there: handed over, infusing with readings, arrived,
confirmed, booked without an escort, one who did not come, one who cancelled, a closed chair.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.events import EventKind, MedicinePurpose, SideEffect
from ketadesk.domain.patients import PatientDraft
from ketadesk.domain.readings import Vitals
from ketadesk.domain.times import MINUTE
from ketadesk.sample.chance import Chance
from ketadesk.sample.clinic import SampleClinic
from ketadesk.sample.people import EscortPerson, Person, with_eligibility
from ketadesk.sample.plan import Agenda, PlannedCourse, PlannedVisit, nurse_of
from ketadesk.sample.stories import (
    Ending,
    Happening,
    SessionStory,
    Story,
    asked_at,
    session,
)

STANDS_AT = time(10, 42)
"""The local time at which the sample's day stands still, whenever it is made."""

CLOSED_CHAIR = 3
CLOSED = (time(14), time(15, 30))
CLOSED_REASON = "Pump service"


@dataclass(frozen=True)
class Part:
    """One of the cast: who, with whom, in which chair from when, at which visit of the course.

    Not `booked_ahead`: the next visit is still to be booked, so that the desk has something to do.
    """

    name: tuple[str, str]
    language: str
    escort: tuple[str, str, str]
    protocol: str
    chair: int
    starts: time
    number: int
    of: int
    born: int
    weight: str
    state: str
    allergies: tuple[tuple[str, str], ...] = ()
    medications: tuple[tuple[str, str], ...] = ()
    booked_ahead: bool = True


CAST = (
    Part(("Ana", "García"), "es", ("Marta García", "sister", "310-555-0142"), "Mood IV low",
         0, time(9, 45), 3, 6, 1984, "70.0", "infusing", (("latex", "rash"),),
         (("lamotrigine", "100 mg daily"), ("vitamin D", ""))),
    Part(("Luis", "Ibáñez"), "es", ("Carmen Ibáñez", "wife", "213-555-0117"), "Pain IV 4 h high",
         2, time(9), 1, 1, 1967, "88.4", "infusing long", (("penicillin", "hives"),),
         (("gabapentin", "300 mg at night"),)),
    Part(("Omar", "Haddad"), "en", ("Sami Haddad", "brother", "818-555-0163"), "Mood IV mid",
         1, time(11), 4, 6, 1991, "76.2", "arrived", (), (("sertraline", "50 mg daily"),)),
    Part(("Ivy", "O'Brien"), "en", ("Declan O'Brien", "husband", "310-555-0171"), "Mood IV mid",
         0, time(8), 6, 6, 1978, "63.5", "released"),
    Part(("Siobhán", "Kelly"), "en", ("Aoife Kelly", "mother", "626-555-0109"), "Mood IV low",
         1, time(8, 30), 2, 6, 1999, "58.1", "released", (("adhesive tape", "redness"),),
         booked_ahead=False),
    Part(("Chloé", "Martin"), "en", ("", "", ""), "Mood IV low",
         1, time(13, 30), 2, 6, 1988, "66.0", "no escort"),
    Part(("Björn", "Åkesson"), "en", ("Elin Åkesson", "partner", "562-555-0155"), "Nasal low",
         3, time(11, 15), 2, 8, 1972, "91.7", "confirmed"),
    Part(("Tomás", "Peña"), "es", ("Rosario Peña", "mother", "213-555-0186"), "Mood IV low",
         0, time(12, 15), 1, 6, 2001, "72.8", "booked"),
    Part(("Joy", "Okafor"), "en", ("Chidi Okafor", "son", "310-555-0128"), "Nasal low",
         3, time(8, 15), 3, 6, 1959, "80.9", "no-show"),
    Part(("Fatima", "Rahman"), "en", ("Nadia Rahman", "daughter", "818-555-0134"), "Mood IV low",
         3, time(15, 45), 5, 6, 1965, "69.3", "cancelled"),
    Part(("Wei", "Zhang"), "en", ("Lin Zhang", "wife", "626-555-0190"), "Mood IV mid",
         0, time(15), 1, 1, 1981, "74.0", "confirmed"),
    Part(("Mary Kate", "Doyle"), "en", ("Finn Doyle", "son", "562-555-0148"), "Mood IV mid",
         2, time(15, 15), 5, 6, 1970, "67.7", "confirmed", (("sulfa drugs", "rash"),)),
    Part(("Surya", ""), "en", ("Dewi", "friend", "310-555-0104"), "Mood IV low",
         1, time(15, 30), 1, 6, 1994, "61.2", "confirmed"),
)  # fmt: skip

ANA_READINGS = (
    (time(10, 15), (132, 84, 78, 98, 16, None, 0, "base")),
    (time(10, 20), (134, 85, 80, 98, 16, 5, 1, "start")),
    (time(10, 25), (144, 90, 86, 97, 16, 5, 3, "")),
    (time(10, 30), (151, 93, 90, 97, 15, 5, 5, "")),
    (time(10, 35), (154, 95, 92, 96, 15, 4, 6, "nausea 1")),
    (time(10, 40), (152, 94, 91, 97, 15, 4, 6, "")),
)
"""Local time; systolic, diastolic, heart rate, SpO2, respiration, MOAA/S, dissociation, note."""


def cast_courses(
    clinic: SampleClinic, chance: Chance, agenda: Agenda, today: date, *, most: int
) -> list[PlannedCourse]:
    """The courses of the first `most` of the cast, with today's visit as written above."""
    return [_course(clinic, chance, agenda, today, part, n) for n, part in enumerate(CAST[:most])]


def _course(
    clinic: SampleClinic, chance: Chance, agenda: Agenda, today: date, part: Part, index: int
) -> PlannedCourse:
    minutes = clinic.protocol(part.protocol).segments.total
    earlier = _days(clinic, chance, agenda, today, minutes, part.number - 1)
    since = (earlier[0][0] if earlier else agenda.moment(today, 0)) - timedelta(
        days=chance.randint(5, 9)
    )
    person = _person(chance, part, index, since.date(), today)
    course = PlannedCourse(
        person, part.protocol, part.of, (2, 4) if part.of > 1 else (0, 0),
        agenda.moment(since.date(), 9 * 60 + chance.randint(0, 400)),
    )  # fmt: skip
    for number, (starts, chair) in enumerate(earlier, start=1):
        nurse_id = nurse_of(clinic, chair)
        told = _came(chance, person, clinic, starts)
        course.visits.append(PlannedVisit(number, clinic.chairs[chair], nurse_id, starts, told))
    starts = agenda.moment(today, part.starts.hour * 60 + part.starts.minute)
    chair_id = clinic.chairs[part.chair]
    nurse_id = nurse_of(clinic, part.chair)
    story = _today(clinic, chance, person, part, starts)
    course.visits.append(PlannedVisit(part.number, chair_id, nurse_id, starts, story))
    wanted = today
    following = range(part.number + 1, part.of + 1) if part.booked_ahead else ()
    for number in following:
        placed = agenda.place(wanted + timedelta(days=chance.randint(2, 4)), minutes)
        if placed is None:
            break
        later, chair = placed
        wanted = later.astimezone(clinic.clinic.zone).date()
        told = replace(_came(chance, person, clinic, later), ending=None)
        course.visits.append(
            PlannedVisit(number, clinic.chairs[chair], nurse_of(clinic, chair), later, told)
        )
    return course


def _days(
    clinic: SampleClinic, chance: Chance, agenda: Agenda, today: date, minutes: int, visits: int
) -> list[tuple[datetime, int]]:
    """When the visits before today were: backwards in steps of two to four days, open days only."""
    day, found = today, []
    for _ in range(visits):
        day -= timedelta(days=chance.randint(2, 4))
        while not clinic.open_on(day):
            day -= timedelta(days=1)
        found.append(day)
    placed = [agenda.place(day, minutes) for day in reversed(found)]
    return [entry for entry in placed if entry is not None]


def _person(chance: Chance, part: Part, index: int, since: date, today: date) -> Person:
    given, family = part.name
    name, relation, phone = part.escort
    draft = PatientDraft(
        given_name=given,
        family_name=family,
        birth_date=date(part.born, chance.randint(1, 12), chance.randint(1, 28)),
        record_number=f"HC-{index + 1:05d}",
        phone=f"310-555-02{index + 10:02d}",
        email="",
        address=f"{chance.randint(2, 90)} Quay Terrace",
        spoken_language=part.language,
        written_language=part.language,
        interpreter_needed=part.name[0] == "Tomás",
    )
    return Person(
        draft=with_eligibility(draft, since),
        escorts=(EscortPerson(name, relation, phone, stays_overnight=index % 3 != 1),) * bool(name),
        allergies=part.allergies,
        medications=part.medications,
        weight=Decimal(part.weight),
        systolic=118 + 2 * (index % 8),
        diastolic=72 + index % 8,
        heart_rate=66 + index % 12,
        since=since,
    )


def _came(chance: Chance, person: Person, clinic: SampleClinic, starts: datetime) -> Story:
    """A visit of the cast on another day: asked two days before, came, went home."""
    called_at = asked_at(chance, starts, clinic.clinic.zone)
    return Story(
        escort=0 if person.escorts else None,
        escort_confirmed_at=called_at + 3 * MINUTE if person.escorts else None,
        confirmed_at=called_at,
        arrived_at=starts - chance.minutes(2, 14),
    )


def _today(
    clinic: SampleClinic, chance: Chance, person: Person, part: Part, starts: datetime
) -> Story:
    came = _came(chance, person, clinic, starts)
    protocol = clinic.protocol(part.protocol)
    match part.state:
        case "infusing":
            return _ana(clinic, person, came, starts)
        case "infusing long":
            opened = came.arrived_at or starts
            told = session(chance, person, protocol, starts, opened)
            told = _on_the_clock(told, starts + 40 * MINUTE)
            return replace(came, session=_without_reading(told, starts + 100 * MINUTE))
        case "arrived":
            return replace(came, arrived_at=starts - 24 * MINUTE)
        case "released":
            told = session(chance, person, protocol, starts, starts - 8 * MINUTE)
            return replace(
                came, arrived_at=starts - 8 * MINUTE, session=replace(told, happenings=())
            )
        case "booked":
            return replace(came, confirmed_at=None, escort_confirmed_at=None)
        case "no escort":
            return replace(came, escort=None, confirmed_at=None, escort_confirmed_at=None)
        case "no-show":
            ending = Ending(Status.NO_SHOW, Reason.FORGOT, starts + 35 * MINUTE)
            return replace(came, arrived_at=None, ending=ending)
        case "cancelled":
            ending = Ending(Status.CANCELLED_BY_PATIENT, Reason.ILL, starts - timedelta(hours=8))
            return replace(came, confirmed_at=None, arrived_at=None, ending=ending)
        case _:
            return came


def _on_the_clock(told: SessionStory, infusion_at: datetime) -> SessionStory:
    """The same session with its infusion started at a given moment, everything moved along."""
    by = infusion_at - told.infusion_at
    return replace(
        told,
        infusion_at=infusion_at,
        recovery_at=told.recovery_at + by,
        ready_at=told.ready_at + by,
        released_at=told.released_at + by,
        signed_at=told.signed_at + by,
        readings=tuple((at + by, vitals) for at, vitals in told.readings),
        happenings=(),
    )


def _without_reading(told: SessionStory, at: datetime) -> SessionStory:
    """The same session, but the reading due at a moment is late."""
    return replace(told, readings=tuple(kept for kept in told.readings if kept[0] != at))


def _ana(clinic: SampleClinic, person: Person, came: Story, starts: datetime) -> Story:
    """Infusing since 10:20, pressure above the clinic's gate, mild nausea, a sister on call."""

    def at(local: time) -> datetime:
        day = starts.astimezone(clinic.clinic.zone).date()
        return datetime.combine(day, local, clinic.clinic.zone).astimezone(starts.tzinfo)

    readings = tuple(
        (
            at(moment),
            Vitals(
                systolic=values[0],
                diastolic=values[1],
                heart_rate=values[2],
                oxygen_saturation=values[3],
                respiratory_rate=values[4],
                moaas=values[5],
                dissociation=values[6],
                note=values[7],
            ),
        )
        for moment, values in ANA_READINGS
    )
    happenings = (
        Happening(EventKind.NOTE, at(time(10, 31)), detail="Eyes closed, music on"),
        Happening(EventKind.SIDE_EFFECT, at(time(10, 37)), SideEffect.NAUSEA.value, grade=1),
        Happening(
            EventKind.MEDICINE,
            at(time(10, 38)),
            MedicinePurpose.NAUSEA.value,
            medicine="ondansetron",
            detail="4 mg IV, ordered by Dr. Shah",
        ),
    )
    told = SessionStory(
        opened_at=at(time(9, 52)),
        infusion_at=at(time(10, 20)),
        recovery_at=at(time(11)),
        ready_at=at(time(11, 35)),
        released_at=at(time(11, 40)),
        signed_at=at(time(11, 50)),
        weight=person.weight,
        dose_per_kg=Decimal("0.5"),
        readings=readings,
        happenings=happenings,
    )
    return replace(came, arrived_at=at(time(9, 41)), session=told)
