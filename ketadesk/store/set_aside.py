"""The names under which a restore keeps what it replaces, and how such a file is found again."""

from datetime import UTC, datetime
from pathlib import Path

_MARK = ".replaced-"


def free_name(clinic_file: Path, at: datetime) -> Path:
    """A name beside the clinic file that says when it was replaced, and that nothing has yet."""
    stamp = at.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    name, again = f"{clinic_file.stem}{_MARK}{stamp}", 2
    kept = clinic_file.with_name(f"{name}{clinic_file.suffix}")
    while kept.exists():
        kept, again = clinic_file.with_name(f"{name}-{again}{clinic_file.suffix}"), again + 1
    return kept


def newest(clinic_file: Path) -> Path | None:
    """The file that was moved aside last for a clinic file, None when none lies there."""
    begin = f"{clinic_file.stem}{_MARK}"
    try:
        beside = [
            file
            for file in clinic_file.parent.iterdir()
            if file.name.startswith(begin) and file.suffix == clinic_file.suffix
        ]
    except OSError:
        return None
    return max(beside, key=lambda file: file.name, default=None)
