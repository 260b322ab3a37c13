"""Writes what a person did to a visit: one change at a time per visit, each on its newest version.

Keys and buttons come faster than answers. A change to a visit that is still being written waits
until that visit was read again, so that two quick presses are not taken for two people.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.changes import Changes
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.guards import place_at
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Objected, Override
from ketadesk.domain.places import Place
from ketadesk.services import booking, calendar, proposing
from ketadesk.services.proposing import LookFor
from ketadesk.ui.booking.against import AgainstDialog, ask_to_go_against
from ketadesk.ui.booking.taken import take_text
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.services.action import Database

Writing = Callable[["Database"], Changes]


@dataclass(frozen=True)
class Write:
    """`work(visit, override)` makes the work for the desk from the newest version of the visit.

    `place` is where it would lie, for a move: then a better place is offered when that is refused.
    """

    work: Callable[[Visit, Override], Writing]
    place: tuple[ChairId, datetime] | None = None


class VisitWrites(QObject):
    """`left()` when nothing was written after all, so that a preview can be dropped."""

    left = Signal()

    def __init__(self, workplace: Workplace, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._view = view
        self._visits: dict[AppointmentId, Visit] = {}
        self._waiting: dict[AppointmentId, list[Write]] = {}

    def refresh(self, visits: Iterable[Visit]) -> None:
        """The newest visits, as the view shows them."""
        self._visits = {visit.appointment.id: visit for visit in visits}

    def move(self, appointment_id: AppointmentId, chair_id: ChairId, starts: datetime) -> None:
        def write(visit: Visit, override: Override) -> Writing:
            stamp = self._workplace.desk.stamp()
            version = visit.appointment.version
            return lambda db: booking.move(
                db,
                stamp,
                appointment_id,
                version,
                chair_id=chair_id,
                starts=starts,
                override=override,
            )

        self._send(appointment_id, Write(write, place=(chair_id, starts)))

    def resize(self, appointment_id: AppointmentId, minutes: int) -> None:
        def write(visit: Visit, override: Override) -> Writing:
            stamp = self._workplace.desk.stamp()
            made = visit.appointment
            return lambda db: booking.resize(
                db,
                stamp,
                appointment_id,
                made.version,
                starts=made.starts,
                minutes=minutes,
                override=override,
            )

        self._send(appointment_id, Write(write))

    def set_status(
        self, appointment_id: AppointmentId, status: Status, reason: Reason | None = None
    ) -> None:
        def write(visit: Visit, override: Override) -> Writing:
            stamp = self._workplace.desk.stamp()
            version = visit.appointment.version
            return lambda db: booking.set_status(
                db, stamp, appointment_id, version, status=status, reason=reason, override=override
            )

        self._send(appointment_id, Write(write))

    def set_escort(self, appointment_id: AppointmentId, state: EscortState) -> None:
        def write(visit: Visit, _override: Override) -> Writing:
            stamp = self._workplace.desk.stamp()
            made = visit.appointment
            return lambda db: booking.set_escort(
                db, stamp, appointment_id, made.version, escort_id=made.escort_id, state=state
            )

        self._send(appointment_id, Write(write))

    def _send(
        self,
        appointment_id: AppointmentId,
        write: Write,
        *,
        override: Override = NOTHING_OVERRIDDEN,
    ) -> None:
        if appointment_id in self._waiting:
            self._waiting[appointment_id].append(write)
            return
        visit = self._visits.get(appointment_id)
        if visit is None:
            self.left.emit()
            return
        self._waiting[appointment_id] = []
        self._workplace.desk.do(
            write.work(visit, override),
            receiver=self._view,
            done=lambda changes: self._done(appointment_id, changes),
            refused=lambda error: self._refused(appointment_id, write, error),
            failed=lambda _error: self._give_up(appointment_id),
        )

    def _done(self, appointment_id: AppointmentId, changes: Changes) -> None:
        self._workplace.desk.ask(
            lambda db: calendar.visit(db, appointment_id),
            receiver=self,
            done=self._go_on,
            failed=lambda _error: self._give_up(appointment_id),
            refused=lambda error: self._lost(appointment_id, error),
        )
        if "appointments" not in changes.tables:  # it stood so already, and nobody reads it again
            self.left.emit()

    def _go_on(self, visit: Visit) -> None:
        appointment_id = visit.appointment.id
        self._visits[appointment_id] = visit
        for write in self._waiting.pop(appointment_id, []):
            self._send(appointment_id, write)

    def _refused(self, appointment_id: AppointmentId, write: Write, error: KnownError) -> None:
        """What waited is dropped too: it was meant for a visit that now stands otherwise."""
        del self._waiting[appointment_id]
        if isinstance(error, Objected):
            dialog = ask_to_go_against(
                self._workplace,
                self._view,
                error.objections,
                lambda override: self._send(appointment_id, write, override=override),
            )
            dialog.rejected.connect(self.left)
            self._offer_another(dialog, appointment_id, write)
            return
        self._tell(error)

    def _lost(self, appointment_id: AppointmentId, error: KnownError) -> None:
        """It was written, but cannot be read again: what waited for that is dropped."""
        del self._waiting[appointment_id]
        self._tell(error)

    def _tell(self, error: KnownError) -> None:
        self._workplace.tell_error(error)
        self.left.emit()

    def _offer_another(
        self, dialog: AgainstDialog, appointment_id: AppointmentId, write: Write
    ) -> None:
        """Where the visit could go instead, near the time that was wanted."""
        visit = self._visits.get(appointment_id)
        if visit is None or write.place is None:
            return
        made, (chair_id, starts), now = visit.appointment, write.place, self._workplace.now()
        place = place_at(chair_id, starts, made.segments)
        who = LookFor(
            made.patient_id,
            made.segments,
            nurse_id=made.nurse_id,
            escort_id=made.escort_id,
            course_id=made.course_id,
            appointment_id=made.id,
        )

        def offer(instead: Place | None) -> None:
            if instead is not None:
                dialog.offer(
                    take_text(self._workplace, instead),
                    lambda: self.move(appointment_id, instead.chair_id, instead.span.starts),
                )

        self._workplace.desk.ask(
            lambda db: proposing.nearest(db, place, who, now=now), receiver=dialog, done=offer
        )

    def _give_up(self, appointment_id: AppointmentId) -> None:
        """Something of ours went wrong with this visit, and the window has said so."""
        del self._waiting[appointment_id]
        self.left.emit()
