"""What can be done in every view: book, and see which keys there are.

The keys are taken only when nothing else wanted them, so that a field or a checklist keeps its own
letters. Lists and tables would keep every letter for a search that nobody sees; they give them up.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.commands import Command

if TYPE_CHECKING:
    from ketadesk.domain.ids import PatientId
    from ketadesk.ui.booking.door import BookingDoor
    from ketadesk.ui.workplace import Workplace

BOOK_KEY, OTHER_BOOK_KEY = "N", "Ctrl+B"
"""The second one where a list takes the first for itself."""
FIT_KEY = "I"
COURSE_KEY = "Shift+N"
KEYS_KEY = "F1"


class Everywhere(QObject):
    """Watches the keys that reach the window itself. `view()` is the view now shown, `keys()` what
    the list of keys shows.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        view: Callable[[], QWidget | None],
        keys: Callable[[], list[Command]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._view = view
        self._keys = keys
        self._workplace: Workplace | None = None
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._watch)  # type: ignore[union-attr]

    @Slot(QWidget, QWidget)
    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watches the keys of a list of this window while it has the focus."""
        if isinstance(before, QAbstractItemView):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractItemView) and now.window() is self._window:
            now.installEventFilter(self)

    def attach(self, workplace: "Workplace | None") -> None:
        """From now on bookings go to this clinic."""
        self._workplace = workplace
        door = self.__dict__.pop("_door", None)
        if door is not None:
            door.close()

    @cached_property
    def _door(self) -> "BookingDoor | None":
        if self._workplace is None:
            return None
        from ketadesk.ui.booking.door import BookingDoor

        return BookingDoor(self._workplace, self._window)

    @property
    def unsaved(self) -> bool:
        """Whether somebody is half booked, or half added, in the form that lies over every view."""
        door = self.__dict__.get("_door")
        return door is not None and door.unsaved

    def commands(self, found: list[Command]) -> list[Command]:
        """What is in reach everywhere, unless the view already offers it."""
        place = tr("Window")
        taken = any(command.key == BOOK_KEY for command in found)
        book = Command(tr("Book"), place, OTHER_BOOK_KEY if taken else BOOK_KEY, self.book)
        fit = Command(tr("Can I fit them in?"), place, FIT_KEY, self.fit)
        course = Command(tr("Book a whole course"), place, COURSE_KEY, self.book_course)
        keys = Command(tr("Keys of this view"), place, KEYS_KEY, self.show_keys)
        names = {command.name for command in found}
        return [command for command in (book, fit, course, keys) if command.name not in names]

    @Slot()
    def book(self, patient_id: "PatientId | None" = None) -> None:
        """Opens the booking form: at the chosen place of a view that has one, else anywhere."""
        if self._workplace is None or self._workplace.frame is None:
            return
        here = getattr(self._view(), "book_here", None)
        if here is not None and patient_id is None:
            here()
        elif self._door is not None:
            self._door.open(None, None, patient_id)

    @Slot()
    def fit(self) -> None:
        """ "Can I fit her in?", over any view."""
        if self._workplace is not None and self._door is not None:
            self._door.open_fit(None)

    @Slot()
    def book_course(self, patient_id: "PatientId | None" = None) -> None:
        """The form that books a whole course, over any view."""
        if self._workplace is not None and self._door is not None:
            self._door.open_course(patient_id)

    @Slot()
    def show_keys(self) -> None:
        """Lists the keys that mean something now."""
        from ketadesk.ui.key_list import KeyList

        KeyList(self._keys(), self._window).open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that no widget took comes to the window last; of a list, first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if (event.key() == Qt.Key.Key_N and plain) or (event.key() == Qt.Key.Key_B and control):
            self.book()
            return True
        if plain and event.key() == Qt.Key.Key_I:
            self.fit()
            return True
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.book_course()
            return True
        if event.key() == Qt.Key.Key_F1 or event.text() == "?":
            self.show_keys()
            return True
        return False
