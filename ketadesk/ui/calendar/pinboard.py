"""Putting an appointment on the pinboard, browsing, and dropping it on another time.

Only ids are kept, on this machine; an appointment that was cancelled or has begun leaves by itself.
"""

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.domain.objections import NOTHING_OVERRIDDEN, Objected, Override
from ketadesk.i18n import tr
from ketadesk.services import booking, calendar
from ketadesk.settings import SettingsFile
from ketadesk.ui.booking.against import ask_to_go_against
from ketadesk.ui.calendar.pinboard_card import PinboardCard
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace

PIN_KEY, TAKE_KEY = "V", "J"


class Pinboard(QObject):
    """`dropped(AppointmentId)` when one was put somewhere. Its actions belong on every page of the
    calendar; `settings` None forgets the pinboard with the window.
    """

    dropped = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        card: PinboardCard,
        view: QWidget,
        *,
        settings: SettingsFile | None = None,
    ) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._card = card
        self._view = view
        self._settings = settings
        file = workplace.desk.clinic_file
        kept = settings.pinned_in(file) if settings is not None else ()
        self._ids = [AppointmentId(one) for one in kept]
        self._visits: dict[AppointmentId, Visit] = {}
        self._in_hand: AppointmentId | None = None
        self._chosen: Visit | None = None
        self.pin = self._action("pin", tr("Put on the pinboard"), PIN_KEY, self._pin_chosen)
        self.take = self._action("pinned_take", tr("Take the next one in hand"), TAKE_KEY,
                                 self._take_next)  # fmt: skip
        self.lay_down = self._action("pinned_lay_down", tr("Not now"), "Esc", self._lay_down)
        card.taken.connect(self._turn)

    def actions(self) -> list[QAction]:
        """For each page of the calendar."""
        return [self.pin, self.take, self.lay_down]

    @property
    def ids(self) -> tuple[AppointmentId, ...]:
        """What lies there, in the order in which it was put there."""
        return tuple(self._ids)

    @property
    def in_hand(self) -> AppointmentId | None:
        """The one that the next free time chosen is for."""
        return self._in_hand

    def choose(self, visit: Visit | None) -> None:
        """From now on the key is about this visit."""
        self._chosen = visit
        self.pin.setEnabled(visit is not None and visit.appointment.status.can_move)
        lies_there = visit is not None and visit.appointment.id in self._ids
        self.pin.setText(tr("Take off the pinboard") if lies_there else tr("Put on the pinboard"))

    def add_to(self, menu: Menu) -> None:
        """The entry for the chosen visit."""
        if self.pin.isEnabled():
            menu.addSeparator()
            menu.addAction(self.pin)

    def read(self) -> None:
        """Asks how they are now: one that was cancelled, or has begun, leaves the pinboard."""
        ids = tuple(self._ids)
        if not ids:
            self._show({})
            return
        self._workplace.desk.ask(
            lambda db: calendar.visits_by_id(db, ids), receiver=self, done=self._show, key="pinned"
        )

    def put(self, visit: Visit) -> None:
        """Puts one there and takes it in hand; its place stays booked until it is dropped."""
        appointment_id = visit.appointment.id
        if appointment_id not in self._ids:
            self._ids.append(appointment_id)
        self._visits[appointment_id] = visit
        self._in_hand = appointment_id
        self._keep()
        self._draw()

    def drop(
        self,
        appointment_id: AppointmentId,
        chair_id: ChairId,
        starts: datetime,
        *,
        override: Override = NOTHING_OVERRIDDEN,
    ) -> None:
        """Puts one where a person pointed; against a rule only with a reason."""
        visit = self._visits.get(appointment_id)
        if visit is None:
            return
        stamp, version = self._workplace.desk.stamp(), visit.appointment.version
        self._workplace.desk.do(
            lambda db: booking.move(
                db,
                stamp,
                appointment_id,
                version,
                chair_id=chair_id,
                starts=starts,
                override=override,
            ),
            receiver=self,
            done=lambda changes: self._done(appointment_id, changes),
            refused=lambda error: self._refused(error, appointment_id, chair_id, starts),
        )

    def drop_in_hand(self, chair_id: ChairId, starts: datetime) -> bool:
        """Puts the one in hand there; whether there was one."""
        if self._in_hand is None:
            return False
        self.drop(self._in_hand, chair_id, starts)
        return True

    def _done(self, appointment_id: AppointmentId, _changes: Changes) -> None:
        self._take_off(appointment_id)
        self.dropped.emit(appointment_id)

    def _refused(
        self,
        error: KnownError,
        appointment_id: AppointmentId,
        chair_id: ChairId,
        starts: datetime,
    ) -> None:
        if isinstance(error, Objected):
            ask_to_go_against(
                self._workplace,
                self._view,
                error.objections,
                lambda override: self.drop(appointment_id, chair_id, starts, override=override),
            )
        else:
            self._workplace.tell_error(error)
            self.read()

    def _show(self, visits: dict[AppointmentId, Visit]) -> None:
        self._visits = {
            one: visits[one]
            for one in self._ids
            if one in visits and visits[one].appointment.status.can_move
        }
        if list(self._visits) != self._ids:
            self._ids = list(self._visits)
            self._keep()
        if self._in_hand not in self._visits:
            self._in_hand = None
        self._draw()

    def _draw(self) -> None:
        pinned = [self._visits[one] for one in self._ids if one in self._visits]
        self._card.show_pinned(pinned, in_hand=self._in_hand, local=self._workplace.local)
        self.take.setEnabled(bool(pinned))
        self.lay_down.setEnabled(self._in_hand is not None)
        self.choose(self._chosen)

    def _keep(self) -> None:
        if self._settings is not None:
            self._settings.remember_pinned(self._workplace.desk.clinic_file, self._ids)

    @Slot()
    def _pin_chosen(self) -> None:
        if self._chosen is None:
            return
        appointment_id = self._chosen.appointment.id
        if appointment_id in self._ids:
            self._take_off(appointment_id)
        else:
            self.put(self._chosen)

    def _take_off(self, appointment_id: AppointmentId) -> None:
        self._ids = [one for one in self._ids if one != appointment_id]
        if self._in_hand == appointment_id:
            self._in_hand = None
        self._keep()
        self._draw()

    @Slot()
    def _take_next(self) -> None:
        """The one after the one in hand, round and round."""
        if self._ids:
            place = self._ids.index(self._in_hand) + 1 if self._in_hand in self._ids else 0
            self._in_hand = self._ids[place % len(self._ids)]
            self._draw()

    @Slot()
    def _lay_down(self) -> None:
        self._in_hand = None
        self._draw()

    @Slot(object)
    def _turn(self, appointment_id: AppointmentId) -> None:
        """A press takes it in hand, another lays it down."""
        self._in_hand = None if self._in_hand == appointment_id else appointment_id
        self._draw()

    def _action(self, name: str, text: str, key: str, do: object) -> QAction:
        action = QAction(text, self._view)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setAutoRepeat(False)
        action.setEnabled(False)
        action.triggered.connect(do)
        return action
