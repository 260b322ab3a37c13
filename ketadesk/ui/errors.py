"""The door for our own defects: says that nothing saved is lost, keeps a report without patients.

Errors a person can act on do not come here; `Workplace.tell_error` tells them.
"""

import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ketadesk import defects
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


class DefectDoor(QObject):
    """Give it every unexpected exception, from any thread; it shows one dialog at a time."""

    _met = Signal(str)

    def __init__(self, window: QWidget, *, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._dialog: QMessageBox | None = None
        self._met.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Keeps a report of a defect and tells the person once."""
        kept = defects.keep(error, self._folder)
        self._met.emit("" if kept is None else str(kept))

    def install(self) -> None:
        """Makes Python hand over everything that nobody caught, in any thread."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def _uncaught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    @Slot(str)
    def _tell(self, file: str) -> None:
        if self._dialog is not None:
            return
        from PySide6.QtWidgets import QMessageBox

        dialog = QMessageBox(self._window)
        dialog.setObjectName("defect")
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setTextFormat(Qt.TextFormat.PlainText)
        dialog.setWindowTitle(tr("A defect in KetaDesk"))
        dialog.setText(tr("KetaDesk made a mistake. Nothing that was saved is lost."))
        dialog.setInformativeText(_what_to_do(file))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _closed(self) -> None:
        self._dialog = None


def _what_to_do(file: str) -> str:
    advice = tr(
        "What you were just doing may not be done: look, and do it again. "
        "If it happens again, close KetaDesk and open it anew."
    )
    if not file:
        return advice
    return advice + "\n\n" + tr("A report without patient data is in {file}.", file=file)
