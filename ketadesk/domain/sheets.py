"""Which sheets there are, in which languages, and which printed copies count for who reads them."""

from collections.abc import Iterable
from enum import StrEnum

LANGUAGES = ("en", "es")
"""The languages that have wording for every kind of sheet."""


class SheetKind(StrEnum):
    """What is printed for a visit, in the order in which it is listed."""

    AFTERCARE = "aftercare"
    PICKUP = "pickup"


Copy = tuple[str, str]
"""A printed or saved sheet: its kind and the language that it is written in."""


def language_of(tag: str) -> str:
    """The sheets' language for a BCP 47 tag where there is wording for it, else English."""
    language = tag.split("-")[0].lower()
    return language if language in LANGUAGES else "en"


def kinds_read(copies: Iterable[Copy], tag: str) -> frozenset[str]:
    """The kinds of which there is a copy that the patient reads; one for the escort is no such."""
    own = language_of(tag)
    return frozenset(kind for kind, language in copies if language == own)
