"""Tables for spreadsheets: CSV that opens rightly and runs nothing."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ketadesk.domain.importing.text import written_for_spreadsheets
from ketadesk.services import written_files

MARK = "\ufeff"
"""At the beginning of a file, so that spreadsheets read it as UTF-8."""


def table_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180, but for what a spreadsheet would run: that is text after an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def table_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The same as a file: UTF-8 with a mark; what no UTF-8 holds is written out."""
    return (MARK + table_text(header, rows)).encode(errors="backslashreplace")


def save_table(
    header: Sequence[str], rows: Iterable[Sequence[object]], file: Path, *, clinic_file: Path
) -> None:
    """Puts the table in its place whole, or says why not; only a text is ever replaced."""
    written_files.save(
        file,
        table_bytes(header, rows),
        clinic_file=clinic_file,
        replaces=written_files.is_text,
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return written_for_spreadsheets(value) if isinstance(value, str) else str(value)
