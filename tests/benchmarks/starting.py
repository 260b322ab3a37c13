"""First paint of the window on a big clinic against a bare PySide6 window, process to process."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.measure import Measured

_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
while True:
    app.processEvents()
"""
_OURS = """
import sys
from pathlib import Path
from ketadesk import app
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
import ketadesk.ui.main_window as main_window
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, main_window.MainWindow):
            print("painted", flush=True)
        return False
painted = Painted()
show = main_window.MainWindow.show
def watched_show(self):
    self.installEventFilter(painted)
    self.opened.connect(lambda: print("opened", flush=True))
    show(self)
main_window.MainWindow.show = watched_show
sys.exit(app.run(Path(sys.argv[1])))
"""
ROUNDS = 9


def measure(clinic_file: Path) -> list[Measured]:
    """Medians of `ROUNDS` starts, bare and ours in turn; then until the data shows."""
    bare, painted, opened = [], [], []
    for _ in range(ROUNDS):
        bare.append(until(_BARE, (), ("painted",))["painted"])
        ours = until(_OURS, (str(clinic_file),), ("painted", "opened"))
        painted.append(ours["painted"])
        opened.append(ours["opened"])
    name = "bare PySide6 window"
    return [
        Measured("first paint", median(painted), median(bare), name, "1.6x"),
        Measured("today's data shown", median(opened), median(bare), name, "-"),
    ]


def until(program: str, arguments: tuple[str, ...], words: tuple[str, ...]) -> dict[str, float]:
    """Milliseconds from the start of the process until it prints each of the words."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
        }
        start = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=surroundings,
        )
        assert process.stdout is not None
        told: dict[str, float] = {}
        for line in process.stdout:
            told.setdefault(line.strip(), (perf_counter() - start) * 1000)
            if all(word in told for word in words):
                break
        process.kill()
        process.wait()
        process.stdout.close()
    return told
