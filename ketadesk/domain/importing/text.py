"""From the bytes of an export to its text, its delimiter and its header line.

What cannot be decoded is refused, never replaced. UTF-8 first, and UTF-16 when the file says so;
otherwise cp1252, the encoding of older Windows programs, when the text then looks like words.
"""

import csv
import re
from dataclasses import dataclass

from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.headers import field_of
from ketadesk.domain.importing.source import (
    LONGEST_VALUE,
    MOST_BYTES,
    MOST_COLUMNS,
    NAME_FIELDS,
)

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-16", "cp1252")
csv.field_size_limit(MOST_BYTES)  # Python's own 131,072 would refuse a file for one long value
MOST_LINES_BEFORE_HEADERS = 10
"""Some programs print a title and the date of the export above the columns' names."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"SQLite format 3", b"\x1f\x8b")
_OTHER_TEXT = re.compile(r"\s*(<[!?\w]|\{\\rtf|\{\s*\"|\[\s*[\[{])")
"""A page, XML, RTF or JSON: text, but no table. Some programs name a page ".xls" or ".csv"."""
_TWICE_ENCODED = re.compile("[ÂÃ][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_NOT_IN_WORDS = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘´·ªº](?=[^\W\d_])")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


@dataclass(frozen=True)
class Table:
    """A text cut at its header line. `first_line` is the number of the first line of `body`."""

    headers: tuple[str, ...]
    body: str
    first_line: int
    delimiter: str
    spaced: bool
    """Whether a space stands between a delimiter and the quote behind it."""


def decoded(source: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """The text, its lines ending in "\\n", and the encoding it was read with."""
    if len(source) > MOST_BYTES:
        raise Refused("import_too_large", megabytes=MOST_BYTES // 1_000_000)
    if source.startswith(_BINARY):
        raise Refused("import_not_text")
    marked = next((name for mark, name in _MARKS if source.startswith(mark)), None)
    text, used = _decoded(source, encoding or marked)
    if "\0" in text and text.count("\0") * 100 > len(text):
        raise Refused("import_not_text")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("import_empty")
    if _OTHER_TEXT.match(text):
        raise Refused("import_not_a_table")
    return text, used


def table(text: str) -> Table:
    """Finds the delimiter and the columns' names; refused when there are too many columns."""
    skipped = 0
    said = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    if said:
        text, skipped = text[said.end() :], 1
    start, delimiter, headers = _header_line(text, said[1] if said else None)
    body, lines_before = text[start:], text[:start].count("\n")
    while len(headers) > 1 and not headers[-1].strip():
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise Refused("import_too_many_columns", most=MOST_COLUMNS)
    first_line = lines_before + skipped + 1
    if max(map(len, headers)) > LONGEST_VALUE:
        raise Refused("import_row_unreadable", line=first_line - 1)
    spaced = re.search(re.escape(delimiter) + r' +"', text[:start]) is not None
    return Table(_distinct(headers), body, first_line, delimiter, spaced)


def written_for_spreadsheets(value: str) -> str:
    """The value with an apostrophe before what a spreadsheet would run as a formula."""
    if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or _ESCAPED.match(value):
        return f"'{value}"
    return value


def read_from_spreadsheets(value: str) -> str:
    """The value without the apostrophe that `written_for_spreadsheets` put before it."""
    return value[1:] if value.startswith("'") and _ESCAPED.match(value) else value


def _decoded(source: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        try:
            return source.decode(encoding), encoding
        except LookupError as error:
            raise Refused("import_encoding_unknown", encoding=encoding) from error
        except ValueError as error:
            raise Refused("import_encoding_wrong", encoding=encoding) from error
    try:
        return source.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        text = source.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("import_encoding_unsure") from error
    if _TWICE_ENCODED.search(text) or _NOT_IN_WORDS.search(text):
        raise Refused("import_encoding_unsure")
    return text, "cp1252"


def _header_line(text: str, delimiter: str | None) -> tuple[int, str, list[str]]:
    """Where the rows begin, the delimiter, and the columns' names.

    They stand in the line that says most of what an import looks for: above them can be a title,
    the date of the export, or a line of groups ("Patient, Patient, Contact").
    """
    best: tuple[int, str, list[str]] | None = None
    most = 0
    start = 0
    for _ in range(MOST_LINES_BEFORE_HEADERS):
        end = _end_of_record(text, start)
        record = text[start:end]
        if record.strip():
            used = delimiter or _delimiter(record)
            cells = _cells(record, used)
            found = _fields_named(cells) if len(cells) > 1 or start == 0 else 0
            if best is None or found > most:
                best, most = (end, used, cells), found
        start = end
        if start >= len(text):
            break
    if best is None:
        raise Refused("import_empty")
    if text.count('"', 0, best[0]) % 2:
        raise Refused("import_quote_never_closed", line=1)
    return best


def _fields_named(cells: list[str]) -> int:
    """How many things of a patient the cells name, none when a name is not among them."""
    fields = {field_of(cell) for cell in cells[: MOST_COLUMNS + 1]} - {None}
    return len(fields) if NAME_FIELDS & fields else 0


def _end_of_record(text: str, start: int) -> int:
    """Just behind the line end that is not within quotes."""
    quoted = False
    position = start
    while True:
        line_end = text.find("\n", position)
        stop = len(text) if line_end < 0 else line_end + 1
        quoted ^= text.count('"', position, stop) % 2 == 1
        if line_end < 0 or not quoted:
            return stop
        position = stop


def _delimiter(record: str) -> str:
    outside = re.sub(r'"[^"]*"', "", record)
    return max(DELIMITERS, key=outside.count)


def _cells(record: str, delimiter: str) -> list[str]:
    try:
        lines = record.splitlines(keepends=True)
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error as error:
        raise Refused("import_row_unreadable", line=1) from error
    return rows[0] if rows else []


def _distinct(headers: list[str]) -> tuple[str, ...]:
    """The names on one line, made distinct: "Phone", "Phone (2)", and "Column 3" for none."""
    distinct: list[str] = []
    seen: set[str] = set()
    for number, header in enumerate(headers, start=1):
        printable = "".join(mark if mark.isprintable() else " " for mark in header)
        name = wanted = " ".join(printable.split())[:200] or f"Column {number}"
        again = 2
        while name in seen:
            name, again = f"{wanted} ({again})", again + 1
        seen.add(name)
        distinct.append(name)
    return tuple(distinct)
