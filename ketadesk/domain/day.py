"""What the calendar, the agenda and the day's lists show: appointments with the names they need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ketadesk.domain.appointments import Appointment
from ketadesk.domain.changes import Span
from ketadesk.domain.clinic import Chair, Closure, OpeningHours
from ketadesk.domain.ids import SessionId
from ketadesk.domain.protocols import Tier
from ketadesk.domain.sessions import Phase


@dataclass(frozen=True)
class Visit:
    """One appointment as a person sees it. `planned` is the length of its course."""

    appointment: Appointment
    patient_name: str
    patient_phone: str
    protocol_name: str
    tier: Tier
    nurse_name: str
    escort_name: str
    escort_relation: str
    escort_phone: str
    planned: int | None
    written_language: str
    session_id: SessionId | None = None
    phase: Phase | None = None
    phase_since: datetime | None = None
    """As `Session.phase_since`."""
    override_name: str = ""
    """Who decided to go against a rule of booking; which and why the appointment says."""

    @property
    def count(self) -> str:
        """ "3/6" within a course, nothing outside one."""
        if self.planned is None or self.appointment.course_number is None:
            return ""
        return f"{self.appointment.course_number}/{self.planned}"


def coming(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Those who take a chair."""
    return tuple(visit for visit in visits if visit.appointment.status.takes_the_chair)


@dataclass(frozen=True)
class Schedule:
    """Everything a stretch of days shows; visits by start, with the cancelled, without mistakes."""

    span: Span
    chairs: tuple[Chair, ...]
    hours: tuple[OpeningHours, ...]
    closures: tuple[Closure, ...]
    visits: tuple[Visit, ...]
