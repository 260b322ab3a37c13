"""What an import does on the clinic file's own thread; nothing here knows a widget."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.source import MOST_BYTES, Field, ImportReport, Source

if TYPE_CHECKING:
    from ketadesk.services.action import Database


def read_list(path: Path) -> Source:
    """Reads a file as far as it may be long; refused when it cannot be read."""
    from ketadesk.services.importing.patients import read_source

    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        detail = error.strerror or ""
        raise Refused("import_file_unreadable", file=path.name, detail=detail) from error
    return read_source(content)


def mapped(source: Source, mapping: Mapping[str, Field | None]) -> Source:
    """The same rows with other meanings of the columns."""
    from ketadesk.services.importing.patients import with_mapping

    return with_mapping(source, mapping)


def write_refused(db: "Database", path: Path, report: ImportReport) -> int:
    """Writes the refused rows with their reasons; how many."""
    from ketadesk.services.importing.rejects import write_rejects

    return write_rejects(db, path, report)


def add_patients(
    db: "Database", stamp: Stamp, source: Source, order: DateOrder | None, made: list[ImportReport]
) -> Changes:
    """Writes what the preview said, in one transaction; the report goes into `made`."""
    from ketadesk.services.importing.patients import import_patients

    report = import_patients(db, stamp, source, date_order=order)
    made.append(report)
    if report.changes is None:
        raise RuntimeError("an import that wrote nothing")
    return report.changes
