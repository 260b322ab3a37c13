"""A full day of six chairs and twelve visits each, from which each test bends what it is about."""

from datetime import date, timedelta

from ketadesk.domain.list_sheets import ListKind, days_shown
from ketadesk.paper.list_facts import ListFacts, ListVisit
from tests.paper.sample_facts import CLINIC, PRINTED, at

CHAIRS = tuple(f"Chair {number} · {place}" for number, place in enumerate(
    ("window", "door", "quiet room", "garden", "corner", "north"), start=1))  # fmt: skip
NAMES = (
    "Ana García López", "Luis Ortiz", "Wilhelmina Featherstonehaugh", "Bo Li", "Mary Kate Doyle",
    "Nguyễn Thị Minh", "Zoë O'Brien-Smith", "José María de la Fuente", "Tom Reed", "Åsa Lindqvist",
    "Priya Raghunathan", "Abdul Rahman",
)  # fmt: skip
STATES = ("not_asked", "named", "confirmed", "called", "here")
STATUSES = ("booked", "confirmed", "arrived", "in_session", "completed")


def visits(day: int, *, chairs: int = 6, each: int = 12) -> tuple[ListVisit, ...]:
    """Every chair busy from seven on, fifty minutes each, names as long as they come."""
    found = []
    for chair in range(chairs):
        for number in range(each):
            starts = at(day, 7, 0) + timedelta(minutes=50 * number + 5 * chair)
            place = chair * each + number
            found.append(
                ListVisit(
                    starts=starts,
                    ends=starts + timedelta(minutes=50),
                    chair=CHAIRS[chair],
                    name=NAMES[place % len(NAMES)],
                    count=f"{place % 6 + 1}/6",
                    protocol="Mood IV low",
                    nurse=("Rosa M.", "Lena K.")[place % 2],
                    escort=NAMES[(place + 5) % len(NAMES)],
                    escort_phone="310-555-0133",
                    escort_state=STATES[place % len(STATES)],
                    status=STATUSES[place % len(STATUSES)],
                )
            )
    return tuple(sorted(found, key=lambda one: one.starts))


def list_facts(
    kind: ListKind = ListKind.DAY, *, chairs: int = 6, each: int = 12, initials: bool = False
) -> ListFacts:
    first, last = days_shown(kind, date(2027, 5, 12))
    shown = [day for day in range(first.day, last.day + 1) if date(2027, 5, day).weekday() < 5]
    return ListFacts(
        kind=kind,
        clinic=CLINIC,
        first=first,
        last=last,
        chairs=CHAIRS[:chairs],
        visits=tuple(one for day in shown for one in visits(day, chairs=chairs, each=each)),
        initials=initials,
        printed=PRINTED,
    )
