"""Whether a lack is noticed before Qt aborts on it."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ketadesk import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt lacks nothing elsewhere")


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without a screen, as over ssh."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def test_a_library_that_is_not_there_is_named_with_its_package() -> None:
    made_up = display.MissingLibrary("libketadesk-made-up.so.7", "libketadesk-made-up7")
    present = display.MissingLibrary("libc.so.6", "libc6")
    assert display.unloadable([present, made_up]) == [made_up]


def test_nothing_is_missing_where_the_tests_run() -> None:
    assert display.missing_libraries("offscreen") == []


def test_on_a_bare_machine_the_command_names_the_packages(tmp_path: Path) -> None:
    """A folder of files that are no libraries stands before the system's own."""
    for soname in ("libEGL.so.1", "libxcb-cursor.so.0"):
        (tmp_path / soname).write_text("not a library")
    answer = subprocess.run(
        [sys.executable, "-m", "ketadesk.display", "xcb"],
        cwd=Path(__file__).parent.parent,
        env={"LD_LIBRARY_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"libegl1", "libxcb-cursor0"} <= set(answer.stdout.split())


def test_without_a_display_the_platform_is_offscreen(no_display: pytest.MonkeyPatch) -> None:
    assert not display.has_display()
    assert display.platform() == "offscreen"


def test_a_display_that_nobody_serves_is_none(no_display: pytest.MonkeyPatch) -> None:
    no_display.setenv("DISPLAY", ":4711")
    no_display.setenv("WAYLAND_DISPLAY", "/nonexistent/wayland-0")
    assert not display.has_display()


def test_a_wayland_server_that_answers_is_a_display(
    no_display: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        no_display.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        no_display.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert display.has_display()
        assert display.platform() == "wayland"


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no X server to ask")
def test_an_x_server_that_answers_is_a_display(no_display: pytest.MonkeyPatch) -> None:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        no_display.setenv("DISPLAY", ":" + server.stdout.readline().strip())
        try:
            assert display.has_display()
            assert display.platform() == "xcb"
        finally:
            server.terminate()


def test_a_platform_that_was_asked_for_is_taken(no_display: pytest.MonkeyPatch) -> None:
    no_display.setenv("QT_QPA_PLATFORM", "vnc:port=5901;xcb")
    assert display.platform() == "vnc"
