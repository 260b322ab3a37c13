"""Our own defects, written down: where in the program and of what kind, never what was in it."""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from ketadesk import __version__

MOST_REPORT_BYTES = 1_000_000
"""A log that has grown past this makes room for a new one; one older stays."""


def keep(error: BaseException, folder: Path) -> Path | None:
    """Adds the report to the folder's log, for its owner alone; None when it can't be written."""
    file = folder / "defects.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if file.exists() and file.stat().st_size > MOST_REPORT_BYTES:
            file.replace(file.with_suffix(".old.log"))
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as log:
            log.write(report(error))
    except OSError:
        return None
    return file


def report(error: BaseException) -> str:
    """Where it happened and of what kind, without any value: values may be a patient's."""
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} KetaDesk {__version__}"]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}")
        for frame in traceback.extract_tb(chain.__traceback__):
            place = "/".join(Path(frame.filename).parts[-3:])
            lines.append(f"  {place}:{frame.lineno} in {frame.name}")
        chain = chain.__cause__
    return "\n".join(lines) + "\n\n"
