"""Words for people: screen texts through `tr`, coded sentences (errors, what was done) by code.

The English text is its own key; another language is a TOML file of the same shape beside it.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any

from ketadesk import resources

SOURCE_LANGUAGE = "en"
"""In which the texts stand in the source."""

_language = SOURCE_LANGUAGE
_zone: tzinfo = UTC


def speak(language: str, zone: tzinfo) -> None:
    """Sets the language of the screen and the clinic's zone, in which times are written."""
    global _language, _zone
    _language, _zone = language, zone


def tr(text: str, /, **values: Any) -> str:
    """The text in the screen's language, with its values filled in."""
    if _language != SOURCE_LANGUAGE:
        text = str(_catalogue(_language).get("screen", {}).get(text, text))
    return text.format(**values) if values else text


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def weekday(number: int, *, short: bool = False) -> str:
    """Monday is 0; `short` gives three letters. Never from the machine's locale."""
    name = _WEEKDAYS[number]
    return tr(name[:3]) if short else tr(name)


def month(number: int, *, short: bool = False) -> str:
    """January is 1; `short` gives three letters. Never from the machine's locale."""
    name = _MONTHS[number - 1]
    return tr(name[:3]) if short else tr(name)


def day(moment: date, *, year: bool = False, short: bool = False) -> str:
    """ "Friday 14 May", with `year` "Friday 14 May 2027", with `short` "Fri 14 May"."""
    text = f"{weekday(moment.weekday(), short=short)} {moment.day} "
    text += month(moment.month, short=short)
    return f"{text} {moment.year}" if year else text


def date_text(moment: date, *, short: bool = False) -> str:
    """ "14 March 1985", with `short` "14 Mar 1985": no order of numbers to mistake."""
    return f"{moment.day} {month(moment.month, short=short)} {moment.year}"


def clock(moment: datetime | time) -> str:
    """ "10:42"; give it a local moment."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """The sentence that a code stands for, such as "chair_taken" or "appointment_moved".

    Values that end in `_at` are UTC seconds and can be written as `{starts_at:time}`,
    `{starts_at:day}` or `{starts_at:moment}`. A value with a word of its own, such as the sheet
    "pickup", is written as that word.
    """
    known = _catalogue("en")["sentences"] | _catalogue(_language)["sentences"]
    shown = {name: _shown(name, value) for name, value in values.items()}
    return str(known[code]).format_map(_Forgiving(shown))


def known_codes() -> frozenset[str]:
    """Every code that has an English sentence; a test holds the source to it."""
    return frozenset(_catalogue("en")["sentences"])


def _shown(name: str, value: Any) -> Any:
    if name.endswith("_at") and isinstance(value, int):
        return _Moment(value)
    for language in (_language, "en"):
        word = _catalogue(language).get("words", {}).get(name, {}).get(str(value))
        if word is not None:
            return word
    return value


class _Moment:
    def __init__(self, seconds: int) -> None:
        self._local = datetime.fromtimestamp(seconds, _zone)

    def __format__(self, form: str) -> str:
        if form == "time":
            return clock(self._local)
        said = day(self._local, short=True)
        return said if form == "day" else f"{said} {clock(self._local)}"


class _Forgiving(dict[str, Any]):
    """A sentence with a missing value is still worth saying."""

    def __missing__(self, name: str) -> str:
        return "…"


@lru_cache(maxsize=8)
def _catalogue(language: str) -> dict[str, Any]:
    import tomllib

    text = resources.text("i18n", f"{language}.toml")
    catalogue: dict[str, Any] = tomllib.loads(text)
    return catalogue
