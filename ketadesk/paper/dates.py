"""Days and times as a sheet writes them, in the sheet's language and without any locale database.

English keeps am and pm and Spanish "a. m." and "p. m.": both are how patients in the clinic's
country read a clock, and noon and midnight are named because "12:00" alone is misread.
"""

from datetime import date, datetime, timedelta

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_HALVES = {"en": ("am", "pm"), "es": ("a. m.", "p. m.")}
_NOON = {"en": "12:00 noon", "es": "12:00 del mediodía"}
_MIDNIGHT = {"en": "12:00 midnight", "es": "12:00 de la medianoche"}
_NIGHT = {"en": "{weekday} night", "es": "noche del {weekday}"}
LANGUAGES = tuple(_WEEKDAYS)


def weekday(day: date, language: str) -> str:
    """The name of the day of the week: "Saturday", "sábado"."""
    return _WEEKDAYS[language][day.weekday()]


def long_date(day: date, language: str, *, year: bool = False) -> str:
    """A day with its weekday: "Saturday 15 May" or "sábado 15 de mayo", with the year if asked."""
    month = _MONTHS[language][day.month - 1]
    if language == "es":
        return f"{weekday(day, language)} {day.day} de {month}" + (f" de {day.year}" * year)
    return f"{weekday(day, language)} {day.day} {month}" + (f" {day.year}" * year)


def short_date(day: date, language: str) -> str:
    """A day with its year and no weekday: "14 May 2027", "14 de mayo de 2027"."""
    return long_date(day, language, year=True).removeprefix(weekday(day, language) + " ")


def clock_time(at: datetime, language: str) -> str:
    """A time of day: "11:50 am" or "11:50 a. m."; noon and midnight by name."""
    if (at.hour, at.minute) == (12, 0):
        return _NOON[language]
    if (at.hour, at.minute) == (0, 0):
        return _MIDNIGHT[language]
    half = _HALVES[language][at.hour >= 12]
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"


def moment(at: datetime, language: str) -> str:
    """A day and a time: "Saturday 15 May, 11:50 am"."""
    return f"{long_date(at, language)}, {clock_time(at, language)}{_which_night(at, language)}"


def near_moment(at: datetime, language: str, *, near: datetime) -> str:
    """A time that belongs to `near`: only weekday and time when within six days of it."""
    if abs((at.date() - near.date()).days) > 6:
        return moment(at, language)
    time = clock_time(at, language)
    if language == "es":
        time = f"a la{'s' * (at.hour % 12 != 1)} {time}"
    return f"{weekday(at, language)} {time}{_which_night(at, language)}"


def _which_night(at: datetime, language: str) -> str:
    """At midnight, the night it belongs to: "Tuesday midnight" is read as a day too late."""
    if (at.hour, at.minute) != (0, 0):
        return ""
    evening = weekday(at - timedelta(days=1), language)
    return f" ({_NIGHT[language].format(weekday=evening)})"
