"""The files that an import of a calendar reads and leaves: made sure of before anything is done."""

from pathlib import Path

from ketadesk.domain.calendar_exchange.events import MOST_BYTES
from ketadesk.domain.errors import Refused
from ketadesk.services.exchange.calendar_report import CalendarReport, list_bytes
from ketadesk.services.written_files import Draft


def read_source(file: Path) -> bytes:
    """The file's content, of a file that is too large only the beginning; Refused says why not."""
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("import_file_unreadable", file=str(file), detail=detail) from error


def keep_list(draft: Draft, report: CalendarReport) -> None:
    """Writes the list after the import; Refused says that only it was lost."""
    try:
        draft.write(list_bytes(report))
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("calendar_rejects_lost", file=str(draft.file), detail=detail) from error
