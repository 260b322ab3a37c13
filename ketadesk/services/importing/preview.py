"""What an import would do, for a person to look at before it is done; nothing is written."""

from dataclasses import dataclass

from ketadesk.domain.changes import Stamp
from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.rows import row_reader
from ketadesk.domain.importing.source import ImportReport, Source
from ketadesk.domain.patients import PatientDraft
from ketadesk.services.importing.patients import import_patients
from ketadesk.store import clinic
from ketadesk.store.database import Database

MOST_ROWS = 100


@dataclass(frozen=True)
class PreviewRow:
    """One row as it would be read, or why it would be refused."""

    line: int
    draft: PatientDraft | None
    refused: Refused | None = None


@dataclass(frozen=True)
class Preview:
    """The first rows and what would become of all; or what a person must say or change first."""

    source: Source
    rows: tuple[PreviewRow, ...]
    report: ImportReport | None
    problem: Refused | None


def preview(
    db: Database,
    stamp: Stamp,
    source: Source,
    *,
    date_order: DateOrder | None = None,
    most: int = MOST_ROWS,
) -> Preview:
    """Reads everything as an import would, with the meaning of columns that the source has."""
    order = date_order or source.date_order
    try:
        report = import_patients(db, stamp, source, date_order=date_order, dry_run=True)
    except Refused as problem:
        return Preview(source, (), None, problem)
    if order is None:
        return Preview(source, (), report, None)
    today = clinic.clinic(db).local(stamp.at).date()
    reader = row_reader(source, order=order, today=today)
    rows = []
    for row in source.rows[:most]:
        try:
            rows.append(PreviewRow(row.line, reader.draft(row)))
        except Refused as refused:
            rows.append(PreviewRow(row.line, None, refused))
    return Preview(source, tuple(rows), report, None)
