"""How an entry gets into a session's record, and whose record an action says it was."""

from collections.abc import Mapping
from typing import Any

from ketadesk.domain.changes import Noun
from ketadesk.domain.names import short_name
from ketadesk.domain.sessions import Session
from ketadesk.store import sessions
from ketadesk.store.actions import Act
from ketadesk.store.values import seconds


def keep(act: Act, table: Noun, values: Mapping[str, Any]) -> None:
    """Writes an order, a reading or an event with who entered it when."""
    entered = {"entered_at": seconds(act.at), "entered_by": act.stamp.staff_id}
    act.insert(table, {**values, **entered})


def say_whose(act: Act, session: Session) -> None:
    """Names the patient, and marks their record and the appointment's time as touched."""
    name, span = sessions.whose(act.db, session)
    act.say(patient=short_name(name))
    act.about(patient_id=session.patient_id, span=span)
