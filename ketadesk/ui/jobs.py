"""What the desk is asked for, and the steps it is made of, each on a lane of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ketadesk.domain.errors import KnownError
from ketadesk.ui.lanes import Lane, Step

if TYPE_CHECKING:
    from ketadesk.services.action import Database


@dataclass(frozen=True)
class Job:
    """`key` makes a read replaceable: of several waiting with one key only the newest is done."""

    steps: tuple[Step, ...]
    receiver: QObject
    # What the steps made: `do`, `ask` and `work` let nothing else in, a queue cannot say so.
    done: Callable[[Any], object] | None
    refused: Callable[[KnownError], object] | None
    failed: Callable[[BaseException], object] | None
    key: tuple[int, str] | None = None
    number: int = 0
    writes: bool = False


def with_file(work: "Callable[[Database], object]") -> Step:
    """A step that needs the clinic file, and nothing that was made before."""
    return Step(Lane.FILE, lambda db, _before: work(db))


def written_from(work: "Callable[[Database, Any], object]") -> Step:
    """A step that takes what was made before into the clinic file."""
    return Step(Lane.FILE, work)


def beside(make: Callable[[Any], Any]) -> Step:
    """A step that makes something of what was made before, without the clinic file."""
    return Step(Lane.BESIDE, lambda _db, before: make(before))


def printing(prints: Callable[[Any], object]) -> Step:
    """A step that prints what was made before, and hands it on."""

    def work(_db: object, made: Any) -> Any:
        prints(made)
        return made

    return Step(Lane.PRINTER, work)
