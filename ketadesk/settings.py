"""What this machine remembers: the last clinic file, the window, light or dark, text size.

Not the clinic's own settings: those live in the clinic file and go wherever it goes.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

PROGRAM = "KetaDesk"
LARGEST_TEXT = 2.0


@dataclass(frozen=True)
class Settings:
    """`geometry` is Qt's own writing in base64; `dark` None follows the machine; `staff_ids` keeps
    who worked last in each clinic file, by its path, `pinned` the appointments put aside there, by
    their ids; `place` is where `view` stood in that file on the day `place_on`, an id or a day;
    `text_scale` is 1.0 to 2.0; `lobby` says that names are hidden from strangers, `hide_absent`
    that the calendar leaves out who does not come; `paper` is what this machine prints on,
    "letter" or "a4", or nothing to follow the clinic's country.
    """

    clinic_file: str = ""
    view: str = "today"
    place: str = ""
    place_on: str = ""
    geometry: str = ""
    dark: bool | None = None
    text_scale: float = 1.0
    lobby: bool = False
    hide_absent: bool = False
    paper: str = ""
    staff_ids: dict[str, int] = field(default_factory=dict)
    pinned: dict[str, list[int]] = field(default_factory=dict)


class SettingsFile:
    """The one door to the settings. A file that can't be read is set aside: `was_broken` says so.

    Settings are a convenience: when they can't be written, the program goes on without.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "settings.json"
        self.was_broken = False
        self.current = self._read()

    def change(self, **values: Any) -> Settings:
        """Changes the named settings and writes them; what another window changed is kept."""
        self.current = replace(self._read(), **values)
        with contextlib.suppress(OSError):
            self._write()
        return self.current

    def remember_staff(self, clinic_file: Path, staff_id: int) -> None:
        """Keeps who works here in this clinic file."""
        known = {**self._read().staff_ids, str(clinic_file): staff_id}
        self.change(staff_ids=known)

    def pinned_in(self, clinic_file: Path) -> tuple[int, ...]:
        """The appointments that lie on this machine's pinboard of a clinic file, by their ids."""
        return tuple(self.current.pinned.get(str(clinic_file), ()))

    def remember_pinned(self, clinic_file: Path, ids: Sequence[int]) -> None:
        """Keeps what lies on the pinboard now."""
        kept = {**self._read().pinned, str(clinic_file): list(ids)}
        self.change(pinned={file: those for file, those in kept.items() if those})

    def _read(self) -> Settings:
        try:
            return _settings(json.loads(self.path.read_text("utf-8")))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, TypeError):
            self.was_broken = True
            with contextlib.suppress(OSError):
                self.path.replace(self.path.with_suffix(".broken.json"))
            return Settings()

    def _write(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.parent.chmod(0o700)
        draft = self.path.with_suffix(f".{os.getpid()}.tmp")
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self.current), file, indent=1)
        draft.chmod(0o600)
        draft.replace(self.path)


def config_folder() -> Path:
    """Where this machine's settings lie."""
    return platformdirs.user_config_path(PROGRAM, appauthor=False)


def data_folder() -> Path:
    """Where clinic files lie unless a person chose another place; the folder may not exist yet."""
    return platformdirs.user_data_path(PROGRAM, appauthor=False)


def log_folder() -> Path:
    """Where reports of the program's own defects lie; they hold no patient data."""
    return platformdirs.user_log_path(PROGRAM, appauthor=False)


_KINDS: dict[str, type | tuple[type, ...]] = {
    "clinic_file": str,
    "view": str,
    "place": str,
    "place_on": str,
    "geometry": str,
    "dark": (bool, type(None)),
    "text_scale": (int, float),
    "lobby": bool,
    "hide_absent": bool,
    "paper": str,
    "staff_ids": dict,
    "pinned": dict,
}


def _settings(found: Any) -> Settings:
    """Takes what is known; raises ValueError when something is not of its kind."""
    if not isinstance(found, dict):
        raise ValueError("settings are not an object")
    values = {name: value for name, value in found.items() if name in _KINDS}
    for name, value in values.items():
        if not isinstance(value, _KINDS[name]):
            raise ValueError(f"{name} has the wrong kind of value")
    if not all(isinstance(staff_id, int) for staff_id in values.get("staff_ids", {}).values()):
        raise ValueError("staff_ids has the wrong kind of value")
    for ids in values.get("pinned", {}).values():
        if not isinstance(ids, list) or not all(isinstance(one, int) for one in ids):
            raise ValueError("pinned has the wrong kind of value")
    settings = Settings(**values)
    return replace(settings, text_scale=min(max(float(settings.text_scale), 1.0), LARGEST_TEXT))
