"""What Qt needs from the system, looked up before Qt is imported: Qt answers a lack with an abort.

Standard library only. `python -m ketadesk.display xcb` prints the missing Debian packages, one a
line.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class MissingLibrary:
    """A shared library that the system lacks, and the Debian package that brings it."""

    soname: str
    debian_package: str


# What `readelf -d` names in the libraries of PySide6-Essentials 6.11.
_EVERY_PLATFORM = (
    MissingLibrary("libglib-2.0.so.0", "libglib2.0-0"),
    MissingLibrary("libgthread-2.0.so.0", "libglib2.0-0"),
    MissingLibrary("libz.so.1", "zlib1g"),
    MissingLibrary("libzstd.so.1", "libzstd1"),
    MissingLibrary("libfreetype.so.6", "libfreetype6"),
    MissingLibrary("libfontconfig.so.1", "libfontconfig1"),
    MissingLibrary("libX11.so.6", "libx11-6"),
    MissingLibrary("libGL.so.1", "libgl1"),
    MissingLibrary("libEGL.so.1", "libegl1"),
    MissingLibrary("libxkbcommon.so.0", "libxkbcommon0"),
    MissingLibrary("libdbus-1.so.3", "libdbus-1-3"),
)
_ONE_PLATFORM = {
    "offscreen": (),
    "xcb": (
        MissingLibrary("libxcb.so.1", "libxcb1"),
        MissingLibrary("libX11-xcb.so.1", "libx11-xcb1"),
        MissingLibrary("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        MissingLibrary("libxcb-cursor.so.0", "libxcb-cursor0"),
        MissingLibrary("libxcb-icccm.so.4", "libxcb-icccm4"),
        MissingLibrary("libxcb-image.so.0", "libxcb-image0"),
        MissingLibrary("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        MissingLibrary("libxcb-randr.so.0", "libxcb-randr0"),
        MissingLibrary("libxcb-render.so.0", "libxcb-render0"),
        MissingLibrary("libxcb-render-util.so.0", "libxcb-render-util0"),
        MissingLibrary("libxcb-shape.so.0", "libxcb-shape0"),
        MissingLibrary("libxcb-shm.so.0", "libxcb-shm0"),
        MissingLibrary("libxcb-sync.so.1", "libxcb-sync1"),
        MissingLibrary("libxcb-util.so.1", "libxcb-util1"),
        MissingLibrary("libxcb-xfixes.so.0", "libxcb-xfixes0"),
        MissingLibrary("libxcb-xkb.so.1", "libxcb-xkb1"),
    ),
    "wayland": (
        MissingLibrary("libwayland-client.so.0", "libwayland-client0"),
        MissingLibrary("libwayland-cursor.so.0", "libwayland-cursor0"),
    ),
}
_PRINTERS = MissingLibrary("libcups.so.2", "libcups2")


def has_display() -> bool:
    """Say whether a person can see a window: on Linux, whether an X or Wayland server answers."""
    return sys.platform != "linux" or _wayland_answers() or _x_answers()


def platform() -> str:
    """Name the Qt platform that fits this machine; QT_QPA_PLATFORM, where set, decides."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if chosen:
        return chosen
    if sys.platform == "darwin":
        return "cocoa"
    if sys.platform == "win32":
        return "windows"
    if _wayland_answers():
        return "wayland"
    return "xcb" if _x_answers() else "offscreen"


def missing_libraries(platform: str) -> list[MissingLibrary]:
    """List what Qt needs for this platform ("offscreen", "xcb", "wayland") and the system lacks.

    Other systems than Linux bring all that Qt needs, so there the list is empty.
    """
    if sys.platform != "linux":
        return []
    return unloadable((*_EVERY_PLATFORM, *_ONE_PLATFORM.get(platform, ())))


def can_find_printers() -> bool:
    """Say whether Qt can look for printers; without that library only PDF files remain."""
    return sys.platform != "linux" or not unloadable([_PRINTERS])


def unloadable(libraries: Iterable[MissingLibrary]) -> list[MissingLibrary]:
    """Return those of the libraries that the system's loader cannot load."""
    return [library for library in libraries if not _loads(library.soname)]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    import socket  # 8 ms that a start under X need not spend

    # An absolute name stands for itself, as in libwayland.
    address = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)
    with socket.socket(socket.AF_UNIX) as server:
        server.settimeout(2)
        return server.connect_ex(str(address)) == 0


def _x_answers() -> bool:
    """Say whether the X server that DISPLAY names lets us in, which a name alone does not tell."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Nobody can tell; `missing_libraries("xcb")` will name the package.
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


if __name__ == "__main__":
    for package in sorted({lacks.debian_package for lacks in missing_libraries(sys.argv[1])}):
        sys.stdout.write(package + "\n")
