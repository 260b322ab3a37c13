"""Takes in the patients of another system: every row is added, already there, or refused."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.dates import column_order
from ketadesk.domain.importing.headers import hinted_order, recognise, samples
from ketadesk.domain.importing.rows import birth_dates, refuse_nameless, row_reader
from ketadesk.domain.importing.source import (
    Field,
    ImportReport,
    Source,
    SourceRow,
)
from ketadesk.domain.importing.text import (
    decoded,
    read_from_spreadsheets,
    table,
    written_for_spreadsheets,
)
from ketadesk.i18n import sentence
from ketadesk.services.action import perform
from ketadesk.services.importing.matches import Sorted, sort_rows
from ketadesk.store import clinic
from ketadesk.store import importing as kept
from ketadesk.store.database import Database
from ketadesk.store.importing import ImportAct

__all__ = ["import_patients", "read_source", "rejects_csv", "with_mapping"]

VERB = "patients_imported"


def read_source(source: bytes, *, encoding: str | None = None) -> Source:
    """Reads an export without judging it: its rows, and what its columns seem to mean.

    Raises Refused with a code that starts with "import_" when it cannot be read as a table.
    """
    text, used = decoded(source, encoding=encoding)
    cut = table(text)
    rows, blank = kept.read_rows(
        cut.body,
        headers=cut.headers,
        delimiter=cut.delimiter,
        first_line=cut.first_line,
        spaced=cut.spaced,
    )
    plain = tuple(_plain(row) for row in rows) if "'" in cut.body else tuple(rows)
    read = Source(
        headers=cut.headers,
        rows=plain,
        encoding=used,
        delimiter=cut.delimiter,
        mapping={},
        date_order=None,
        samples=samples(cut.headers, plain),
        blank_rows=blank,
    )
    return with_mapping(read, recognise(cut.headers, plain))


def _plain(row: SourceRow) -> SourceRow:
    if any(value.startswith("'") for value in row.values):
        return replace(row, values=tuple(read_from_spreadsheets(value) for value in row.values))
    return row


def with_mapping(source: Source, mapping: Mapping[str, Field | None]) -> Source:
    """The same source with another meaning of its columns; the order of its dates follows."""
    column, values = birth_dates(replace(source, mapping=mapping))
    order, doubt = column_order(column, values)
    hint = hinted_order(column)
    if order is None and hint is not None and doubt and doubt.code == "import_dates_ambiguous":
        order, doubt = hint, None
    return replace(source, mapping=dict(mapping), date_order=order, date_doubt=doubt)


def import_patients(
    db: Database,
    stamp: Stamp,
    source: Source,
    *,
    mapping: Mapping[str, Field | None] | None = None,
    date_order: DateOrder | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Adds the patients of a source who are not there yet, in one transaction and one action.

    Refused as a whole, with nothing written, when there are no rows, no column of names, or birth
    dates whose order nobody can tell. Sent again with the same stamp it writes nothing.
    """
    if mapping is not None:
        source = with_mapping(source, mapping)
    if not source.rows:
        raise Refused("import_without_rows")
    refuse_nameless(source)
    order = date_order or source.date_order
    if order is None:
        raise source.date_doubt or Refused("import_dates_ambiguous")
    if dry_run:
        sorted_rows = _sorted(db, stamp, source, order)
        return _report(source, sorted_rows, order, dry_run=True, changes=None)
    with db.transaction():
        sorted_rows = _sorted(db, stamp, source, order)
        anyone = bool(sorted_rows.new or sorted_rows.back)
        act = ImportAct(db, stamp, VERB)
        changes = perform(act, lambda done: _add(done, sorted_rows), undoable=anyone)
    return _report(source, sorted_rows, order, dry_run=False, changes=changes)


def _add(act: ImportAct, sorted_rows: Sorted) -> None:
    act.add_patients((new.uuid, new.draft) for new in sorted_rows.new)
    for patient_id, draft in sorted_rows.back:
        act.bring_back(patient_id, draft)
    act.say(
        added=len(sorted_rows.new) + len(sorted_rows.back),
        already_there=len(sorted_rows.known),
        refused=len(sorted_rows.refused),
    )


def rejects_csv(report: ImportReport) -> bytes:
    """The refused rows as they were, after line and reason; to be put right and read again.

    UTF-8 with a mark, so that spreadsheets read it; what they would run as a formula is escaped.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["ketadesk_line", "ketadesk_reason", *report.source.headers])
    for refused in report.refused:
        reason = sentence(refused.code, refused.values)
        values = (refused.line, reason, *refused.row.values)
        writer.writerow([written_for_spreadsheets(str(value)) for value in values])
    return out.getvalue().encode("utf-8-sig")


def _sorted(db: Database, stamp: Stamp, source: Source, order: DateOrder) -> Sorted:
    today: date = clinic.clinic(db).local(stamp.at).date()
    reader = row_reader(source, order=order, today=today)
    return sort_rows(source.rows, reader, kept.identities(db))


def _report(
    source: Source,
    rows: Sorted,
    order: DateOrder,
    *,
    dry_run: bool,
    changes: Changes | None,
) -> ImportReport:
    return ImportReport(
        source=source,
        added=len(rows.new),
        brought_back=len(rows.back),
        known=tuple(rows.known),
        refused=tuple(rows.refused),
        look_at=tuple(rows.look_at),
        note_headers=_headers_of(source, None),
        dropped_headers=_headers_of(source, Field.NOT_KEPT),
        date_order=order,
        dry_run=dry_run,
        changes=changes,
    )


def _headers_of(source: Source, field: Field | None) -> tuple[str, ...]:
    return tuple(header for header in source.headers if source.mapping.get(header) is field)
