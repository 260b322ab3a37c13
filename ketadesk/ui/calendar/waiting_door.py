"""Opens the waitlist, notices places that become free, and offers them to those who fit."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import AppointmentId
from ketadesk.domain.objections import Objected
from ketadesk.domain.places import Place
from ketadesk.domain.waitlist import Fits
from ketadesk.i18n import tr
from ketadesk.services import waitlist
from ketadesk.services.action import Database
from ketadesk.ui import words
from ketadesk.ui.calendar.waiting_card import BEST_KEY, FITS_KEY, LIST_KEY, Freed, WaitingCard
from ketadesk.ui.workplace import Workplace

KEPT = 12
"""So many freed places are looked at again when something changes; older ones are forgotten."""

Found = tuple[int, dict[Place, tuple[Fits, ...]]]


class WaitingDoor(QObject):
    """`booked(AppointmentId)` when somebody got a place. Its actions belong on every page."""

    booked = Signal(object)

    def __init__(self, workplace: Workplace, card: WaitingCard, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._card = card
        self._view = view
        self._places: list[Place] = []
        self._freed: list[Freed] = []
        self.open_list = self._action("waitlist", tr("Waitlist…"), LIST_KEY, self._open_list)
        self.who_fits = self._action("who_fits", tr("Who fits the free place…"), FITS_KEY,
                                     self._open_newest)  # fmt: skip
        self.book_best = self._action("book_best", tr("Book the best for the free place"),
                                      BEST_KEY, self._book_best)  # fmt: skip
        card.list_wanted.connect(self._open_list)
        card.freed_chosen.connect(self._open_fits)
        workplace.desk.changed.connect(self._on_changed)

    def actions(self) -> list[QAction]:
        """For each page of the calendar."""
        return [self.open_list, self.who_fits, self.book_best]

    def freed(self) -> tuple[Freed, ...]:
        """The places that somebody who waits could have, the newest first."""
        return tuple(self._freed)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, *_from: object) -> None:
        if not changes.tables & {"appointments", "closures", "waitlist", "waitlist_offers"}:
            return
        now, action_id = self._workplace.now(), changes.action_id
        self._workplace.desk.ask(
            lambda db: waitlist.freed_by(db, action_id, now=now),
            receiver=self,
            done=self._take_freed,
        )

    def _take_freed(self, places: tuple[Place, ...]) -> None:
        known = [one for one in self._places if one not in places]
        self._places = [*places, *known][:KEPT]
        self.read()

    def read(self) -> None:
        """Asks how many wait, and who of them fits the places that became free."""
        places, now = tuple(self._places), self._workplace.now()

        def look(db: Database) -> Found:
            fits = {place: waitlist.fitting(db, place, now=now) for place in places}
            return len(waitlist.waiting(db)), fits

        self._workplace.desk.ask(look, receiver=self, done=self._show, key="freed")

    def _show(self, found: Found) -> None:
        waiting, fits = found
        self._freed = [
            Freed(place, self._when(place), self._chair(place), fits[place])
            for place in self._places
            if fits.get(place)
        ]
        for action in (self.who_fits, self.book_best):
            action.setEnabled(bool(self._freed))
        self._card.show_waiting(waiting, self._freed)

    def _when(self, place: Place) -> str:
        starts = self._workplace.local(place.span.starts)
        return f"{words.day(starts.date(), short=True)} {words.clock(starts)}"

    def _chair(self, place: Place) -> str:
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        return chairs.get(place.chair_id, "").split(" · ")[0]

    @Slot()
    def _open_list(self) -> None:
        from ketadesk.ui.waitlist.dialog import WaitlistDialog

        dialog = WaitlistDialog(self._workplace, self._view)
        dialog.booked.connect(self.booked)
        dialog.show_all()

    @Slot()
    def _open_newest(self) -> None:
        if self._freed:
            self._open_fits(self._freed[0])

    @Slot(object)
    def _open_fits(self, freed: Freed) -> None:
        from ketadesk.ui.waitlist.fits_dialog import FitsDialog

        title = tr("Free: {when}, {chair}", when=freed.when, chair=freed.chair)
        dialog = FitsDialog(self._workplace, self._view, title=title)
        dialog.booked.connect(self.booked)
        dialog.show_freed(freed.place)

    @Slot()
    def _book_best(self) -> None:
        if not self._freed:
            return
        freed = self._freed[0]
        best, stamp = freed.fits[0], self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: waitlist.book(
                db,
                stamp,
                best.entry.id,
                best.entry.version,
                chair_id=best.place.chair_id,
                starts=best.place.span.starts,
            ),
            receiver=self,
            done=self._booked,
            refused=partial(self._refused, freed),
        )

    def _booked(self, changes: Changes) -> None:
        self.booked.emit(AppointmentId(changes.row_ids["appointments"]))

    def _refused(self, freed: Freed, error: KnownError) -> None:
        """Where a rule speaks against it the list opens: it tells which, and asks for a reason."""
        if isinstance(error, Objected):
            self._open_fits(freed)
        else:
            self._workplace.tell_error(error)
            self.read()

    def _action(self, name: str, text: str, key: str, do: object) -> QAction:
        action = QAction(text, self._view)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setAutoRepeat(False)
        action.setEnabled(name == "waitlist")
        action.triggered.connect(do)
        return action
