"""The demo's clinic file: one a day, usable whatever an older build left in its place."""

from pathlib import Path

import pytest

from ketadesk.cli import window
from ketadesk.services.calendar import frame
from ketadesk.services.watching import open_clinic


def test_a_demo_file_that_can_not_be_opened_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    file, _clock = window.demo_clinic()
    file.write_bytes(b"from another build " * 100)
    again, _clock = window.demo_clinic()
    assert again == file
    made = file.stat().st_mtime_ns
    db = open_clinic(again)
    assert frame(db).staff
    db.close()
    window.demo_clinic()
    assert file.stat().st_mtime_ns == made
