"""Dates as people and other programs write them. What can mean two days is refused, never guessed.

Reading only; how a date is shown is the screen's business.
"""

import re
from datetime import date, timedelta
from typing import Literal

from ketadesk.domain.errors import Refused
from ketadesk.domain.names import folded

DateOrder = Literal["ymd", "mdy", "dmy"]

_TIME_OF_DAY = re.compile(
    r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?(Z|[+-]\d\d:?\d\d)?$"
)
_THREE_NUMBERS = re.compile(r"(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})\.?")
_EIGHT_DIGITS = re.compile(r"\d{8}")
_SHORT_WORDS = frozenset({"de", "del", "of", "the"})
_NEXT = frozenset({"next", "proximo", "proxima"})
_THIS = frozenset({"this", "este"})
_WEEKS = frozenset({"week", "weeks", "semana", "semanas"})
_DAYS = frozenset({"day", "days", "dia", "dias"})
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
_WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("monday", "lunes"),
    ("tuesday", "martes"),
    ("wednesday", "miercoles"),
    ("thursday", "jueves"),
    ("friday", "viernes"),
    ("saturday", "sabado"),
    ("sunday", "domingo"),
)


def read_date(text: str, *, order: DateOrder | None = None) -> date:
    """The date that a text means: ISO, US, day first, or with the month as a word.

    `order` settles what 3/4/1985 means, and then holds strictly: 14/3/1985 is no "mdy" date.
    Refused with `date_ambiguous`, `date_year_short`, `date_impossible` or `date_unreadable`.
    """
    bare = _TIME_OF_DAY.sub("", text.strip())
    if _EIGHT_DIGITS.fullmatch(bare):
        return _from_eight_digits(text, bare, order)
    numbers = _THREE_NUMBERS.fullmatch(bare)
    if numbers:
        return _from_numbers(text, (numbers[1], numbers[2], numbers[3]), order)
    words = _words(bare)
    month = next((found for word in words if (found := _month(word)) is not None), None)
    figures = [word for word in words if word.isdecimal()]
    if month is None or len(words) != 3 or len(figures) != 2:
        raise Refused("date_unreadable", text=text)
    first, second = figures
    year, day = (first, second) if len(first) == 4 else (second, first)
    return _made(text, year, month, int(day))


def read_day(text: str, *, today: date, order: DateOrder | None = None) -> date:
    """A day to plan for, counted from today: "today", "fri", "next wed", "in 2 weeks", "+3", "15",
    "15 may", "Wed 25 Nov 2026" or any full date.

    A weekday, a day of the month or a day without a year is the next one that is not over; "next"
    means next week's. A weekday beside a date only accompanies it.
    """
    words = _words(text)
    if len(words) == 1:
        near = _near_day(words[0], text, today)
        if near is not None:
            return near
    ahead = _days_ahead(words, today)
    if ahead is not None:
        return today + timedelta(days=ahead)
    if 1 < len(words) <= 4 and _weekday(words[0]) is not None:
        return read_day(" ".join(words[1:]), today=today, order=order)
    if len(words) == 2:
        month = next((found for word in words if (found := _month(word)) is not None), None)
        figures = [int(word) for word in words if word.isdecimal() and len(word) <= 2]
        if month is not None and len(figures) == 1:
            return _coming(text, today, month, figures[0])
    parts = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})\.?", text.strip())
    if parts:
        one, other = int(parts[1]), int(parts[2])
        day, month = _day_and_month(text, one, other, order)
        return _coming(text, today, month, day)
    return read_date(text, order=order)


def _near_day(word: str, text: str, today: date) -> date | None:
    if word in ("today", "hoy"):
        return today
    if len(word) >= 3 and ("tomorrow".startswith(word) or word == "manana"):
        return today + timedelta(days=1)
    if re.fullmatch(r"[+-]\d{1,3}", word):
        return today + timedelta(days=int(word))
    if word.isdecimal() and len(word) <= 2:
        return _coming_day_of_month(text, today, int(word))
    weekday = _weekday(word)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday()) % 7)


def _days_ahead(words: list[str], today: date) -> int | None:
    """How far ahead "next week", "next wed", "this wed", "in 3 days" or "2 weeks" is, in days."""
    if len(words) == 2 and words[0] in _NEXT:
        weekday = _weekday(words[1])
        if weekday is not None:
            return 7 - today.weekday() + weekday
        return 7 if words[1] in _WEEKS else None
    if len(words) == 2 and words[0] in _THIS:
        weekday = _weekday(words[1])
        return None if weekday is None else (weekday - today.weekday()) % 7
    counted = words[1:] if words[:1] in (["in"], ["en"]) else words
    if len(counted) == 2 and counted[0].isdecimal() and len(counted[0]) <= 3:
        each = 7 if counted[1] in _WEEKS else 1 if counted[1] in _DAYS else 0
        return int(counted[0]) * each if each else None
    return None


def _weekday(word: str) -> int | None:
    """Monday is 0; English is written "weds", "tues" and "thurs" as well."""
    short = "wed" if word == "weds" else word
    for weekday, names in enumerate(_WEEKDAYS):
        if len(short) >= 2 and any(name.startswith(short) for name in names):
            return weekday
    return None


def _coming_day_of_month(text: str, today: date, day: int) -> date:
    year, month = today.year, today.month
    for _ in range(12):
        try:
            found = date(year, month, day)
        except ValueError:
            found = None
        if found is not None and found >= today:
            return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    raise Refused("date_impossible", text=text)


def _coming(text: str, today: date, month: int, day: int) -> date:
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise Refused("date_impossible", text=text)


def _from_eight_digits(text: str, figures: str, order: DateOrder | None) -> date:
    if order == "ymd" or (order is None and 1800 <= int(figures[:4]) < 2200):
        return _made(text, figures[:4], int(figures[4:6]), int(figures[6:]))
    return _from_numbers(text, (figures[:2], figures[2:4], figures[4:]), order)


def _from_numbers(text: str, parts: tuple[str, str, str], order: DateOrder | None) -> date:
    first, second, third = parts
    if len(first) >= 3:
        if order not in (None, "ymd"):
            raise Refused("date_unreadable", text=text)
        return _made(text, first, int(second), int(third))
    if len(third) == 3 or order == "ymd":
        raise Refused("date_unreadable", text=text)
    if len(third) < 3:
        raise Refused("date_year_short", text=text)
    if order is None:
        day, month = _day_and_month(text, int(first), int(second), None, year=third)
    else:
        day, month = _day_and_month(text, int(first), int(second), order)
    return _made(text, third, month, day)


def _day_and_month(
    text: str, first: int, second: int, order: DateOrder | None, *, year: str = ""
) -> tuple[int, int]:
    """(day, month) of the first two numbers; Refused when both ways make a date and none is set."""
    if order == "mdy":
        return second, first
    if order == "dmy" or first > 12:
        return first, second
    if second > 12 or first == second:
        return second, first
    prefix = f"{year}-" if year else ""
    raise Refused(
        "date_ambiguous",
        text=text,
        month_first=f"{prefix}{first:02d}-{second:02d}",
        day_first=f"{prefix}{second:02d}-{first:02d}",
    )


def _made(text: str, year: str, month: int, day: int) -> date:
    if len(year) < 4:
        raise Refused("date_year_short", text=text)
    try:
        return date(int(year), month, day)
    except ValueError as error:
        raise Refused("date_impossible", text=text) from error


def _words(text: str) -> list[str]:
    """The words of a date, folded, without commas, ordinals and "de"."""
    spaced = re.sub(r"[,/]|(?<=\w)[-.](?=\w|$)|(?<=\w)\.", " ", folded(text.strip()))
    words = (re.sub(r"^(\d{1,2})(st|nd|rd|th)$", r"\1", word) for word in spaced.split())
    return [word for word in words if word not in _SHORT_WORDS]


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return None
