"""Writes a sheet where a person wants it: whole or not at all, readable by this person alone."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from ketadesk.domain.errors import Refused

_REASONS = {
    errno.ENOSPC: "sheet_disk_full",
    errno.EDQUOT: "sheet_disk_full",
    errno.ENOENT: "sheet_folder_missing",
    errno.ENOTDIR: "sheet_folder_missing",
}


def write(file: Path, pdf: bytes) -> None:
    """Puts the PDF there in one step; Refused says why it could not, and what was there stays."""
    try:
        _write(file, pdf)
    except OSError as error:
        code = _REASONS.get(error.errno or 0, "sheet_not_writable")
        raise Refused(code, file=str(file), folder=str(file.parent)) from None


def _write(file: Path, pdf: bytes) -> None:
    # Made by mkstemp, so that nobody else can read it, not even while it is written.
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".ketadesk-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as draft:
            draft.write(pdf)
            draft.flush()
            os.fsync(draft.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
