"""The desk's calls about escorts: which are due, and what came of each."""

from datetime import datetime, timedelta

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import day_span
from ketadesk.domain.errors import Conflict, Refused
from ketadesk.domain.escort_follow_up import EscortTask, Outcome, follow_up
from ketadesk.domain.escorts import escorts_to_confirm
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.names import short_name
from ketadesk.services.action import action
from ketadesk.store import appointments, clinic, escort_contacts, patients
from ketadesk.store.actions import Act
from ketadesk.store.database import Database
from ketadesk.store.values import seconds

CLOSED_AT_MOST = timedelta(days=7)
"""Asking begins so much earlier at most when the clinic is closed before a visit."""


def tasks(db: Database, *, now: datetime) -> tuple[EscortTask, ...]:
    """Whose escort is to be made sure of now, the most pressing first."""
    facts, rules = clinic.clinic(db), clinic.rules(db)
    today = day_span(facts.local(now).date(), facts.zone)
    ahead = timedelta(hours=rules.escort_ask_hours) + CLOSED_AT_MOST
    span = Span(today.starts, now + ahead)
    unsure = escorts_to_confirm(
        appointments.visits(db, span),
        now=now,
        rules=rules,
        hours=clinic.opening_hours(db),
        zone=facts.zone,
    )
    return follow_up(unsure, escort_contacts.contacts(db, span))


@action("escort_called")
def record(
    act: Act, appointment_id: AppointmentId, version: int, *, outcome: Outcome, note: str = ""
) -> None:
    """Writes down what came of a call; one who said yes is confirmed with it.

    Kept as written: a slip is mended by the next entry, and the escort's state by a step back.
    """
    row = appointments.appointment_row(act.db, appointment_id)
    booked = appointments.appointment_from(row)
    name = patients.patient(act.db, booked.patient_id).name
    if booked.version != version:
        raise Conflict("appointment_changed_meanwhile", patient=name)
    if outcome is Outcome.WITH_ESCORT and booked.escort_id is None:
        raise Refused("escort_state_without_escort", state=EscortState.CONFIRMED.value)
    values = {
        "appointment_id": appointment_id,
        "patient_id": booked.patient_id,
        "escort_id": booked.escort_id,
        "about_starts": row["starts"],
        "outcome": outcome.value,
        "note": note.strip(),
        "at": seconds(act.at),
        "by": act.stamp.staff_id,
    }
    act.insert("escort_contacts", values)
    if outcome is Outcome.WITH_ESCORT and booked.escort_state is EscortState.NAMED:
        act.update("appointments", row, {"escort_state": EscortState.CONFIRMED.value})
    act.about(patient_id=booked.patient_id, span=booked.span)
    act.say(patient=short_name(name), outcome=outcome.value, starts_at=row["starts"])
