"""The desk's calls about who takes the patient home: which are due, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ketadesk.domain.day import Visit
from ketadesk.domain.escorts import EscortToConfirm, Urgency
from ketadesk.domain.ids import AppointmentId, EscortId


class Outcome(StrEnum):
    """What came of a call."""

    WITH_ESCORT = "with_escort"
    WITH_PATIENT = "with_patient"
    NO_ANSWER = "no_answer"
    NOBODY = "nobody"


@dataclass(frozen=True)
class EscortContact:
    """One call as it was written down; it is about one escort and one time of the visit."""

    appointment_id: AppointmentId
    escort_id: EscortId | None
    starts: datetime
    outcome: Outcome
    at: datetime
    by_name: str
    note: str = ""


@dataclass(frozen=True)
class EscortTask:
    """A visit whose escort is to be made sure of.

    `unanswered` counts the calls since somebody was last reached. `told_by_patient`: only the
    patient said so. `on_hold`: there is nobody, and until somebody is named the visit is doubtful.
    """

    visit: Visit
    urgency: Urgency
    contacts: tuple[EscortContact, ...]
    unanswered: int
    told_by_patient: bool
    on_hold: bool


_ORDER = (Urgency.TODAY, Urgency.OVERDUE, Urgency.DUE, Urgency.LATER)


def follow_up(
    unsure: Iterable[EscortToConfirm], contacts: Iterable[EscortContact]
) -> tuple[EscortTask, ...]:
    """What is to be done now, the most pressing first, then by the time of the visit.

    What the patient alone has said is enough until the day itself, when the escort is asked again.
    """
    by_visit: dict[AppointmentId, list[EscortContact]] = {}
    for contact in sorted(contacts, key=lambda one: one.at):
        by_visit.setdefault(contact.appointment_id, []).append(contact)
    tasks = [_task(one, by_visit.get(one.visit.appointment.id, ())) for one in unsure if one.due]
    open_ = [one for one in tasks if not one.told_by_patient or one.urgency is Urgency.TODAY]
    return tuple(
        sorted(open_, key=lambda one: (_ORDER.index(one.urgency), one.visit.appointment.starts))
    )


def _task(one: EscortToConfirm, contacts: Iterable[EscortContact]) -> EscortTask:
    appointment = one.visit.appointment
    valid = [
        contact
        for contact in contacts
        if contact.starts == appointment.starts
        and (contact.escort_id == appointment.escort_id or contact.outcome is Outcome.NO_ANSWER)
    ]
    last = valid[-1].outcome if valid else None
    reached = [one for one in valid if one.outcome is not Outcome.NO_ANSWER]
    unanswered = len(valid) - (valid.index(reached[-1]) + 1 if reached else 0)
    return EscortTask(
        visit=one.visit,
        urgency=one.urgency,
        contacts=tuple(valid),
        unanswered=unanswered,
        told_by_patient=last is Outcome.WITH_PATIENT,
        on_hold=bool(reached) and reached[-1].outcome is Outcome.NOBODY,
    )
