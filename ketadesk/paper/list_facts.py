"""Everything a list of a day or more says, gathered beforehand. Times are aware and local."""

from dataclasses import dataclass
from datetime import date, datetime

from ketadesk.domain.list_sheets import ListKind
from ketadesk.paper.facts import ClinicFacts, PrintedBy


@dataclass(frozen=True)
class ListVisit:
    """One visit as a list has it; `status` and `escort_state` are the rules' own words."""

    starts: datetime
    ends: datetime
    chair: str
    name: str
    count: str
    protocol: str
    nurse: str
    escort: str
    escort_phone: str
    escort_state: str
    status: str


@dataclass(frozen=True)
class ListFacts:
    """`chairs` are the columns of a day. With `initials` nobody is named: it may hang at a door."""

    kind: ListKind
    clinic: ClinicFacts
    first: date
    last: date
    chairs: tuple[str, ...]
    visits: tuple[ListVisit, ...]
    initials: bool
    printed: PrintedBy
