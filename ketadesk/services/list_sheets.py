"""The day, the week and the agenda on paper: gathered, drawn, written, and noted as sheets are."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ketadesk.domain.clinic import Clinic
from ketadesk.domain.day import Visit, coming
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import StaffId
from ketadesk.domain.list_sheets import ListKind, days_shown
from ketadesk.domain.names import initials
from ketadesk.paper.list_facts import ListFacts, ListVisit
from ketadesk.paper.render import Sheet, render_list
from ketadesk.services import calendar, sheet_facts, sheet_files
from ketadesk.services.action import action
from ketadesk.services.sheets import How
from ketadesk.store import clinic, session_lines
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.values import seconds

MOST_DAYS = 92
"""A list of more days is a report, not a list to hold in the hand."""


@dataclass(frozen=True)
class ListRequest:
    """Which list of which day; `until` for an agenda of several. `initials` for the door."""

    kind: ListKind
    day: date
    until: date | None = None
    paper: str = "letter"
    initials: bool = False


@dataclass(frozen=True)
class GatheredList:
    """All that a list says, ready to be drawn without the clinic file."""

    facts: ListFacts
    paper: str


def gather(db: Database, request: ListRequest, *, at: datetime, staff_id: StaffId) -> GatheredList:
    """Everyone who takes a chair on the days, earliest first; Refused for too many days."""
    first, last = days_shown(request.kind, request.day, request.until)
    days = (last - first).days + 1
    if days > MOST_DAYS:
        raise Refused("list_too_long", most=MOST_DAYS)
    described = clinic.clinic(db)
    schedule = calendar.schedule(db, first, days=days)
    visits = [
        visit
        for visit in coming(schedule.visits)
        if visit.appointment.starts >= schedule.span.starts
    ]
    in_use = {chair.id: chair.name for chair in schedule.chairs}
    former = {visit.appointment.chair_id for visit in visits} - in_use.keys()
    names = in_use | {chair_id: session_lines.chair_name(db, chair_id) for chair_id in former}
    facts = ListFacts(
        kind=request.kind,
        clinic=sheet_facts.clinic_facts(described),
        first=first,
        last=last,
        chairs=tuple(names.values()),
        visits=tuple(
            _line(visit, described, names[visit.appointment.chair_id], hidden=request.initials)
            for visit in visits
        ),
        initials=request.initials,
        printed=sheet_facts.printed_by(db, described, at=at, staff_id=staff_id),
    )
    return GatheredList(facts, request.paper)


def draw(gathered: GatheredList) -> Sheet:
    """The finished list."""
    return render_list(gathered.facts, paper=gathered.paper)


def write(gathered: GatheredList, file: Path, *, clinic_file: Path) -> Sheet:
    """Draws the list and writes it as a PDF, whole or not at all; nothing is kept of it yet."""
    sheet = draw(gathered)
    sheet_files.write(file, sheet.pdf, clinic_file=clinic_file)
    return sheet


@action("list_printed")
def record_printed(act: Act, request: ListRequest, sheet: Sheet, *, how: How) -> None:
    """Keeps what was printed or saved, so that it is known who held which list, and a reprint is
    identical.
    """
    first, last = days_shown(request.kind, request.day, request.until)
    act.insert(
        "lists_printed",
        {
            "uuid": act.stamp.uuid,
            "kind": request.kind.value,
            "first_day": first.isoformat(),
            "last_day": last.isoformat(),
            "initials": int(request.initials),
            "language": sheet.language,
            "paper": sheet.paper,
            "template_version": str(sheet.template_version),
            "wording_version": str(sheet.wording_version),
            "input": sheet.input_json,
            "digest": hashlib.sha256(sheet.pdf).hexdigest(),
            "how": how,
            "at": seconds(act.at),
            "by": act.stamp.staff_id,
        },
    )
    days = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    act.say(list=request.kind.value, days=days, how=how)


def _line(visit: Visit, described: Clinic, chair: str, *, hidden: bool) -> ListVisit:
    appointment = visit.appointment
    return ListVisit(
        starts=described.local(appointment.starts),
        ends=described.local(appointment.ends),
        chair=chair,
        name=initials(visit.patient_name) if hidden else visit.patient_name,
        count="" if hidden else visit.count,
        protocol="" if hidden else visit.protocol_name,
        nurse=visit.nurse_name,
        escort="" if hidden else visit.escort_name,
        escort_phone="" if hidden else visit.escort_phone,
        escort_state=appointment.escort_state.value,
        status=appointment.status.value,
    )
