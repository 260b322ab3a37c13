"""`ketadesk` without a command: the window, or a sentence that says why there can be none."""

import contextlib
import gc
from datetime import date
from pathlib import Path

import click

from ketadesk import display
from ketadesk.cli.clinic_file import default_file, last_file, make_default_folder
from ketadesk.cli.ending import fail
from ketadesk.clock import Clock, ShiftedClock, system_clock
from ketadesk.i18n import tr

TOUR_FOLDER = Path("out") / "tour"
DEMO_ZONE = "America/Los_Angeles"
_NEED_A_DISPLAY = frozenset({"xcb", "wayland", "offscreen", "minimal"})


def open_window(clinic_file: Path | None, *, demo: bool) -> int:
    """Opens the window and stays until it is closed; returns the exit code."""
    platform = display.platform()
    seen = display.has_display() or platform not in _NEED_A_DISPLAY
    missing = display.missing_libraries(platform if seen else "offscreen")
    if missing:
        return fail(lacking(missing))
    if not seen:
        return _without_display(clinic_file, demo=demo)
    if demo:
        file, clock = demo_clinic()
    else:
        file, clock = clinic_file or _usual_file(), system_clock
    gc.disable()  # nothing that a start makes is garbage; from then on the desk collects
    from ketadesk import app

    return app.run(file, demo=demo, clock=clock)


def lacking(missing: list[display.MissingLibrary]) -> str:
    """One sentence that names the Debian packages to install."""
    packages = " ".join(sorted({library.debian_package for library in missing}))
    return tr(
        "The window needs system libraries that are missing; on Debian: apt install {packages}",
        packages=packages,
    )


def demo_clinic() -> tuple[Path, Clock]:
    """The demo's clinic file, made anew for today, and a clock on which its morning goes on."""
    from ketadesk.cli.sampling import make_sample
    from ketadesk.domain.clinic import Role
    from ketadesk.domain.errors import Refused
    from ketadesk.sample.making import SampleOrder
    from ketadesk.services.calendar import frame
    from ketadesk.services.watching import latest_moment, open_clinic
    from ketadesk.settings import SettingsFile

    today = system_clock().astimezone().date()
    file = _demo_file(today)
    if not _opens(file):
        _remove(file)
        with contextlib.suppress(Refused):  # another window made today's demo at this moment
            make_sample(file, SampleOrder(today, DEMO_ZONE))
    db = open_clinic(file)
    try:
        reached = latest_moment(db)
        nurse = next(person for person in frame(db).staff if person.role is Role.NURSE)
    finally:
        db.close()
    kept = SettingsFile()
    if str(file) not in kept.current.staff_ids:
        kept.remember_staff(file, nurse.id)
    now = system_clock()
    return file, ShiftedClock((reached or now) - now)


def _demo_file(today: date) -> Path:
    """One file a day; those of other days are removed, they hold nothing but invented people."""
    folder = make_default_folder() / "demo"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"demo-{today.isoformat()}.ketadesk"
    for old in folder.glob("demo-*.ketadesk*"):
        if not old.name.startswith(file.name):
            with contextlib.suppress(OSError):
                old.unlink()
    return file


def _opens(file: Path) -> bool:
    """Whether today's demo can still be used; an older build may have left another kind of file."""
    from ketadesk.domain.errors import KnownError
    from ketadesk.services.calendar import frame
    from ketadesk.services.watching import open_clinic

    try:
        db = open_clinic(file)
    except KnownError as error:
        return error.code == "file_busy"
    try:
        return bool(frame(db).staff)
    except (KnownError, TypeError, ValueError, KeyError):
        return False
    finally:
        db.close()


def _remove(file: Path) -> None:
    """The file and what lies beside it; it holds nothing but invented people."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()


def _usual_file() -> Path:
    """The last file used here; on a new machine the default place, where one can be made."""
    file = last_file() or default_file()
    if file == default_file():
        make_default_folder()
    return file


def _without_display(clinic_file: Path | None, *, demo: bool) -> int:
    if not demo:
        return fail(
            tr(
                "There is no display here to open a window on; `ketadesk tour DIR` shows the "
                "program in pictures, and `ketadesk --help` lists what works without a window."
            )
        )
    click.echo(tr("There is no display here, so the sample day is played without a window."))
    from ketadesk.cli.touring import walk_and_tell

    return walk_and_tell(TOUR_FOLDER)
