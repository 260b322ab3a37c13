"""What a machine remembers: kept privately, shared by windows, survived when broken."""

import json
from pathlib import Path

import pytest

from ketadesk.settings import Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_settings_are_kept_privately(path: Path) -> None:
    SettingsFile(path).change(view="calendar", dark=True, text_scale=1.5)
    again = SettingsFile(path)
    assert again.current == Settings(view="calendar", dark=True, text_scale=1.5)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_what_another_window_changed_is_kept(path: Path) -> None:
    one, other = SettingsFile(path), SettingsFile(path)
    one.change(view="patients")
    other.change(dark=True)
    one.remember_staff(Path("/clinic/a"), 3)
    other.remember_staff(Path("/clinic/b"), 4)
    kept = SettingsFile(path).current
    assert (kept.view, kept.dark) == ("patients", True)
    assert kept.staff_ids == {"/clinic/a": 3, "/clinic/b": 4}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"text_scale": "large"}',
        b'{"staff_ids": {"a": "Rosa"}}',
        b'{"view": null}',
    ],
)
def test_a_broken_file_is_set_aside_and_said(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    fresh = SettingsFile(path)
    assert fresh.was_broken
    assert fresh.current == Settings()
    assert path.with_suffix(".broken.json").read_bytes() == content
    fresh.change(view="sheets")
    assert SettingsFile(path).current.view == "sheets"


def test_what_a_newer_program_added_does_no_harm(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"view": "calendar", "colour_of_the_moon": 3}))
    kept = SettingsFile(path)
    assert not kept.was_broken
    assert kept.current.view == "calendar"


@pytest.mark.parametrize(("written", "used"), [(0.1, 1.0), (1.25, 1.25), (90, 2.0)])
def test_the_text_size_stays_readable_and_fits(path: Path, written: float, used: float) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"text_scale": written}))
    assert SettingsFile(path).current.text_scale == used


def test_without_a_place_to_write_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    kept = SettingsFile(tmp_path / "file" / "settings.json")
    assert kept.change(view="calendar").view == "calendar"
