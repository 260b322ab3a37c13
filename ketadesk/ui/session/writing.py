"""How the parts of a session page write: a fresh stamp, down the desk, for their own window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.ui.workplace import Workplace

Work = Callable[[Any, Stamp], Changes]


def write(workplace: Workplace, window: QWidget, work: Work, **callbacks: Any) -> None:
    """Sends a write down the desk; `callbacks` are those of `Desk.do`."""
    stamp = workplace.desk.stamp()
    workplace.desk.do(lambda db: work(db, stamp), receiver=window, **callbacks)
