"""The Desk's worker threads, each first in first out: one has the clinic file, the others have not.

What needs no file (a sheet being drawn, a patient list being read) goes beside it, and what a
printer may hold up has a lane of its own, so that a reading never waits behind a print. An errand
may change lanes on its way: read, draw, print, note. Knows no widget and no signal.

A lane outlives whatever its work raises: here alone BaseException is caught, because a panic of a
compiled library is one, and a lane that ended would leave all that waits unanswered for ever.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any


class Lane(Enum):
    """Where a step is done: with the clinic file, beside it, or where a printer may take long."""

    FILE = "clinic-file"
    BESIDE = "beside-the-file"
    PRINTER = "printer"


@dataclass(frozen=True)
class Step:
    """`work` gets the clinic file (None beside it) and what the step before it made."""

    lane: Lane
    work: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Errand:
    """What the workers get of a job: nothing that knows a widget, and a number to answer under."""

    ticket: int
    steps: tuple[Step, ...]
    key: tuple[int, str] | None = None
    number: int = 0
    writes: bool = False
    before: Any = None


class Superseded(Exception):
    """A newer question with the same key is waiting; this one needs no answer."""


class Lanes:
    """Runs errands until `close`.

    `open_file` is called on the file's thread, then `opened` with what went wrong, or None;
    `wanted` says whether an errand still needs an answer; `returned` gets (ticket, answer, error).
    """

    def __init__(
        self,
        open_file: Callable[[], Any],
        *,
        opened: Callable[[BaseException | None], None],
        wanted: Callable[[Errand], bool],
        returned: Callable[[int, Any, BaseException | None], None],
    ) -> None:
        self._open_file = open_file
        self._opened = opened
        self._wanted = wanted
        self._returned = returned
        self._waiting: dict[Lane, queue.SimpleQueue[Errand | None]] = {
            lane: queue.SimpleQueue() for lane in Lane
        }
        self._unfinished = 0
        self._ended = False
        self._quiet = threading.Condition()
        self._threads = [
            threading.Thread(target=self._run, args=(lane,), name=lane.value, daemon=True)
            for lane in Lane
        ]

    def start(self) -> None:
        """Starts the threads; `opened` follows."""
        for thread in self._threads:
            thread.start()

    def put(self, errand: Errand) -> None:
        """Sends an errand to the lane of its first step."""
        with self._quiet:
            self._unfinished += 1
        self._waiting[errand.steps[0].lane].put(errand)

    def close(self) -> None:
        """Finishes every errand to its last step, then closes the file; blocks until then."""
        if self._threads[0].ident is None:
            return
        with self._quiet:
            self._quiet.wait_for(lambda: not self._unfinished or self._ended)
        for waiting in self._waiting.values():
            waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self, lane: Lane) -> None:
        try:
            if lane is Lane.FILE:
                self._with_file()
            else:
                self._work(lane, None)
        finally:
            with self._quiet:
                self._ended = True
                self._quiet.notify_all()

    def _with_file(self) -> None:
        try:
            db = self._open_file()
        except BaseException as error:  # noqa: BLE001 - see the module's text
            self._opened(error)
            return
        self._opened(None)
        self._work(Lane.FILE, db)
        db.close()

    def _work(self, lane: Lane, db: Any) -> None:
        """Takes errands one step further; nothing here may touch a widget."""
        waiting = self._waiting[lane]
        while (errand := waiting.get()) is not None:
            ticket, answer, problem = errand.ticket, None, None
            following: Errand | None = None
            try:
                if not self._wanted(errand):
                    raise Superseded
                answer = errand.steps[0].work(db, errand.before)
                if errand.steps[1:]:
                    following = replace(errand, steps=errand.steps[1:], before=answer)
            except BaseException as error:  # noqa: BLE001 - see the module's text
                problem = error
            # Before the answer leaves: from then on the window may drop the last widget of the job.
            del errand
            if following is not None:
                self._waiting[following.steps[0].lane].put(following)
                del following
                continue
            try:
                self._returned(ticket, answer, problem)
            finally:
                with self._quiet:
                    self._unfinished -= 1
                    self._quiet.notify_all()
