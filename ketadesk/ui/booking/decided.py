"""Which rules of booking somebody went against for a visit, who, and why: shown ever after."""

from ketadesk.domain.day import Visit
from ketadesk.domain.objections import Guard
from ketadesk.i18n import tr

_ALTHOUGH = {
    Guard.CHAIR_TAKEN: "the chair was taken",
    Guard.CHAIR_CLOSED: "the chair is closed",
    Guard.CLINIC_CLOSED: "the clinic is closed",
    Guard.CLOSED_DAY: "the clinic is not open that day",
    Guard.OUTSIDE_HOURS: "outside opening hours",
    Guard.IN_THE_PAST: "in the past",
    Guard.PATIENT_ELSEWHERE: "the patient is booked elsewhere",
    Guard.SAME_DAY: "a second visit that day",
    Guard.NURSE_LOAD: "too many infusions at once",
    Guard.START_GAP: "two starts too close",
    Guard.ESCORT_AWAY: "the escort is away",
    Guard.TOO_SOON: "too soon",
    Guard.TOO_LATE: "too late",
    Guard.COURSE_COMPLETE: "the course is full",
    Guard.NOT_APPROVED: "not approved",
    Guard.APPROVAL_DECLINED: "declined",
    Guard.APPROVAL_EXPIRED: "approval expired",
}


def rule_word(guard: Guard) -> str:
    """What a rule of booking is called in a line."""
    return tr(_ALTHOUGH[guard])


def decided_otherwise(visit: Visit) -> str:
    """ "Booked although too soon. Rosa M.: Dr. Shah agreed", empty where nothing was."""
    override = visit.appointment.override
    if not override.guards:
        return ""
    rules = ", ".join(rule_word(guard) for guard in Guard if guard in override.guards)
    who = visit.override_name or tr("somebody")
    return tr("Booked although {rules}. {who}: {why}", rules=rules, who=who, why=override.reason)
