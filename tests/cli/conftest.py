"""The command line as a person meets it: a process of its own, on a sample clinic."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which nobody ever used KetaDesk, without a display."""
    folder = tmp_path_factory.mktemp("fresh-home")
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")
    return {**kept, **{name: str(folder / name.lower()) for name in folders}, "TZ": "UTC"}


@pytest.fixture(scope="session")
def run(home: dict[str, str]) -> Run:
    """Runs `ketadesk ...`; no traceback may ever reach a user, whatever is asked."""

    def run_it(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "ketadesk", *(str(part) for part in arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**home, **environment}
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run_it


@pytest.fixture(scope="session")
def clinic_file(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample clinic, made by the command itself; tests must not change it."""
    file = tmp_path_factory.mktemp("clinic") / "sample.ketadesk"
    assert run("sample", file, "--patients", 30).returncode == 0
    return file
