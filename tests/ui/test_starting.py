"""The window is seen before anything is imported that only an open clinic or a sheet needs."""

import os
import subprocess
import sys
from pathlib import Path

from ketadesk.services.watching import open_clinic

PROGRAM = """
import sys
from pathlib import Path
from ketadesk import app
from ketadesk.ui.main_window import MainWindow
make = MainWindow.__init__
def make_watched(self, *given, **named):
    make(self, *given, **named)
    self.painted.connect(lambda: print("painted", *sys.modules, flush=True))
    self.opened.connect(lambda: print("opened", *sys.modules, flush=True))
    self.opened.connect(self.close)
MainWindow.__init__ = make_watched
app.run(Path(sys.argv[1]))
"""
NOT_TO_BE_SEEN = {"sqlcipher3", "ketadesk.store", "ketadesk.services", "ketadesk.ui.words"}
NOT_TO_BE_OPEN = {"sqlite_utils", "rapidfuzz"}
ONLY_FOR_SHEETS_AND_IMPORTS = {"typst", "pypdfium2", "phonenumbers", "icalendar", "segno"}


def test_what_is_not_needed_yet_is_not_imported_yet(tmp_path: Path) -> None:
    file = tmp_path / "clinic.ketadesk"
    open_clinic(file, create=True).close()
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = [line.split() for line in ended.stdout.splitlines()]
    assert [words[0] for words in told] == ["painted", "opened"], ended.stdout + ended.stderr
    seen, opened = (set(words) for words in told)
    assert "ketadesk.ui.widgets.rail" in seen
    assert not seen & (NOT_TO_BE_SEEN | NOT_TO_BE_OPEN | ONLY_FOR_SHEETS_AND_IMPORTS)
    assert opened >= NOT_TO_BE_SEEN
    assert not opened & (NOT_TO_BE_OPEN | ONLY_FOR_SHEETS_AND_IMPORTS)
