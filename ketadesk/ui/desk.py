"""The one bridge between the window and the clinic file: the window never waits for the disk.

One lane has the one connection, first in first out: `do` is for writes, `ask` for reads. `work`
needs no file (drawing a sheet, reading a patient list) and printing waits for a printer: they have
lanes of their own, so that no reading waits for them; see `lanes`. What a read answers and what a
write changed come back by queued signals, on the window's thread; so do changes of other windows,
see `other_windows`.

No worker holds the last reference to a widget; see `garbage`.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from ketadesk.clock import Clock
from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import StaffId
from ketadesk.ui.garbage import GarbageCollecting
from ketadesk.ui.jobs import Job, beside, printing, with_file, written_from
from ketadesk.ui.lanes import Errand, Lanes, Superseded
from ketadesk.ui.other_windows import OtherWindows

if TYPE_CHECKING:
    from ketadesk.services.action import Database

Read = TypeVar("Read")
Made = TypeVar("Made")

log = logging.getLogger(__name__)


class Desk(QObject):
    """Carries work to the clinic file and answers back; see the module's text.

    Signals: `changed(Changes)` after every write, whoever made it; `saved(Changes)` only for this
    window's own; `opened()` once the file can be read. `refused(KnownError)` for whoever tells
    people, and `failed(BaseException)`, a defect of ours, for whoever keeps a report;
    `unanswered(receiver)` when one of its questions came to either.

    Each job is answered once, on the window's thread, while its `receiver` lives: by `done`; by
    `refused` in the place of the common door; or by `failed`, besides the common door.
    """

    changed = Signal(object)
    saved = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    unanswered = Signal(object)
    opened = Signal()
    _returned = Signal(object, object, object)

    def __init__(
        self,
        clinic_file: Path,
        *,
        clock: Clock,
        staff_id: StaffId,
        create: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clinic_file = clinic_file
        self.clock = clock
        self.staff_id = staff_id
        self._create = create
        self._under_way: dict[int, Job] = {}
        self._ticket = 0
        self._newest: dict[tuple[int, str], int] = {}
        self._number = 0
        self._drained: Callable[[bool], object] | None = None
        self._all_written = True
        self._closing = False
        self._returned.connect(self._deliver)
        self._lanes = Lanes(
            self._open_file,
            opened=lambda error: self._returned.emit(None, None, error),
            wanted=self._wanted,
            returned=self._returned.emit,
        )
        self._others = OtherWindows(self)
        self._others.wrote.connect(self.changed)
        self._collecting = GarbageCollecting(self)

    def open(self) -> None:
        """Starts the workers; `opened` or `refused` follows."""
        self._collecting.start()
        self._lanes.start()

    def stamp(self) -> Stamp:
        """Who is working, and now; a form keeps its stamp so that sending it twice is harmless."""
        return Stamp(self.staff_id, self.clock())

    def do(
        self,
        work: "Callable[[Database], Changes]",
        *,
        receiver: QObject,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """A write; `done` when it is committed."""
        self._put(Job((with_file(work),), receiver, done, refused, failed, writes=True))

    def do_after(
        self,
        read: "Callable[[Database], Read]",
        make: Callable[[Read], Made],
        work: "Callable[[Database, Made], Changes]",
        *,
        receiver: QObject,
        prints: Callable[[Made], object] | None = None,
        done: Callable[[Changes], object] | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """A write of what is made beside the file from a read: `work(db, made)`.

        With `prints` only after that is done with it, however long the printer takes.
        """
        printed = () if prints is None else (printing(prints),)
        steps = (with_file(read), beside(make), *printed, written_from(work))
        self._put(Job(steps, receiver, done, refused, failed, writes=True))

    @overload
    def ask(
        self,
        work: "Callable[[Database], Read]",
        *,
        receiver: QObject,
        done: Callable[[Read], object],
        then: None = None,
        key: str | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None: ...

    @overload
    def ask(
        self,
        work: "Callable[[Database], Read]",
        *,
        receiver: QObject,
        done: Callable[[Made], object],
        then: Callable[[Read], Made],
        key: str | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None: ...

    def ask(
        self,
        work: "Callable[[Database], Any]",
        *,
        receiver: QObject,
        done: Callable[[Any], object],
        then: Callable[[Any], Any] | None = None,
        key: str | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """A read. With a `key`, only the receiver's newest question of that key is answered.

        What `then` makes of the answer, beside the file, is answered in its place.
        """
        following = () if then is None else (beside(then),)
        steps = (with_file(work), *following)
        self._question(Job(steps, receiver, done, refused, failed), key)

    def work(
        self,
        make: Callable[[], Made],
        *,
        receiver: QObject,
        done: Callable[[Made], object],
        key: str | None = None,
        refused: Callable[[KnownError], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Something slow that needs no clinic file; `key` as in `ask`."""
        steps = (beside(lambda _before: make()),)
        self._question(Job(steps, receiver, done, refused, failed), key)

    @property
    def busy(self) -> bool:
        """Whether something asked or written has not come back yet."""
        return bool(self._under_way)

    @property
    def writing(self) -> bool:
        """Whether a write has not come back yet."""
        return any(job.writes for job in self._under_way.values())

    def drain(self, done: Callable[[bool], object]) -> None:
        """Calls `done(everything)` as soon as no write is under way, at once when none is.

        `everything` is False when one of them was refused or failed meanwhile. One at a time: a
        second call takes the place of the first.
        """
        self._drained, self._all_written = done, True
        self._look_whether_drained()

    def close(self) -> None:
        """Finishes what is being written, leaves questions unanswered and closes the file; blocks
        until that is done, which is at once after `drain`.
        """
        self._closing = True
        self._others.stop()
        self._lanes.close()
        self._collecting.stop()

    def _question(self, job: Job, key: str | None) -> None:
        self._number += 1
        replaceable = None if key is None else (id(job.receiver), key)
        if replaceable is not None:
            self._newest[replaceable] = self._number
        self._put(replace(job, key=replaceable, number=self._number))

    def _put(self, job: Job) -> None:
        self._ticket += 1
        self._under_way[self._ticket] = job
        self._lanes.put(Errand(self._ticket, job.steps, job.key, job.number, job.writes))

    def _wanted(self, errand: Errand) -> bool:
        if self._closing and not errand.writes:
            return False
        return errand.key is None or self._newest.get(errand.key) == errand.number

    def _open_file(self) -> "Database":
        """On the worker's thread: the database is imported there, and the window goes on."""
        from ketadesk.services.watching import latest_action, open_clinic

        db = open_clinic(self.clinic_file, create=self._create)
        self._others.begin_after(latest_action(db))
        return db

    @Slot(object, object, object)
    def _deliver(self, ticket: int | None, answer: object, error: BaseException | None) -> None:
        if ticket is None:
            self._deliver_opening(error)
            return
        job = self._under_way.pop(ticket)
        try:
            self._answer(job, answer, error)
        finally:
            if job.writes:
                self._all_written = self._all_written and error is None
                self._look_whether_drained()

    def _answer(self, job: Job, answer: object, error: BaseException | None) -> None:
        known = error is None or isinstance(error, KnownError)
        late = job.key is not None and self._newest.get(job.key) != job.number
        if isinstance(error, Superseded) or (late and known):
            return
        alive = isValid(job.receiver)
        if error is not None:
            self._deliver_error(job, error, alive=alive)
            return
        if alive and job.done is not None:
            job.done(answer)
        if job.writes and isinstance(answer, Changes):
            self._others.leave_out(answer.action_id)
            self.saved.emit(answer)
            self.changed.emit(answer)

    def _look_whether_drained(self) -> None:
        done = self._drained
        if done is not None and not self.writing:
            self._drained = None
            done(self._all_written)

    def _deliver_opening(self, error: BaseException | None) -> None:
        if error is None:
            self._others.start()
            self.opened.emit()
        elif isinstance(error, KnownError):
            self.refused.emit(error)
        else:
            self.failed.emit(error)

    def _deliver_error(self, job: Job, error: BaseException, *, alive: bool) -> None:
        if alive and not job.writes:
            self.unanswered.emit(job.receiver)
        if not isinstance(error, KnownError):
            # Not its message: it may quote what was typed.
            log.error("unexpected error: %s", type(error).__name__)
            self.failed.emit(error)
            if alive and job.failed is not None:
                job.failed(error)
        elif alive and job.refused is not None:
            job.refused(error)
        else:
            self.refused.emit(error)
