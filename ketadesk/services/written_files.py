"""Files that a person asked for, beside the clinic file: whole or not at all, for them alone.

One guard for all of them: nothing is written over the clinic file or its parts, over what is no
plain file, or over a file of another kind.
"""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.store.placing import refuse_clinic_file

_BEGINNING = 4096
_REASONS = {
    errno.ENOSPC: "file_disk_full",
    errno.EDQUOT: "file_disk_full",
    errno.ENOENT: "file_folder_missing",
    errno.ENOTDIR: "file_folder_missing",
    errno.ENAMETOOLONG: "name_unusable",
}


@dataclass
class Draft:
    """A file in the making; it takes its place when it was written, and else was never there."""

    file: Path
    _path: Path
    _descriptor: int

    def write(self, content: bytes) -> None:
        """Puts all of the file in its place in one step."""
        with os.fdopen(os.dup(self._descriptor), "wb") as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        self._path.replace(self.file)


@contextmanager
def drafted(file: Path, *, clinic_file: Path, replaces: Callable[[bytes], bool]) -> Iterator[Draft]:
    """Makes sure that `file` can be written, before the work whose result goes there is done.

    Refused for a part of the clinic file, for what is no plain file, and for an existing file
    whose beginning `replaces` does not know as its own kind. OSError when it can't be written.
    """
    refuse_clinic_file(file, clinic_file)
    _refuse_foreign(file, replaces)
    target = Path(os.path.realpath(file))
    # Made by mkstemp, so that nobody else can read it, not even while it is written.
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".ketadesk-", suffix=".tmp")
    try:
        yield Draft(target, Path(name), descriptor)
    finally:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def save(
    file: Path, content: bytes, *, clinic_file: Path, replaces: Callable[[bytes], bool]
) -> None:
    """Puts a file in its place in one step; Refused says why it could not, in plain words."""
    try:
        with drafted(file, clinic_file=clinic_file, replaces=replaces) as draft:
            draft.write(content)
    except OSError as error:
        code = _REASONS.get(error.errno or 0, "file_not_writable")
        raise Refused(code, file=str(file), folder=str(file.parent)) from None


def is_calendar(beginning: bytes) -> bool:
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def is_pdf(beginning: bytes) -> bool:
    return beginning.startswith(b"%PDF-")


def is_text(beginning: bytes) -> bool:
    return b"\0" not in beginning


def _refuse_foreign(file: Path, replaces: Callable[[bytes], bool]) -> None:
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise Refused("not_a_plain_file", file=str(file))
    with file.open("rb") as existing:
        beginning = existing.read(_BEGINNING)
    if beginning and not replaces(beginning):
        raise Refused("over_another_file", file=str(file))
