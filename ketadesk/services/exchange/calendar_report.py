"""What became of every event of a calendar that was imported, and the list a person works through.

The list is a table: in its column "patient" a record number or a name is written beside an event,
and the same import with that list books those too.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ketadesk.domain.calendar_exchange.events import CalendarEvent, EventFault
from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import Refused, Value
from ketadesk.domain.importing.text import decoded, read_from_spreadsheets
from ketadesk.i18n import sentence
from ketadesk.services.exchange.tables import table_bytes

COLUMNS = ("line", "title", "first", "times", "reason", "who_it_may_be", "patient", "event")
MOST_MATCHES = 50_000
TO_BE_MATCHED = ("event_names_nobody", "event_names_several", "event_match_unknown")
"""Reasons that go away once somebody says who is meant."""

Matches = Mapping[tuple[str, str], str]
"""Whom a person wrote beside an event, by the event's name and title."""


@dataclass
class LeftEvent:
    """An event some or all of whose times were not booked; `first` is local."""

    line: int
    uid: str
    title: str
    code: str
    values: Mapping[str, Value]
    first: datetime | None = None
    times: int = 0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class CalendarReport:
    """`elsewhere` are known appointments that the file has at another time; they were left so."""

    booked: int
    brought_back: int
    already_there: int
    elsewhere: tuple[tuple[int, str], ...]
    cancelled: int
    left: tuple[LeftEvent, ...]
    dry_run: bool = False
    changes: Changes | None = field(default=None, compare=False)


def left_of(fault: EventFault) -> LeftEvent:
    """An event that could not be read or told apart."""
    return LeftEvent(fault.line, fault.uid, fault.title, fault.code, fault.values)


class LeftOver:
    """Collects what is left, each event once for each reason."""

    def __init__(self, faults: Sequence[EventFault]) -> None:
        self._left: dict[tuple[int, str], LeftEvent] = {}
        self._faults = [left_of(fault) for fault in faults]

    def add(
        self,
        event: CalendarEvent,
        error: Refused,
        *,
        starts: datetime,
        candidates: Sequence[str] = (),
    ) -> None:
        key = (event.line, error.code)
        if key not in self._left:
            self._left[key] = LeftEvent(
                event.line, event.uid, event.title, error.code, error.values,
                starts, candidates=tuple(candidates),
            )  # fmt: skip
        self._left[key].times += 1

    def all(self) -> tuple[LeftEvent, ...]:
        """By their place in the file."""
        return tuple(sorted((*self._faults, *self._left.values()), key=lambda one: one.line))


def list_bytes(report: CalendarReport) -> bytes:
    """The events that were not booked, to be worked through in a spreadsheet."""
    rows = [
        (
            str(one.line),
            one.title,
            "" if one.first is None else f"{one.first:%Y-%m-%d %H:%M}",
            str(one.times or ""),
            sentence(one.code, one.values),
            "; ".join(one.candidates),
            "",
            one.uid,
        )
        for one in report.left
    ]
    return table_bytes(COLUMNS, rows)


def read_matches(source: bytes, *, name: str) -> Matches:
    """Whom a person wrote into the column "patient" of such a list; Refused when it is none."""
    text, _ = decoded(source)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    matches: dict[tuple[str, str], str] = {}
    try:
        if not {"title", "patient", "event"} <= {*(rows.fieldnames or ())}:
            raise Refused("calendar_matches_unreadable", file=name)
        for number, row in enumerate(rows):
            if number >= MOST_MATCHES:
                raise Refused("calendar_matches_unreadable", file=name)
            title, patient, uid = (
                read_from_spreadsheets(row[column] or "").strip()
                for column in ("title", "patient", "event")
            )
            if patient:
                matches[uid, title] = patient
    except csv.Error:
        raise Refused("calendar_matches_unreadable", file=name) from None
    return matches
