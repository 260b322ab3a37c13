"""Python's garbage is collected on the window's thread only, while a desk's workers run.

A QObject that dies on another thread takes the program with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

COLLECT_MILLISECONDS = 1000


class GarbageCollecting(QObject):
    """Takes collecting over from Python between `start` and `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_MILLISECONDS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """From now on Python collects on no thread by itself."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Python collects by itself again, once no worker runs any more."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        """One generation at a time, when Python itself would have done it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
