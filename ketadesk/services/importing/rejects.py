"""Where refused rows go: a file that is made sure of before anything is imported."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import ImportReport
from ketadesk.services.importing.patients import rejects_csv
from ketadesk.services.written_files import Draft, drafted, is_text
from ketadesk.store.database import Database


@contextmanager
def drafted_rejects(
    file: Path, *, clinic_file: Path, sources: Sequence[Path] = ()
) -> Iterator[Draft]:
    """A draft of the rejects file; Refused when it can't be written or is a file that is read."""
    try:
        if any(file.exists() and file.samefile(source) for source in sources):
            raise Refused("rejects_over_source", file=str(file))
        with drafted(file, clinic_file=clinic_file, replaces=is_text) as draft:
            yield draft
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("rejects_unwritable", file=str(file), detail=detail) from error


def keep_rejects(draft: Draft, report: ImportReport) -> None:
    """Writes the refused rows after the import; Refused says that only they were lost."""
    try:
        draft.write(rejects_csv(report))
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("rejects_lost", file=str(draft.file), detail=detail) from error


def write_rejects(db: Database, file: Path, report: ImportReport) -> int:
    """Writes the refused rows of an import; returns how many they are."""
    with drafted_rejects(file, clinic_file=db.path) as draft:
        draft.write(rejects_csv(report))
    return len(report.refused)
