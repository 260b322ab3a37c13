"""Whether what a visit names may be named: still in use here, and its own patient's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ketadesk.domain.appointments import AppointmentDraft, Status
from ketadesk.domain.clinic import Role, Staff
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ChairId, EscortId, PatientId, StaffId
from ketadesk.store import appointments, clinic, patients
from ketadesk.store.actions import Act
from ketadesk.store.database import Row

PLACE = frozenset({"chair_id", "starts"})
LENGTH = frozenset({"ends", "recovery_minutes"})


def check_draft(act: Act, draft: AppointmentDraft) -> None:
    """Refuses to book who or what is out of use, and another patient's escort or course."""
    check_chair(act, draft.chair_id)
    check_patient(act, draft.patient_id)
    check_nurse(act, draft.nurse_id)
    check_escort(act, draft.patient_id, draft.escort_id)
    if draft.course_id is not None:
        course = patients.course(act.db, draft.course_id)
        if course.patient_id != draft.patient_id:
            raise Refused("course_of_another_patient")


def check_chair(act: Act, chair_id: ChairId) -> None:
    chair = clinic.chair(act.db, chair_id)
    if not chair.active:
        raise Refused("chair_out_of_use", chair=chair.name)


def check_patient(act: Act, patient_id: PatientId) -> None:
    patient = patients.patient(act.db, patient_id)
    if not patient.active:
        raise Refused("patient_out_of_use", patient=patient.name)


def check_nurse(act: Act, nurse_id: StaffId | None) -> None:
    """Refuses to name somebody who no longer works here."""
    member = None if nurse_id is None else clinic.staff_member(act.db, nurse_id)
    if member is not None and not member.active:
        raise Refused("nurse_gone", name=member.name)


def check_escort(act: Act, patient_id: PatientId, escort_id: EscortId | None) -> None:
    """Refuses the escort of another patient."""
    if escort_id is None:
        return
    if patients.escort(act.db, escort_id).patient_id != patient_id:
        raise Refused("escort_of_another_patient")


def check_restored(act: Act, row: Row, before: Mapping[str, Any]) -> None:
    """Holds a visit that gets earlier values again to the rules of giving it them anew."""
    status = Status(row["status"])
    changed = {name for name in before if row[name] != before[name]}
    if "protocol_id" in changed and not status.awaited:
        raise Refused("protocol_of_who_came", status=status.value)
    fixed = PLACE if status is Status.IN_SESSION else PLACE | LENGTH
    if status.follows_session and changed & fixed:
        raise Refused("appointment_under_way", status=status.value)
    after = {**row, **before}
    if not Status(after["status"]).takes_the_chair:
        return
    comes_back = not status.takes_the_chair
    if comes_back or "chair_id" in changed:
        check_chair(act, ChairId(after["chair_id"]))
    if comes_back:
        check_patient(act, PatientId(after["patient_id"]))
    if "nurse_id" in changed:
        check_nurse(act, after["nurse_id"])


def refuse_leaving(act: Act, before: Row, *, role: Role, active: bool, sure: bool) -> None:
    """Refuses to lose the last of all, or the last who sets limits; asks about visits to come."""
    if not before["active"]:
        return
    was, name = Staff(StaffId(before["id"]), before["name"], Role(before["role"])), before["name"]
    others = [member for member in clinic.staff(act.db) if member.id != was.id]
    if not active and not others:
        raise Refused("last_one_here", name=name)
    loses = was.sets_thresholds and not replace(was, role=role, active=active).sets_thresholds
    if loses and not any(member.sets_thresholds for member in others):
        raise Refused("last_to_set_limits", name=name)
    if not active and not sure:
        visits = appointments.still_with_nurse(act.db, was.id, after=act.at)
        if visits:
            raise Refused("nurse_still_booked", may_override=True, name=name, count=visits)
