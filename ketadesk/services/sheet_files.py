"""Writes a sheet where a person wants it, and says in plain words why it could not."""

import errno
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.services.written_files import drafted, is_pdf

_REASONS = {
    errno.ENOSPC: "sheet_disk_full",
    errno.EDQUOT: "sheet_disk_full",
    errno.ENOENT: "sheet_folder_missing",
    errno.ENOTDIR: "sheet_folder_missing",
    errno.ENAMETOOLONG: "name_unusable",
}


def write(file: Path, pdf: bytes, *, clinic_file: Path) -> None:
    """Puts the PDF there in one step; Refused says why it could not, and what was there stays."""
    try:
        with drafted(file, clinic_file=clinic_file, replaces=is_pdf) as draft:
            draft.write(pdf)
    except OSError as error:
        code = _REASONS.get(error.errno or 0, "sheet_not_writable")
        raise Refused(code, file=str(file), folder=str(file.parent)) from None
