"""Takes back what was done, in plain words and over restarts. Clinical entries are amended instead.

Undo is itself an action: it writes the earlier values again, is audited, and can be undone.
"""

import json
from typing import Any

from ketadesk.domain.appointments import Reason, Status
from ketadesk.domain.changes import Changes, HistoryEntry, Noun, Stamp
from ketadesk.domain.clinic import Role
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.ids import ActionId, ChairId, CourseId, EscortId, StaffId
from ketadesk.services import in_use
from ketadesk.services.action import perform
from ketadesk.store import actions, appointments, clinic
from ketadesk.store.actions import Act
from ketadesk.store.database import Database, Row
from ketadesk.store.values import seconds

NEVER_SET = "null"
"""What a setting holds whose first setting was taken back."""
CAN_BE_SWITCHED_OFF: frozenset[Noun] = frozenset(
    {
        "patients",
        "allergies",
        "medications",
        "escorts",
        "courses",
        "closures",
        "opening_hours",
        "vitals_intervals",
        "waitlist",
    }
)


KEPT_AS_WRITTEN: frozenset[Noun] = frozenset({"waitlist_offers"})
"""What was said stays written when the action that wrote it down is taken back."""
PAGE = 100


def past(
    db: Database,
    *,
    before: ActionId | None = None,
    staff_id: StaffId | None = None,
    undoable: bool = False,
    patient: str = "",
    most: int = PAGE,
) -> tuple[HistoryEntry, ...]:
    """A page of everything that was done, newest first; `before` is where the last page ended.

    Only what one person did, only what can be undone, or only where the patient's name begins so.
    """
    found = actions.past(
        db,
        before=before,
        staff_id=staff_id,
        undoable=undoable,
        patient=patient.strip(),
        most=most,
    )
    return tuple(found)


def next_to_undo(db: Database, staff_id: StaffId) -> HistoryEntry | None:
    """The person's newest action that still stands and is not itself an undo."""
    for entry in actions.history(db, staff_id):
        if not entry.undone and entry.undoes is None:
            return entry
    return None


def undo(db: Database, stamp: Stamp, action_id: ActionId) -> Changes:
    """Takes one action back whole, or refuses when a later change stands in the way."""
    row, entries = actions.undo_entries(db, action_id)
    redo = row["verb"] == "action_undone"

    def take_back(act: Act) -> None:
        if not row["undoable"]:
            raise Refused("action_not_undoable", verb=row["verb"])
        if actions.undone(db, action_id):
            raise Refused("action_already_undone", verb=row["verb"])
        taken = [entry for entry in entries if entry["table_name"] not in KEPT_AS_WRITTEN]
        if _patients_needed(act, taken):
            raise Refused("needed_since", verb=row["verb"])
        taken = [entry for entry in taken if not _needed_since(act, entry, entries)]
        if entries and not taken:
            raise Refused("needed_since", verb=row["verb"])
        for entry in taken:
            _take_back(act, entry)
        act.say(**{"undone": row["verb"], **json.loads(row["details"])["values"]})

    act = Act(db, stamp, "action_redone" if redo else "action_undone")
    return perform(act, take_back, undoable=True, undoes=action_id)


def _switches_off(entry: Row) -> bool:
    """Whether taking this back puts out of use what the action made, or brought back."""
    return entry["before"] is None or json.loads(entry["before"]).get("active") == 0


def _patients_needed(act: Act, entries: list[Row]) -> bool:
    """Whether patients whom the action made are booked or waited for since: nobody hides them."""
    made = {
        entry["row_id"]
        for entry in entries
        if entry["table_name"] == "patients" and _switches_off(entry)
    }
    if not made:
        return False
    booked_here = {one["row_id"] for one in entries if one["table_name"] == "appointments"}
    return any(
        patient_id in made and visit not in booked_here
        for patient_id, visit in appointments.waited_for(act.db)
    )


def _needed_since(act: Act, entry: Row, entries: list[Row]) -> bool:
    """Whether other visits stand on what the action made: a course, an escort. Those stay."""
    if entry["table_name"] not in ("courses", "escorts") or not _switches_off(entry):
        return False
    made_here = {one["row_id"] for one in entries if one["table_name"] == "appointments"}
    users = (
        appointments.of_course(act.db, CourseId(entry["row_id"]))
        if entry["table_name"] == "courses"
        else appointments.with_escort(act.db, EscortId(entry["row_id"]))
    )
    return any(user.status.takes_the_chair and user.id not in made_here for user in users)


def _check_restored(act: Act, table: Noun, row: Row, before: dict[str, Any]) -> None:
    """What may not be done may not be brought back either."""
    if table == "appointments":
        in_use.check_restored(act, row, before)
    elif table == "chairs" and before.get("active") == 0:
        booked = clinic.still_booked(act.db, ChairId(row["id"]), after=act.at)
        if booked:
            raise Refused("chair_still_booked", chair=row["name"], count=booked)
    elif table == "staff" and before.keys() & {"active", "role"}:
        after = {**row, **before}
        in_use.refuse_leaving(
            act, row, role=Role(after["role"]), active=bool(after["active"]), sure=True
        )


def _take_back(act: Act, entry: Row) -> None:
    table: Noun = entry["table_name"]
    after = json.loads(entry["after"])
    row = actions.current_row(act.db, table, entry["row_id"])
    if any(row[name] != value for name, value in after.items() if name != "version"):
        raise Conflict("changed_since", table=table)
    if entry["before"] is not None:
        before = json.loads(entry["before"])
        del before["version"]
        _check_restored(act, table, row, before)
        act.update(table, row, before)
    elif table == "appointments":
        cancelled = {
            "status": Status.CANCELLED_BY_CLINIC.value,
            "status_reason": Reason.BOOKED_BY_MISTAKE.value,
            "status_at": seconds(act.at),
        }
        act.update(table, row, cancelled)
    elif table == "settings":
        act.update(table, row, {"value": NEVER_SET})
    elif table in CAN_BE_SWITCHED_OFF:
        act.update(table, row, {"active": 0})
    else:
        raise Refused("action_not_undoable", verb=table)
