"""Birth dates of an export: in which order a whole column writes them, and what one of them says.

The order is decided over all rows at once, from dates that can be read one way only (13/04/1985
is day first). When every date of a file can be read both ways, a person must say which is meant.
"""

import re
from collections.abc import Iterable
from datetime import date

from ketadesk.domain.dates import DateOrder, read_date
from ketadesk.domain.errors import Refused
from ketadesk.domain.patients import age_on

OLDEST_YEARS = 120

_YEAR_FIRST = re.compile(r"\d{4}\D|\d{8}(\D|$)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?=$|[ T])")
# 12042018: no month is 20, so eight digits can be read with the year first or last, never both.
_EIGHT_YEAR_LAST = re.compile(r"(\d{2})(\d{2})(1[89]\d{2}|20\d{2})(?=$|[ T])")
_SHORT_YEAR_WITH_WORD = re.compile(r"(.*[^\W\d_][^\d]*)(\d{2})")
_MOMENT = re.compile(r"[T ](\d{1,2}):(\d{2})(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)$")
_NO_DATE = re.compile(r"0{4}\D0{1,2}\D0{1,2}.*|0{1,2}\D0{1,2}\D0{2,4}")


def column_order(column: str, values: Iterable[str]) -> tuple[DateOrder | None, Refused | None]:
    """The order of a column's dates, or None with the doubt that a person must settle."""
    day_first: str | None = None
    month_first: str | None = None
    either: str | None = None
    year_first = year_last = 0
    for value in values:
        parts = _YEAR_LAST.match(value) or _EIGHT_YEAR_LAST.match(value)
        if parts is None:
            year_first += bool(_YEAR_FIRST.match(value))
            continue
        year_last += 1
        first, second = int(parts[1]), int(parts[2])
        if first > 12 >= second:
            day_first = day_first or value
        elif second > 12 >= first:
            month_first = month_first or value
        elif first != second:
            either = either or value
    if year_first > 9 * year_last:
        # A handful of slips among ISO dates say nothing; they are refused row by row.
        return "ymd", None
    if day_first and month_first:
        return None, Refused(
            "import_dates_mixed", column=column, day_first=day_first, month_first=month_first
        )
    if day_first or month_first:
        return ("dmy" if day_first else "mdy"), None
    if either:
        return None, Refused("import_dates_ambiguous", column=column, example=either)
    return ("mdy" if year_last else "ymd"), None


def read_birth_date(text: str, *, order: DateOrder, today: date) -> date | None:
    """The date that one cell says, None for the zeros that some systems write for no date.

    A two-digit year is read only when a single century makes an age from 0 to 120 years: in 2026,
    84 can only be 1984, while 20 could be 1920 or 2020 and is refused. A time of day is let go of,
    unless it comes with an offset: then the date depends on where it was written.
    """
    if _NO_DATE.fullmatch(text):
        return None
    text = _EIGHT_YEAR_LAST.sub(r"\1/\2/\3", text) if _EIGHT_YEAR_LAST.match(text) else text
    moment = _MOMENT.search(text)
    if moment and (moment[1].lstrip("0") or moment[2].lstrip("0")):
        raise Refused("row_birth_date_is_a_moment", text=text)
    if _YEAR_FIRST.match(text):
        return _judged(text, _read(text, "ymd"), today)
    short = _YEAR_LAST.match(text)
    if short and len(short[3]) == 2:
        stem, rest = text[: short.start(3)], text[short.end(3) :]
        return _of_short_year(text, stem, short[3], rest, order=order, today=today)
    worded = _SHORT_YEAR_WITH_WORD.fullmatch(text)
    if worded and re.match(r"\d", text):
        return _of_short_year(text, worded[1], worded[2], "", order=order, today=today)
    return _judged(text, _read(text, order if short else None), today)


def _of_short_year(
    text: str, stem: str, year: str, rest: str, *, order: DateOrder, today: date
) -> date:
    fitting = []
    for century in ("18", "19", "20"):
        found = _read(f"{stem}{century}{year}{rest}", order if _YEAR_LAST.match(text) else None)
        if found <= today and age_on(found, today) <= OLDEST_YEARS:
            fitting.append(found)
    if len(fitting) != 1:
        raise Refused("row_birth_year_short", text=text)
    return fitting[0]


def _read(text: str, order: DateOrder | None) -> date:
    try:
        return read_date(text, order=order)
    except Refused as error:
        code = {
            "date_impossible": "row_birth_date_impossible",
            "date_year_short": "row_birth_year_short",
        }.get(error.code, "row_birth_date_unreadable")
        raise Refused(code, text=text) from error


def _judged(text: str, found: date, today: date) -> date:
    if found > today:
        raise Refused("row_born_in_future", text=text)
    if age_on(found, today) > OLDEST_YEARS:
        raise Refused("row_born_too_long_ago", text=text)
    return found
