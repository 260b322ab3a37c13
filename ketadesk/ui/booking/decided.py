"""Which rules of booking somebody went against for a visit, who, and why: shown ever after."""

from ketadesk.domain.day import Visit
from ketadesk.domain.objections import Guard
from ketadesk.i18n import tr
from ketadesk.ui import words


def decided_otherwise(visit: Visit) -> str:
    """ "Booked despite: too soon. Rosa M.: Dr. Shah agreed", empty where nothing was decided."""
    override = visit.appointment.override
    if not override.guards:
        return ""
    rules = ", ".join(words.word(guard) for guard in Guard if guard in override.guards)
    who = visit.override_name or tr("somebody")
    return tr("Booked despite: {rules}. {who}: {why}", rules=rules, who=who, why=override.reason)
