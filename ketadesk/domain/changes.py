"""What a person's action leaves behind: who did it, what it touched, what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ketadesk.domain.errors import Value
from ketadesk.domain.ids import ActionId, PatientId, StaffId, Uuid, new_uuid

Noun = Literal[
    "allergies",
    "appointments",
    "assessments",
    "chairs",
    "checklist_answers",
    "closures",
    "courses",
    "escort_contacts",
    "escorts",
    "events",
    "lists_printed",
    "medications",
    "opening_hours",
    "orders",
    "patients",
    "protocols",
    "readings",
    "sessions",
    "settings",
    "sheets",
    "staff",
    "vitals_intervals",
    "waitlist",
    "waitlist_offers",
]
"""What people's actions write: the database's own names."""


@dataclass(frozen=True)
class Stamp:
    """Who acts and when. The UUID makes sending the same action twice harmless."""

    staff_id: StaffId
    at: datetime
    uuid: Uuid = field(default_factory=new_uuid)


@dataclass(frozen=True)
class Span:
    """A stretch of time [starts, ends) in which something changed; both aware."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Changes:
    """What an action changed, for every view to judge whether it is stale.

    `verb` and `values` name the action ("appointment_moved", from where to where); the sentence
    is made on the screen. `tables` are the tables touched, `patients` and `spans` whose and when.
    `row_ids` holds the first row written per table, so that a caller finds what it just made.
    """

    action_id: ActionId
    verb: str
    at: datetime
    staff_id: StaffId
    values: Mapping[str, Value] = field(default_factory=dict)
    tables: frozenset[Noun] = frozenset()
    row_ids: Mapping[Noun, int] = field(default_factory=dict)
    patients: frozenset[PatientId] = frozenset()
    spans: tuple[Span, ...] = ()
    undoable: bool = False

    def touch_span(self, span: Span) -> bool:
        return any(span.overlaps(changed) for changed in self.spans)


@dataclass(frozen=True)
class HistoryEntry:
    """One past action in plain terms, newest first in lists; `undone` when a later one undid it."""

    action_id: ActionId
    verb: str
    at: datetime
    staff_id: StaffId
    staff_name: str
    values: Mapping[str, Value]
    undoable: bool
    undone: bool
    undoes: ActionId | None = None
