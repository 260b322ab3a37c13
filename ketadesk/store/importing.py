"""Reads a file of rows from another system, and adds many patients in one action.

`sqlite_utils.utils.rows_from_file` reads the rows, told the encoding and the delimiter: nothing is
guessed from values, so a phone number stays the text it is.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, BinaryIO, cast

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ActionId, PatientId, Uuid
from ketadesk.domain.importing.source import MOST_ROWS, SourceRow
from ketadesk.domain.patients import PatientDraft
from ketadesk.store.actions import Act
from ketadesk.store.database import Database, Row
from ketadesk.store.patients import patient_row, patient_values

_IDENTITIES = """
SELECT id, uuid, record_number, given_name, family_name, birth_date, phone, email, active
FROM patients"""
_LAST_ID = "SELECT coalesce(max(id), 0) AS id FROM patients"
_COLUMNS = (
    "id", "uuid", "record_number", "given_name", "family_name", "called_name", "birth_date",
    "phone", "phone_tokens", "email", "address", "spoken_language", "written_language",
    "interpreter_needed", "eligibility", "assessed_by", "assessed_on", "approved_by",
    "approved_on", "approval_expires_on", "note", "active", "version",
)  # fmt: skip
_NAMES_AND_VALUES = ", ".join(f"'{name}', {name}" for name in _COLUMNS)
_AUDIT_OF_NEW = f"""
INSERT INTO audit (action_id, table_name, row_id, after)
SELECT :action_id, 'patients', id, json_object({_NAMES_AND_VALUES})
FROM patients WHERE id >= :first ORDER BY id"""  # noqa: S608 - the names above
_FROM_A_FILE = (
    "record_number", "given_name", "family_name", "called_name", "birth_date", "phone",
    "phone_tokens", "email", "address", "spoken_language", "written_language",
    "interpreter_needed", "note",
)  # fmt: skip
_EXTRAS = "\x1eextras"
_in_columns = itemgetter(*_COLUMNS)


class _Lines(io.RawIOBase):
    """Hands out one line at a time and counts them, so that each row knows where it began."""

    def __init__(self, text: str) -> None:
        self._lines = io.BytesIO(text.encode())
        self.handed_out = 0

    def readable(self) -> bool:
        return True

    def read1(self, _size: int = -1) -> bytes:
        self.handed_out += 1
        return self._lines.readline()


def read_rows(
    text: str, *, headers: Sequence[str], delimiter: str, first_line: int, spaced: bool = False
) -> tuple[list[SourceRow], int]:
    """The rows of a text without its header line, and how many with nothing in them.

    Lines end in "\\n"; `first_line` is the number of the text's first line in its file. Refused
    when a quote is never closed, and when there are too many rows.
    """
    from sqlite_utils.utils import Format, rows_from_file

    end = "\x1eend"
    while end in text:
        end += "\x1e"
    dialect = type("Dialect", (csv.excel,), {"delimiter": delimiter, "skipinitialspace": spaced})
    lines = _Lines(f"{_line_of(headers, delimiter)}{text.removesuffix(chr(10))}\n{end}\n")
    found: list[SourceRow] = []
    blank = 0
    line = first_line
    handed_out = 0
    try:
        rows, _ = rows_from_file(
            cast(BinaryIO, lines),
            format=Format.CSV,
            dialect=dialect,
            encoding="utf-8",
            extras_key=_EXTRAS,
        )
        for row in rows:
            values = tuple(row.values())
            if values[0] == end:
                return found, blank
            one_line = lines.handed_out == handed_out + 1
            handed_out = lines.handed_out
            line = handed_out + first_line - 2 - (0 if one_line else _line_ends(values))
            read = _source_row(values, row, line)
            if read is None:
                blank += 1
            elif len(found) == MOST_ROWS:
                raise Refused("import_too_many_rows", most=MOST_ROWS)
            else:
                found.append(read)
    except csv.Error as error:
        raise Refused("import_row_unreadable", line=line) from error
    raise Refused("import_quote_never_closed", line=line)


def _line_of(values: Sequence[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(values)
    return line.getvalue()


def _line_ends(values: Sequence[Any]) -> int:
    """How many lines more than one a row took."""
    texts = (value if isinstance(value, list) else (value or "",) for value in values)
    return sum(text.count("\n") for group in texts for text in group)


def _source_row(values: tuple[Any, ...], row: Mapping[str, Any], line: int) -> SourceRow | None:
    """The row with the fault of its shape; None for one with nothing in it."""
    extras = row.get(_EXTRAS)
    if extras is not None:
        values = tuple(value for name, value in row.items() if name != _EXTRAS)
        if any(extras):
            return SourceRow(line, (*values, *extras), "row_too_long")
    if values[-1] is None:
        values = tuple(value for value in values if value is not None)
        return SourceRow(line, values, "row_too_short") if any(values) else None
    return SourceRow(line, values) if any(values) else None


def identities(db: Database) -> list[Row]:
    """What tells all patients apart, also those who are not active."""
    return db.rows(_IDENTITIES)


class ImportAct(Act):
    """An action that adds many patients at once, each with the audit entry of any other insert."""

    _first_new: int | None = None

    def add_patients(self, drafts: Iterable[tuple[Uuid, PatientDraft]]) -> None:
        first = self.db.rows(_LAST_ID)[0]["id"] + 1
        rows = [
            _in_columns(
                {"id": row_id, "uuid": uuid, **patient_values(draft), "active": 1, "version": 1}
            )
            for row_id, (uuid, draft) in enumerate(drafts, start=first)
        ]
        if rows:
            self.db.insert_many("patients", _COLUMNS, rows)
            self._row_ids["patients"] = self._first_new = first

    def bring_back(self, patient_id: PatientId, draft: PatientDraft) -> None:
        """Takes a patient who was put away into the list again, with what the file says of them."""
        before = patient_row(self.db, patient_id)
        said = patient_values(draft)
        values = {name: said[name] for name in _FROM_A_FILE if said[name] not in ("", None)}
        if before["note"] and draft.note and draft.note not in before["note"]:
            values["note"] = f"{before['note']}\n{draft.note}"
        elif draft.note in before["note"]:
            values["note"] = before["note"]
        self.update("patients", before, {**values, "active": 1})

    def _keep_audit(self, action_id: ActionId) -> None:
        super()._keep_audit(action_id)
        if self._first_new is not None:
            self.db.run(_AUDIT_OF_NEW, action_id=action_id, first=self._first_new)
