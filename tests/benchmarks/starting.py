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
_WATCHED = """
import sys
from pathlib import Path
def watch():
    from ketadesk.ui.main_window import MainWindow
    make = MainWindow.__init__
    def make_watched(self, *given, **named):
        make(self, *given, **named)
        self.painted.connect(lambda: print("painted", flush=True))
        self.opened.connect(lambda: print("opened", flush=True))
    MainWindow.__init__ = make_watched
"""
_WINDOW = (
    _WATCHED
    + """
from ketadesk import app
watch()
app.run(Path(sys.argv[1]))
"""
)
_COMMAND = (
    _WATCHED
    + """
import gc
from ketadesk import cli, display
def has_display():  # the last that is asked before Qt is imported; here nobody looks at a screen
    gc.disable()
    watch()
    return True
display.has_display = has_display
cli.main(["--clinic", sys.argv[1]])
"""
)
ROUNDS = 9


def measure(clinic_file: Path, *, bytecode: Path) -> list[Measured]:
    """Medians of `ROUNDS` starts in turn: bare, the window, the whole command.

    Python keeps compiled modules in `bytecode`, as it does wherever KetaDesk is installed.
    """
    programs = {
        "bare": (_BARE, ("painted",)),
        "window": (_WINDOW, ("painted", "opened")),
        "command": (_COMMAND, ("painted",)),
    }
    told: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    for _ in range(ROUNDS + 1):
        for name, (program, words) in programs.items():
            told[name].append(until(program, clinic_file, words, bytecode=bytecode))

    def usual(name: str, word: str) -> float:
        return median(times[word] for times in told[name][1:])

    bare, bare_name = usual("bare", "painted"), "bare PySide6 window"
    window, command = usual("window", "painted"), usual("command", "painted")
    return [
        Measured("first paint of the window", window, "1.6x", bare, bare_name),
        Measured("first paint of `ketadesk --clinic FILE`", command, "1.6x", bare, bare_name),
        Measured("the clinic open, its view shown", usual("window", "opened"), "", bare, bare_name),
    ]


def until(
    program: str, clinic_file: Path, words: tuple[str, ...], *, bytecode: Path
) -> dict[str, float]:
    """Milliseconds from the start of the process until it prints each of the words."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
            "PYTHONPYCACHEPREFIX": str(bytecode),
        }
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        start = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(clinic_file)],
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
