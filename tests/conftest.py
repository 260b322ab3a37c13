"""What every test stands on: no screen, and nobody's own folders touched."""

import os
from collections.abc import Iterator

import hypothesis
import pytest

# Before anything imports Qt. Whoever wants to watch a test sets the variable to xcb or wayland.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Deadlines measure the machine, not the code; `make bench` measures the code.
hypothesis.settings.register_profile("ketadesk", deadline=None)
hypothesis.settings.load_profile("ketadesk")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings and clinic files of the person who runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(home / variable.lower()))
        yield
