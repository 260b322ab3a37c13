"""Composition: puts settings, look, desk and window together. The only module that knows all rooms.

`run` is the program; `build` gives the same window to tests and to the tour, without a loop.
"""

import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from ketadesk import i18n, settings
from ketadesk.clock import Clock, system_clock
from ketadesk.domain.ids import StaffId
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme

if TYPE_CHECKING:
    from ketadesk.ui.main_window import MainWindow
    from ketadesk.ui.workplace import Workplace


def run(clinic_file: Path, *, demo: bool = False, clock: Clock = system_clock) -> int:
    """Opens the window on a clinic file and stays until it is closed; returns the exit code."""
    app = _application()
    kept = SettingsFile()
    window = _window(app, kept, demo=demo, clock=clock, staff_id=None)
    window.defects.install()
    for number in (signal.SIGINT, signal.SIGTERM):
        # What was sent reaches the disk; but nobody is there to be asked about what was not.
        signal.signal(number, lambda *_: window.close_now())
    app.commitDataRequest.connect(lambda _session: window.close_now())
    # The database is not even imported before the window was seen.
    window.painted.connect(lambda: window.door.open(clinic_file))
    window.show()
    return int(app.exec())


def build(
    clinic_file: Path,
    *,
    demo: bool = False,
    clock: Clock = system_clock,
    kept: SettingsFile | None = None,
    staff_id: StaffId | None = None,
) -> "MainWindow":
    """The same window, opening its file, for a loop of one's own; wait for its `opened`."""
    window = _window(
        _application(), kept or SettingsFile(), demo=demo, clock=clock, staff_id=staff_id
    )
    window.door.open(clinic_file)
    return window


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([*sys.argv[:1], *theme.STYLE])
    app.setApplicationName(settings.PROGRAM)
    app.setDesktopFileName("ketadesk")
    # Months and weekdays in Qt's own fields speak the screen's language, not the machine's.
    QLocale.setDefault(QLocale(i18n.SOURCE_LANGUAGE))
    return app


def _window(
    app: QApplication, kept: SettingsFile, *, demo: bool, clock: Clock, staff_id: StaffId | None
) -> "MainWindow":
    from ketadesk.ui.main_window import MainWindow
    from ketadesk.ui.widgets.keys import keep_alt_out_of_fields

    keep_alt_out_of_fields(app)
    theme.apply(app, dark=_dark(app, kept), scale=kept.current.text_scale)
    compose = partial(_workplace, clock=clock, staff_id=staff_id or StaffId(0))
    return MainWindow(kept, compose=compose, demo=demo, defects=settings.log_folder())


def _workplace(path: Path, *, create: bool, clock: Clock, staff_id: StaffId) -> "Workplace":
    from ketadesk.ui.desk import Desk
    from ketadesk.ui.workplace import Workplace

    desk = Desk(path, clock=clock, staff_id=staff_id, create=create)
    workplace = Workplace(desk)
    desk.setParent(workplace)
    return workplace


def _dark(app: QApplication, kept: SettingsFile) -> bool:
    if kept.current.dark is not None:
        return kept.current.dark
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
