"""What a form does to send: one stamp, one sending at a time, and what follows.

    self._sending = Sending(workplace.desk, self, buttons=(self._save,), said=self._message,
                            done=self._done, refused=self._refused)
    ...
    self._sending.send(draft, lambda db, stamp: patients.add(db, stamp, draft))

The first argument is what is sent. The same sent again carries the same stamp, so that a lost
acknowledgement never writes twice; something else, or anything after a success, carries a new one.
While it is under way the buttons are off and `said` says "Saving …"; a second Enter does nothing.

A button without a form sends by `Presses`: each press is something of its own, and none is lost.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import Conflict, KnownError, NotFound, Refused
from ketadesk.i18n import tr
from ketadesk.ui.desk import Desk
from ketadesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from ketadesk.services.action import Database

Work = Callable[["Database", Stamp], Changes]


class Sending(QObject):
    """`changed()` when it becomes busy or free again, for a form that words its own buttons.

    `done(Changes)` once it is written; `refused(KnownError)` when it is not, and `conflict(error)`
    instead where somebody changed the same thing meanwhile. Without `refused` the common door
    tells. A defect of ours frees the form, keeps what was typed and calls `failed`.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        form: QWidget,
        *,
        buttons: Sequence[QWidget] = (),
        said: Label | None = None,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
        conflict: Callable[[Conflict], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        super().__init__(form)
        self._desk = desk
        self._form = form
        self._buttons = tuple(buttons)
        self._said = said
        self._done, self._refused = done, refused
        self._conflict, self._failed = conflict, failed
        self._stamp: Stamp | None = None
        self._what: object = None
        self._busy = False
        self._were_on: list[QWidget] = []

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._busy

    def send(
        self,
        what: object,
        work: Work,
        *,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
    ) -> bool:
        """Sends, unless something is under way; `done` and `refused` for this one time instead of
        the usual ones.
        """
        if self._busy:
            return False
        if self._stamp is None or what != self._what:
            self._stamp, self._what = self._desk.stamp(), what
        stamp = self._stamp
        self._set_busy(True)
        self._desk.do(
            lambda db: work(db, stamp),
            receiver=self._form,
            done=lambda changes: self._succeeded(changes, done or self._done),
            refused=lambda error: self._was_refused(error, refused or self._refused),
            failed=self._broke,
        )
        return True

    def renew(self) -> None:
        """The form is for something new now: whatever is sent next carries a new stamp."""
        self._stamp, self._what = None, None

    def _succeeded(self, changes: Changes, follow: Callable[[Changes], object] | None) -> None:
        self.renew()
        self._set_busy(False)
        if follow is not None:
            follow(changes)

    def _was_refused(
        self, error: KnownError, follow: Callable[[KnownError], object] | None
    ) -> None:
        # Whoever refuses wrote nothing. A store in trouble may have: then the stamp stays.
        if isinstance(error, (Refused, Conflict, NotFound)):
            self.renew()
        self._set_busy(False)
        if isinstance(error, Conflict) and self._conflict is not None:
            self._conflict(error)
        elif follow is not None:
            follow(error)
        else:
            self._desk.refused.emit(error)

    def _broke(self, error: BaseException) -> None:
        self._set_busy(False)
        if self._failed is not None:
            self._failed(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy:
            self._were_on = [button for button in self._buttons if button.isEnabled()]
        for button in self._were_on:
            button.setEnabled(not busy)
        if self._said is not None:
            self._said.setText(tr("Saving …") if busy else "")
            if busy:
                self._said.set_tone("muted")
        self.changed.emit()


class Presses:
    """What the buttons and keys of a page send: a fresh stamp each time, in their order."""

    def __init__(self, desk: Desk, page: QObject) -> None:
        self._desk = desk
        self._page = page

    def send(
        self,
        work: Work,
        *,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
    ) -> None:
        """Writes, and answers while the page lives; without `refused` the common door tells."""
        stamp = self._desk.stamp()
        self._desk.do(lambda db: work(db, stamp), receiver=self._page, done=done, refused=refused)
